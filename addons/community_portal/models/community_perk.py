from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ("roadmap", "A look at the roadmap"),
    ("beta", "Beta programme"),
    ("event", "Event ticket"),
    ("certificate", "Certificate"),
    ("discount", "Discount code"),
    ("release_notes", "Named in the release notes"),
]
# What a perk opens in the room itself.
OPENS = {"see_roadmap": ("roadmap", "beta")}
HELD = ("proposed", "consent", "granted")


class CommunityPerk(models.Model):
    """Something real that good helpers get, and the rule by which they get it."""

    _name = "community.perk"
    _description = "Perk"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(KINDS, required=True, default="certificate")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Text(translate=True, help="What it is; shown to its holder.")
    for_company = fields.Boolean(
        "For the company", help="All people of the holder's company have it."
    )

    basis = fields.Selection(
        [
            ("hand", "As you decide"),
            ("level", "A level"),
            ("points", "Points"),
            ("topic", "Points in a topic"),
            ("place", "A place on last month's board"),
        ],
        "Deserved by",
        required=True,
        default="hand",
    )
    level_id = fields.Many2one("community.level", ondelete="restrict")
    min_points = fields.Integer(
        "Points", help="Of the person, or of the standing of his company."
    )
    tag_id = fields.Many2one("community.tag", "Topic", ondelete="restrict")
    min_place = fields.Integer("To place", default=3)
    giving = fields.Selection(
        [
            ("hand", "You choose the people"),
            ("propose", "Proposed to you each night"),
            ("grant", "Granted each night"),
        ],
        "How",
        required=True,
        default="propose",
    )

    term_days = fields.Integer("Days", default=365, help="0: without end.")
    seats = fields.Integer(help="How many can hold it at a time. 0: no limit.")
    needs_person_consent = fields.Boolean(
        "The person agrees", help="As where a name is published."
    )
    needs_company_consent = fields.Boolean(
        "The company agrees",
        help="Asked of every company. Otherwise of those whose policy wants it.",
    )
    needs_proof = fields.Boolean(
        "Proof", help="A text or a file is needed before it is granted."
    )
    code_prefix = fields.Char(help="How discount codes begin, as AJUDA10.")
    release = fields.Char(help="The release whose notes name the holders.")
    certificate_text = fields.Text(
        translate=True, help="What the certificate says below the name."
    )
    grant_ids = fields.One2many("community.perk.grant", "perk_id", "Grants")
    held_count = fields.Integer("Holders", compute="_compute_held_count")

    _numbers = models.Constraint(
        "CHECK (term_days >= 0 AND seats >= 0 AND min_points >= 0 AND min_place > 0)",
        "Days, seats and points cannot be below zero, and places begin with 1.",
    )

    @api.depends("grant_ids.state")
    def _compute_held_count(self):
        counted = dict(
            self.env["community.perk.grant"]._read_group(
                [("perk_id", "in", self.ids), ("state", "=", "granted")],
                ["perk_id"],
                ["__count"],
            )
        )
        for perk in self:
            perk.held_count = counted.get(perk, 0)

    @api.constrains("basis", "level_id", "tag_id", "for_company")
    def _check_basis(self):
        for perk in self:
            if perk.basis == "level" and not perk.level_id:
                raise ValidationError(self.env._("Choose the level that deserves it."))
            if perk.basis == "topic" and not perk.tag_id:
                raise ValidationError(self.env._("Choose the topic that deserves it."))
            if perk.for_company and perk.basis not in ("hand", "points"):
                raise ValidationError(
                    self.env._(
                        "A company deserves a perk by the points of its standing, or "
                        "as you decide. Levels, topics and boards are of people."
                    )
                )

    def action_grants(self):
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "community_portal.action_perk_grant"
        )
        return action | {
            "domain": [("perk_id", "=", self.id)],
            "context": {"default_perk_id": self.id},
        }
