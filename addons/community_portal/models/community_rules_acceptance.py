from odoo import api, fields, models, tools
from odoo.exceptions import UserError


class CommunityRulesAcceptance(models.Model):
    """That a member agreed to a version of the house rules, and when."""

    _name = "community.rules.acceptance"
    _description = "Agreement with the House Rules"
    _order = "id desc"
    _rec_name = "rules_id"

    member_id = fields.Many2one(
        "community.member", required=True, readonly=True, index=True, ondelete="cascade"
    )
    rules_id = fields.Many2one(
        "community.rules", required=True, readonly=True, index=True, ondelete="restrict"
    )
    at = fields.Datetime(
        "When", required=True, readonly=True, default=fields.Datetime.now
    )

    _once = models.Constraint(
        "UNIQUE (member_id, rules_id)", "These rules were agreed to already."
    )


class CommunityMember(models.Model):
    """Nobody goes on without having agreed to the rules that are in force."""

    _inherit = "community.member"

    def _needs_rules(self):
        """Whether the member has to agree to the house rules first. The vendor's
        people made them."""
        version = self.env["community.rules"]._current_key()[1]
        return not self.is_vendor and self.rules_version < version

    def _accept_rules(self, version):
        """:param version: of the text that the person read
        :raises UserError: there is a newer one by now
        """
        self.ensure_one()
        rules = self.env["community.rules"]._current()
        if not rules or rules.version != version:
            raise UserError(
                self.env._("The house rules were changed just now. Please read again.")
            )
        if self.rules_version < version:
            # sudo: customers write nothing themselves
            self.env["community.rules.acceptance"].sudo().create(
                {"member_id": self.id, "rules_id": rules.id}
            )
            self.sudo().rules_version = version

    @api.model
    @tools.ormcache("uid")
    def _id_of_user(self, uid):
        """Until he has agreed, a member finds as much as a stranger, whichever way
        he takes."""
        member_id = super()._id_of_user(uid)
        needs = member_id and self.sudo().browse(member_id)._needs_rules()
        return 0 if needs else member_id

    @api.model
    def _join(self):
        if not self._me() and self._of_mine()._must_agree():
            raise UserError(
                self.env._(
                    "The house rules have a new version. Read it and agree to it, "
                    "then you can go on."
                )
            )
        return super()._join()

    def _must_agree(self):
        """Whether only the house rules keep this person outside."""
        return self.state == "active" and self._needs_rules()
