from odoo import http
from odoo.exceptions import UserError
from odoo.http import request


class CommunityInvitation(http.Controller):
    """An invitation as its receiver opens it. What is no invitation, or none any
    more, looks the same to everybody: nothing can be learnt by trying."""

    @http.route(
        "/community/invitation/<string:token>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
    )
    def invitation(self, token, **_kw):
        """Looking changes nothing: mail programs open links before people do."""
        return self._page(token)

    @http.route(
        "/community/invitation/<string:token>/accept",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def accept(self, token, **_kw):
        invitation = self._invitation(token)
        if not invitation:
            return self._page(token)
        public = request.env.user._is_public()
        account = invitation._account()
        if public and account.login_date:
            return request.redirect_query(
                "/web/login", {"redirect": f"/community/invitation/{token}"}
            )
        if not public and not invitation._is_for(request.env.user):
            return self._page(token)
        try:
            with request.env.cr.savepoint():
                invitation._accept()
        except UserError as error:
            return self._page(token, error=str(error))
        way = invitation._signup_url() if public else False
        return request.redirect(way or "/my/community/join", local=not way)

    def _invitation(self, token):
        return request.env["community.invitation"]._of_token(token)

    def _page(self, token, **values):
        invitation = self._invitation(token)
        if not invitation:
            response = request.render(
                "community_portal.invitation_over",
                {"host": request.env.company.sudo().name, "no_breadcrumbs": True},
                status=404,
            )
        else:
            values = self._values(invitation, token) | values
            response = request.render("community_portal.invitation", values)
        # The address holds the key: no page that is opened from here learns it.
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response

    def _values(self, invitation, token):
        user = request.env.user
        public = user._is_public()
        rules = request.env["community.rules"]._current()
        return {
            "token": token,
            "no_breadcrumbs": True,
            "host": request.env.company.sudo().name,
            "company": invitation.organisation_id.name,
            "name": invitation.name or "",
            "by": "" if invitation.by_vendor else invitation.invited_by_id.name,
            "message": invitation.message or "",
            "email": invitation.email,
            "purpose": invitation.purpose,
            "expires": invitation.expires,
            "rules": rules.with_context(lang=request.env.lang).body if rules else "",
            "has_login": bool(invitation._account().login_date),
            "public": public,
            "other": "" if public or invitation._is_for(user) else user.login,
        }
