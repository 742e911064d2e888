"""What customers say of themselves in messages."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..providers.said import said_of_himself, said_on_card, union


class HelpdeskSocialClue(models.Model):
    """A number or an address that a customer wrote as his own: a hint, no proof."""

    _name = "helpdesk.social.clue"
    _description = "Social Clue"

    contact_id = fields.Many2one(
        "helpdesk.social.contact", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection([("phone", "Phone"), ("email", "E-mail")], required=True)
    value = fields.Char(required=True)

    # The value first: who said it is what is looked for.
    _clue_unique = models.UniqueIndex(
        "(value, kind, contact_id)", "This is known of the person already."
    )

    @api.model
    def _heard(self, contact, message):
        """What ``message`` says of its sender: ``[(kind, value)]``."""
        region = contact.company_id.country_id.code or ""
        cards = (said_on_card(card, contact.name, region) for card in message.cards)
        return union([said_of_himself(message.text, region), *cards])

    @api.model
    def _keep(self, clues):
        """
        :param clues: ``{(contact id, kind, value)}``
        :return: contacts of whom something is new
        """
        contacts = self.env["helpdesk.social.contact"]
        if not clues:
            return contacts
        contacts.flush_model(["account_id"])
        rows = SQL(", ").join(SQL("(%s, %s, %s)", *clue) for clue in sorted(clues))
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO helpdesk_social_clue (contact_id, kind, value) VALUES %s
                ON CONFLICT DO NOTHING RETURNING contact_id
                """,
                rows,
            )
        )
        return contacts.browse({contact_id for (contact_id,) in self.env.cr.fetchall()})
