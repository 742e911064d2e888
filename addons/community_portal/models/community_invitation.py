import hashlib
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import email_normalize, single_email_re

NAME_LIMIT = 120
MESSAGE_LIMIT = 1000


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

    # --- a customer's manager ---------------------------------------------------------

    @api.model
    def _invite(self, email, name="", message=""):
        """The user, a company's manager, invites one of his people.

        :return: the invitation; sudo
        :raises AccessError, UserError: he may not, and why
        """
        manager = self._require_manager()
        company = manager.organisation_id
        email = email_normalize(str(email or "")) or str(email or "")
        self._require_domain(email, company)
        self._require_not_too_many(company)
        self._require_no_colleague(email, company)
        values = {
            "email": email,
            "name": str(name or "").strip()[:NAME_LIMIT],
            "message": str(message or "").strip()[:MESSAGE_LIMIT],
            "organisation_id": company.id,
            "lang": self.env.user.lang,
        }
        # sudo: he was asked whether he may, just above
        open_one = self.sudo().search(
            Domain("organisation_id", "=", company.id)
            & Domain("email", "=", email)
            & Domain("state", "=", "sent")
        )
        if open_one:
            open_one._renew()
            return open_one
        return self.sudo().create(values)

    def _withdraw(self):
        """:raises AccessError, UserError:"""
        if not self.env["community.member"]._is_administrator():
            company = self._require_manager().organisation_id
            if any(one.organisation_id != company for one in self.sudo()):
                raise AccessError(self.env._("You can withdraw your company's only."))
        if any(one.state != "sent" for one in self.sudo()):
            raise UserError(
                self.env._("This invitation was used or withdrawn already.")
            )
        self.sudo().state = "withdrawn"

    @api.model
    def _require_manager(self):
        me = self.env["community.member"]._me()
        if not me.is_manager or me.is_vendor:
            raise AccessError(self.env._("Only a manager of the company can do this."))
        return me

    @api.model
    def _require_domain(self, email, company):
        if not self.env.company.sudo().community_invite_domains_only:
            return
        # sudo: his own company's domains
        names = (
            self.env["community.domain"]
            .sudo()
            .search([("organisation_id", "=", company.id)])
            .mapped("name")
        )
        if email.rpartition("@")[2] not in names:
            raise UserError(
                self.env._(
                    "You can invite addresses at %s. For another one please write to "
                    "us.",
                    ", ".join(names) or self.env._("none yet"),
                )
            )

    @api.model
    def _require_not_too_many(self, company):
        limit = self.env.company.sudo().community_invite_limit
        since = fields.Datetime.now() - timedelta(days=1)
        count = self.sudo().search_count(
            Domain("organisation_id", "=", company.id)
            & Domain("create_date", ">", since)
            & Domain("by_vendor", "=", False)
            & Domain("purpose", "=", "invite")
        )
        if count >= limit:
            raise UserError(
                self.env._(
                    "Your company has sent %s invitations today. Go on tomorrow, or "
                    "write to us.",
                    count,
                )
            )

    @api.model
    def _require_no_colleague(self, email, company):
        """Of his own company's people he may know that they are here already; of
        nobody else."""
        there = (
            self.env["community.member"]
            .sudo()
            .search_count(
                Domain("organisation_id", "=", company.id)
                & Domain("state", "in", ("active", "requested", "suspended"))
                & (
                    Domain("user_id.login", "=", email)
                    | Domain("partner_id.email_normalized", "=", email)
                ),
                limit=1,
            )
        )
        if there:
            raise UserError(self.env._("%s is here already.", email))
