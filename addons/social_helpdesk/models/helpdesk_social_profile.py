"""What a provider says only when asked: who somebody is, what a comment is about."""

from odoo import models

from odoo.addons.queue_job.exception import RetryableJobError

from ..providers.errors import ProviderError, RetryLater
from .helpdesk_social_contact import NAME_LENGTH
from .helpdesk_social_public import URL_LENGTH
from .text import QUOTE_LENGTH, shorten, storable


class HelpdeskSocialContact(models.Model):
    _inherit = "helpdesk.social.contact"

    def _enqueue_profile(self):
        """Ask for the names of those who came without one."""
        for contact in self:
            if (
                contact.name == contact.external_id
                and contact.account_id._provider_class().has_profiles
            ):
                contact.with_delay(
                    identity_key=f"social_profile:{contact.id}", max_retries=5
                )._fetch_profile()

    def _fetch_profile(self):
        """Job: a provider that does not say is no fault of anybody."""
        self.ensure_one()
        provider = self.account_id._inbound_env()._provider()
        person = _asked(lambda: provider.profile(self.external_id))
        if person and person.name and self.name == self.external_id:
            self._be_called(shorten(storable(person.name), NAME_LENGTH))

    def _be_called(self, name):
        """Wherever his id stood for his name, and nobody has corrected it."""
        self.ensure_one()
        partner = self.partner_id
        tickets = self.conversation_ids.ticket_ids | self.conversation_ids.ticket_id
        if partner.name == self.name:
            partner.name = name
        tickets.filtered(lambda t: t.partner_name == self.name).partner_name = name
        self.name = name
        self._enqueue_suggest()
        self.account_id._tell_tickets(tickets)


class HelpdeskSocialConversation(models.Model):
    _inherit = "helpdesk.social.conversation"

    def _enqueue_about(self):
        for conversation in self:
            if (
                conversation.public
                and not conversation.about
                and conversation.account_id._provider_class().has_posts
            ):
                conversation.with_delay(
                    identity_key=f"social_about:{conversation.id}", max_retries=5
                )._fetch_about()

    def _fetch_about(self):
        """Job: the text under which a customer has commented."""
        self.ensure_one()
        provider = self.account_id._inbound_env()._provider()
        about = _asked(lambda: provider.post(self.thread))
        if not about or not about.text or self.about:
            return
        self.about = shorten(storable(about.text), QUOTE_LENGTH)
        if about.url and not self.about_url:
            self.about_url = storable(about.url)[:URL_LENGTH]
        if self.ticket_id:
            self.ticket_id.message_post(
                body=self.env._("The comment is about: %s", self.about),
                subtype_xmlid="mail.mt_note",
            )


def _asked(question):
    """The answer, or nothing when the provider does not say."""
    try:
        return question()
    except RetryLater as error:
        raise RetryableJobError(error.text, seconds=error.seconds) from None
    except ProviderError:
        return None
