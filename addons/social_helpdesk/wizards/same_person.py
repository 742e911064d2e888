from odoo import api, fields, models
from odoo.exceptions import UserError


class HelpdeskSocialSamePerson(models.TransientModel):
    """Several contacts are one person: who stays, and who will see what."""

    _name = "helpdesk.social.same.person"
    _description = "Same Person"
    _inherit = ["helpdesk.social.linking"]

    contact_ids = fields.Many2many(
        "helpdesk.social.contact", string="Social Contacts", required=True
    )
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Stays",
        required=True,
        ondelete="cascade",
        domain="[('company_id', 'in', [False, company_id])]",
        help="Gets all contacts, with their tickets and messages.",
    )

    @api.constrains("contact_ids", "partner_id")
    def _check_rights(self):
        self._check_linking()

    @api.depends("contact_ids")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard.contact_ids.company_id[:1]

    @api.depends("contact_ids", "partner_id")
    def _compute_consequences(self):
        return super()._compute_consequences()

    def _contacts(self):
        return self.contact_ids

    def action_confirm(self):
        self.ensure_one()
        merges = self.env["helpdesk.social.merge"]._merge(
            self.contact_ids, self.partner_id
        )
        if not merges:
            raise UserError(
                self.env._(
                    "All these contacts are linked to %s already. Choose whom else "
                    "they are to be linked to.",
                    self.partner_id.display_name,
                )
            )
        return merges._told()
