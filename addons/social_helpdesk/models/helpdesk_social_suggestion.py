from odoo import api, fields, models
from odoo.exceptions import UserError

# How much a reason says; together they are no more than certain.
STRENGTH = {
    "identity": 95,
    "phone_proven": 90,
    "email_proven": 90,
    "phone": 70,
    "email": 70,
    "said_email": 60,
    "said_phone": 60,
    "name_company": 50,
    "username": 30,
    "name": 25,
}


class HelpdeskSocialSuggestion(models.Model):
    """Perhaps this contact is that partner: an agent decides."""

    _name = "helpdesk.social.suggestion"
    _description = "Possibly the Same Person"
    _order = "strength desc, id desc"
    _rec_name = "partner_id"

    contact_id = fields.Many2one(
        "helpdesk.social.contact",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        string="Who Wrote",
    )
    company_id = fields.Many2one(related="contact_id.company_id")
    provider = fields.Selection(related="contact_id.provider")
    current_partner_id = fields.Many2one(
        related="contact_id.partner_id", string="Now Linked to"
    )
    partner_id = fields.Many2one(
        "res.partner",
        required=True,
        readonly=True,
        ondelete="cascade",
        string="Perhaps the Same Person",
    )
    reasons = fields.Json(readonly=True, help="Codes, the strongest first.")
    reason_text = fields.Char(string="Because of", compute="_compute_reason_text")
    strength = fields.Integer(readonly=True)
    state = fields.Selection(
        [
            ("open", "To decide"),
            ("accepted", "Same person"),
            ("dismissed", "Somebody else"),
        ],
        required=True,
        default="open",
        readonly=True,
    )
    user_id = fields.Many2one("res.users", string="Decided by", readonly=True)

    _pair_unique = models.UniqueIndex(
        "(partner_id, contact_id)", "This pair has been suggested already."
    )
    _open_idx = models.Index("(strength DESC, id DESC) WHERE state = 'open'")

    @api.depends("reasons")
    @api.depends_context("lang")
    def _compute_reason_text(self):
        said = self._reason_texts()
        for suggestion in self:
            texts = [said[code] for code in suggestion.reasons or [] if code in said]
            suggestion.reason_text = ", ".join(texts)

    @api.model
    def _reason_texts(self):
        return {
            "identity": self.env._("same account at the provider"),
            "phone_proven": self.env._("same phone number (verified)"),
            "email_proven": self.env._("same e-mail (verified)"),
            "phone": self.env._("same phone number"),
            "email": self.env._("same e-mail"),
            "said_phone": self.env._("phone number written in a message"),
            "said_email": self.env._("e-mail written in a message"),
            "name_company": self.env._("same full name and company"),
            "username": self.env._("same user name on another channel"),
            "name": self.env._("same full name"),
        }

    # --- buttons ----------------------------------------------------------------------

    def action_same_person(self):
        """Ask once more: who stays, and who will see what."""
        self.ensure_one()
        self._check_agent()
        return self.contact_id._same_person_wizard(self.partner_id)

    def action_somebody_else(self):
        """Never suggested again, in neither direction."""
        self._check_agent()
        self._dismiss()
        return True

    def action_open_contact(self):
        """Who wrote, with his tickets."""
        self.ensure_one()
        self.check_access("read")
        return self.contact_id._get_records_action()

    def _check_agent(self):
        """
        :raises AccessError: not the agent's contact, or not a candidate he sees
        :raises UserError: it is decided
        """
        self.check_access("read")
        self.contact_id.check_access("write")
        self.partner_id.check_access("read")
        if any(suggestion.state != "open" for suggestion in self):
            raise UserError(
                self.env._(
                    "Somebody has decided this already. Reload the page to see how."
                )
            )

    def _dismiss(self):
        # sudo: the other way round it may be of a ticket that the agent does not see
        own = self.sudo()
        mirrored = self.sudo().search(
            [
                ("state", "=", "open"),
                ("contact_id.partner_id", "in", own.partner_id.ids),
                ("partner_id", "in", own.contact_id.partner_id.ids),
            ]
        )
        pairs = {(s.contact_id.partner_id, s.partner_id) for s in own}
        own |= mirrored.filtered(
            lambda s: (s.partner_id, s.contact_id.partner_id) in pairs
        )
        own.write({"state": "dismissed", "user_id": self.env.uid})
        own.contact_id._tell_open_tickets()
