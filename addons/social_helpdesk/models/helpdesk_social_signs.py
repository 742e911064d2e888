"""Small signs that the customer sees: a reaction, "read", "typing"."""

import logging

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.queue_job.exception import RetryableJobError

from ..providers.errors import ProviderError, RetryLater
from ..wording import explain

_logger = logging.getLogger(__name__)

TYPING_SECONDS = 15  # older news is no news: the answer may be there already
VARIANT = "\ufe0f"  # "draw me in colour"; "❤" and "❤️" are one emoji


class HelpdeskSocialAccount(models.Model):
    _inherit = "helpdesk.social.account"

    signs = fields.Boolean(
        string="Show “read” and “typing”",
        default=True,
        help="Customers see, where the channel can show it, that an agent has opened "
        "their message and that an answer is being written.",
    )


class HelpdeskSocialConversation(models.Model):
    _inherit = "helpdesk.social.conversation"

    def _signs(self):
        """Which signs the customer can be given here."""
        self.ensure_one()
        cls = self.account_id._provider_class()
        given = (
            self.account_id.signs
            and self.account_id.active
            and not self.public
            and not self._opted_out()
        )
        return {
            "read": bool(given and cls.can_mark_read),
            "typing": bool(given and cls.can_type),
        }

    def _tell_read(self):
        """Job: the customer's last message, and with it those before, was read."""
        self.ensure_one()
        last = self._last_heard()
        if last.state != "received":
            return
        if self._sign("mark_read", last, *filter(None, [last._token("read")])):
            last.state = "read"

    def _tell_typing(self, since):
        """Job: an answer is being written, or was at ``since``."""
        self.ensure_one()
        age = fields.Datetime.now() - fields.Datetime.to_datetime(since)
        if age.total_seconds() <= TYPING_SECONDS:
            self._sign("typing", self._last_heard())

    def _sign(self, name, message, *more):
        """:return: whether the provider took it; nobody minds if not"""
        if not message or self.account_id.paused or self.account_id._is_slow():
            return False
        try:
            method = getattr(self.account_id._provider(), name)
            method(message.external_id, self.thread, *more)
        except ProviderError as error:
            _logger.info("%s: %s was not shown (%s)", self.account_id, name, error.code)
            return False
        return True


class HelpdeskSocialMessage(models.Model):
    _inherit = "helpdesk.social.message"

    def _reactions(self):
        """Emoji that can be put on this message: ``()``: every one, None: none that
        the customer would see."""
        self.ensure_one()
        if not self.external_id:
            return None
        cls = self.account_id._provider_class()
        return cls.reactions_of(self.conversation_id.thread)

    def _check_reaction(self, emoji):
        """:raises UserError: the customer cannot be shown it, and why"""
        allowed = self._reactions()
        if allowed and not _own_form(emoji, allowed):
            raise UserError(
                self.env._(
                    "%(channel)s knows only these reactions: %(emoji)s",
                    channel=self.account_id._provider_class().label,
                    emoji=" ".join(allowed),
                )
            )
        self.conversation_id._check_consent()
        if not self.conversation_id.public:
            self.conversation_id._check_window()

    def _show_reaction(self):
        """Job: give the message the team's last reaction, or none. A provider knows
        one reaction of the business, the ticket one of every colleague."""
        self.ensure_one()
        allowed = self._reactions()
        if allowed is None or not self.mail_message_id:
            return
        ours = self.mail_message_id.reaction_ids.filtered(
            lambda r: r.partner_id and not r.partner_id.partner_share
        )
        forms = [_own_form(r.content, allowed) for r in ours.sorted("id")]
        emoji = ([form for form in forms if form] or [""])[-1]
        try:
            provider = self.account_id._provider()
            provider.react(self.external_id, self.conversation_id.thread, emoji)
        except RetryLater as error:
            raise RetryableJobError(
                "The provider asks to wait", seconds=error.seconds or None
            ) from error
        except ProviderError as error:
            account = self.account_id._inbound_env()
            self.with_env(account.env).ticket_id.message_post(
                body=account.env._(
                    "The customer does not see the reaction: %s",
                    explain(account.env, error),
                ),
                subtype_xmlid="mail.mt_note",
            )


class MailMessage(models.Model):
    _inherit = "mail.message"

    def _message_reaction(self, content, action, partner, guest, store=None):
        """An agent's reaction to what a customer wrote is shown to the customer."""
        shown = self._social_reacts(partner)
        if action == "add":
            for message in shown:
                message._check_reaction(content)
        result = super()._message_reaction(content, action, partner, guest, store)
        for message in shown:
            message.with_delay(
                identity_key=f"social_reaction:{message.id}"
            )._show_reaction()
        return result

    def _social_reacts(self, partner):
        """The provider's message that such a reaction reaches, if any."""
        none = self.env["helpdesk.social.message"].sudo()
        user = self.env.user
        if self.model != "helpdesk.ticket" or partner != user.partner_id:
            return none
        ticket = self.env[self.model].browse(self.res_id).with_user(user)
        if not user._is_internal() or not ticket.has_access("write"):
            return none
        # sudo: an agent reacts through an account that he cannot configure
        received = self.sudo().social_message_ids.filtered(
            lambda m: m.direction == "in" and m._reactions() is not None
        )
        return received[:1]


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def social_seen(self):
        """An agent has the customer's last message before his eyes."""
        if conversation := self._social_signing("read"):
            conversation.with_delay(
                identity_key=f"social_read:{conversation.id}", max_retries=1
            )._tell_read()

    def social_typing(self):
        """An agent is writing an answer."""
        if conversation := self._social_signing("typing"):
            conversation.with_delay(
                identity_key=f"social_typing:{conversation.id}", max_retries=1
            )._tell_typing(fields.Datetime.to_string(fields.Datetime.now()))

    def _social_signing(self, sign):
        self.ensure_one()
        self.check_access("write")
        # sudo: an agent answers through an account that he cannot configure
        conversation = self.sudo().social_conversation_id
        return conversation if conversation and conversation._signs()[sign] else None


def _own_form(emoji, allowed):
    """The emoji as the provider spells it; "" if he does not know it."""
    if not allowed:
        return emoji
    same = (a for a in allowed if a.replace(VARIANT, "") == emoji.replace(VARIANT, ""))
    return next(same, "")
