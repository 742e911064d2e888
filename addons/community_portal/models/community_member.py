from odoo import api, fields, models, tools
from odoo.exceptions import UserError


class CommunityMember(models.Model):
    """A person in the room: a customer's employee or one of the vendor's people."""

    _name = "community.member"
    _description = "Community Member"
    _inherit = ["community.guarded", "community.scoped"]
    _order = "name, id"

    _scoping_fields = frozenset(
        {
            "user_id",
            "organisation_id",
            "state",
            "is_manager",
            "is_expert",
            "is_vendor",
            "rules_version",
        }
    )

    user_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(
        related="user_id.partner_id", store=True, index=True, string="Contact"
    )
    organisation_id = fields.Many2one(
        "res.partner",
        "Company",
        compute="_compute_organisation_id",
        store=True,
        index=True,
        help="The employer; the contact's own for a person without one.",
    )
    is_vendor = fields.Boolean(
        "Our own", compute="_compute_organisation_id", store=True
    )
    name = fields.Char(compute="_compute_name", store=True, index="trigram")
    active = fields.Boolean(default=True)
    state = fields.Selection(
        [
            ("requested", "Asked to join"),
            ("active", "Member"),
            ("suspended", "Suspended"),
            ("left", "Left"),
            ("closed", "Closed by the company"),
        ],
        required=True,
        default="active",
        index=True,
    )
    is_manager = fields.Boolean("Manager of the company")
    is_expert = fields.Boolean("Expert", help="May turn answers into articles.")
    employer_shown = fields.Selection(
        [
            ("name", "Name of my company"),
            ("industry", "Only its industry"),
            ("hidden", "Nothing"),
        ],
        "Others see of my employer",
        required=True,
        default="industry",
    )
    about = fields.Text()
    joined = fields.Datetime(default=fields.Datetime.now)
    rules_version = fields.Integer("Accepted house rules", default=0)
    board_optout = fields.Boolean("Not on leader boards")
    anonymous = fields.Boolean(
        "Without a name", help="What this person wrote stays; the name does not."
    )
    points = fields.Integer(readonly=True)
    open_points = fields.Integer(
        readonly=True, help="Points from what everybody may see."
    )
    post_count = fields.Integer(readonly=True)
    open_post_count = fields.Integer(readonly=True)

    _user_uniq = models.Constraint("UNIQUE (user_id)", "This user is a member already.")

    @api.depends("user_id.partner_id.commercial_partner_id", "user_id.share")
    def _compute_organisation_id(self):
        for member in self:
            user = member.user_id
            member.is_vendor = bool(user) and not user.share
            member.organisation_id = (
                user.company_id.partner_id
                if member.is_vendor
                else user.partner_id.commercial_partner_id
            )

    @api.depends("user_id.partner_id.name", "anonymous")
    def _compute_name(self):
        for member in self:
            member.name = (
                self.env._("Former member")
                if member.anonymous
                else member.user_id.partner_id.name
            )

    @api.model
    def _portal_fields(self):
        return super()._portal_fields() | {"name", "about", "active"}

    # --- who -------------------------------------------------------------------------

    @api.model
    def _me(self):
        """The user's own membership if he may take part, else empty; sudo."""
        return self.sudo()._of_user(self.env.uid)

    @api.model
    def _of_user(self, uid):
        member_id = self._id_of_user(uid)
        return self.sudo().browse(member_id and [member_id])

    @api.model
    @tools.ormcache("uid")
    def _id_of_user(self, uid):
        member = self.sudo().search(
            [("user_id", "=", uid), ("state", "=", "active")], limit=1
        )
        return member.id or 0

    @api.model
    def _join(self):
        """The user's membership for writing; the vendor's people get theirs here.

        :raises UserError: a customer who is no member
        """
        member = self._me()
        if not member and self.env.user._is_community_staff():
            member = self.sudo().create({"user_id": self.env.uid})
        if not member:
            raise UserError(
                self.env._("You are not a member of this community. Ask to join first.")
            )
        return member

    def _policy(self):
        """The policy of the member's company: ``community.company.policy``."""
        self.ensure_one()
        return self.env["community.company.policy"]._of(self.organisation_id)

    def _staff(self):
        """Those of these who answer in the vendor's name."""
        return self.filtered("is_vendor")

    def _check_hours(self):
        """Called before anything is written.

        :raises UserError: the member's company wants him elsewhere now
        """
