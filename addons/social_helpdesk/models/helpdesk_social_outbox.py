import json
import logging
import time
from dataclasses import replace
from datetime import timedelta
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.queue_job.exception import RetryableJobError

from ..database import CONFLICTS, checkpoint, is_conflict, only_one, undo
from ..providers.errors import ProviderError, Refused, RetryLater, Uncertain
from ..providers.types import Kind, Part, Status
from ..providers.words import BROKE_OFF, NOT_PREPARED
from ..wording import explain
from .text import fits

_logger = logging.getLogger(__name__)

# Seconds before the next try when the provider does not say; the last one
# repeats. Eight tries are about an hour: longer, and the agent should know.
BACKOFF = (2, 5, 15, 60, 300, 900, 900)
MAX_ATTEMPTS = len(BACKOFF) + 1
SEND_SECONDS = 60  # then the worker is handed to somebody else


class HelpdeskSocialConversation(models.Model):
    _inherit = "helpdesk.social.conversation"

    def _answer(self, ticket, post, reply_to=""):
        """Queue an agent's message for the customer, in the same transaction.

        :param post: the ``mail.message`` in the chatter
        :param reply_to: the provider's id of the message that is answered
        :raises UserError: it cannot be sent, and why
        """
        self.ensure_one()
        files = post.attachment_ids.sorted("id")  # as the agent attached them
        if self.public and not reply_to:
            reply_to = self._last_heard().external_id or ""
        try:
            parts = self.account_id._provider().plan(
                str(post.body), files._social_files(), reply_to, self.thread
            )
        except ProviderError as error:
            raise UserError(explain(self.env, error)) from None
        return self._queue(ticket, post, parts, files)

    def _queue(self, ticket, post, parts, files=()):
        self._check_consent()
        row = partial(self._queued_values, ticket, post, files)
        messages = self.env["helpdesk.social.message"].create([row(p) for p in parts])
        messages._create_albums(parts, row)
        self.write(
            {
                "last_outbound_at": fields.Datetime.now(),
                "last_message_at": fields.Datetime.now(),
            }
        )
        self._enqueue_sending()
        return messages

    def _queued_values(self, ticket, post, files, part):
        return {
            "conversation_id": self.id,
            "account_id": self.account_id.id,
            "contact_id": self.contact_id.id,
            "ticket_id": ticket.id,
            "mail_message_id": post.id,
            "direction": "out",
            "state": "queued",
            "kind": part.kind,
            "occurred_at": fields.Datetime.now(),
            "part": json.dumps(replace(part, album=()).as_dict()),
            "attachment_id": files[part.file].id if part.file is not None else False,
        }

    def _enqueue_sending(self):
        for conversation in self:
            conversation.with_delay(max_retries=0)._send_waiting()

    @api.model
    def _cron_wake(self):
        """Whatever waits without a job, for example because a person deleted or
        cancelled it. One that has a job gets a second, which finds nothing."""
        before = fields.Datetime.subtract(fields.Datetime.now(), minutes=1)
        waiting = Domain("state", "=", "queued") & Domain("write_date", "<", before)
        waiting &= Domain("account_id.paused", "=", False)
        due = Domain("next_try_at", "=", False) | Domain("next_try_at", "<", before)
        for (conversation,) in self.env["helpdesk.social.message"]._read_group(
            waiting & due, ["conversation_id"]
        ):
            conversation.with_delay(
                identity_key=conversation._outbox(), max_retries=0
            )._send_waiting()

    def _outbox(self):
        """The name of the lock that whoever sends here holds."""
        self.ensure_one()
        return f"social_out:{self.id}"

    def _send_waiting(self):
        """Job: send what waits in this conversation, one after the other."""
        self._send_all()

    def _send_all(self, patient=False):
        """:param patient: wait for a provider that is known to be slow"""
        self.ensure_one()
        if self.account_id._is_slow() and not patient:
            self._line_up_with_the_slow()
            return
        with only_one(self.env, self._outbox()) as mine:
            if not mine:
                raise RetryableJobError(
                    "Another job sends in this conversation",
                    seconds=2,
                    ignore_retry=True,
                )
            self._send_alone(patient)

    def _send_alone(self, patient):
        deadline = time.monotonic() + SEND_SECONDS
        while message := self._next_queued():
            if self.account_id._is_slow() and not patient:
                self._line_up_with_the_slow()
                checkpoint(self.env)  # ``only_one`` ends with a rollback
                return
            wait = message._seconds_to_wait()
            if not wait and time.monotonic() > deadline:
                wait = 1  # hand the worker over
            if wait:
                raise RetryableJobError("Later", seconds=wait, ignore_retry=True)
            message._send()

    def _next_queued(self):
        """The oldest one: a later answer never overtakes an earlier one. None while
        the account is paused."""
        return self.env["helpdesk.social.message"].search(
            [
                ("conversation_id", "=", self.id),
                ("state", "=", "queued"),
                ("album_id", "=", False),
                ("account_id.paused", "=", False),
            ],
            order="id",
            limit=1,
        )


class HelpdeskSocialMessage(models.Model):
    _inherit = "helpdesk.social.message"

    def _seconds_to_wait(self):
        if not self.next_try_at:
            return 0
        left = (self.next_try_at - fields.Datetime.now()).total_seconds()
        return max(0, int(left) + (left > int(left)))

    def _send(self):
        """Send one message, with its album if it has one, at most once.

        "Sending" is made durable before the call and the outcome after it. A
        process that dies in between leaves "sending", which no program ever
        sends again: a status webhook or a person settles it.
        """
        self.ensure_one()
        self._together("queued").write(
            {
                "state": "sending",
                "sending_since": fields.Datetime.now(),
                "attempts": self.attempts + 1,
                "error": False,
                "error_code": False,
            }
        )
        tokens = self._take_tokens()
        self._announce()
        checkpoint(self.env)
        began = time.monotonic()
        outcome = self._try_to_send(tokens)
        self._keep_outcome(outcome, time.monotonic() - began)

    def _try_to_send(self, tokens):
        """:return: ``Sent`` or the ``ProviderError`` that came instead"""
        conversation = self.conversation_id
        try:
            part = replace(self._part(), tokens=tokens)
            if conversation._opted_out(part.private):
                return Refused(conversation._opted_out_text())
            if part.kind != Kind.TEMPLATE.value and not conversation._window_open():
                return Refused(conversation._window_closed_text(), window_closed=True)
            provider = self.account_id._provider()
            upload = self._upload()
        except ProviderError as error:
            return error
        except Exception:
            _logger.exception("Social message %s cannot be prepared", self.id)
            return Refused(NOT_PREPARED)
        try:
            if part.private:
                return provider.reply_privately(part.reply_to, part, self.correlation)
            return provider.send(part, conversation.thread, upload, self.correlation)
        except ProviderError as error:
            return error
        except Exception:
            # Nobody knows how far it came, so nobody may try again by himself.
            _logger.exception("Social message %s: sending broke off", self.id)
            return Uncertain(BROKE_OFF)

    def _is_echoed_by(self, message):
        """Whether an echo is of this part: the same words, or without any the same
        kind of thing (a file, a place, a card)."""
        part = Part.from_dict(json.loads(self.part or "{}") or {"kind": self.kind})
        if part.text or message.text:
            return part.text.split() == message.text.split()
        return part.kind == message.kind.value

    def _keep_outcome(self, outcome, seconds=0):
        """Make the outcome durable, whoever else writes on the message now.

        :param seconds: that the provider took

        A status webhook may be applied in this very moment; the call is done
        and must not be repeated, so only the writing is.
        """
        for attempt in range(1, CONFLICTS + 1):
            try:
                self._take(outcome)
                self._log_delivery(outcome, seconds)
                self.account_id._note_pace(seconds)
                self.account_id._note_limit(outcome)
                self._announce()
                checkpoint(self.env)
                return
            except Exception as error:
                if not is_conflict(error) or attempt == CONFLICTS:
                    raise
                undo(self.env)
                time.sleep(0.05 * attempt)

    def _take(self, outcome):
        if isinstance(outcome, RetryLater):
            return self._take_retry(outcome)
        together = self._together("sending")
        if isinstance(outcome, Uncertain):
            lost = together.filtered(lambda m: m.state == "sending")
            lost.error = self._in_account_language(outcome)
            return None
        if isinstance(outcome, ProviderError):
            return self._take_refusal(outcome)
        together._take_numbers((outcome.external_id, *outcome.album))
        for message in together:
            message._advance(Status(outcome.status))
        if outcome.recipient_id and json.loads(self.part).get("private"):
            self.conversation_id._continue_privately(
                self.ticket_id, fits(outcome.recipient_id)
            )
        return None

    def _take_numbers(self, external_ids):
        """A provider's echo of one may have been faster and stands for it already.
        Then an album's numbers may be exchanged; all of them are of one line in
        the ticket, so whatever comes about one still finds it."""
        given = dict.fromkeys(map(fits, external_ids))
        taken = self._targets(self.account_id, given)
        free = (number for number in given if number not in taken)
        unnumbered = self.filtered(lambda m: not m.external_id)
        for message, number in zip(unnumbered, free, strict=False):
            message.external_id = number

    def _take_retry(self, error):
        if self.attempts >= MAX_ATTEMPTS:
            return self._take_refusal(error)
        seconds = error.seconds or BACKOFF[min(self.attempts, len(BACKOFF)) - 1]
        return self._together("sending").write(
            {
                "state": "queued",
                "error": self._in_account_language(error),
                "error_code": error.code,
                "next_try_at": fields.Datetime.now() + timedelta(seconds=seconds),
            }
        )

    def _take_refusal(self, error):
        text = self._in_account_language(error)
        for message in self._together("sending"):
            message._advance(Status.FAILED, error.code, text)
        if getattr(error, "alarm", False):
            self.account_id._raise_alarm(text)
        return None

    def _in_account_language(self, error):
        return explain(self.account_id._inbound_env().env, error)
