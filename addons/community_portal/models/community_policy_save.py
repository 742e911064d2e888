from odoo import api, fields, models
from odoo.exceptions import UserError

# Odoo's week: "0" is Monday.
DAYS = ("0", "1", "2", "3", "4", "5", "6")


class CommunityCompanyPolicy(models.Model):
    """What a customer's manager sets himself."""

    _inherit = "community.company.policy"

    # Whether the calendar was made here, for this company alone.
    own_calendar = fields.Boolean(readonly=True)

    @api.model
    def _mine(self):
        """The policy of the company that the user manages; not stored where it has
        none; sudo.

        :raises AccessError: he is no manager
        """
        manager = self.env["community.invitation"]._require_manager()
        return self._of(manager.organisation_id)

    @api.model
    def _spaces_to_choose(self):
        """The spaces that the user's company could see without its policy; sudo."""
        manager = self.env["community.invitation"]._require_manager()
        spaces = self.env["community.space"].sudo().search([])
        user = self.env.user
        return spaces.filtered(
            lambda space: space._is_listed(user, manager, "see", otherwise=True)
        )

    @api.model
    def _save(self, values):
        """Store the policy of the user's company.

        :param values: participation; space_ids (ids) or None for all spaces; hours:
            None for any hour or {"days": ["0", …], "start", "end": hours, "tz"};
            perk_consent
        :return: the policy; sudo
        :raises AccessError, UserError: what cannot be, and why
        """
        manager = self.env["community.invitation"]._require_manager()
        if values.get("participation") not in dict(
            self._fields["participation"].selection
        ):
            raise UserError(self.env._("Choose what your people may do."))
        stored = self._stored(manager.organisation_id)
        spaces = self._chosen_spaces(stored, values.get("space_ids"))
        stored.write(
            {
                "participation": values["participation"],
                "space_ids": [fields.Command.set(spaces.ids)],
                "perk_consent": bool(values.get("perk_consent")),
                **stored._hours_values(values.get("hours")),
            }
        )
        return stored

    @api.model
    def _stored(self, organisation):
        # sudo: his own company's, as the caller has checked
        policies = self.sudo()
        found = policies.search([("organisation_id", "=", organisation.id)], limit=1)
        return found or policies.create({"organisation_id": organisation.id})

    @api.model
    def _chosen_spaces(self, stored, ids):
        """Spaces that the manager does not see stay as the vendor set them."""
        if ids is None:
            return self.env["community.space"]
        offered = self._spaces_to_choose()
        chosen = offered.filtered(lambda space: space.id in ids)
        if not chosen:
            raise UserError(self.env._("Choose at least one space, or all of them."))
        return chosen | (stored.space_ids - offered)

    def _hours_values(self, hours):
        if not hours:
            return {"working_hours_only": False}
        calendar = self._calendar(self._checked_hours(hours))
        return {
            "working_hours_only": True,
            "calendar_id": calendar.id,
            "own_calendar": True,
        }

    def _checked_hours(self, hours):
        days = [day for day in DAYS if day in (hours.get("days") or ())]
        start, end = hours.get("start"), hours.get("end")
        zones = self.env["resource.calendar"]._fields["tz"].get_values(self.env)
        if not days:
            raise UserError(self.env._("Choose at least one working day."))
        numbers = all(isinstance(hour, int | float) for hour in (start, end))
        if not numbers or not 0 <= start < end <= 24:
            raise UserError(self.env._("Working hours begin before they end."))
        if hours.get("tz") not in zones:
            raise UserError(self.env._("Choose the time zone of your working hours."))
        return {"days": days, "start": start, "end": end, "tz": hours["tz"]}

    def _calendar(self, hours):
        """The company's own calendar with these hours: one that the vendor made may
        serve others too and is left alone."""
        values = {
            "name": self.env._("Community hours of %s", self.organisation_id.name),
            "tz": hours["tz"],
            "attendance_ids": [
                fields.Command.clear(),
                *(
                    fields.Command.create(
                        {
                            "name": self.env._("Working hours"),
                            "dayofweek": day,
                            "hour_from": hours["start"],
                            "hour_to": hours["end"],
                            "day_period": "full_day",
                        }
                    )
                    for day in hours["days"]
                ),
            ],
        }
        if self.own_calendar and self.calendar_id:
            self.calendar_id.write(values)
            return self.calendar_id
        return self.env["resource.calendar"].sudo().create(values)
