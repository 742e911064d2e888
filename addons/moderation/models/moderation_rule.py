from odoo import fields, models

KINDS = [
    ("word", "Words"),
    ("pattern", "Pattern"),
    ("confidential", "Personal data and secrets"),
    ("terms", "A company's secrets"),
    ("solicitation", "Private services"),
    ("spam", "Spam and flooding"),
    ("trick", "Hidden text"),
    ("everything", "Every text"),
]
SEVERITIES = [("1", "Low"), ("2", "Medium"), ("3", "High"), ("4", "Severe")]
# From the mildest to the strictest; of several the strictest is taken.
ACTIONS = [
    ("allow", "Only count"),
    ("notify", "Tell the moderators"),
    ("outreach", "Open a ticket for outreach"),
    ("mask", "Mask the words"),
    ("coach", "Show the author what to change"),
    ("hold", "Hold for review"),
    ("block", "Refuse"),
]


class ModerationRule(models.Model):
    """What is looked for, at whom it is aimed, and what happens then."""

    _name = "moderation.rule"
    _description = "Moderation Rule"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    set_id = fields.Many2one(
        "moderation.rule.set", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=100)
    state = fields.Selection(
        [("draft", "Being tried"), ("on", "Switched on"), ("off", "Switched off")],
        required=True,
        default="draft",
        copy=False,
    )
    kind = fields.Selection(KINDS, required=True, default="word")
    category_id = fields.Many2one("moderation.category", required=True, index=True)
    severity = fields.Selection(SEVERITIES, required=True, default="2")
    action = fields.Selection(ACTIONS, required=True, default="hold")
    disguised_action = fields.Selection(
        ACTIONS,
        "Action if disguised",
        help="For p.a.u. and the like, where an acronym may look the same. Empty: "
        "the same action.",
    )
    insist = fields.Selection(
        [
            ("no", "May not insist"),
            ("hold", "May insist, a moderator looks at it"),
            ("publish", "May insist, it is published and logged"),
        ],
        required=True,
        default="hold",
    )
    audience = fields.Selection(
        [
            ("everybody", "Everybody"),
            ("external", "Customers"),
            ("new", "New customers"),
            ("internal", "Our own people"),
        ],
        required=True,
        default="everybody",
    )
    exempt_staff = fields.Boolean("Our own people are exempt")
    term_ids = fields.One2many("moderation.term", "rule_id", string="Words")
    pattern = fields.Char()
    company_partner_id = fields.Many2one(
        "res.partner", "Company", help="Whose secrets these are."
    )
    advice = fields.Char(
        translate=True,
        help="What the author is told to do, in place of the usual sentence.",
    )
