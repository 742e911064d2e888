"""Raw events and customers' files end after a time; what was said stays."""

import time

from odoo import api, fields, models
from odoo.fields import Domain

EVENTS = 500  # deleted in one transaction
FILES = 20
PRIORITY = 20  # after everything else in the queue
PURGE_SECONDS = 20  # then the worker is handed to somebody else


class HelpdeskSocialAccount(models.Model):
    _inherit = "helpdesk.social.account"

    keep_days = fields.Integer(
        string="Keep raw data for",
        default=90,
        help="After so many days the raw events are deleted, and the files that "
        "customers sent in tickets that are closed. 0 keeps them for ever.",
    )

    _keep_days_positive = models.Constraint(
        "CHECK (keep_days >= 0)", "Days are counted from 0, which keeps all for ever."
    )

    @api.model
    def _cron_purge(self):
        for account in self.with_context(active_test=False).search(
            [("keep_days", ">", 0)]
        ):
            account.with_delay(
                identity_key=f"social_purge:{account.id}", priority=PRIORITY
            )._purge()

    def _purge(self):
        """Job, in a queue of its own and in small steps: live messages never wait
        for a lock or for the disk."""
        self.ensure_one()
        if self.keep_days <= 0:
            return
        before = fields.Datetime.subtract(fields.Datetime.now(), days=self.keep_days)
        deadline = time.monotonic() + PURGE_SECONDS
        more = True
        while more:
            with self._gently():
                more = (
                    self._purge_events(before)
                    or self._purge_deliveries(before)
                    or self._purge_files(before)
                )
            if more and time.monotonic() > deadline:
                self.with_delay(priority=PRIORITY)._purge()
                return

    def _purge_events(self, before):
        """:return: whether there may be more"""
        self.env["helpdesk.social.event"].flush_model(["received_at", "state"])
        self.env.cr.execute(
            """
            DELETE FROM helpdesk_social_event WHERE id IN (
                SELECT id FROM helpdesk_social_event
                 WHERE account_id = %s AND received_at < %s
                   AND state IN ('done', 'ignored')
                 LIMIT %s FOR UPDATE SKIP LOCKED)
            """,
            [self.id, before, EVENTS],
        )
        return self.env.cr.rowcount == EVENTS

    def _purge_deliveries(self, before):
        """:return: whether there may be more"""
        old = self.env["helpdesk.social.delivery"].search(
            [("account_id", "=", self.id), ("at", "<", before)],
            order="id",
            limit=EVENTS,
        )
        old.unlink()
        return len(old) == EVENTS

    def _purge_files(self, before):
        """Of closed tickets only: in an open one somebody may still look at them.

        :return: whether there may be more
        """
        messages = (
            self._inbound_env()
            .env["helpdesk.social.message"]
            .search(
                Domain("account_id", "=", self.id)
                & Domain("direction", "=", "in")
                & Domain("media_state", "in", ("done", "failed"))
                & Domain("occurred_at", "<", before)
                & (
                    Domain("ticket_id", "=", False) | Domain("ticket_id.closed", "=", 1)
                ),
                limit=FILES,
            )
        )
        messages._forget_files(self.keep_days)
        return len(messages) == FILES


class HelpdeskSocialMessage(models.Model):
    _inherit = "helpdesk.social.message"

    _files_idx = models.Index(
        "(account_id, occurred_at) "
        "WHERE direction = 'in' AND media_state IN ('done', 'failed')"
    )

    def _forget_files(self, days):
        inbound = self.env["helpdesk.social.inbound"]
        for message in self.filtered("attachment_id"):
            post = message.mail_message_id.sudo()
            if post:
                post.body = (post.body or "") + inbound._small(
                    self.env._("The file was removed after %s days.", days)
                )
            message.attachment_id.sudo().unlink()
        self.write({"media": False, "media_state": False, "error": False})
