from markupsafe import Markup

from odoo import http
from odoo.http import request

from odoo.addons.helpdesk_mgmt.controllers.main import HelpdeskTicketController

from ..exceptions import Refused


class ModerationTicketForm(HelpdeskTicketController):
    """A customer whose new ticket the gate stops gets his form back, with all that
    he entered and with what he can do. It needs no JavaScript."""

    @http.route()
    def submit_ticket(self, moderation="", **kw):
        """:param moderation: "mask" or "insist": what the author chose"""
        if moderation == "insist":
            request.update_context(moderation_insist=True)
        try:
            return super().submit_ticket(**kw)
        except Refused as refusal:
            advice = self._moderation_undone(refusal)
        if moderation == "mask" and advice["masked"]:
            return self.submit_ticket(**kw | self._moderation_masked(advice))
        return self._moderation_form(advice, kw)

    def _moderation_undone(self, refusal):
        """Take back what the attempt wrote; the refusal is logged after that."""
        request.env.cr.rollback()
        advice = refusal.context["moderation"]
        masked = advice["action"] == "coach" and advice["masked"]
        return advice | {"masked": masked}

    def _moderation_masked(self, advice):
        masked = advice["masked"]
        return {"subject": masked["title"], "description": masked["text"].strip()}

    def _moderation_form(self, advice, entered):
        values = self._get_create_new_ticket_values(**entered) | {
            "moderation": advice,
            "marked": self._marked,
            "masked": self._masked,
            "entered": entered,
            "had_files": any(
                file.filename
                for file in request.httprequest.files.getlist("attachment")
            ),
        }
        return request.render("helpdesk_mgmt.portal_create_ticket", values)

    def _marked(self, pieces):
        mark = Markup('<mark class="o_moderation_mark">%s</mark>')
        text = Markup().join(mark % text if found else text for text, found in pieces)
        return text.strip()

    def _masked(self, masked):
        text = Markup("<strong>%s</strong>\n%s")
        return text % (masked["title"], masked["text"].strip())
