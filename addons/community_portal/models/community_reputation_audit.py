import logging

from odoo import api, fields, models
from odoo.tools import SQL

from .community_reputation_caps import AMOUNT, LIMITS, OPEN, ROOMS, TRUSTED

_logger = logging.getLogger(__name__)

LOOK_BACK = 2  # days of which the night looks at the caps again


class CommunityReputationEntry(models.Model):
    """What the night puts right, always by new entries."""

    _inherit = "community.reputation.entry"

    @api.model
    def _cron_audit(self):
        self._repair_caps()
        self._correct_open(SQL("TRUE"))
        self._repair_counters()
        self.env["community.reputation.alert"]._detect()

    @api.model
    def _repair_caps(self):
        """Take back what got past a cap at the same instant as something else: the
        later entry, whole.

        A rule that was changed since is not applied to what was earned before.

        :return: number of entries taken back
        """
        self._flush_facts()
        since = fields.Datetime.subtract(fields.Datetime.now(), days=LOOK_BACK)
        rows = self.env.execute_query(
            SQL(
                """
                WITH c AS (
                    SELECT e.id, e.date, e.points, e.member_id, e.other_id,
                        e.organisation_id, e.other_organisation_id,
                        %(limits)s, %(trusted)s
                    FROM community_reputation_entry e
                    JOIN community_reputation_rule r ON r.id = e.rule_id
                    JOIN community_member m ON m.id = e.member_id
                    LEFT JOIN community_member o ON o.id = e.other_id
                    WHERE e.kind = 'earned' AND e.date > %(since)s
                        AND e.date >= date_trunc('second', r.write_date)
                )
                SELECT c.id FROM c %(rooms)s WHERE %(amount)s < abs(c.points)
                """,
                limits=LIMITS,
                trusted=TRUSTED,
                since=since,
                rooms=ROOMS,
                amount=AMOUNT,
            )
        )
        over = [entry_id for (entry_id,) in rows]
        return self._take_back(SQL("e.id = ANY(%s)", over), "over_cap") if over else 0

    @api.model
    def _correct_open(self, where):
        """Book again what was earned by posts that more or fewer people may see now.

        :param where: SQL on the entries ``e`` and their posts ``p``
        """
        self._flush_facts()
        if self._take_back(SQL("%s AND e.open != %s", where, OPEN), "audience"):
            self._give_back(SQL("%s AND e.cause = 'audience'", where), "audience")

    @api.model
    def _repair_counters(self):
        """Make the counters of members what the ledger says, through the tally as
        everything else: the sums are of one moment.

        :return: number of counters that were wrong
        """
        self.env["community.member"].flush_model(["points", "open_points"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT m.id, c.name, COALESCE(l.points, 0) - COALESCE(c.value, 0)
                    - COALESCE(t.delta, 0)
                FROM community_member m
                CROSS JOIN LATERAL (VALUES
                    ('points', m.points), ('open_points', m.open_points)
                ) c (name, value)
                LEFT JOIN (
                    SELECT member_id, 'points' AS name, SUM(points) AS points
                    FROM community_reputation_entry GROUP BY member_id
                    UNION ALL
                    SELECT member_id, 'open_points', SUM(points)
                    FROM community_reputation_entry WHERE open GROUP BY member_id
                ) l ON l.member_id = m.id AND l.name = c.name
                LEFT JOIN (
                    SELECT res_id, counter, SUM(delta) AS delta FROM community_tally
                    WHERE model = 'community.member' GROUP BY res_id, counter
                ) t ON t.res_id = m.id AND t.counter = c.name
                WHERE COALESCE(l.points, 0)
                    != COALESCE(c.value, 0) + COALESCE(t.delta, 0)
                """
            )
        )
        if rows:
            _logger.info("Counters that differed from the ledger: %s", rows)
        self.env["community.tally"]._add_all(
            [("community.member", member, name, int(by)) for member, name, by in rows]
        )
        return len(rows)
