from odoo import http
from odoo.exceptions import UserError
from odoo.http import request


class CommunityJoin(http.Controller):
    """The door: who is outside learns how to get in, and nothing of what is inside."""

    @http.route("/my/community/join", type="http", auth="user", website=True)
    def join(self, **_kw):
        return self._door()

    @http.route(
        "/my/community/join/ask",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def ask(self, reason="", **_kw):
        return self._do(
            lambda members: members._ask_to_join(reason), reason=str(reason)
        )

    @http.route(
        "/my/community/join/withdraw",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def withdraw(self, **_kw):
        return self._do(lambda members: members._withdraw_request())

    @http.route(
        "/my/community/join/confirm",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def confirm(self, **_kw):
        return self._do(
            lambda _members: request.env["community.invitation"]._confirm_address()
        )

    @http.route(
        "/my/community/join/rules",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def rules(self, version="", agree="", **_kw):
        version = int(version) if version.isdecimal() and len(version) < 10 else 0

        def agreed(members):
            if not agree:
                raise UserError(request.env._("Tick that you agree, then go on."))
            members._of_mine()._accept_rules(version)

        return self._do(agreed)

    def _do(self, change, **values):
        """Change something at the door, and show what became of it."""
        try:
            with request.env.cr.savepoint():
                change(request.env["community.member"])
        except UserError as error:
            return self._door(error=str(error), **values)
        return request.redirect("/my/community/join")

    def _door(self, **values):
        members = request.env["community.member"]
        if not members._way_in():
            return request.redirect("/my/community")
        values = members._door() | {"page_name": "community"} | values
        return request.render("community_portal.join", values)
