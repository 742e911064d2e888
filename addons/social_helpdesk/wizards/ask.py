from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from ..providers.types import Choice

MOST = 10  # as many as a person still reads


class HelpdeskSocialAsk(models.TransientModel):
    """A question whose answers the customer taps, or types as a number."""

    _name = "helpdesk.social.ask"
    _inherit = "helpdesk.social.sending"
    _description = "Ask with Answers to Choose from"

    text = fields.Text(string="Question", required=True)
    line_ids = fields.One2many(
        "helpdesk.social.ask.line", "ask_id", string="Answers and links"
    )

    def action_send(self):
        """Queue it and write it into the ticket."""
        conversation = self._conversation()
        html = plaintext2html(self.text)
        post = self._write_down(html)
        choices = self._choices(post)
        conversation._ask(self.ticket_id.sudo(), post, str(html), choices)
        post.body += self._written(choices)
        return {"type": "ir.actions.act_window_close"}

    @api.model
    def _written(self, choices):
        """As the customer reads them where there are no buttons."""
        answers = [choice for choice in choices if not choice.url]
        lines = [
            Markup("%s. %s") % (place, choice.label)
            for place, choice in enumerate(answers, start=1)
        ]
        lines += [
            Markup('<a href="%s" target="_blank" rel="noopener noreferrer">%s</a>')
            % (choice.url, choice.label)
            for choice in choices
            if choice.url
        ]
        return Markup('<div class="o_social_choices">%s</div>') % Markup("<br/>").join(
            lines
        )

    def _choices(self, post):
        """:raises UserError: none, too many, two alike, or a link that is none"""
        lines = self.line_ids.filtered(lambda line: line.label.strip())
        labels = [line.label.strip() for line in lines]
        if not 1 <= len(lines) <= MOST:
            raise UserError(self.env._("Give between 1 and %s answers.", MOST))
        if len({label.casefold() for label in labels}) < len(labels):
            raise UserError(self.env._("Two answers are the same. Change one of them."))
        wrong = lines.filtered(
            lambda line: line.url and not line.url.startswith(("https://", "http://"))
        )
        if wrong:
            raise UserError(
                self.env._("“%s” is no link: it begins with https://.", wrong[0].url)
            )
        return tuple(
            Choice(f"{post.id}:{place}", label, line.url or "")
            for place, (label, line) in enumerate(
                zip(labels, lines, strict=True), start=1
            )
        )


class HelpdeskSocialAskLine(models.TransientModel):
    _name = "helpdesk.social.ask.line"
    _description = "Answer to Choose from"
    _order = "sequence, id"

    ask_id = fields.Many2one("helpdesk.social.ask", required=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    label = fields.Char(string="Answer", required=True, size=60)
    url = fields.Char(string="Opens a link")
