from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from odoo.addons.helpdesk_mgmt.controllers.main import HelpdeskTicketController
from odoo.addons.portal.controllers.portal import CustomerPortal


class SocialHelpdeskTicketController(HelpdeskTicketController):
    """Closes a hole of helpdesk_mgmt 19: there any logged-in user closes any
    ticket, and a link on any web page can make him do it."""

    @http.route(methods=["POST"])
    def support_ticket_close(self, ticket_id=None, stage_id=None, **kw):
        """Only who may see the ticket, and only into a stage that its team
        offers for closing."""
        try:
            # Not a parent: that would route the portal's own pages once more, past
            # whatever other add-ons have added to them.
            portal = CustomerPortal()
            ticket = portal._document_check_access("helpdesk.ticket", int(ticket_id))
            stage = request.env["helpdesk.ticket.stage"].sudo().browse(int(stage_id))
        except (AccessError, MissingError, TypeError, ValueError):
            return request.redirect("/my", code=302)
        allowed = ticket.team_id._get_applicable_stages()
        if stage in allowed and stage.close_from_portal and not ticket.closed:
            ticket.stage_id = stage
        return request.redirect(ticket.access_url, code=302)
