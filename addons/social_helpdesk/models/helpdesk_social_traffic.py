"""What goes through an account, as its health page shows it."""

from datetime import timedelta

from odoo import fields, models

from ..providers.errors import RetryLater

NEWS = timedelta(seconds=30)  # a later end of a provider's limit, to be written down


class HelpdeskSocialAccount(models.Model):
    _inherit = "helpdesk.social.account"

    last_event_at = fields.Datetime(string="Last in", compute="_compute_traffic")
    last_answer_at = fields.Datetime(string="Last out", compute="_compute_traffic")
    waiting_in = fields.Integer(string="Waiting to come in", compute="_compute_traffic")
    waiting_out = fields.Integer(string="Waiting to go out", compute="_compute_traffic")
    oldest_in_at = fields.Datetime(compute="_compute_traffic")
    oldest_out_at = fields.Datetime(compute="_compute_traffic")
    queue = fields.Char(compute="_compute_queue", help="Waiting: in and out.")
    parked = fields.Integer(string="Parked events", compute="_compute_traffic")
    sent_today = fields.Integer(compute="_compute_traffic")
    error_rate = fields.Float(
        string="Failed answers of a day",
        compute="_compute_traffic",
        help="Of what was sent within the last 24 hours.",
    )
    limited_until = fields.Datetime(
        string="Provider's limit until",
        readonly=True,
        copy=False,
        help="The provider has asked us to wait so long. Answers go out by themselves "
        "afterwards; what customers write goes on coming in.",
    )

    def _compute_traffic(self):
        """One statement for all; each part of it reads one index from its end."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT a.id,
                   (SELECT max(received_at) FROM helpdesk_social_event
                     WHERE account_id = a.id),
                   (SELECT max(occurred_at) FROM helpdesk_social_message
                     WHERE account_id = a.id AND direction = 'out'),
                   waiting_in, oldest_in,
                   (SELECT count(*) FROM helpdesk_social_event
                     WHERE account_id = a.id AND state = 'failed'),
                   waiting_out, oldest_out, failed, sent
              FROM unnest(%s::int[]) AS a(id),
                   LATERAL (
                   SELECT count(*), min(received_at) FROM helpdesk_social_event
                    WHERE account_id = a.id AND state = 'new'
                   ) AS came(waiting_in, oldest_in),
                   LATERAL (
                   SELECT count(*), min(greatest(occurred_at, next_try_at))
                                    FILTER (WHERE state = 'queued')
                     FROM helpdesk_social_message
                    WHERE account_id = a.id AND state IN ('queued', 'sending')
                   ) AS queue(waiting_out, oldest_out),
                   LATERAL (
                   SELECT count(*) FILTER (WHERE state = 'failed'), count(*)
                     FROM helpdesk_social_message
                    WHERE account_id = a.id AND direction = 'out'
                      AND occurred_at > now() AT TIME ZONE 'UTC' - interval '1 day'
                   ) AS day(failed, sent)
            """,
            [self.ids],
        )
        found = {row[0]: row[1:] for row in self.env.cr.fetchall()}
        for account in self:
            row = found.get(account.id, (None, None, 0, None, 0, 0, None, 0, 0))
            account.last_event_at, account.last_answer_at = row[:2]
            account.waiting_in, account.oldest_in_at, account.parked = row[2:5]
            account.waiting_out, account.oldest_out_at = row[5:7]
            failed, account.sent_today = row[7:]
            account.error_rate = failed / account.sent_today if failed else 0

    def _compute_queue(self):
        for account in self:
            account.queue = f"{account.waiting_in} ↓  {account.waiting_out} ↑"

    def action_parked(self):
        self.ensure_one()
        parked = [("account_id", "=", self.id), ("state", "=", "failed")]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Parked events"),
            "res_model": "helpdesk.social.event",
            "view_mode": "list,form",
            "domain": parked,
        }

    def _note_limit(self, outcome):
        """Remember that the provider asked for a pause; written down only when that
        is news, for many send at once."""
        self.ensure_one()
        now = fields.Datetime.now()
        if isinstance(outcome, RetryLater) and outcome.seconds:
            until = now + timedelta(seconds=outcome.seconds)
            if not self.limited_until or self.limited_until < until - NEWS:
                self.limited_until = until
        elif self.limited_until and self.limited_until <= now:
            self.limited_until = False


class HelpdeskSocialMessage(models.Model):
    _inherit = "helpdesk.social.message"

    _queue_idx = models.Index(
        "(account_id, occurred_at) WHERE state IN ('queued', 'sending')"
    )
