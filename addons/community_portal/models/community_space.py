from odoo import api, fields, models, tools
from odoo.fields import Domain

AUDIENCES = [
    ("everybody", "Everybody in this space"),
    ("not_competitors", "Everybody but my competitors"),
    ("company", "My company and the vendor"),
    ("vendor", "The vendor alone"),
]


class CommunitySpace(models.Model):
    """A part of the room with its own purpose, its readers and its rules."""

    _name = "community.space"
    _description = "Community Space"
    _inherit = ["community.guarded", "community.scoped"]
    _order = "sequence, id"

    _scoping_fields = frozenset(
        {"active", "access_ids", "company_id", "posting", "min_level_points", "kind"}
    )

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(
        [
            ("question", "Questions"),
            ("discussion", "Discussion"),
            ("idea", "Ideas"),
            ("announcement", "Announcements"),
            ("knowledge", "Knowledge"),
            ("group", "Private group"),
        ],
        required=True,
        default="question",
    )
    description = fields.Char(translate=True)
    icon = fields.Char(default="💬", size=8, help="One emoji.")
    color = fields.Integer()
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    rules_text = fields.Html(
        "Rules of this space", translate=True, help="Shown beside the composer."
    )

    access_ids = fields.One2many(
        "community.space.access",
        "space_id",
        "Who",
        copy=True,
        help="Without a line for a right: every member sees, whoever sees may post, "
        "and moderators moderate.",
    )
    posting = fields.Selection(
        [
            ("free", "Members begin threads and reply"),
            ("reply", "Members reply, the vendor begins threads"),
            ("vendor", "Members read, the vendor writes"),
        ],
        required=True,
        default="free",
    )
    min_level_points = fields.Integer(
        "Points to begin a thread", help="Reputation that a member needs; 0 for none."
    )

    allow_everybody = fields.Boolean("Everybody in this space", default=True)
    allow_not_competitors = fields.Boolean("Everybody but competitors", default=True)
    allow_company = fields.Boolean("The author's company", default=True)
    allow_vendor = fields.Boolean("The vendor alone", default=True)
    default_audience = fields.Selection(AUDIENCES, required=True, default="everybody")

    moderation_set_ids = fields.Many2many(
        "moderation.rule.set", string="Moderation rules"
    )
    team_id = fields.Many2one("helpdesk.ticket.team", "Help desk team", index=True)
    escalate_hours = fields.Float(
        "Hours until the help desk takes over",
        default=24,
        help="Business hours after which an unanswered question becomes a ticket; "
        "0 for never.",
    )
    calendar_id = fields.Many2one("resource.calendar", "Business hours")
    quiet_days = fields.Integer(
        "Days until we ask whether it is solved",
        default=7,
        help="Counted from the last reply; 0 for never.",
    )
    video_limit_mb = fields.Integer("Largest video (MB)", default=100)
    file_limit_mb = fields.Integer("Largest file (MB)", default=20)

    _limits = models.Constraint(
        "CHECK (video_limit_mb >= 0 AND file_limit_mb >= 0 AND escalate_hours >= 0 "
        "AND quiet_days >= 0 AND min_level_points >= 0)",
        "Limits and delays cannot be negative.",
    )

    @api.model
    def _portal_fields(self):
        return super()._portal_fields() | {
            "name",
            "kind",
            "active",
            "description",
            "icon",
            "color",
            "sequence",
            "rules_text",
        }

    def _audiences(self):
        """The audiences among which an author chooses here: codes, widest first."""
        self.ensure_one()
        allowed = [code for code, _label in AUDIENCES if self[f"allow_{code}"]]
        return allowed or ["vendor"]

    def _default_audience(self):
        allowed = self._audiences()
        return self.default_audience if self.default_audience in allowed else allowed[0]

    def _is_open(self):
        """Whether every member sees this space."""
        self.ensure_one()
        return not self.access_ids.filtered(lambda line: line.right == "see")

    @api.model
    def _ids_for(self, right):
        """The spaces in which the user has a right.

        :param right: "see", "reply", "post" or "moderate"
        :return: tuple of ids
        """
        return self._ids_of_user(self.env.uid, right)

    @api.model
    @tools.ormcache("uid", "right")
    def _ids_of_user(self, uid, right):
        # sudo: access lines, the member and his company's policy are not readable
        # for customers
        user = self.env["res.users"].sudo().browse(uid)
        member = self.env["community.member"]._of_user(uid)
        spaces = self.sudo().search(Domain.TRUE)
        return tuple(spaces.filtered(lambda s: s._grants(user, member, right)).ids)

    def _grants(self, user, member, right):
        """Whether a user has a right here.

        :param member: his membership; empty for an agent who has never written
        """
        self.ensure_one()
        if not user.active or not (member or user._is_community_staff()):
            return False
        if self.company_id not in user.company_ids:
            return False
        if user.has_group("community_portal.group_manager"):
            return True
        if right == "moderate":
            return self._grants_moderating(user, member)
        return self._grants_seeing(user, member) and (
            right == "see" or self._grants_writing(user, member, right)
        )

    def _grants_seeing(self, user, member):
        return self._is_listed(user, member, "see", otherwise=True) and (
            not user.share or self._company_allows(member)
        )

    def _company_allows(self, member):
        policy = member._policy()
        return policy.participation != "nobody" and (
            not policy.space_ids or self in policy.space_ids
        )

    def _grants_moderating(self, user, member):
        if user.has_group("moderation.group_moderator"):
            return self._is_listed(user, member, "see", otherwise=True)
        return self._is_listed(user, member, "moderate", otherwise=False)

    def _grants_writing(self, user, member, right):
        if not self._is_listed(user, member, "post", otherwise=True):
            return False
        if not user.share:
            return True
        if member._policy().participation == "read":
            return False
        return self.posting == "free" or (right == "reply" and self.posting == "reply")

    def _is_listed(self, user, member, right, otherwise):
        lines = self.access_ids.filtered(lambda line: line.right == right)
        return lines._include(user, member) if lines else otherwise
