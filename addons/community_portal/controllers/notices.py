from odoo.http import Controller, request, route
from odoo.tools import file_open
from odoo.tools.misc import verify_hash_signed

from ..models.community_notice_letter import UNSUBSCRIBE
from .room import action

WORKER = "community_portal/static/push/service_worker.js"


class CommunityNotices(Controller):
    @action("/my/community/notices/list", readonly=True)
    def notices_list(self, after=None):
        """:return: {"notices": see ``community.notice._list``, "next"}"""
        cards, following = request.env["community.notice"]._list(after)
        return {"notices": cards, "next": following}

    @action("/my/community/notices/unread", readonly=True)
    def notices_unread(self):
        return {"unread": request.env["community.notice"]._unread()}

    @action("/my/community/notices/read")
    def notices_read(self, ids=None):
        notices = request.env["community.notice"]
        notices._mark_read(ids)
        return {"unread": notices._unread()}

    @action("/my/community/notices/settings")
    def notices_settings(self, values=None):
        """Store the user's choices, if there are any, and give those that hold."""
        notices = request.env["community.notice"]
        if values:
            notices._save_settings(values)
        return notices._settings()

    # --- the browser ------------------------------------------------------------------

    @action("/my/community/push/key")
    def push_key(self):
        return {"key": request.env["community.notice"]._push_key()}

    @action("/my/community/push/register")
    def push_register(self, subscription):
        request.env["community.notice"]._add_device(dict(subscription))
        return {}

    @action("/my/community/push/unregister")
    def push_unregister(self, endpoint):
        request.env["community.notice"]._remove_device(endpoint)
        return {}

    @route("/my/community/service-worker.js", type="http", auth="public", readonly=True)
    def service_worker(self):
        """The same file for everybody: browsers fetch it without a session too."""
        with file_open(WORKER) as file:
            body = file.read()
        return request.make_response(
            body,
            [
                ("Content-Type", "text/javascript"),
                ("Service-Worker-Allowed", "/my/community"),
                ("Cache-Control", "no-cache"),
            ],
        )

    # --- no more mails ----------------------------------------------------------------

    # No CSRF token: mail programs post here by themselves (RFC 8058), and whoever has
    # the link may use it. A GET changes nothing, as virus scanners open links.
    @route(
        "/community/unsubscribe/<string:token>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        csrf=False,
        website=True,
        multilang=False,
        sitemap=False,
    )
    def unsubscribe(self, token, **kwargs):
        member, kind = self._unsubscriber(token)
        if not member:
            return request.render(
                "community_portal.unsubscribe", {"state": "unknown"}, status=404
            )
        request.update_context(lang=member.user_id.lang)
        notices = request.env["community.notice"].sudo()
        state = "ask"
        if request.httprequest.method == "POST":
            notices._stop_mails(member, kind)
            state = "done"
        label = kind and notices._labels("kind")[kind]
        return request.render(
            "community_portal.unsubscribe", {"state": state, "label": label}
        )

    def _unsubscriber(self, token):
        """:return: (``community.member``, kind or None); the member is empty for a
        token that we have not made"""
        # sudo: the key of the signature; the link is used without a login
        env = request.env(su=True)
        members = env["community.member"]
        try:
            values = verify_hash_signed(env, UNSUBSCRIBE, token)
        except (ValueError, TypeError, IndexError):
            values = None
        if not values:
            return members, None
        return members.browse(values[0]).exists(), values[1]
