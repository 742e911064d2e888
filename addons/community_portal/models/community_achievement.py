from odoo import api, fields, models
from odoo.tools import SQL

from .community_reputation_kinds import EVENTS


class CommunityAchievement(models.Model):
    """Something to be proud of. It is read from the ledger each time and stored
    nowhere: nobody can grant it to himself, and what is undone is gone."""

    _name = "community.achievement"
    _description = "Achievement"
    _inherit = ["community.scoped"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Char(translate=True, help="What one does to get it.")
    icon = fields.Char(default="🏅", size=8, help="One emoji.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    event = fields.Selection(
        EVENTS, help="Only what was earned by this; empty for everything."
    )
    measure = fields.Selection(
        [
            ("times", "How often"),
            ("points", "Points"),
            ("people", "Different people"),
            ("companies", "Different companies"),
            ("days", "Different days"),
        ],
        required=True,
        default="times",
    )
    target = fields.Integer(required=True, default=1)

    _target_positive = models.Constraint(
        "CHECK (target > 0)", "The target is 1 or more."
    )

    @api.model
    def _of(self, member, only_open):
        """A member's progress in all of them.

        :param only_open: only from what everybody may see
        :return: list of {"name", "description", "icon", "progress", "target",
            "reached"}
        """
        measured = member._measured(only_open)
        return [
            {
                "name": achievement.name,
                "description": achievement.description or "",
                "icon": achievement.icon or "",
                "progress": min(done, achievement.target),
                "target": achievement.target,
                "reached": done >= achievement.target,
            }
            for achievement in self.sudo().search([])
            for done in [
                measured.get(achievement.event or None, {}).get(achievement.measure)
                or 0
            ]
        ]


class CommunityMember(models.Model):
    _inherit = "community.member"

    def _measured(self, only_open):
        """What stands to the member's credit in the ledger, as who was praised.

        :return: {event, or None for all: {"times", "points", "people",
            "companies", "days"}}
        """
        self.ensure_one()
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT r.event, COUNT(*) AS times, SUM(e.points) AS points,
                    COUNT(DISTINCT e.other_id) AS people,
                    COUNT(DISTINCT e.other_organisation_id) AS companies,
                    COUNT(DISTINCT e.date::date) AS days
                FROM community_reputation_entry e
                JOIN community_reputation_rule r ON r.id = e.rule_id
                WHERE e.member_id = %s AND e.points > 0 AND r.earner = 'author'
                    AND (e.open OR NOT %s)
                    AND e.kind != 'taken_back' AND NOT EXISTS (
                        SELECT 1 FROM community_reputation_entry later
                        WHERE later.reverses_id = e.id)
                GROUP BY GROUPING SETS ((r.event), ())
                """,
                self.id,
                only_open,
            )
        )
        return {row["event"]: row for row in rows}
