import hashlib
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize, single_email_re


def fingerprint(token):
    """What is kept of a token: who reads the database cannot use an invitation."""
    return hashlib.sha256(token.encode()).hexdigest()


class CommunityInvitation(models.Model):
    """A letter to one address that lets its owner in, as one of a company's people."""

    _name = "community.invitation"
    _description = "Invitation to the Community"
    _order = "id desc"
    _rec_name = "email"

    email = fields.Char("E-mail", required=True, index=True)
    name = fields.Char("Person's name")
    message = fields.Text("Personal words")
    lang = fields.Selection(lambda self: self.env["res.lang"].get_installed())
    organisation_id = fields.Many2one(
        "res.partner",
        "Company",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("is_company", "=", True)],
    )
    as_manager = fields.Boolean(
        "As the company's manager", help="Decides about the company's people here."
    )
    purpose = fields.Selection(
        [("invite", "Invitation"), ("confirm", "Confirms an address")],
        required=True,
        default="invite",
        readonly=True,
    )
    # Of whoever asked to join with an address that has to be confirmed.
    user_id = fields.Many2one("res.users", "For the user", readonly=True)
    invited_by_id = fields.Many2one(
        "res.users", readonly=True, default=lambda self: self.env.user
    )
    by_vendor = fields.Boolean(readonly=True)
    state = fields.Selection(
        [
            ("sent", "Sent"),
            ("accepted", "Accepted"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        default="sent",
        readonly=True,
        index=True,
    )
    expires = fields.Datetime(required=True, readonly=True)
    is_expired = fields.Boolean(compute="_compute_is_expired")
    accepted = fields.Datetime(readonly=True)
    member_id = fields.Many2one(
        "community.member", "Became", readonly=True, index="btree_not_null"
    )
    token_hash = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)

    _token_uniq = models.UniqueIndex("(token_hash)")
    _one_open_uniq = models.UniqueIndex(
        "(organisation_id, email) WHERE state = 'sent'",
        "This person was invited already.",
    )

    @api.depends("expires", "state")
    def _compute_is_expired(self):
        now = fields.Datetime.now()
        for one in self:
            one.is_expired = one.state == "sent" and one.expires <= now

    # --- sending ----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Each new invitation goes out at once, because its token is known now and
        never again."""
        days = self.env.company.sudo().community_invite_days
        tokens = [secrets.token_urlsafe(32) for _vals in vals_list]
        self.check_access("create")
        # sudo: nobody may write a token, nor say that somebody else has invited
        invitations = super(CommunityInvitation, self.sudo()).create(
            [
                vals
                | self._address_values(vals)
                | {
                    "token_hash": fingerprint(token),
                    "expires": fields.Datetime.now() + timedelta(days=days),
                    "invited_by_id": self.env.uid,
                    "by_vendor": not self.env.user.share,
                }
                for vals, token in zip(vals_list, tokens, strict=True)
            ]
        )
        for invitation, token in zip(invitations, tokens, strict=True):
            invitation._send(token)
        return invitations.with_env(self.env)

    @api.model
    def _address_values(self, vals):
        """:raises UserError: no address, or no company"""
        email = email_normalize(vals.get("email") or "")
        if not email or not single_email_re.match(email):
            raise UserError(
                self.env._("“%s” is no e-mail address.", vals.get("email") or "")
            )
        # sudo: that the company is one
        company = self.env["res.partner"].sudo().browse(vals.get("organisation_id"))
        if not company.exists() or company.commercial_partner_id != company:
            raise UserError(self.env._("Choose the company that the person works for."))
        return {"email": email}

    def _send(self, token):
        self.ensure_one()
        lang = self.lang or self.organisation_id.lang or self.env.lang
        name = "confirm" if self.purpose == "confirm" else "invitation"
        # sudo: the letter is ours, whoever asks for it
        template = self.env.ref(f"community_portal.mail_{name}").sudo()
        template.with_context(
            invitation_url=f"{self.get_base_url()}/community/invitation/{token}",
            reader_lang=lang,
        ).send_mail(self.id)

    def _renew(self):
        """Send it again, with a new token: the old letter is worth nothing now."""
        for invitation in self:
            token = secrets.token_urlsafe(32)
            days = self.env.company.sudo().community_invite_days
            invitation.write(
                {
                    "token_hash": fingerprint(token),
                    "expires": fields.Datetime.now() + timedelta(days=days),
                }
            )
            invitation._send(token)
