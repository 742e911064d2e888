from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

REASON_LIMIT = 2000  # characters


class CommunityMember(models.Model):
    """How somebody gets in: he asks, and his company's manager or the vendor
    agrees."""

    _inherit = "community.member"

    reason = fields.Text("Why this person wants to join")
    requested = fields.Datetime("Asked")
    state_since = fields.Datetime(readonly=True, default=fields.Datetime.now)
    state_reason = fields.Text("Reason for the state", help="The person reads it.")
    state_by_id = fields.Many2one("res.users", "Changed by", readonly=True)

    # --- who decides ------------------------------------------------------------------

    @api.model
    def _manager_of(self, organisation):
        """The user's own membership if he is the manager of this company, else
        empty."""
        me = self._me()
        ours = me.is_manager and not me.is_vendor and organisation
        return me if ours and me.organisation_id == organisation else me.browse()

    @api.model
    def _is_administrator(self):
        return self.env.su or self.env.user.has_group("community_portal.group_manager")

    def _require_decider(self):
        """:raises AccessError: the user is neither an administrator nor the manager
        of all these people's company"""
        if self._is_administrator():
            return
        people = self.sudo()
        if not people or not all(
            self._manager_of(one.organisation_id) and not one.is_vendor
            for one in people
        ):
            raise AccessError(
                self.env._("Only a manager of the company decides about its people.")
            )

    def _managers(self):
        """The active managers of these people's companies; sudo."""
        organisations = self.sudo().filtered(lambda m: not m.is_vendor).organisation_id
        return self.sudo().search(
            Domain("organisation_id", "in", organisations.ids)
            & Domain("is_manager", "=", True)
            & Domain("is_vendor", "=", False)
            & Domain("state", "=", "active")
        )

    # --- asking -----------------------------------------------------------------------

    @api.model
    def _of_mine(self):
        """The user's membership in whatever state, maybe empty; sudo."""
        return (
            self.sudo()
            .with_context(active_test=False)
            .search([("user_id", "=", self.env.uid)], limit=1)
        )

    @api.model
    def _ask_to_join(self, reason=""):
        """The user asks to join, or joins at once where his company's e-mail domain
        is known.

        :return: his membership, "active" or "requested"; sudo
        :raises UserError: he may not ask, and why
        """
        reason = str(reason or "").strip()[:REASON_LIMIT]
        member = self._of_mine()
        self._require_may_ask(member)
        at_once = self._joins_at_once()
        if not at_once and not reason:
            raise UserError(
                self.env._("Write a sentence about yourself: somebody reads it.")
            )
        values = {
            "state": "active" if at_once else "requested",
            "reason": reason,
            "requested": fields.Datetime.now(),
            "state_reason": False,
        }
        member = self._write_request(member, values)
        if not at_once:
            member._tell_requested()
        return member

    @api.model
    def _require_may_ask(self, member):
        """:raises UserError: the user may not ask, and why"""
        user = self.env.user
        if not user.share or not user._is_portal():
            raise UserError(
                self.env._("Your administrator gives you access to the community.")
            )
        if member.state == "requested":
            raise UserError(
                self.env._("You have asked already. Somebody answers soon.")
            )
        if member and member.state not in ("left",):
            raise UserError(
                self.env._("You cannot ask again here. Please write to us.")
            )
        # sudo: the policy of his own company
        organisation = user.partner_id.sudo().commercial_partner_id
        policy = self.env["community.company.policy"]._of(organisation)
        if policy.participation == "nobody":
            raise UserError(
                self.env._("Your company does not take part in the community.")
            )

    @api.model
    def _joins_at_once(self):
        """Whether the user's address belongs to the company that he works for. Who
        only says so (anybody can change his address) gets a letter there first."""
        partner = self.env.user.partner_id.sudo()
        organisation = self.env["community.domain"]._organisation_of(partner.email)
        return bool(organisation) and partner.commercial_partner_id == organisation

    @api.model
    def _write_request(self, member, values):
        values = values | self._state_values(values["state"])
        if member:
            member.write(values)
            return member
        # sudo: customers create nothing themselves
        return self.sudo().create({"user_id": self.env.uid} | values)

    def _withdraw_request(self):
        """The user takes his own request back."""
        member = self._of_mine().filtered(lambda m: m.state == "requested")
        member._change_state("left")

    # --- answering --------------------------------------------------------------------

    def _approve_request(self):
        """:raises AccessError, UserError:"""
        self._require_decider()
        self._require_state("requested")
        members = self.sudo()
        members._change_state("active")
        members.joined = fields.Datetime.now()
        members._tell_answered()

    def _refuse_request(self, reason):
        """:param reason: the person reads it
        :raises AccessError, UserError:"""
        self._require_decider()
        self._require_state("requested")
        self.sudo()._change_state("closed", self._required_reason(reason))
        self.sudo()._tell_answered()

    def _require_state(self, *states):
        if not self or any(member.state not in states for member in self.sudo()):
            raise UserError(
                self.env._("Somebody else has answered meanwhile. Reload the page.")
            )

    @api.model
    def _required_reason(self, reason):
        reason = str(reason or "").strip()[:REASON_LIMIT]
        if not reason:
            raise UserError(
                self.env._("Write a reason: the person reads it and may ask why.")
            )
        return reason

    # --- states -----------------------------------------------------------------------

    def _change_state(self, state, reason=False):
        # sudo: whoever calls has checked who may
        self.sudo().write(self._state_values(state) | {"state_reason": reason})

    @api.model
    def _state_values(self, state):
        return {
            "state": state,
            "state_since": fields.Datetime.now(),
            "state_by_id": self.env.uid,
        }
