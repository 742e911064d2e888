"""What a provider gives along with a message so that it can be answered free of
charge, quoted, or marked as read (:attr:`RawEvent.tokens`).

Each is as good as a credential. It stays with the raw event, in a field that
nobody can read, and goes with it when its days are over.
"""

import json
from datetime import timedelta

from odoo import fields, models

from .. import providers


class HelpdeskSocialEvent(models.Model):
    _inherit = "helpdesk.social.event"

    tokens = fields.Json(groups=fields.NO_ACCESS, readonly=True)

    def _token(self, name):
        """:return: "" if none of these events has it"""
        return next(filter(None, ((e.tokens or {}).get(name) for e in self)), "")

    def _take_token(self, name):
        """The same of the first that has it, and from now on nobody else gets it."""
        event = self.filtered(lambda e: (e.tokens or {}).get(name))[:1]
        token = event._token(name)
        if token:
            event.tokens = {k: v for k, v in event.tokens.items() if k != name}
        return token


class HelpdeskSocialConversation(models.Model):
    _inherit = "helpdesk.social.conversation"

    def _take_reply_token(self, seconds):
        """Of the customer's newest message that is no older than ``seconds``, by his
        provider's clock and by ours. What has been worked off only: nobody else
        writes on it any more."""
        after = fields.Datetime.now() - timedelta(seconds=seconds)
        # sudo: the token is nobody's to read
        events = self.env["helpdesk.social.event"].sudo()
        return events.search(
            [
                ("account_id", "=", self.account_id.id),
                ("received_at", ">=", after),
                ("occurred_at", ">=", after),
                ("thread", "=", self.thread),
                ("state", "=", "done"),
                ("tokens", "!=", False),
            ],
            order="id desc",
        )._take_token("reply")


class HelpdeskSocialMessage(models.Model):
    _inherit = "helpdesk.social.message"

    def _token(self, name):
        """Of a customer's message; "" where there is none (any more)."""
        # sudo: the token is nobody's to read
        return self.sudo().event_ids._token(name)

    def _take_tokens(self):
        """For sending this message. What serves once is given away here, in the
        transaction that makes "sending" durable: whatever becomes of the process,
        it is never used a second time.

        :return: as in :attr:`Part.tokens`
        """
        # Not ``_provider_class``: that the add-on is gone is told as the outcome.
        cls = providers.known().get(self.account_id.provider)
        if not cls or not cls.reply_seconds:
            return {}
        tokens = {"reply": self.conversation_id._take_reply_token(cls.reply_seconds)}
        if quoted := json.loads(self.part).get("reply_to"):
            message = self._targets(self.account_id, [quoted]).get(quoted)
            tokens["quote"] = message._token("quote") if message else ""
        return {name: token for name, token in tokens.items() if token}
