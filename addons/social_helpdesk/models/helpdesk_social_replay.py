"""What a provider once said can be worked off again, without doubling anything."""

from odoo import api, models

from ..providers.types import AccountNotice, Message

PRIORITY = 20  # after everything else in the queue
CHUNK = 500  # events of one job
PIECE = 10  # events of one transaction: shorter than what live messages wait for


class HelpdeskSocialEvent(models.Model):
    _inherit = "helpdesk.social.event"

    def action_replay(self):
        """Work these events off again, beside what comes in now.

        A message that is here stays as it is; one that is missing, or was parked
        or ignored, gets its place.
        """
        self.check_access("read")
        settled = self.sudo().filtered(lambda event: event.state != "new")
        for account, events in settled.grouped("account_id").items():
            ids = sorted(events.ids)
            for start in range(0, len(ids), CHUNK):
                account.with_delay(priority=PRIORITY)._replay(
                    ids[start : start + CHUNK]
                )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "%s events are worked off again in the background.", len(settled)
                ),
            },
        }


class HelpdeskSocialAccount(models.Model):
    _inherit = "helpdesk.social.account"

    def action_replay_failed(self):
        """Button: everything that was parked, again."""
        self.check_access("read")
        events = self.env["helpdesk.social.event"]
        found = events.search(
            [("account_id", "in", self.ids), ("state", "=", "failed")], order="id"
        )
        return found.action_replay()

    def _replay(self, event_ids):
        """Job, in a queue of its own: live messages never wait for it."""
        self.ensure_one()
        events = self.env["helpdesk.social.event"].browse(event_ids).exists()
        for start in range(0, len(events), PIECE):
            with self._gently():
                self._process_batch(events[start : start + PIECE])


class HelpdeskSocialInbound(models.AbstractModel):
    _inherit = "helpdesk.social.inbound"

    @api.model
    def _apply(self, account, pairs):
        """Nothing takes effect twice: a message is known by its id, and what was
        said about it (or of the account) may have been overtaken since."""
        fresh = [
            (event, understood)
            for event, understood in pairs
            if isinstance(understood, Message)
            or event.state in ("new", "failed")
            or (event.state == "ignored" and not isinstance(understood, AccountNotice))
        ]
        return super()._apply(account, fresh)
