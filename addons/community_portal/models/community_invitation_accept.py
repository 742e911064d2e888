from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .community_invitation import fingerprint


class CommunityInvitation(models.Model):
    """What happens when somebody opens his invitation."""

    _inherit = "community.invitation"

    @api.model
    def _of_token(self, token):
        """The invitation that a token opens; sudo. Empty for one that never was, is
        over, used or withdrawn: from outside they all look the same."""
        if not isinstance(token, str) or not 20 <= len(token) <= 100:
            return self.sudo().browse()
        # sudo: who has the token was given it
        found = self.sudo().search(
            Domain("token_hash", "=", fingerprint(token))
            & Domain("expires", ">", fields.Datetime.now())
            & Domain("organisation_id.active", "=", True),
            limit=1,
        )
        return found.filtered(lambda one: one._is_usable())

    def _is_usable(self):
        """One that was accepted by a person who then never chose a password is good
        until it expires: otherwise he would stand outside."""
        if self.state == "accepted":
            return self.purpose == "invite" and not self.member_id.user_id.login_date
        return self.state == "sent"

    def _account(self):
        """The login that belongs to the address, maybe empty."""
        self.ensure_one()
        if self.user_id:
            return self.user_id
        users = self.env["res.users"].sudo()
        return users.search([("login", "=", self.email)], limit=1) or users.search(
            Domain("partner_id.email_normalized", "=", self.email), limit=1
        )

    def _is_for(self, user):
        """Whether this user is the one who was invited."""
        return user == self._account()

    def _accept(self):
        """The user accepts, or a person without an account gets one.

        :return: the membership; sudo
        :raises UserError: the account cannot become one of that company
        """
        self.ensure_one()
        # One at a time: two clicks make one account.
        self.lock_for_update()
        self.invalidate_recordset()
        if not self._is_usable():
            raise UserError(self.env._("This invitation was used already."))
        if self.state == "accepted":
            return self.member_id
        user = self._account() or self._new_account()
        self._require_fits(user)
        if user.partner_id == user.partner_id.commercial_partner_id:
            user.partner_id.parent_id = self.organisation_id
        member = self._become_member(user)
        self.write(
            {
                "state": "accepted",
                "accepted": fields.Datetime.now(),
                "member_id": member.id,
            }
        )
        return member

    def _require_fits(self, user):
        """:raises UserError: the account is one of ours, or another company's"""
        company = user.partner_id.commercial_partner_id
        is_alone = company == user.partner_id and not company.is_company
        if not user.share or not (is_alone or company == self.organisation_id):
            raise UserError(
                self.env._(
                    "Your account belongs to another company than the one that "
                    "invites you. Please write to us: we set it right."
                )
            )

    def _new_account(self):
        """A portal login without a password: he chooses it on the next page."""
        return (
            self.env["res.users"]
            .with_context(no_reset_password=True)
            ._create_user_from_template(
                {
                    "login": self.email,
                    "email": self.email,
                    "name": self.name or self.email.partition("@")[0],
                    "partner_id": self._contact().id,
                    "lang": self.lang or self.env.lang,
                    "company_id": self.env.company.id,
                    "company_ids": [fields.Command.set(self.env.company.ids)],
                }
            )
        )

    def _contact(self):
        """The company's contact with this address, or a new one."""
        partners = self.env["res.partner"].sudo()
        contact = partners.search(
            Domain("email_normalized", "=", self.email)
            & Domain("commercial_partner_id", "=", self.organisation_id.id)
            & Domain("is_company", "=", False)
            & Domain("user_ids", "=", False),
            limit=1,
        )
        return contact or partners.create(
            {
                "name": self.name or self.email.partition("@")[0],
                "email": self.email,
                "parent_id": self.organisation_id.id,
                "lang": self.lang,
            }
        )

    def _become_member(self, user):
        members = self.env["community.member"].sudo()
        member = members.search([("user_id", "=", user.id)], limit=1)
        if member.state == "suspended" or (
            not self.by_vendor and member._closed_by_vendor()
        ):
            raise UserError(
                self.env._("Your membership was stopped by us. Please write to us.")
            )
        values = members._state_values("active") | {"state_reason": False}
        if not member:
            member = members.create({"user_id": user.id} | values)
        elif member.state != "active":
            member.write(values | {"joined": fields.Datetime.now()})
        if self.as_manager:
            member.is_manager = True
        return member

    def _signup_url(self):
        """Where a person without a password goes to choose one; False for who has
        one."""
        user = self.member_id.user_id
        if user.login_date:
            return False
        user.partner_id.signup_prepare()
        return user.partner_id._get_signup_url_for_action(url="/my/community").get(
            user.partner_id.id
        )

    @api.model
    def _confirm_address(self):
        """The user says that he has an address of a company that takes part: a letter
        goes there, and who opens it is believed.

        :raises UserError: he may not ask
        """
        members = self.env["community.member"]
        members._require_may_ask(members._of_mine())
        if not members._can_confirm():
            raise UserError(
                self.env._("Your address belongs to no company that takes part.")
            )
        # sudo: the user's own contact
        partner = self.env.user.partner_id.sudo()
        company = self.env["community.domain"]._organisation_of(partner.email)
        email = partner.email_normalized
        open_ones = self.sudo().search(
            Domain("email", "=", email)
            & Domain("organisation_id", "=", company.id)
            & Domain("state", "=", "sent")
        )
        if open_ones.filtered("is_expired"):
            open_ones._renew()
            return open_ones
        if open_ones:
            raise UserError(
                self.env._(
                    "A letter is on its way to %s already. Look into your mailbox.",
                    email,
                )
            )
        return self.sudo().create(
            {
                "email": email,
                "name": partner.name,
                "organisation_id": company.id,
                "purpose": "confirm",
                "user_id": self.env.uid,
                "lang": self.env.user.lang,
            }
        )
