from markupsafe import Markup, escape

from odoo import api, models

from ..providers.places import map_link
from ..providers.text import to_html
from ..providers.text.links import linked
from ..providers.types import Kind
from ..wording import say
from .text import QUOTE_LENGTH, excerpt, shorten, storable

LINK = ' target="_blank" rel="noopener noreferrer"'


class HelpdeskSocialInbound(models.AbstractModel):
    """What a message looks like in the ticket."""

    _inherit = "helpdesk.social.inbound"

    @api.model
    def _body(self, message, quoted=None):
        """Markup of a message. The adapter's ``html`` is already safe; every
        other value is escaped here."""
        lines = []
        if quoted:
            lines.append(self._quote(quoted))
        lines += [self._small(self._linked(note)) for note in message.notes]
        if message.html or message.text:
            lines.append(Markup("<div>%s</div>") % self._text(message))
        if message.location:
            lines.append(self._location(message.location))
        lines += [self._card(card) for card in message.cards]
        if message.public:
            lines.insert(0, self._small(self._in_public(message)))
        if message.group:
            lines.insert(0, self._small(message.sender.name))
        if not lines:
            label = self.env["helpdesk.social.conversation"]._kind_label(message.kind)
            lines.append(self._small(label))
        return Markup(storable(Markup().join(lines)))

    @api.model
    def _text(self, message):
        text = Markup(message.html) if message.html else escape(message.text)
        if message.kind is Kind.CHOICE:
            return Markup("<b>▸</b> %s") % text
        return text

    @api.model
    def _linked(self, note):
        """A provider's remark, with the addresses in it (a story) to click on."""
        return Markup(to_html(linked(say(self.env, note)), link=LINK))

    @api.model
    def _small(self, text):
        return Markup('<div class="text-muted small">%s</div>') % text

    @api.model
    def _in_public(self, message):
        """Where it was said, with the way there."""
        about = message.about
        text = shorten(about.text, QUOTE_LENGTH) if about else ""
        label = self.env._("In public: %s", text) if text else self.env._("In public")
        url = message.url or (about.url if about else "")
        if not url.startswith(("https://", "http://")):
            return label
        return Markup(
            '<a href="%s" target="_blank" rel="noopener noreferrer">%s</a>'
        ) % (
            url,
            label,
        )

    @api.model
    def _quote(self, quoted):
        """Not a blockquote: the chatter folds those away as quoted e-mails."""
        text = excerpt(quoted.mail_message_id.body, QUOTE_LENGTH)
        return Markup(
            '<div class="o_social_quote border-start ps-2 mb-1 text-muted small">'
            "%s</div>"
        ) % (text or "…")

    @api.model
    def _location(self, place):
        return Markup(
            '<div>📍 <a href="%s" target="_blank" rel="noopener noreferrer">%s</a>'
            "<br/>%s</div>"
        ) % (
            map_link(place),
            place.name or self.env._("Location"),
            place.address or f"{place.latitude:.5f}, {place.longitude:.5f}",
        )

    @api.model
    def _card(self, card):
        details = [card.organisation, *card.phones, *card.emails]
        return Markup("<div>👤 <b>%s</b><br/>%s</div>") % (
            card.name,
            Markup("<br/>").join(escape(d) for d in details if d),
        )
