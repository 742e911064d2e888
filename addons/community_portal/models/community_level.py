from odoo import api, fields, models, tools
from odoo.exceptions import UserError

PRIVILEGES = [
    "post_links",
    "vote_down",
    "edit_tags",
    "help_moderate",
    "see_roadmap",
]


class CommunityLevel(models.Model):
    """What a member may do from a number of points on. Moderators and the vendor's
    people have their rights by role and need no level."""

    _name = "community.level"
    _description = "Community Level"
    _inherit = ["community.scoped"]
    _order = "points, id"

    name = fields.Char(required=True, translate=True)
    icon = fields.Char(default="🌱", size=8, help="One emoji.")
    description = fields.Char(translate=True, help="Shown to those who reach it.")
    points = fields.Integer("From", required=True)
    active = fields.Boolean(default=True)
    post_links = fields.Boolean(
        "Post links", help="To other places than your own domains."
    )
    vote_down = fields.Boolean()
    edit_tags = fields.Boolean("Change others' topics")
    help_moderate = fields.Boolean(
        "Help to moderate", help="Say which questions of others are duplicates."
    )
    see_roadmap = fields.Boolean()

    _points_uniq = models.Constraint(
        "UNIQUE (points)", "Another level begins with these points."
    )
    _points_not_negative = models.Constraint(
        "CHECK (points >= 0)", "A level begins at 0 points or above."
    )

    @api.model
    @tools.ormcache("self.env.lang")
    def _steps(self):
        """All levels, lowest first: dictionaries with id, name, icon, description,
        points and a key for each privilege. A privilege stays on the levels above."""
        table, had = [], set()
        for level in self.sudo().search([]):
            had |= {name for name in PRIVILEGES if level[name]}
            table.append(
                {
                    "id": level.id,
                    "name": level.name,
                    "icon": level.icon or "",
                    "description": level.description or "",
                    "points": level.points,
                    **{name: name in had for name in PRIVILEGES},
                }
            )
        return tuple(table)

    @api.model
    def _for_points(self, points):
        """The level that points reach, as in ``_steps``; {} without any."""
        reached = [level for level in self._steps() if level["points"] <= points]
        return reached[-1] if reached else {}

    @api.model
    def _after(self, points):
        """The next level above, or {}."""
        return next((level for level in self._steps() if level["points"] > points), {})

    @api.model
    def _needed_for(self, privilege):
        """:return: points from which members have a privilege, None for never"""
        return next(
            (level["points"] for level in self._steps() if level[privilege]), None
        )


class CommunityMember(models.Model):
    """What a member may do by his reputation or his role."""

    _inherit = "community.member"

    level_id = fields.Many2one("community.level", compute="_compute_level_id")

    @api.depends("points")
    def _compute_level_id(self):
        levels = self.env["community.level"]
        for member in self:
            member.level_id = levels._for_points(member.points).get("id")

    def _may(self, privilege):
        """Whether a member has a privilege.

        :param privilege: one of ``PRIVILEGES``
        """
        self.ensure_one()
        if privilege not in PRIVILEGES:
            raise ValueError(f"{privilege} is no privilege")
        member = self.sudo()
        if member.state != "active":
            return False
        if member.is_vendor:
            return True
        level = self.env["community.level"]._for_points(member.points)
        return bool(level.get(privilege)) or member._has_perk_for(privilege)

    def _require(self, privilege, what):
        """:param what: the sentence that says what is not allowed yet
        :raises UserError: with what is missing
        """
        if self._may(privilege):
            return
        needed = self.env["community.level"]._needed_for(privilege)
        if needed is None:
            raise UserError(what)
        raise UserError(
            self.env._(
                "%(what)s It takes %(points)s points and you have %(own)s: helpful "
                "answers bring more.",
                what=what,
                points=needed,
                own=self.sudo().points,
            )
        )
