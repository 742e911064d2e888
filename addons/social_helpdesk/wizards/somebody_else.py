from odoo import api, fields, models
from odoo.exceptions import UserError


class HelpdeskSocialSomebodyElse(models.TransientModel):
    """A contact is not the partner he is linked to."""

    _name = "helpdesk.social.somebody.else"
    _description = "Somebody Else"

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
    ticket_count = fields.Integer(compute="_compute_consequences")
    readers = fields.Char(compute="_compute_consequences")

    @api.constrains("contact_id", "partner_id")
    def _check_rights(self):
        """Constraints run as the system; this one asks for the agent's rights."""
        for wizard in self.sudo(False):
            wizard.contact_id.check_access("write")
            wizard.partner_id.check_access("read")

    @api.depends("contact_id", "partner_id")
    def _compute_consequences(self):
        merges = self.env["helpdesk.social.merge"]
        for wizard in self:
            # in a form the records are copies, on which no rule applies
            contact, partner = wizard.contact_id._origin, wizard.partner_id._origin
            contact.check_access("write")
            wizard.ticket_count = merges._count_tickets(contact, partner)
            wizard.readers = merges._readers(partner)

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
