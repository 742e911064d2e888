from odoo import api, models
from odoo.exceptions import MissingError
from odoo.tools import SQL

HISTORY = 50  # entries of one's own ledger on the page
TOPICS = 12


class CommunityMember(models.Model):
    """A person's page: what the reader may know of what he does here."""

    _inherit = "community.member"

    @api.model
    def _find(self, member_id):
        """:raises MissingError: the same for who is not there and who is not his to
        see"""
        member = self.search([("id", "=", member_id)], limit=1)
        if not member:
            raise MissingError(
                self.env._("This person does not exist or is not for you.")
            )
        return member

    def _profile(self):
        """The page of a member whom the user has found.

        :return: the keys of the member's card and: about, joined, is_me, level
            ({name, icon, description, points}), next_level, expertise, achievements,
            contributions ({kind: number}, "accepted"), perks and history (one's
            own)
        """
        self.ensure_one()
        member, reader = self.sudo(), self.env.user
        only_open = not member._knows_all_of(reader)
        card = member.with_env(self.env)._cards()[member.id]
        is_me = member == self.env["community.member"]._me()
        levels = self.env["community.level"]
        return card | {
            "about": member.about or "" if not member.anonymous else "",
            "joined": member.joined,
            "is_me": is_me,
            "level": levels._for_points(card["points"]),
            "next_level": levels._after(card["points"]) if is_me else {},
            "expertise": member._expertise(only_open),
            "achievements": self.env["community.achievement"]._of(member, only_open),
            "contributions": self._contributions(),
            "perks": self.env["community.perk.grant"]._mine() if is_me else [],
            "history": self._history() if is_me else [],
        }

    def _expertise(self, only_open):
        """Topics in which a person earned most, answers counting for the topics of
        their thread.

        :return: list of {"id", "name", "color", "points"}
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT t.community_tag_id, SUM(e.points)
                FROM community_reputation_entry e
                JOIN community_reputation_rule r ON r.id = e.rule_id
                JOIN community_post p ON p.id = e.post_id
                JOIN community_post_community_tag_rel t
                    ON t.community_post_id = COALESCE(p.root_id, p.id)
                WHERE e.member_id = %s AND (e.open OR NOT %s) AND r.earner = 'author'
                GROUP BY 1 HAVING SUM(e.points) > 0
                ORDER BY 2 DESC, 1 LIMIT %s
                """,
                self.id,
                only_open,
                TOPICS,
            )
        )
        tags = self.env["community.tag"].sudo().browse([tag for tag, _points in rows])
        return [
            {"id": tag.id, "name": tag.name, "color": tag.color, "points": points}
            for tag, (_id, points) in zip(tags, rows, strict=True)
        ]

    def _contributions(self):
        """How much of what a person wrote the user may read, by kind.

        :return: {"question": 3, "reply": 12, …, "accepted": 4}
        """
        posts = self.env["community.post"]
        mine = posts._search([("author_id", "=", self.id), ("active", "=", True)])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT p.kind, COUNT(*), COUNT(q.id) FROM community_post p
                LEFT JOIN community_post q
                    ON q.id = p.root_id AND q.accepted_id = p.id
                WHERE p.id IN %s GROUP BY p.kind
                """,
                mine.subselect(),
            )
        )
        counted = {kind: count for kind, count, _accepted in rows}
        return counted | {"accepted": sum(accepted for *_rest, accepted in rows)}

    def _history(self):
        """One's own ledger, newest first; who voted is nobody's business. Called as
        the user: what he may not read any more has no address.

        :return: list of {"date", "points", "why", "cause", "post" (title), "url"}
        """
        entries = self.env["community.reputation.entry"].sudo()
        found = entries.search([("member_id", "=", self.id)], limit=HISTORY)
        causes = dict(entries._fields["cause"]._description_selection(self.env))
        visible = self.env["community.post"].search([("id", "in", found.post_id.ids)])
        return [
            {
                "date": entry.date,
                "points": entry.points,
                "why": entry.rule_id.name,
                "cause": causes.get(entry.cause, ""),
                "post": entry.post_id._thread().title or "",
                "url": entry.post_id._url() if entry.post_id in visible else "",
            }
            for entry in found
        ]
