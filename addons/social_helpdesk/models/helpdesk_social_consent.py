"""Nothing is sent to a customer who wants no messages any more."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..providers.types import Consent
from ..wording import say
from .text import fits


class HelpdeskSocialContact(models.Model):
    _inherit = "helpdesk.social.contact"

    opted_out = fields.Boolean(
        string="No Messages Wanted",
        readonly=True,
        help="The customer wants no messages on this channel: he wrote STOP, blocked "
        "the account or unsubscribed. Only he can change it.",
    )
    consent_at = fields.Datetime(readonly=True, help="When he last said so.")
    consent_reason = fields.Char(readonly=True)

    def _consent(self, allowed, at, reason):
        """What came late does not turn back what he said after it.

        :return: whether it changed anything
        """
        self.ensure_one()
        if self.consent_at and self.consent_at > at:
            return False
        changed = self.opted_out == allowed
        self.write(
            {"opted_out": not allowed, "consent_at": at, "consent_reason": fits(reason)}
        )
        return changed


class HelpdeskSocialConversation(models.Model):
    _inherit = "helpdesk.social.conversation"

    def _check_consent(self):
        """:raises UserError: the customer wants no messages here"""
        for conversation in self:
            if conversation._opted_out():
                raise UserError(conversation._opted_out_text())

    def _opted_out(self, private=False):
        """A public answer is not sent to anybody's telephone.

        :param private: what is said in public is answered in private
        """
        return self.contact_id.opted_out and (private or not self.public)

    def _opted_out_text(self):
        return self.env._(
            "%(contact)s wants no messages on %(channel)s (%(reason)s), so nothing is "
            "sent. Reach the customer in another way, or wait until the customer "
            "writes that messages are wanted again.",
            contact=self.contact_id.name,
            channel=self.account_id._provider_class().label,
            # a sentence of its own, here inside another
            reason=(self.contact_id.consent_reason or "").rstrip("."),
        )


class HelpdeskSocialInbound(models.AbstractModel):
    _inherit = "helpdesk.social.inbound"

    @api.model
    def _handlers(self):
        return super()._handlers() | {Consent: "_on_consent"}

    @api.model
    def _on_consent(self, account, event, consent, batch):
        """It makes nobody a contact, and is told in the ticket where one is open."""
        contact = batch.contact_if_known(consent.sender)
        if not contact:
            return "Consent of somebody who has never written"
        reason = say(self.env, consent.reason)
        if not contact._consent(consent.allowed, event._at(), reason):
            return reason
        ticket = contact.conversation_ids.filtered(lambda c: not c.public).ticket_id
        ticket = ticket.filtered(lambda t: not t.closed)[:1]
        if ticket:
            ticket.message_post(body=reason, subtype_xmlid="mail.mt_note")
            batch.touched |= ticket
        return reason
