from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ..rings import find_rings
from .community_reputation_alert import QUIET

WINDOW = 90  # days that are looked at
MUTUAL = 2  # acceptances each way between two people
BURST = 5  # votes of one person for another within an hour
REPOSTS = 2  # posts removed that had earned from the same person
ACCOUNTS = 3  # people of one company who praise one person
ACCOUNTS_SHARE = 0.8  # of all the praise for him


class CommunityReputationAlert(models.Model):
    """The nightly search for farming.

    It looks at votes and acceptances as they happened and not at what they brought:
    the caps leave little of that to be seen.
    """

    _inherit = "community.reputation.alert"

    @api.model
    def _detect(self):
        """:return: the alerts that are new"""
        praise = self._praise()
        findings = [
            *self._rings(praise),
            *self._mutual(praise),
            *self._accounts(praise),
            *self._bursts(),
            *self._reposts(),
        ]
        return self._raise_all(findings, praise)

    def _since(self, days=WINDOW):
        return fields.Datetime.subtract(fields.Datetime.now(), days=days)

    def _praise(self):
        """:return: {(giver, receiver): (times, of these accepted answers)} between
        customers; the vendor's people judge by role"""
        self.env["community.post"].flush_model(["accepted_id", "accepted_date"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT g.id, t.id, COUNT(*), SUM(accepted) FROM (
                    SELECT v.member_id AS giver, p.author_id AS taker, 0 AS accepted
                    FROM community_vote v JOIN community_post p ON p.id = v.post_id
                    WHERE v.value = 1 AND v.write_date > %(since)s
                    UNION ALL
                    SELECT q.author_id, a.author_id, 1
                    FROM community_post q JOIN community_post a ON a.id = q.accepted_id
                    WHERE q.accepted_date > %(since)s
                ) happened
                JOIN community_member g ON g.id = giver AND NOT g.is_vendor
                JOIN community_member t ON t.id = taker AND NOT t.is_vendor
                WHERE g.id != t.id
                GROUP BY g.id, t.id
                """,
                since=self._since(),
            )
        )
        return {(by, to): (times, accepted) for by, to, times, accepted in rows}

    def _rings(self, praise):
        times = {pair: count for pair, (count, _accepted) in praise.items()}
        return [
            ("ring", group, [(by, to) for by in group for to in group])
            for group in find_rings(times)
        ]

    def _mutual(self, praise):
        return [
            ("mutual", {by, to}, [(by, to), (to, by)])
            for (by, to), (_times, accepted) in praise.items()
            if by < to
            and accepted >= MUTUAL
            and praise.get((to, by), (0, 0))[1] >= MUTUAL
        ]

    def _accounts(self, praise):
        members = self.env["community.member"].browse({by for by, _to in praise})
        company = {member.id: member.organisation_id.id for member in members}
        givers = defaultdict(list)
        for by, to in praise:
            givers[company[by], to].append(by)
        received = _received(praise)
        findings = []
        for (_company, to), people in givers.items():
            times = sum(praise[by, to][0] for by in people)
            if (
                len(people) >= ACCOUNTS
                and times >= 2 * len(people)
                and times >= ACCOUNTS_SHARE * received[to]
            ):
                findings.append(
                    ("accounts", {to, *people}, [(by, to) for by in people])
                )
        return findings

    def _bursts(self):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT giver, taker, MAX(times) FROM (
                    SELECT v.member_id AS giver, p.author_id AS taker, COUNT(*) OVER (
                        PARTITION BY v.member_id, p.author_id ORDER BY v.write_date
                        RANGE BETWEEN '1 hour' PRECEDING AND CURRENT ROW) AS times
                    FROM community_vote v
                    JOIN community_post p ON p.id = v.post_id
                    JOIN community_member m ON m.id = v.member_id AND NOT m.is_vendor
                    WHERE v.value != 0 AND v.write_date > %s
                ) votes WHERE times >= %s GROUP BY giver, taker
                """,
                self._since(days=2),
                BURST,
            )
        )
        return [
            ("burst", {by, to}, [{"by": by, "to": to, "times": times}])
            for by, to, times in rows
        ]

    def _reposts(self):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT e.other_id, e.member_id, COUNT(DISTINCT e.post_id)
                FROM community_reputation_entry e
                JOIN community_member o ON o.id = e.other_id AND NOT o.is_vendor
                JOIN community_post p ON p.id = e.post_id
                WHERE e.cause = 'removed' AND e.date > %s AND e.points < 0
                    AND p.removed_by_id = e.member_id AND NOT p.active
                GROUP BY e.other_id, e.member_id
                HAVING COUNT(DISTINCT e.post_id) >= %s
                """,
                self._since(),
                REPOSTS,
            )
        )
        return [
            ("repost", {by, to}, [{"by": by, "to": to, "times": times}])
            for by, to, times in rows
        ]

    # --- raising ----------------------------------------------------------------------

    def _raise_all(self, findings, praise):
        """:param findings: (kind, member ids, evidence: pairs or rows)"""
        known = self._known_keys()
        found = {_key(kind, people): (kind, people) for kind, people, _rows in findings}
        rows = {_key(kind, people): rows for kind, people, rows in findings}
        between = self._entries_between(
            {person for _kind, people in found.values() for person in people}
        )
        values = []
        for key in sorted(found.keys() - known):
            kind, people = found[key]
            entries = [
                entry
                for entry, member, other in between
                if member in people and other in people
            ]
            if entries:
                values.append(
                    {
                        "kind": kind,
                        "key": key,
                        "member_ids": sorted(people),
                        "entry_ids": entries,
                        "evidence": _evidence(rows[key], praise),
                    }
                )
        return self.sudo().create(values)

    def _known_keys(self):
        """Findings that wait for a judgement or were found harmless lately."""
        alerts = self.sudo().search(
            [
                "|",
                ("state", "=", "new"),
                "&",
                ("state", "in", ("dismissed", "restored")),
                ("decided_date", ">", self._since(days=QUIET)),
            ]
        )
        return set(alerts.mapped("key"))

    def _entries_between(self, people):
        """The entries that stand between these people.

        :return: [(entry id, member id, other's id)]
        """
        return self.env.execute_query(
            SQL(
                """
                SELECT e.id, e.member_id, e.other_id FROM community_reputation_entry e
                WHERE e.member_id = ANY(%(people)s) AND e.other_id = ANY(%(people)s)
                    AND e.kind != 'taken_back' AND NOT EXISTS (
                        SELECT 1 FROM community_reputation_entry later
                        WHERE later.reverses_id = e.id)
                """,
                people=list(people),
            )
        )


def _key(kind, people):
    return f"{kind}:{','.join(map(str, sorted(people)))}"


def _received(praise):
    received = defaultdict(int)
    for (_by, to), (times, _accepted) in praise.items():
        received[to] += times
    return received


def _evidence(rows, praise):
    received = _received(praise)
    return [
        row
        if isinstance(row, dict)
        else {
            "by": row[0],
            "to": row[1],
            "times": praise[row][0],
            "accepted": int(praise[row][1]),
            "share": round(100 * praise[row][0] / received[row[1]]),
        }
        for row in rows
        if isinstance(row, dict) or row in praise
    ]
