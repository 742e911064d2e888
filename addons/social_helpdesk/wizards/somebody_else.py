from odoo import api, fields, models
from odoo.exceptions import UserError


class HelpdeskSocialSomebodyElse(models.TransientModel):
    """A contact is not the partner he is linked to."""

    _name = "helpdesk.social.somebody.else"
    _description = "Somebody Else"
    _inherit = ["helpdesk.social.linking"]

    contact_id = fields.Many2one(
        "helpdesk.social.contact",
        string="Social Contact",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    current_partner_id = fields.Many2one(
        related="contact_id.partner_id", string="Now Linked to"
    )
    company_id = fields.Many2one(related="contact_id.company_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Is",
        ondelete="cascade",
        domain="[('company_id', 'in', [False, company_id]),"
        " ('id', '!=', current_partner_id)]",
        help="Leave empty for somebody new.",
    )

    @api.constrains("contact_id", "partner_id")
    def _check_rights(self):
        self._check_linking()

    @api.depends("contact_id", "partner_id")
    def _compute_consequences(self):
        return super()._compute_consequences()

    def _contacts(self):
        return self.contact_id

    def action_confirm(self):
        self.ensure_one()
        if self.partner_id and self.partner_id == self.contact_id.partner_id:
            raise UserError(
                self.env._(
                    "The contact is linked to %s already. Choose somebody else, or "
                    "leave the field empty for a new contact.",
                    self.partner_id.display_name,
                )
            )
        merges = self.env["helpdesk.social.merge"]
        return merges._split(self.contact_id, self.partner_id)._told()
