"""Comments and mentions: a conversation that everybody reads."""

from odoo import fields, models

from .. import providers
from .text import QUOTE_LENGTH, shorten, storable

URL_LENGTH = 2000  # longer ones lead nowhere in most browsers


class HelpdeskSocialConversation(models.Model):
    _inherit = "helpdesk.social.conversation"

    public = fields.Boolean(
        readonly=True, help="Everybody can read what is written here."
    )
    about = fields.Char(readonly=True, help="What the comment stands under.")
    about_url = fields.Char(string="Link", readonly=True)

    def _public_values(self, message):
        """What a new conversation knows of the post that it is about."""
        if not message.public:
            return {}
        about = message.about
        text = shorten(storable(about.text), QUOTE_LENGTH) if about else ""
        url = storable(message.url or (about.url if about else ""))
        return {"public": True, "about": text, "about_url": url[:URL_LENGTH]}

    def _answers_elsewhere(self):
        """Whether a person has to answer on the page itself."""
        known = providers.known().get(self.account_id.provider)
        return bool(known and known.answers_elsewhere)

    def _last_heard(self):
        """The customer's last message: in public an answer stands under it."""
        return self.env["helpdesk.social.message"].search(
            [
                ("conversation_id", "=", self.id),
                ("direction", "=", "in"),
                ("external_id", "!=", False),
            ],
            order="occurred_at desc, sequence desc, id desc",
            limit=1,
        )
