"""A question with answers to tap, and what the customer chose."""

from dataclasses import asdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..providers.choices import recognise
from ..providers.errors import ProviderError
from ..providers.types import Choice, Kind
from ..wording import explain
from .text import fits


class HelpdeskSocialConversation(models.Model):
    _inherit = "helpdesk.social.conversation"

    question_id = fields.Many2one(
        "helpdesk.social.message",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The last question with answers to choose from, until it is answered.",
    )

    def _ask(self, ticket, post, html, choices):
        """Queue a question, in the same transaction as its line in the ticket.

        :param choices: tuple of ``Choice``
        :raises UserError: it cannot be sent, and why
        """
        self.ensure_one()
        reply_to = self.public and self._last_heard().external_id or ""
        try:
            parts = self.account_id._provider().ask(
                html, choices, reply_to, self.thread
            )
        except ProviderError as error:
            raise UserError(explain(self.env, error)) from None
        messages = self._queue(ticket, post, parts)
        question = messages[-1]
        question.choices = [asdict(choice) for choice in choices]
        if any(not choice.url for choice in choices):
            self.question_id = question
        return messages

    def _chosen(self, message):
        """What a customer's message chooses, tapped or typed.

        :return: ``Choice`` or None
        """
        question = self._question_of(message)
        choices = [Choice(**values) for values in question.choices or ()]
        if message.kind is Kind.CHOICE:
            return next((c for c in choices if message.choice in _names(c)), None)
        if message.kind is Kind.TEXT:
            return recognise(message.text, choices)
        return None

    def _question_of(self, message):
        """The open one; of a tap on an older message, that one."""
        if message.kind is not Kind.CHOICE or not message.choice:
            return self.question_id
        post_id, colon, _place = message.choice.partition(":")
        if not colon:  # its place alone: the message that was tapped is named
            named = fits(message.reply_to)  # "" would find what was never sent
            asked = named and self._asked(Domain("external_id", "=", named))
            return asked or self.question_id
        if not post_id.isascii() or not post_id.isdigit() or len(post_id) > 9:
            return self.question_id
        return self._asked(Domain("mail_message_id", "=", int(post_id)))

    def _asked(self, domain):
        """A question of this conversation."""
        mine = Domain("conversation_id", "=", self.id) & Domain("choices", "!=", False)
        return self.message_ids.search(domain & mine, limit=1)


def _names(choice):
    """The id that we gave it, and its place in the question."""
    return choice.id, choice.id.rpartition(":")[2]


class HelpdeskSocialInbound(models.AbstractModel):
    _inherit = "helpdesk.social.inbound"

    @api.model
    def _message_values(self, post, mail_message):
        values = super()._message_values(post, mail_message)
        if post.chosen:
            values[0] |= {"kind": Kind.CHOICE.value, "choice": fits(post.chosen.label)}
            post.conversation.question_id = False
        return values

    @api.model
    def _chosen_line(self, choice, message):
        """Below what he typed; who tapped has sent the label itself."""
        if message.text.strip().casefold() == choice.label.strip().casefold():
            return ""
        return self._small(self.env._("Chosen: %s", choice.label))
