from odoo import api, fields, models
from odoo.tools import SQL

from .community_reputation_caps import AMOUNT, LIMITS, OPEN, ROOMS, STILL_TRUE, TRUSTED

COLUMNS = SQL(
    "member_id, other_id, organisation_id, other_organisation_id, rule_id, post_id, "
    "capped, times_key"
)
FACTS = [
    "active",
    "approval",
    "moderation_state",
    "audience",
    "thread_audience",
    "space_id",
    "accepted_id",
    "author_id",
]


class CommunityReputationEntry(models.Model):
    """Adding to the ledger: each a single statement, whatever its size.

    Caps are read from the ledger itself, no row is locked, so that two hundred
    people who vote for one author do not wait for one another. What comes at the
    very same instant cannot see one another; the nightly audit takes back what
    went over a cap that way (``_repair_caps``).
    """

    _inherit = "community.reputation.entry"

    @api.model
    def _earn(self, post, claims, moment=None):
        """Add what is still within the caps, once for each post and person.

        :param claims: (rule id, id of the member who earns, id of the other or None)
        :param moment: when it happened; now, but for an import
        :return: number of entries added
        """
        self._flush_facts()
        moment = moment or fields.Datetime.now()
        # One after the other: the second has to see what the first used up.
        rows = [
            row
            for claim in claims
            for row in self.env.execute_query(self._claim(post, *claim, moment))
        ]
        return self._count(rows)

    def _flush_facts(self):
        self.env["community.post"].flush_model(FACTS)
        self.env["community.member"].flush_model(["organisation_id", "is_vendor"])
        self.env["community.reputation.rule"].flush_model()
        self.env["community.space.access"].flush_model()

    def _claim(self, post, rule_id, member_id, other_id, moment):
        return SQL(
            """
            WITH c AS (
                SELECT 2147483647 AS id, r.id AS rule_id, r.points, r.once,
                    %(limits)s, %(trusted)s, m.id AS member_id, o.id AS other_id,
                    m.organisation_id, o.organisation_id AS other_organisation_id,
                    %(moment)s::timestamp AS date
                FROM community_reputation_rule r
                JOIN community_member m ON m.id = %(member)s
                LEFT JOIN community_member o ON o.id = %(other)s
                WHERE r.id = %(rule)s
            )
            INSERT INTO community_reputation_entry
                (%(columns)s, points, date, kind, open)
            SELECT c.member_id, c.other_id, c.organisation_id,
                c.other_organisation_id, c.rule_id, p.id, c.day_cap > 0,
                CASE WHEN c.once THEN 0 ELSE COALESCE(c.other_id, 0) END,
                sign(c.points) * %(amount)s, c.date, 'earned', %(open)s
            FROM c %(rooms)s JOIN community_post p ON p.id = %(post)s
            WHERE %(amount)s > 0
            ON CONFLICT DO NOTHING
            RETURNING member_id, points, open
            """,
            limits=LIMITS,
            trusted=TRUSTED,
            moment=moment,
            member=member_id,
            other=other_id,
            rule=rule_id,
            columns=COLUMNS,
            amount=AMOUNT,
            open=OPEN,
            rooms=ROOMS,
            post=post.id,
        )

    @api.model
    def _take_back(self, where, cause, alert=None):
        """Reverse the points that still stand.

        :param where: SQL on the entries ``e`` and their rules ``r``
        """
        return self._reverse(
            SQL("e.kind != 'taken_back' AND %s", where), "taken_back", cause, alert
        )

    @api.model
    def _give_back(self, where, cause, alert=None):
        """Reverse what was taken back, as far as what it was for is true again."""
        self._flush_facts()
        self.env["community.vote"].flush_model()
        return self._reverse(
            SQL("e.kind = 'taken_back' AND %s AND %s", where, STILL_TRUE),
            "given_back",
            cause,
            alert,
        )

    def _reverse(self, where, kind, cause, alert):
        """:return: number of entries added"""
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO community_reputation_entry
                    (%(columns)s, points, date, kind, open, reverses_id, cause,
                     alert_id)
                SELECT e.member_id, e.other_id, e.organisation_id,
                    e.other_organisation_id, e.rule_id, e.post_id, e.capped,
                    e.times_key, -e.points, %(moment)s, %(kind)s,
                    CASE WHEN %(kind)s = 'given_back' THEN %(open)s ELSE e.open END,
                    e.id, %(cause)s, %(alert)s
                FROM community_reputation_entry e
                JOIN community_reputation_rule r ON r.id = e.rule_id
                JOIN community_post p ON p.id = e.post_id
                WHERE %(where)s AND NOT EXISTS (
                    SELECT 1 FROM community_reputation_entry later
                    WHERE later.reverses_id = e.id)
                ON CONFLICT DO NOTHING
                RETURNING member_id, points, open
                """,
                columns=COLUMNS,
                moment=fields.Datetime.now(),
                kind=kind,
                open=OPEN,
                cause=cause,
                alert=alert.id if alert else None,
                where=where,
            )
        )
        return self._count(rows)

    def _count(self, rows):
        """Tell the counters that are read instead of the ledger.

        :param rows: (member id, points, open) of new entries
        """
        changes = {}
        for member, points, is_open in rows:
            for counter in ("points", "open_points") if is_open else ("points",):
                key = ("community.member", member, counter)
                changes[key] = changes.get(key, 0) + points
        self.env["community.tally"]._add_all(
            [(*key, delta) for key, delta in changes.items()]
        )
        return len(rows)
