from odoo import http
from odoo.fields import Domain
from odoo.http import request

from .room import action, cards, fragment, page, room, whole_number

PAGE = 20  # threads
TABS = ("activity", "new", "score", "unanswered", "mine")


class Community(http.Controller):
    """Where one reads: the feed, the spaces and lists of one's own."""

    @http.route("/my/community", type="http", auth="user", website=True, readonly=True)
    @page
    def feed(self, tab="activity", compose="", share="", **_kw):
        values = self._list("feed", tab) | {
            "compose": bool(compose),
            "share": whole_number(share) or None,
        }
        return request.render(
            "community_portal.feed",
            room("feed", title=request.env._("Community"), **values),
        )

    @http.route(
        "/my/community/space/<int:space_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    @page
    def space(self, space_id, tab="activity", compose="", **_kw):
        space = self._space(space_id)
        values = self._list(f"space-{space_id}", tab) | {
            "space": space,
            "compose": bool(compose),
        }
        return request.render(
            "community_portal.space_page",
            room(space_id, title=space["name"], **values),
        )

    @http.route(
        "/my/community/saved", type="http", auth="user", website=True, readonly=True
    )
    @page
    def saved(self, **_kw):
        title = request.env._("Saved")
        values = self._list("saved", "activity")
        return request.render(
            "community_portal.saved", room("saved", title=title, **values)
        )

    @http.route(
        "/my/community/roadmap", type="http", auth="user", website=True, readonly=True
    )
    @page
    def roadmap(self, **_kw):
        columns = request.env["community.post"]._roadmap()
        title = request.env._("Roadmap")
        return request.render(
            "community_portal.roadmap", room("roadmap", title=title, columns=columns)
        )

    @action("/my/community/more", readonly=True)
    def more(self, place, tab="activity", after=None):
        """The next page of a list.

        :param place: "feed", "saved" or "space-<id>"
        :param after: the cursor of the page before; None for the first page
        :return: {"html", "next"}
        """
        found = self._list(str(place), tab, after and str(after))
        html = fragment("cards", posts=found["posts"])
        return {"html": html, "next": found["next"]}

    @action("/my/community/aside", readonly=True)
    def aside(self):
        """What stands beside the content on a wide screen: {"html"}."""
        posts = request.env["community.post"]
        me = request.env["community.member"]._me()
        others = posts._feed_domain() & Domain("author_id", "!=", me.id)
        open_questions, _next = posts._page(
            others & self._tab_domain("unanswered"), limit=5, order="new"
        )
        values = {
            "me": request.env["community.member"]._my_card(),
            "unanswered": [
                {"title": post.title, "url": post._url(), "replies": post.reply_count}
                for post in open_questions.sudo()
            ],
            "helpers": request.env["community.member"]._helpers_of_the_month(),
        }
        return {"html": fragment("aside", **values)}

    @action("/my/community/space/<int:space_id>/mute")
    def mute(self, space_id, muted):
        """Hear no more of a space, or again."""
        self._space(space_id)
        request.env["community.space"].browse(space_id)._mute(bool(muted))
        return True

    def _list(self, place, tab, after=None):
        """A page of threads: {"posts", "next", "tab", "place"}."""
        posts = request.env["community.post"]
        tab = tab if tab in TABS else "activity"
        order = {"score": "score", "unanswered": "new", "mine": "new"}.get(tab, tab)
        domain = self._place_domain(place) & self._tab_domain(tab)
        top = posts.browse()
        if place.startswith("space-") and tab == "activity":
            top = posts.browse() if after else posts._pinned(domain)
            domain &= Domain("pinned", "=", False)
        found, cursor = posts._page(domain, after=after, limit=PAGE, order=order)
        return {"posts": cards(top + found), "next": cursor, "tab": tab, "place": place}

    def _place_domain(self, place):
        kind, _dash, number = place.partition("-")
        if kind == "space":
            return Domain("space_id", "=", whole_number(number))
        if kind == "saved":
            # sudo: the user's own marks; the posts are found with his rights
            me = request.env["community.member"]._me()
            marks = request.env["community.bookmark"].sudo()
            kept = marks.search([("member_id", "=", me.id)], limit=1000)
            return Domain("id", "in", kept.post_id.ids)
        return request.env["community.post"]._feed_domain()

    def _tab_domain(self, tab):
        if tab == "unanswered":
            return Domain("kind", "=", "question") & Domain("is_solved", "=", False)
        if tab == "mine":
            me = request.env["community.member"]._me()
            return Domain("author_id", "=", me.id)
        return Domain.TRUE

    def _space(self, space_id):
        """The values of a space that the user sees.

        :raises MissingError: otherwise
        """
        return request.env["community.space"]._page_card(space_id)
