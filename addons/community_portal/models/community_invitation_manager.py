from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import email_normalize

NAME_LIMIT = 120  # characters
MESSAGE_LIMIT = 1000  # characters


class CommunityInvitation(models.Model):
    """What a customer's manager and the vendor's administrators do with
    invitations."""

    _inherit = "community.invitation"

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

    # --- the vendor's buttons ---------------------------------------------------------

    def action_renew(self):
        """Send open or expired ones again."""
        self.env["community.member"]._require_administrator()
        if any(one.state != "sent" for one in self):
            raise UserError(
                self.env._("This invitation was used or withdrawn already.")
            )
        self.sudo()._renew()

    def action_withdraw(self):
        self.env["community.member"]._require_administrator()
        self._withdraw()
