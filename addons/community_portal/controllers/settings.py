from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .room import page, room, whole_number
from .show import Clock

NOTICES = 30  # on one page


class CommunitySettings(http.Controller):
    """What a member is told, and how he wants it."""

    @http.route(
        "/my/community/notices", type="http", auth="user", website=True, readonly=True
    )
    @page
    def notices(self, after=None, **_kw):
        notices, following = request.env["community.notice"]._list(
            whole_number(after) or None, limit=NOTICES
        )
        clock = Clock(request.env)
        values = {
            "title": request.env._("Notices"),
            "notices": [one | clock.of(one["date"]) for one in notices],
            "next": following,
        }
        return request.render("community_portal.notices", room("notices", **values))

    @http.route("/my/community/settings", type="http", auth="user", website=True)
    @page
    def settings(self, saved="", **entered):
        if request.httprequest.method == "POST":
            try:
                self._save(entered)
            except UserError as error:
                request.env.cr.rollback()
                return self._page(error=str(error))
            return request.redirect("/my/community/settings?saved=1")
        return self._page(saved=bool(saved))

    def _page(self, **values):
        values |= {
            "title": request.env._("Settings"),
            "profile": request.env["community.member"]._own_settings(),
            "told": request.env["community.notice"]._settings(),
        }
        return request.render("community_portal.settings", room("settings", **values))

    def _save(self, entered):
        request.env["community.member"]._save_own_settings(
            entered.get("about", ""),
            entered.get("employer_shown"),
            bool(entered.get("on_boards")),
        )
        notices = request.env["community.notice"]
        kinds = [kind["code"] for kind in notices._settings()["kinds"]]
        notices._save_settings(
            {
                "kinds": [
                    {
                        "code": code,
                        "portal": bool(entered.get(f"portal-{code}")),
                        "mail": entered.get(f"mail-{code}") or "",
                        "push": bool(entered.get(f"push-{code}")),
                    }
                    for code in kinds
                ],
                "quiet_from": self._hour(entered.get("quiet_from")),
                "quiet_to": self._hour(entered.get("quiet_to")),
            }
        )

    def _hour(self, text):
        try:
            return float(text or 0)
        except ValueError:
            return text
