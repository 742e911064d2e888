from odoo import api, fields, models

from ..schedule import Hours


class ResourceCalendar(models.Model):
    """Working hours during or outside which a rule holds. The gate keeps a copy,
    which a change makes worthless."""

    _inherit = "resource.calendar"

    def write(self, vals):
        self.env.registry.clear_cache("stable")
        return super().write(vals)

    def _moderation_hours(self):
        """:return: tuple of ``schedule.Hours``"""
        return tuple(
            Hours(
                weekday=int(line.dayofweek),
                start=line.hour_from,
                end=line.hour_to,
                week=int(line.week_type) if line.week_type else None,
            )
            for line in self.attendance_ids
            if line.day_period != "lunch" and not line.display_type
        )

    def _moderation_holidays(self):
        """Those of everybody that are not over yet, as pairs of UTC moments."""
        now = fields.Datetime.now()
        return tuple(
            (leave.date_from, leave.date_to)
            for leave in self.global_leave_ids
            if leave.date_to > now
        )


class ResourceCalendarAttendance(models.Model):
    _inherit = "resource.calendar.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache("stable")
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache("stable")
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache("stable")
        return super().unlink()


class ResourceCalendarLeaves(models.Model):
    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._moderation_forget()
        return leaves

    def write(self, vals):
        self._moderation_forget()
        return super().write(vals)

    def unlink(self):
        self._moderation_forget()
        return super().unlink()

    def _moderation_forget(self):
        """One person's day off is nobody else's holiday."""
        if any(not leave.resource_id for leave in self):
            self.env.registry.clear_cache("stable")
