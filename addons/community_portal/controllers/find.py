from datetime import timedelta

from werkzeug.urls import url_encode

from odoo import fields, http
from odoo.http import request

from .room import page, room, whole_number
from .show import show

KINDS = ("question", "discussion", "idea", "announcement", "article", "reply")


class CommunitySearchPage(http.Controller):
    """What one box finds: posts of all kinds, and people."""

    @http.route(
        "/my/community/search", type="http", auth="user", website=True, readonly=True
    )
    @page
    def search(self, q="", after=None, **kw):
        query, filters = str(q)[:200].strip(), self._filters(kw)
        search = request.env["community.search"]
        found = search._search_posts(query, self._with_time(filters), after)
        # Who looks for people by name does not filter posts.
        people = search._people(query) if query and not filters and not after else []
        values = {
            "query": query,
            "filters": filters,
            "days": filters.get("days"),
            "kinds": self._kinds(),
            "people": people,
            "guessed": found["guessed"],
            "results": self._shown(found["results"]),
            "next_url": self._next_url(query, filters, found["next"]),
        }
        title = request.env._("Search")
        return request.render(
            "community_portal.search_page", room("", title=title, **values)
        )

    def _filters(self, kw):
        """What the address says of the filters, as far as it makes sense."""
        numbers = {
            name: whole_number(kw.get(name)) for name in ("space", "tag", "days")
        }
        filters = {name: number for name, number in numbers.items() if number}
        if kw.get("kind") in KINDS:
            filters["kind"] = kw["kind"]
        if kw.get("solved"):
            filters["solved"] = True
        return filters

    def _with_time(self, filters):
        filters = dict(filters)
        if days := min(filters.pop("days", 0), 36_500):
            filters["since"] = fields.Datetime.now() - timedelta(days=days)
        return filters

    def _kinds(self):
        field = request.env["community.post"]._fields["kind"]
        labels = dict(field._description_selection(request.env))
        return [(kind, labels[kind]) for kind in KINDS]

    def _shown(self, results):
        excerpts = [card["excerpt"] for card in results]
        shown = show(request.env, results)
        return [
            card | {"found": excerpt}
            for card, excerpt in zip(shown, excerpts, strict=True)
        ]

    def _next_url(self, query, filters, cursor):
        if not cursor:
            return ""
        values = {"q": query, **filters, "after": cursor}
        return f"/my/community/search?{url_encode(values)}"
