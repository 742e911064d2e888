from datetime import UTC, datetime, timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

# How lists are ordered: each with the index that serves it.
ORDERS = {
    "activity": "last_activity",
    "new": "published_date",
    "score": "score",
}
EPOCH = datetime(1970, 1, 1)
PINNED = 5  # threads above a list


def _no_duplicate(_model, alias, _query):
    # Not a domain of the field: of what a post is a duplicate is not everybody's.
    return SQL("%s IS NULL", SQL.identifier(alias, "duplicate_of_id"))


class CommunityPost(models.Model):
    """Lists of threads, a page at a time by key: the thousandth page costs what the
    first one costs."""

    _inherit = "community.post"

    @api.model
    def _page(self, domain, after=None, limit=20, order="activity"):
        """The user's threads in a domain.

        :param after: the cursor that the page before returned; what is no cursor
            begins again
        :param order: "activity", "new" or "score"
        :return: (posts, cursor of the next page or None)
        """
        column = ORDERS[order]
        domain = Domain(domain) & Domain("root_id", "=", False)
        domain &= self._after(column, after)
        posts = self._look(domain, order=f"{column} DESC, id DESC", limit=limit + 1)
        if len(posts) <= limit:
            return posts, None
        posts = posts[:limit]
        last = posts[-1].sudo()
        return posts, f"{self._cursor_value(last[column])}.{last.id}"

    @api.model
    def _pinned(self, domain):
        """The few threads that stand above such a list."""
        pinned = Domain("root_id", "=", False) & Domain("pinned", "=", True)
        return self.search(Domain(domain) & pinned, order="id DESC", limit=PINNED)

    @api.model
    def _cursor_value(self, value):
        if isinstance(value, int):
            return value
        return int(value.replace(tzinfo=UTC).timestamp() * 1_000_000)

    @api.model
    def _after(self, column, after):
        try:
            value, post_id = (int(part) for part in after.rsplit(".", 1))
            if column != "score":
                value = EPOCH + timedelta(microseconds=value)
        except (AttributeError, ValueError, OverflowError):
            return Domain.TRUE
        # The first condition says nothing more, but it is the one with which an index
        # goes straight to where the page before ended.
        return Domain(column, "<=", value) & (
            Domain(column, "<", value) | Domain("id", "<", post_id)
        )

    @api.model
    def _feed_domain(self):
        """What the user's feed holds: all spaces but the muted ones."""
        member = self.env["community.member"]._me()
        domain = Domain.custom(to_sql=_no_duplicate)
        spaces, posts = self.env["community.follow"]._muted(member)
        if spaces:
            domain &= Domain("space_id", "not in", spaces)
        if posts:
            domain &= Domain("id", "not in", posts)
        return domain
