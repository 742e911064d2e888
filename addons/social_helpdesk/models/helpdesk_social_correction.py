"""An answer that went out is changed or taken back, also on the customer's side."""

import json
import re

from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

from odoo.addons.queue_job.exception import RetryableJobError

from ..providers.errors import ProviderError, RetryLater
from ..providers.types import Kind, Part
from ..wording import explain
from .text import QUOTE_LENGTH, excerpt

ARRIVED = ("sent", "delivered", "read")
# what the ticket shows above an answer, see ``_quote``; not part of the answer
QUOTE = re.compile(r'^<div class="o_social_quote .*?</div>', re.DOTALL)


class HelpdeskSocialMessage(models.Model):
    _inherit = "helpdesk.social.message"

    def _has_left(self):
        return bool(
            self.direction == "out" and self.external_id and self.state in ARRIVED
        )

    def _can_edit(self):
        """Whether the text that the customer has, or his file's caption, can be
        replaced."""
        self.ensure_one()
        cls = self.account_id._provider_class()
        kinds = (Kind.TEXT.value, *cls.edits_captions)
        return self._has_left() and self.kind in kinds and cls.can_edit

    def _can_unsend(self):
        self.ensure_one()
        return self._has_left() and self.account_id._provider_class().can_unsend

    def _edited(self, html):
        """The one part that replaces this one.

        :raises UserError: the new text does not go into one message
        """
        old = Part.from_dict(json.loads(self.part))
        file = self.attachment_id.sudo()
        try:
            parts = self.account_id._provider().plan(
                html, file._social_files(), old.reply_to, self.conversation_id.thread
            )
        except ProviderError as error:
            raise UserError(explain(self.env, error)) from None
        if len(parts) > 1:
            raise UserError(
                self.env._(
                    "This text needs more than one message on %s. Shorten it, or send "
                    "the rest as another message.",
                    self.account_id._provider_class().label,
                )
            )
        return parts[0]

    def _edit_at_provider(self, before):
        """Job: give the customer the new text.

        :param before: what the ticket showed, to put it back when that fails
        """
        self.ensure_one()
        provider = self.account_id._provider()
        part = Part.from_dict(json.loads(self.part))
        thread = self.conversation_id.thread
        if error := self._corrects(provider.edit, self.external_id, thread, part):
            self.mail_message_id.body = Markup(before)
            self._say_uncorrected(
                self.env._("The customer still reads the text as it was: %s", error)
            )

    def _unsend_at_provider(self, text):
        """Job: take the message away from the customer.

        :param text: what it began with, which nobody can look up any more
        """
        self.ensure_one()
        unsend = self.account_id._provider().unsend
        if error := self._corrects(
            unsend, self.external_id, self.conversation_id.thread
        ):
            self._say_uncorrected(
                self.env._(
                    "The customer still has the deleted message “%(text)s”: %(reason)s",
                    text=text,
                    reason=error,
                )
            )

    def _corrects(self, method, *args):
        """:return: why it did not work; nothing when it did"""
        try:
            method(*args)
        except RetryLater as error:
            raise RetryableJobError(
                "The provider asks to wait", seconds=error.seconds or None
            ) from error
        except ProviderError as error:
            return explain(self.account_id._inbound_env().env, error)
        return ""

    def _say_uncorrected(self, text):
        self.ticket_id.message_post(body=text, subtype_xmlid="mail.mt_note")
        self._announce()


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _check_can_update_message_content(self, messages):
        """What a customer has received stays as he has received it, unless the
        channel lets it be changed there as well."""
        # sudo: only whether it went out and can be changed
        out = messages.sudo().social_message_ids.filtered(
            lambda part: part.direction == "out"
        )
        if any(not (part._can_edit() or part._can_unsend()) for part in out):
            raise UserError(
                self.env._(
                    "This message went to the customer and cannot be changed or "
                    "deleted there. Send another one that corrects it."
                )
            )
        return super()._check_can_update_message_content(messages)

    def _message_update_content(self, message, /, *, body, attachment_ids=None, **kw):
        # sudo: an agent corrects through an account that he cannot configure
        out = message.sudo().social_message_ids.filtered(
            lambda part: part.direction == "out"
        )
        if not out or body is None:
            return super()._message_update_content(
                message, body=body, attachment_ids=attachment_ids, **kw
            )
        if kw.get("strict", True):
            self._check_can_update_message_content(message.sudo())
        before = str(message.body)
        removed = is_html_empty(body) and not attachment_ids
        if not removed:
            self._check_social_edit(message, out, attachment_ids)
            quote = QUOTE.match(before)
            part = out._edited(str(body))
            body = Markup(quote[0] if quote else "") + body
        elif not all(part._can_unsend() for part in out):
            raise UserError(
                self.env._(
                    "%s does not let a message be taken back. Change it, or send "
                    "another one that corrects it.",
                    out[0].account_id._provider_class().label,
                )
            )
        result = super()._message_update_content(
            message, body=body, attachment_ids=attachment_ids, **kw
        )
        if removed:
            for gone in out:
                text = excerpt(QUOTE.sub("", before), QUOTE_LENGTH)
                gone.with_delay()._unsend_at_provider(text)
        else:
            out.part = json.dumps(part.as_dict())
            out.with_delay()._edit_at_provider(before)
        return result

    def _check_social_edit(self, message, out, attachment_ids):
        """Only a text or a caption can be replaced, and only by a text."""
        same_files = attachment_ids is None or set(attachment_ids) == set(
            message.attachment_ids.ids
        )
        if len(out) > 1 or not out._can_edit() or not same_files:
            raise UserError(
                self.env._(
                    "On %s only the text of a single message can be changed. Delete "
                    "it, or send another one that corrects it.",
                    out[0].account_id._provider_class().label,
                )
            )
