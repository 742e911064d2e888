"""A place or a contact card that an agent sends."""

from odoo import models
from odoo.exceptions import UserError

from ..providers.errors import ProviderError
from ..providers.types import Location
from ..wording import explain


class HelpdeskSocialConversation(models.Model):
    _inherit = "helpdesk.social.conversation"

    def _share(self, ticket, post, what):
        """Queue it, in the same transaction as its line in the ticket.

        :param what: ``Location`` or ``Card``
        :raises UserError: it cannot be sent, and why
        """
        self.ensure_one()
        provider = self.account_id._provider()
        plan = provider.place if isinstance(what, Location) else provider.contact
        reply_to = self.public and self._last_heard().external_id or ""
        try:
            parts = plan(what, reply_to, self.thread)
        except ProviderError as error:
            raise UserError(explain(self.env, error)) from None
        return self._queue(ticket, post, parts)


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def action_social_share(self):
        """The agent sends a place or a contact card."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send a place or a contact card"),
            "res_model": "helpdesk.social.share",
            "view_mode": "form",
            "target": "new",
            "context": {"default_ticket_id": self.id},
        }
