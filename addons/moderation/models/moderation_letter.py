from odoo import api, models


class ModerationLetter(models.AbstractModel):
    """How people are told: in their language, in the company's name, never in the
    name of the moderator who decided."""

    _name = "moderation.letter"
    _description = "Moderation Letter"

    @api.model
    def _send(self, template, record, partner):
        """Queue a letter.

        :param template: XML id of a ``mail.template``
        :param record: what it is about
        :param partner: ``res.partner`` who gets it
        :return: whether he has an address to send it to
        """
        if not partner.email:
            return False
        self.env.ref(template).sudo().send_mail(record.id)
        return True

    @api.model
    def _language(self, partner):
        """Of what a person reads: his own, or the company's."""
        return partner.lang or self.env.company.partner_id.lang or "en_US"
