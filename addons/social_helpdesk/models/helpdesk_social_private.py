"""From a public comment to a private talk, in the same ticket."""

from dataclasses import replace

from odoo import models
from odoo.exceptions import AccessError, UserError

from ..providers.errors import ProviderError
from ..wording import explain


class HelpdeskSocialConversation(models.Model):
    _inherit = "helpdesk.social.conversation"

    def _can_reply_privately(self):
        """Not if the private talk has begun: then it is simply gone on with."""
        self.ensure_one()
        return (
            self.public
            and self.account_id._provider_class().can_reply_privately
            and not self._others().filtered(
                lambda c: not c.public and c.account_id == self.account_id
            )
        )

    def _others(self):
        """Where else the customer of this conversation's ticket can be answered."""
        found = self.search([("ticket_id", "in", self.ticket_id.ids)], order="id")
        return found.filtered("account_id.active") - self

    def _private_part(self, html):
        """:raises UserError: it does not fit into one message, or nobody wrote"""
        comment = self._last_heard()
        try:
            parts = self.account_id._provider().plan(html, [])
        except ProviderError as error:
            raise UserError(explain(self.env, error)) from None
        if len(parts) > 1 or not comment:
            raise UserError(
                self.env._(
                    "A comment can be answered in private with one message only. "
                    "Shorten the text: the rest can follow when the customer answers."
                )
            )
        return replace(parts[0], reply_to=comment.external_id, private=True)

    def _continue_privately(self, ticket, thread):
        """The customer will answer in ``thread``: that is the same ticket, and from
        now on the agent writes there."""
        self.ensure_one()
        private = self.search(
            [("account_id", "=", self.account_id.id), ("thread", "=", thread)]
        )
        other = private.ticket_id
        if other and other != ticket and other.active and not other.closed:
            ticket.message_post(
                body=self.env._(
                    "The customer already writes in private, in ticket %s.",
                    other.number,
                ),
                subtype_xmlid="mail.mt_note",
            )
            return
        if not private:
            private = self.create(
                {
                    "account_id": self.account_id.id,
                    "contact_id": self._private_contact(thread).id,
                    "thread": thread,
                }
            )
        private.ticket_id = ticket
        ticket.social_conversation_id = private

    def _private_contact(self, external_id):
        """The same person under the id that he has in private."""
        contacts = self.env["helpdesk.social.contact"]
        return contacts._of(self.account_id, [external_id])[:1] or contacts.create(
            {
                "account_id": self.account_id.id,
                "external_id": external_id,
                "name": self.contact_id.name,
                "partner_id": self.contact_id._partner().id,
            }
        )


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def action_social_private_reply(self):
        """The agent writes what only the author of the comment will read."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer in private"),
            "res_model": "helpdesk.social.private.reply",
            "view_mode": "form",
            "target": "new",
            "context": {"default_ticket_id": self.id},
        }

    def action_social_switch(self, conversation_id):
        """Answer in another of this ticket's conversations: in public, or in private.

        :raises AccessError: it is no conversation of this ticket
        """
        self.ensure_one()
        self.check_access("write")
        # sudo: an agent answers through an account that he cannot configure
        ticket = self.sudo()
        others = ticket.social_conversation_id._others()
        chosen = others.filtered(lambda c: c.id == conversation_id)
        if not chosen:
            raise AccessError(
                self.env._("The customer has not written there in this ticket.")
            )
        ticket.social_conversation_id = chosen
        chosen.account_id._tell_tickets(ticket)
        return True
