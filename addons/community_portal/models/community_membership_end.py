from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class CommunityMember(models.Model):
    """How somebody's time here ends, or pauses. What he wrote stays."""

    _inherit = "community.member"

    user_id = fields.Many2one(required=False)  # nobody's, once a person left for good
    suspended_until = fields.Datetime(help="Empty: until somebody lifts it.")

    def _leave(self, keep_name=True):
        """The user leaves.

        :param keep_name: whether his name stays with what he wrote
        """
        member = self._me()
        if not member or member.is_vendor:
            raise UserError(self.env._("You are no member of this community."))
        if keep_name:
            member._change_state("left")
        else:
            member._anonymise()

    def _close(self, reason=""):
        """A person left the company: his membership ends, his login to the portal is
        the vendor's affair.

        :raises AccessError, UserError:
        """
        self._require_decider()
        # A manager would lift the vendor's suspension by closing and reopening.
        suspended = ("suspended",) if self._is_administrator() else ()
        self._require_state("active", "requested", *suspended)
        if self.sudo().user_id & self.env.user:
            raise UserError(
                self.env._("You cannot close your own membership. You can leave.")
            )
        members = self.sudo()
        members._change_state("closed", str(reason or "").strip()[:2000] or False)
        members.is_manager = False
        members._withdraw_invitations()
        if self.env.company.sudo().community_close_login:
            members._close_logins()

    def _withdraw_invitations(self):
        """Those that a manager sent who is one no more."""
        self.env["community.invitation"].sudo().search(
            [
                ("invited_by_id", "in", self.user_id.ids),
                ("by_vendor", "=", False),
                ("state", "=", "sent"),
            ]
        ).state = "withdrawn"

    def _close_logins(self):
        """Only where the vendor wants it: the person cannot log in any more."""
        self.user_id.filtered("share").write({"active": False})

    def _reopen(self):
        """Somebody came back, or was closed by mistake.

        :raises AccessError, UserError:
        """
        self._require_decider()
        self._require_state("closed")
        if not self._is_administrator() and self.sudo()._closed_by_vendor():
            raise UserError(
                self.env._("We closed this membership ourselves. Please write to us.")
            )
        self.sudo()._change_state("active")

    def _closed_by_vendor(self):
        return self.filtered(lambda m: m.state == "closed" and not m.state_by_id.share)

    # --- the vendor -------------------------------------------------------------------

    def _suspend(self, reason, until=False):
        """:param until: datetime, UTC; until somebody lifts it without"""
        self._require_administrator()
        self._require_state("active")
        members = self.sudo()
        members._change_state("suspended", self._required_reason(reason))
        members.suspended_until = until
        members._tell_answered()

    def _resume(self):
        self._require_administrator()
        self._require_state("suspended")
        members = self.sudo()
        members._change_state("active")
        members.suspended_until = False
        members._tell_answered()

    def _require_administrator(self):
        if not self._is_administrator():
            raise AccessError(self.env._("Only an administrator can do this."))

    def _cron_resume(self):
        """Suspensions whose time is over."""
        over = self.search(
            [
                ("state", "=", "suspended"),
                ("suspended_until", "<=", fields.Datetime.now()),
            ]
        )
        if over:
            over._resume()
