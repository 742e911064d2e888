import time

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models, tools
from odoo.fields import Domain
from odoo.tools import SQL

PERIODS = ("month", "last_month", "quarter", "all")
PLACES = 50  # people on a board at most
FRESH = 600  # seconds for which the margin of every page shows the same ranking


class CommunityBoard(models.AbstractModel):
    """Who helped most: worked out when it is looked at, for who looks at it.

    Points from posts that not everybody may see count on the board of one's own
    company alone, and in a space that not everybody sees where the reader finds the
    post. The vendor's people compete with nobody. Boards of spaces and topics look
    at a period; without end there are the counters of members, which cost the same
    however long the ledger is.
    """

    _name = "community.board"
    _description = "Leader Board"

    @api.model
    def _board(
        self, period="month", space_id=None, tag_id=None, company=False, limit=20
    ):
        """A board as the user may see it.

        :param period: "month", "last_month", "quarter" (90 days) or "all", which
            boards of spaces and topics have not ("quarter" instead)
        :param company: only people of the user's own company
        :return: {"period", "space_id", "tag_id", "company", "rows": [{"place",
            "points", "member" (card), "me"}], "me": the user's own row, though he
            may be further down, or None}
        """
        reader = self.env["community.member"]._me()
        space_id = self._visible_space(space_id)
        period = period if period in PERIODS else "month"
        if period == "all" and (space_id or tag_id):
            period = "quarter"
        people = self._people(reader, company)
        query = self._query(period, space_id, tag_id, company, people)
        ranked = self.env.execute_query(query)
        limit = min(max(int(limit), 1), PLACES)
        shown = ranked[:limit]
        own = [row for row in ranked if row[1] == reader.id]
        members = self.env["community.member"].browse(
            [row[1] for row in (*shown, *own)]
        )
        cards = members._cards()
        return {
            "period": period,
            "space_id": space_id,
            "tag_id": tag_id,
            "company": company,
            "rows": [self._row(row, cards, reader) for row in shown],
            "me": self._row(own[0], cards, reader) if own else None,
        }

    @api.model
    def _helpers(self, limit):
        """The month's best for the margin of every page: as they were some minutes
        ago, less those whom the user may not find or who do not want to be shown now.

        :return: [{"place", "points", "member" (card), "me"}]
        """
        reader = self.env["community.member"]._me()
        ranked = self._recent(int(time.time()) // FRESH)
        people = self._people(reader, False, [row[1] for row in ranked])
        visible = set(people)
        rows = [row for row in ranked if row[1] in visible][:limit]
        members = self.env["community.member"].browse([row[1] for row in rows])
        cards = members._cards()
        return [self._row(row, cards, reader) for row in rows]

    @api.model
    @tools.ormcache("moment")
    def _recent(self, moment):
        return tuple(self._places("month")[:PLACES])

    @api.model
    def _places(self, period):
        """Who stands where among all, whether he shows it on the boards or not.

        :return: [(place, member id, points)]
        """
        people = (
            self.env["community.member"]
            .sudo()
            ._search([("state", "=", "active"), ("is_vendor", "=", False)])
        )
        return self.env.execute_query(self._query(period, None, None, False, people))

    def _row(self, row, cards, reader):
        place, member_id, points = row
        return {
            "place": place,
            "points": points,
            "member": cards[member_id],
            "me": member_id == reader.id,
        }

    def _visible_space(self, space_id):
        """The space if the user sees it; else an empty board, whether it exists or
        not."""
        if not space_id:
            return None
        return (
            int(space_id)
            if space_id in self.env["community.space"]._ids_for("see")
            else -1
        )

    def _people(self, reader, company, among=None):
        """Query on the members that may stand on a board for this user."""
        domain = (
            Domain("state", "=", "active")
            & Domain("is_vendor", "=", False)
            & Domain("anonymous", "=", False)
            & Domain("board_optout", "=", False)
        )
        if company:
            domain &= Domain("organisation_id", "=", reader.organisation_id.id)
        if among is not None:
            domain &= Domain("id", "in", among)
        # The reader's rights say whom he may find; sudo reads the fields above.
        visible = self.env.user._community_members_domain()
        return self.env["community.member"].sudo()._search(domain & visible)

    def _query(self, period, space_id, tag_id, company, people):
        if period == "all":
            return self._query_counters(company, people)
        since, until = self._bounds(period)
        return SQL(
            """
            SELECT RANK() OVER (ORDER BY SUM(e.points) DESC), e.member_id,
                SUM(e.points)
            FROM community_reputation_entry e
            WHERE e.date >= %s AND e.date < %s AND e.member_id IN %s AND %s
            GROUP BY e.member_id HAVING SUM(e.points) > 0
            ORDER BY 1, 2
            """,
            since,
            until,
            people.subselect(),
            self._scope(space_id, tag_id, company),
        )

    def _query_counters(self, company, people):
        counter = SQL.identifier("points" if company else "open_points")
        self.env["community.member"].flush_model(["points", "open_points"])
        return SQL(
            "SELECT RANK() OVER (ORDER BY m.%(counter)s DESC), m.id, m.%(counter)s "
            "FROM community_member m WHERE m.id IN %(people)s AND m.%(counter)s > 0 "
            "ORDER BY 1, 2",
            counter=counter,
            people=people.subselect(),
        )

    def _scope(self, space_id, tag_id, company):
        """SQL: which entries ``e`` count."""
        if not space_id and not tag_id:
            return SQL("TRUE") if company else SQL("e.open")
        domain = Domain.TRUE
        if space_id:
            domain &= Domain("space_id", "=", space_id)
        if tag_id:
            domain &= Domain("tag_ids", "=", tag_id) | Domain(
                "root_id.tag_ids", "=", tag_id
            )
        closed = (
            space_id
            and space_id > 0
            and not (self.env["community.space"].sudo().browse(space_id)._is_open())
        )
        if closed or company:
            posts = self.env["community.post"]._search(domain)
            return SQL("e.post_id IN %s", posts.subselect())
        posts = self.env["community.post"].sudo()._search(domain)
        return SQL("e.open AND e.post_id IN %s", posts.subselect())

    def _bounds(self, period):
        now = fields.Datetime.now()
        month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        return {
            "month": (month, month + relativedelta(months=1)),
            "last_month": (month - relativedelta(months=1), month),
            "quarter": (now - relativedelta(days=90), now + relativedelta(days=1)),
        }[period]
