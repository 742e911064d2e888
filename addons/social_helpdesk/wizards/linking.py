from odoo import fields, models


class HelpdeskSocialLinking(models.AbstractModel):
    """A dialog that links contacts to a partner, and says first what that changes."""

    _name = "helpdesk.social.linking"
    _description = "Linking Contacts from a Dialog"

    partner_id = fields.Many2one("res.partner", ondelete="cascade")
    ticket_count = fields.Integer(compute="_compute_consequences")
    readers = fields.Char(compute="_compute_consequences")

    def _contacts(self):
        """Who would be linked to ``partner_id``."""
        raise NotImplementedError

    def _check_linking(self):
        """Constraints run as the system; this one asks for the agent's rights."""
        for wizard in self.sudo(False):
            wizard._contacts().check_access("write")
            wizard.partner_id.check_access("read")

    def _compute_consequences(self):
        merges = self.env["helpdesk.social.merge"]
        for wizard in self:
            # in a form the records are copies, on which no rule applies
            contacts = wizard._contacts()._origin
            partner = wizard.partner_id._origin
            contacts.check_access("write")
            wizard.ticket_count = merges._count_tickets(contacts, partner)
            wizard.readers = merges._readers(partner)
