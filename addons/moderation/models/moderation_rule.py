from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.confidential import DETECTORS
from ..engine.tricks import TRICKS

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
# Kinds whose entries the engine brings.
BUILT_IN = {
    "confidential": ("detector", tuple(sorted(DETECTORS))),
    "trick": ("trick", tuple(sorted(TRICKS))),
}
# In a context: an object of this process, which nobody can send over RPC. With it
# the state is written by ``_switch_on``, which has checked the rule.
CHECKED = object()


class ModerationRule(models.Model):
    """What is looked for, at whom it is aimed, and what happens then."""

    _name = "moderation.rule"
    _description = "Moderation Rule"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    set_id = fields.Many2one(
        "moderation.rule.set", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="set_id.company_id")
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
        "If the author insists",
        required=True,
        default="hold",
    )
    advice = fields.Char(
        "Words for the author",
        translate=True,
        help="What the author is told to do, in place of the usual sentence.",
    )
    language_ids = fields.Many2many(
        "moderation.language",
        string="Languages",
        ondelete="restrict",
        help="Empty: texts of any language.",
    )

    # --- at whom it is aimed, and when ------------------------------------------------

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
    audience_company_ids = fields.Many2many(
        "res.partner",
        string="Only for these companies",
        ondelete="restrict",  # without the last one it would be aimed at everybody
        domain=[("is_company", "=", True)],
    )
    audience_tag_ids = fields.Many2many(
        "res.partner.category",
        string="Only for companies with these tags",
        ondelete="restrict",
        help="Tags of contacts, such as their industry. With companies chosen as "
        "well, one of the two is enough.",
    )
    date_from = fields.Datetime("From")
    date_to = fields.Datetime("Until")
    calendar_id = fields.Many2one(
        "resource.calendar",
        "Working hours",
        ondelete="restrict",
        help="Empty: at any hour.",
    )
    calendar_mode = fields.Selection(
        [("inside", "During working hours"), ("outside", "Outside working hours")],
        required=True,
        default="inside",
    )

    # --- what is looked for -----------------------------------------------------------

    entries_of_id = fields.Many2one(
        "moderation.rule",
        "Same entries as",
        domain="[('kind', '=', kind), ('entries_of_id', '=', False)]",
        ondelete="restrict",
        index="btree_not_null",
        help="One list for two places that treat it differently. Words that are "
        "added or switched off there count here as well.",
    )
    term_ids = fields.One2many(
        "moderation.term",
        "rule_id",
        string="Words",
        context={"active_test": False},
        copy=True,
    )
    allowed = fields.Text(
        "Always allowed",
        help="Words, phrases, names or public values that are fine, one a line.",
    )
    pattern = fields.Char(help="A regular expression in the syntax of RE2.")
    company_partner_id = fields.Many2one(
        "res.partner", "Whose secrets", ondelete="restrict"
    )
    max_links = fields.Integer("Links in a text")
    max_links_new = fields.Integer("Links in a newcomer's text")
    near_duplicates = fields.Integer("Times nearly the same text")
    pace = fields.Integer("Texts in a short time")
    pace_seconds = fields.Integer("Seconds that count as short", default=60)
    max_mentions = fields.Integer("People named")
    shouting = fields.Boolean("Capital letters throughout")
    refused_domains = fields.Text("Refused addresses", help="One a line.")

    _dates_in_order = models.Constraint(
        "CHECK (date_from IS NULL OR date_to IS NULL OR date_from < date_to)",
        "A rule cannot end before it begins.",
    )
    _limits_positive = models.Constraint(
        "CHECK (LEAST(max_links, max_links_new, near_duplicates, pace,"
        " pace_seconds, max_mentions) >= 0)",
        "A limit cannot be below zero; zero means that it is not looked at.",
    )

    # --- states -----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        # Asked of the records, as a default of the context would switch on as well.
        rules._refuse_switching_on("on" in rules.mapped("state"))
        rules._fill_in_entries()
        self.env.registry.clear_cache("stable")
        return rules

    def write(self, vals):
        self._refuse_switching_on(vals.get("state") == "on")
        judged = vals.keys() & self._judged_fields()
        known = self._warned_of() if judged else {}
        result = super().write(vals)
        if "kind" in vals:
            self._fill_in_entries()
        self.env.registry.clear_cache("stable")
        if judged:
            self._check_still_ready(known)
        return result

    def unlink(self):
        self.env.registry.clear_cache("stable")
        return super().unlink()

    @api.model
    def _refuse_switching_on(self, is_asked):
        """A state that comes with other values, by an import or by RPC, would
        switch on what nobody has checked."""
        if is_asked and self.env.context.get("moderation_switch") is not CHECKED:
            raise UserError(
                self.env._(
                    "A rule is switched on by its button, which checks it first. "
                    "Save it as being tried, then press “Switch on”."
                )
            )

    def _fill_in_entries(self):
        """What the engine recognises by itself is chosen from a list, not typed: of a
        new rule all, unless some were chosen already."""
        for rule in self.filtered(lambda rule: not (rule.entries_of_id or rule.pack)):
            role, names = BUILT_IN.get(rule.kind, ("", ()))
            known = rule.term_ids.mapped("text")
            rule.term_ids = [
                fields.Command.create({"role": role, "text": name, "active": not known})
                for name in names
                if name not in known
            ]

    def action_switch_off(self):
        self.check_access("write")
        return self.write({"state": "off"})

    def _switch_on(self):
        """Switch on what compiles, whatever it may be warned of."""
        self.check_access("write")
        for rule in self:
            rule._check_ready()
        self.with_context(moderation_switch=CHECKED).write({"state": "on"})
        self._check_together()
