from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_datetime

from odoo.addons.moderation.schedule import Schedule

LOOK_AHEAD = 15  # days: holidays may be long


def opens_next(schedule, now):
    """The next moment in which a schedule holds, up to two weeks ahead.

    :param schedule: ``moderation.schedule.Schedule`` with hours
    :param now: datetime, UTC and naive
    :return: datetime, UTC and naive; None if there is none so soon
    """
    zone = ZoneInfo(schedule.zone)
    today = now.replace(tzinfo=UTC).astimezone(zone).date()
    starts = (
        _moment(today + timedelta(days=ahead), line.start, zone)
        for ahead in range(LOOK_AHEAD)
        for line in schedule.hours
        if (today + timedelta(days=ahead)).weekday() == line.weekday
    )
    return min((s for s in starts if s > now and schedule.holds(s)), default=None)


def _moment(day, hour, zone):
    local = datetime.combine(day, time(), zone) + timedelta(hours=hour)
    return local.astimezone(UTC).replace(tzinfo=None)


class CommunityCompanyPolicy(models.Model):
    """Working hours: a company may want its people here in them only."""

    _inherit = "community.company.policy"

    @api.constrains("working_hours_only", "calendar_id")
    def _check_calendar(self):
        for policy in self:
            if policy.working_hours_only and not policy.calendar_id.attendance_ids:
                raise ValidationError(
                    self.env._("Say which the working hours are, on which days.")
                )

    @api.model
    @tools.ormcache("organisation_id")
    def _schedule(self, organisation_id):
        """When a company's people may take part: ``Schedule``, None for always.

        Kept until a policy or a calendar changes: both empty Odoo's caches.
        """
        policy = self.sudo().search(
            [
                ("organisation_id", "=", organisation_id),
                ("working_hours_only", "=", True),
            ],
            limit=1,
        )
        if not policy:
            return None
        calendar = policy.calendar_id
        return Schedule(
            hours=calendar._moderation_hours(),
            holidays=calendar._moderation_holidays(),
            zone=calendar.tz or "UTC",
        )


class CommunityMember(models.Model):
    _inherit = "community.member"

    def _check_hours(self):
        if notice := self._hours_notice():
            raise UserError(notice)
        return super()._check_hours()

    def _hours_notice(self):
        """Why the member cannot write now, for the pages; "" if he can."""
        self.ensure_one()
        if self.is_vendor:
            return ""
        policies = self.env["community.company.policy"]
        schedule = policies._schedule(self.sudo().organisation_id.id)
        now = fields.Datetime.now()
        if not schedule or schedule.holds(now):
            return ""
        moment = opens_next(schedule, now)
        if not moment:
            return self.env._(
                "Your company wants you here in working hours only, and the next two "
                "weeks have none. You can read; your drafts are kept."
            )
        return self.env._(
            "Your company wants you here in working hours only. You can read now, and "
            "write again from %s. Your drafts are kept.",
            self._in_words(moment, schedule.zone),
        )

    def _in_words(self, moment, zone):
        """The day of the week and the time, where the company is."""
        day = format_datetime(self.env, moment, tz=zone, dt_format="EEEE")
        return f"{day}, {format_datetime(self.env, moment, tz=zone, dt_format='short')}"
