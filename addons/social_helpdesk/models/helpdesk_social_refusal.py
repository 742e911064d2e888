"""Requests that our webhook refused are counted: a secret that does not fit any more
would else be seen in nothing but silence.

Anybody can make such requests, so they cost next to nothing: they are counted in the
process, and written down at most ten times, then once a minute. What a process has
counted since when it ends is lost.
"""

import threading
import time
from collections import defaultdict
from dataclasses import dataclass

from odoo import api, fields, models

AT_ONCE = 10  # written one by one, so that a few are counted exactly
EVERY = 60  # seconds between two rows afterwards
KEPT = "7 days"
REASONS = [
    ("signature", "Signature missing or wrong"),
    ("handshake", "Verify token missing or wrong"),
    ("unknown", "Address of no account"),
]
NOBODY = 0  # instead of an account's id: an address that no account has


@dataclass
class Tally:
    """What one process has counted of one account within an hour."""

    hour: int = 0
    written: int = 0
    waiting: int = 0
    last_at: float = 0.0

    def count(self, now: float) -> int:
        """Count one more.

        :return: how many are to be written down now
        """
        if self.hour != (hour := int(now // 3600)):
            self.hour, self.written = hour, 0
        self.waiting += 1
        if self.written >= AT_ONCE and now - self.last_at < EVERY:
            return 0
        due, self.waiting = self.waiting, 0
        self.written += 1
        self.last_at = now
        return due


_tallies: dict[tuple[str, int], Tally] = defaultdict(Tally)
_lock = threading.Lock()


class HelpdeskSocialRefusal(models.Model):
    """So many requests of one account's webhook were refused in one hour."""

    _name = "helpdesk.social.refusal"
    _description = "Refused Webhook Requests"
    _order = "last_at desc"
    _log_access = False

    account_id = fields.Many2one(
        "helpdesk.social.account", readonly=True, ondelete="cascade"
    )
    hour = fields.Datetime(required=True, readonly=True)
    number = fields.Integer(string="Requests", required=True, readonly=True)
    last_at = fields.Datetime(string="Last", required=True, readonly=True)
    reason = fields.Selection(REASONS, readonly=True)

    _account_idx = models.Index("(account_id, last_at)")

    @api.model
    def _count(self, account_id, reason):
        """Called by the webhook. A row is added and never changed: so nobody who does
        the same at the same time gets into the way.

        :param account_id: NOBODY for an address that no account has
        """
        with _lock:
            tally = _tallies[self.env.cr.dbname, account_id]
            number = tally.count(time.time())
        if number:
            self.env.cr.execute(
                """
                INSERT INTO helpdesk_social_refusal (
                    account_id, hour, number, last_at, reason)
                SELECT %s, date_trunc('hour', now), %s, now, %s
                  FROM (SELECT now() AT TIME ZONE 'UTC') AS t(now)
                """,
                [account_id or None, number, reason],
            )

    @api.autovacuum
    def _gc_hours(self):
        """One row for each account and past hour, and none after a week."""
        self.env.cr.execute(
            """
            DELETE FROM helpdesk_social_refusal
             WHERE last_at < now() AT TIME ZONE 'UTC' - %s::interval
            """,
            [KEPT],
        )
        self.env.cr.execute(
            """
            WITH past AS (
                DELETE FROM helpdesk_social_refusal
                 WHERE hour < date_trunc('hour', now() AT TIME ZONE 'UTC')
             RETURNING account_id, hour, number, last_at, reason)
            INSERT INTO helpdesk_social_refusal (
                account_id, hour, number, last_at, reason)
            SELECT account_id, hour, sum(number), max(last_at),
                   (array_agg(reason ORDER BY last_at DESC))[1]
              FROM past GROUP BY account_id, hour
            """
        )
        self.env.invalidate_all()

    @api.model
    def _of_nobody(self):
        """Requests of a day to addresses that no account has: one that was deleted or
        archived here and not at its provider.

        :return: their number
        """
        self.env.cr.execute(
            """
            SELECT coalesce(sum(number), 0) FROM helpdesk_social_refusal
             WHERE account_id IS NULL
               AND last_at > now() AT TIME ZONE 'UTC' - interval '1 day'
            """
        )
        return self.env.cr.fetchone()[0]


class HelpdeskSocialAccount(models.Model):
    _inherit = "helpdesk.social.account"

    refused = fields.Integer(
        string="Refused requests of a day",
        compute="_compute_refused",
        help="They did not prove that they come from the provider: a secret that does "
        "not fit any more, or a stranger.",
    )
    refused_at = fields.Datetime(string="Last refused", compute="_compute_refused")
    refused_reason = fields.Selection(REASONS, string="Why", compute="_compute_refused")
    # those since something was accepted
    refused_since = fields.Integer(compute="_compute_refused")

    def _compute_refused(self):
        self.env.cr.execute(
            """
            SELECT a.id, sum(r.number), max(r.last_at),
                   (array_agg(r.reason ORDER BY r.last_at DESC))[1],
                   sum(r.number) FILTER (WHERE r.last_at > coalesce(
                       (SELECT max(received_at) FROM helpdesk_social_event
                         WHERE account_id = a.id), '-infinity'))
              FROM unnest(%s::int[]) AS a(id)
              JOIN helpdesk_social_refusal r ON r.account_id = a.id
             WHERE r.last_at > now() AT TIME ZONE 'UTC' - interval '1 day'
             GROUP BY a.id
            """,
            [self.ids],
        )
        found = {row[0]: row[1:] for row in self.env.cr.fetchall()}
        for account in self:
            number, at, reason, since = found.get(account.id, (0, None, False, 0))
            account.refused, account.refused_at = number, at
            account.refused_reason, account.refused_since = reason, since or 0

    def action_refusals(self):
        self.ensure_one()
        refused = [("account_id", "=", self.id)]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refused requests"),
            "res_model": "helpdesk.social.refusal",
            "view_mode": "list",
            "domain": refused,
        }
