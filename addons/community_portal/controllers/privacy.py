from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from odoo.addons.portal.controllers.portal import CustomerPortal

URL = "/my/community/privacy"


class CommunityPrivacy(CustomerPortal):
    """One's own data: what is kept, a copy of it, and how to leave. Open to whoever
    ever was a member, also to those who may not enter any more."""

    @http.route(URL, type="http", auth="user", website=True)
    def community_privacy(self, **_kw):
        return self._privacy_page()

    def _privacy_page(self, **values):
        mine = request.env["community.member"]._of_mine()
        requests = request.env["community.privacy.request"]._of_mine()
        values = {
            "page_name": "community",
            "member": bool(mine),
            "name": mine.name or "",
            "state": mine.state,
            "is_vendor": mine.is_vendor,
            "requests": requests,
            "open_kinds": requests.filtered(lambda r: r.state == "open").mapped("kind"),
            "days": request.env.company.sudo().community_privacy_days,
            "inside": not request.env["community.member"]._way_in(),
            "error": "",
        } | values
        return request.render("community_portal.privacy", values)

    @http.route(
        f"{URL}/export", type="http", auth="user", methods=["POST"], website=True
    )
    def community_export(self, **_kw):
        mine = request.env["community.member"]._of_mine()
        if not mine:
            return request.redirect(URL)
        return self._privacy_zip(mine)

    @http.route("/community/privacy/<int:number>/export", type="http", auth="user")
    def community_export_of(self, number, **_kw):
        """For the vendor's administrators, about anybody."""
        member = (
            request.env["community.member"]
            .with_context(active_test=False)
            .search([("id", "=", min(number, 2**31 - 1))])
        )
        if not member or not member._is_administrator():
            raise request.not_found()
        return self._privacy_zip(member)

    def _privacy_zip(self, member):
        content = request.env["community.privacy.request"]._hand_out(member)
        name = f"community-{fields.Date.today()}.zip"
        return request.make_response(
            content,
            [
                ("Content-Type", "application/zip"),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )

    @http.route(f"{URL}/ask", type="http", auth="user", methods=["POST"], website=True)
    def community_privacy_ask(self, kind="", **_kw):
        mine = request.env["community.member"]._of_mine()

        def ask():
            if kind not in ("anonymise", "erase"):
                raise UserError(request.env._("Choose what is to be done."))
            request.env["community.privacy.request"]._ask(kind, mine)

        return self._privacy_do(ask)

    @http.route(
        f"{URL}/<int:number>/withdraw",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def community_privacy_withdraw(self, number, **_kw):
        requests = request.env["community.privacy.request"]
        return self._privacy_do(
            lambda: requests._of_mine().filtered(lambda r: r.id == number)._withdraw()
        )

    @http.route(
        f"{URL}/leave", type="http", auth="user", methods=["POST"], website=True
    )
    def community_leave(self, name="", **_kw):
        members = request.env["community.member"]

        def leave():
            if name not in ("keep", "drop"):
                raise UserError(request.env._("Say whether your name stays."))
            members._leave(keep_name=name == "keep")

        return self._privacy_do(leave)

    def _privacy_do(self, change):
        try:
            with request.env.cr.savepoint():
                change()
        except UserError as error:
            return self._privacy_page(error=str(error))
        return request.redirect(URL)
