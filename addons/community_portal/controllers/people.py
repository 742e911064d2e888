from odoo import http
from odoo.exceptions import MissingError
from odoo.http import request

from .room import page, room, whole_number

AVATAR_AGE = 3_600  # seconds that a browser keeps a face


class CommunityPeople(http.Controller):
    """Who is in the room."""

    @http.route(
        "/my/community/people/<int:member_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    @page
    def person(self, member_id, **_kw):
        member = self._member(member_id)
        mine = member == request.env["community.member"]._me()
        values = member._page_profile()
        title = values["profile"]["name"]
        return request.render(
            "community_portal.person",
            room("me" if mine else "", title=title, **values),
        )

    @http.route(
        "/my/community/boards", type="http", auth="user", website=True, readonly=True
    )
    @page
    def boards(self, period="month", space="", company="", **_kw):
        board = request.env["community.board"]._board(
            period, whole_number(space) or None, company=bool(company)
        )
        _ = request.env._
        periods = [
            ("month", _("This month")),
            ("last_month", _("Last month")),
            ("quarter", _("Last 90 days")),
            ("all", _("All the time")),
        ]
        return request.render(
            "community_portal.boards",
            room("boards", title=_("Top helpers"), board=board, periods=periods),
        )

    @http.route(
        "/my/community/avatar/<int:member_id>",
        type="http",
        auth="user",
        readonly=True,
    )
    def avatar(self, member_id, **_kw):
        """A member's face; the same outline for whoever is not there, not for the
        user, or without a name."""
        member = request.env["community.member"].search([("id", "=", member_id)])
        # sudo: the face of a member whom the user has found
        partner = member.sudo().filtered(lambda one: not one.anonymous).partner_id
        if not partner:
            return request.redirect("/web/static/img/placeholder.png")
        stream = request.env["ir.binary"]._get_image_stream_from(
            partner, "avatar_128", width=128, height=128
        )
        return stream.get_response(max_age=AVATAR_AGE)

    def _member(self, member_id):
        """:raises MissingError: not there, or not for the user"""
        members = request.env["community.member"]
        member = members.search([("id", "=", member_id)])
        if not member or member.sudo().anonymous:
            raise MissingError(request.env["community.post"]._not_for_you())
        return member
