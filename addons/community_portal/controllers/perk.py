from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .room import action, page


class CommunityPerk(http.Controller):
    """What a member does with his perks; who may is asked in the model."""

    @action("/my/community/perk/<int:grant_id>/consent")
    def consent(self, grant_id, agreed=False, **_kw):
        """Agree, or refuse, as the person or as the manager of his company.

        :return: the perk's card
        """
        return request.env["community.perk.grant"]._answer(grant_id, agreed is True)

    @http.route(
        "/my/community/perk/<int:grant_id>/<any(agree,refuse):what>",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    @page
    def answer(self, grant_id, what, **_kw):
        """The same by the buttons of one's own page."""
        request.env["community.perk.grant"]._answer(grant_id, what == "agree")
        me = request.env["community.member"]._me()
        return request.redirect(f"/my/community/people/{me.id}#perks")

    @http.route(
        "/my/community/perk/<int:grant_id>/certificate",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def certificate(self, grant_id, **_kw):
        try:
            content, name = request.env["community.perk.grant"]._certificate(grant_id)
        except UserError as error:
            raise request.not_found(str(error)) from error
        return request.make_response(
            content,
            headers=[
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", http.content_disposition(name)),
                ("Cache-Control", "private, no-store"),
            ],
        )
