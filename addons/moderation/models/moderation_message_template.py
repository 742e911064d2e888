from odoo import fields, models

from .moderation_decision import KINDS


class ModerationMessageTemplate(models.Model):
    """A reason and a message that moderators need again and again. The author gets
    them in his own language."""

    _name = "moderation.message.template"
    _description = "Moderation Message Template"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        KINDS, "Decision", help="Empty: it is offered for each decision."
    )
    category_id = fields.Many2one(
        "moderation.category", help="Empty: it is offered for each category."
    )
    reason = fields.Text(required=True, translate=True)
    message = fields.Html(translate=True)

    def _for(self, author):
        """The template in the language of a person.

        :param author: ``res.partner``
        """
        lang = self.env["moderation.letter"]._language(author)
        return self.with_context(lang=lang)
