"""What a partner has to be, so that people who write can be found in him."""

from odoo import api, fields, models

from .person_lookup import NAME_KEY

# Whoever changes one of these himself only says it; each has its own flag, so that
# whoever confirms the one has not confirmed the other.
CLAIMED = {"phone": "social_said_phone", "email": "social_said_email"}


class ResPartner(models.Model):
    _inherit = "res.partner"

    social_made = fields.Boolean(
        string="Made by Social Helpdesk",
        readonly=True,
        copy=False,
        help="Nobody has entered this contact: a message made it.",
    )
    social_said_phone = fields.Boolean(
        string="Phone not Verified",
        readonly=True,
        copy=False,
        help="The customer has entered the phone number himself, so it does not prove "
        "who somebody is.",
    )
    social_said_email = fields.Boolean(
        string="E-mail not Verified",
        readonly=True,
        copy=False,
        help="The customer has entered the e-mail himself, so it does not prove who "
        "somebody is.",
    )
    social_contact_ids = fields.One2many(
        "helpdesk.social.contact",
        "partner_id",
        string="Social Contacts",
        groups="helpdesk_mgmt.group_helpdesk_user_own",
    )

    # Every message of an unknown sender looks for its partner by number.
    _phone_sanitized_idx = models.Index(
        "(phone_sanitized) WHERE phone_sanitized IS NOT NULL"
    )
    # Only ever asked for equality, and of any length.
    _email_normalized_idx = models.Index("USING hash (email_normalized)")
    _social_name_idx = models.Index(f"({NAME_KEY})")

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._social_claimed(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._social_claimed(vals))

    @api.model
    def _social_claimed(self, vals):
        """Else somebody could enter another's number in his own account and get to
        read what that one writes."""
        said = {flag for name, flag in CLAIMED.items() if name in vals}
        return dict.fromkeys(said, self.env.user.share) | vals
