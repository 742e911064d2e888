from datetime import datetime, timedelta

import pytz

from odoo import fields, models


class CommunityMember(models.Model):
    """When a member wants peace."""

    _inherit = "community.member"

    quiet_from = fields.Float(
        help="Hour of the member's day; equal to the other: none."
    )
    quiet_to = fields.Float()

    def _quiet_until(self, now=None):
        """When the member may be disturbed again.

        :param now: naive UTC
        :return: naive UTC, or None if he may be disturbed now
        """
        self.ensure_one()
        begin, end = self.quiet_from, self.quiet_to
        if begin == end:
            return None
        zone = pytz.timezone(self.user_id.tz or self.env.company.partner_id.tz or "UTC")
        now = now or fields.Datetime.now()
        local = pytz.utc.localize(now).astimezone(zone)
        hour = local.hour + local.minute / 60
        quiet = begin <= hour < end if begin < end else hour >= begin or hour < end
        if not quiet:
            return None
        day = local.date() + timedelta(days=hour >= end)
        wake = datetime(day.year, day.month, day.day) + timedelta(hours=end)
        return zone.localize(wake).astimezone(pytz.utc).replace(tzinfo=None)
