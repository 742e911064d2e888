from odoo import http
from odoo.http import request

from odoo.addons.helpdesk_mgmt.controllers.myaccount import CustomerPortalHelpdesk

from ..models.moderation_mixin import VISIBLE


class ModerationTicketPage(CustomerPortalHelpdesk):
    @http.route()
    def portal_my_ticket(self, ticket_id, access_token=None, **kw):
        """A link that was given out opens no ticket that is held or hidden; its
        author has his login."""
        # sudo: the state alone
        ticket = request.env["helpdesk.ticket"].sudo().browse(ticket_id).exists()
        if ticket and ticket.moderation_state not in VISIBLE:
            access_token = None
        return super().portal_my_ticket(ticket_id, access_token=access_token, **kw)
