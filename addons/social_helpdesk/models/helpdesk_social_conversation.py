from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import providers
from ..providers.text import plain
from ..providers.text.links import linked
from ..providers.types import Kind
from ..wording import say
from .text import shorten, storable

TITLE_LENGTH = 100


class HelpdeskSocialConversation(models.Model):
    """Account, contact and thread: what one customer says in one place."""

    _name = "helpdesk.social.conversation"
    _description = "Social Conversation"
    _order = "last_message_at desc, id desc"
    _rec_names_search = ["contact_id.name", "group"]
    _check_company_auto = True

    account_id = fields.Many2one(
        "helpdesk.social.account", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="account_id.company_id", store=True, index=True
    )
    provider = fields.Selection(related="account_id.provider")
    contact_id = fields.Many2one(
        "helpdesk.social.contact", required=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(related="contact_id.partner_id")
    thread = fields.Char(required=True, readonly=True)
    group = fields.Char(readonly=True, help="The group's title, empty in a chat.")
    ticket_id = fields.Many2one("helpdesk.ticket", index=True, ondelete="set null")
    ticket_ids = fields.One2many(
        "helpdesk.ticket", "social_conversation_id", string="All Tickets"
    )
    message_ids = fields.One2many("helpdesk.social.message", "conversation_id")
    last_message_at = fields.Datetime(readonly=True)
    last_inbound_at = fields.Datetime(readonly=True)
    last_outbound_at = fields.Datetime(readonly=True)
    window_ends_at = fields.Datetime(
        compute="_compute_window",
        store=True,
        help="Until then the customer can be answered freely.",
    )

    _thread_unique = models.UniqueIndex(
        "(account_id, thread)", "There is already a conversation for this thread."
    )

    @api.depends("contact_id.name", "group", "public", "account_id.name")
    def _compute_display_name(self):
        for conversation in self:
            who = conversation.group or conversation.contact_id.name
            if conversation.public:
                who = self.env._("%s in public", who)
            conversation.display_name = f"{who} ({conversation.account_id.name})"

    @api.depends("last_inbound_at", "account_id.provider", "thread")
    def _compute_window(self):
        for conversation in self:
            window = conversation._reply_window()
            conversation.window_ends_at = (
                window
                and conversation.last_inbound_at
                and conversation.last_inbound_at + window
            )

    def _where(self):
        """The place's name for the composer: channel, in public or not, the group."""
        cls = providers.known().get(self.account_id.provider)
        return {
            "channel": self.account_id.provider,
            "label": cls.label if cls else self.account_id.provider,
            "public": self.public,
            "group": self.group or "",
        }

    def _reply_window(self):
        cls = providers.known().get(self.account_id.provider)
        return cls.reply_window(self.thread) if cls else None

    def _window_open(self):
        """Whether free text is allowed now."""
        self.ensure_one()
        if not self._reply_window():
            return True
        return bool(self.window_ends_at and self.window_ends_at > fields.Datetime.now())

    # --- the ticket -----------------------------------------------------------------

    def _ticket_for(self, message):
        """The open ticket, the closed one reopened, or a new one."""
        self.ensure_one()
        ticket = self._current_ticket()
        if not ticket or not ticket.active:
            return self._open_ticket(message)
        # The business's own last word is no reason to start again.
        if not ticket.closed or message.echo:
            return ticket
        return self._reopen(ticket) or self._open_ticket(message)

    def _current_ticket(self):
        """The ticket, or the one it was merged into, which then is answered on
        this conversation.

        Not one of another customer, whom two "duplicates" often come from: he
        would read what this one writes, and get the answers to it.
        """
        chain = self.ticket_id
        while (main := chain[-1:].duplicate_id) and main not in chain:
            chain += main
        main = chain[-1:]
        if main == self.ticket_id:
            return main
        same = all(
            main[name] == self.ticket_id[name] for name in ("partner_id", "company_id")
        )
        if not same or main.social_conversation_id not in (self, self.browse()):
            return self.ticket_id
        main.social_conversation_id = self
        self.ticket_id = main
        return main

    def _reopen(self, ticket):
        """The ticket reopened, or nothing when it was closed too long ago."""
        closed_at = ticket.closed_date or ticket.last_stage_update
        limit = timedelta(days=self.account_id.reopen_days)
        if not limit or not closed_at or closed_at + limit < fields.Datetime.now():
            return ticket.browse()
        stage = ticket.team_id._get_applicable_stages().filtered(lambda s: not s.closed)
        if not stage:
            return ticket.browse()
        ticket.write({"stage_id": stage[0].id, "closed_date": False})
        ticket.message_post(
            body=self.env._("The customer wrote again: the ticket is open again."),
            subtype_xmlid="mail.mt_note",
        )
        return ticket

    def _open_ticket(self, message):
        account, contact = self.account_id, self.contact_id
        partner = contact._partner()
        text = storable(message.text).strip()
        title = text.splitlines()[0] if text else self._untitled(message)
        body = storable(message.html) or title
        ticket = (
            self.env["helpdesk.ticket"]
            .with_context(mail_create_nosubscribe=True)
            .create(
                {
                    "name": shorten(account._covered(title, partner), TITLE_LENGTH),
                    "description": account._covered(body, partner, is_html=True),
                    "team_id": account.team_id.id,
                    "company_id": account.company_id.id,
                    "channel_id": account.channel_id.id,
                    "partner_id": partner.id,
                    "partner_name": contact.name,
                    "partner_email": partner.email,
                    "user_id": False,
                    "social_conversation_id": self.id,
                }
            )
        )
        self.ticket_id = ticket
        return ticket

    @api.model
    def _untitled(self, message):
        """The ticket's name when nothing was written: what happened (a story that
        mentions us), else what came."""
        if message.kind in (Kind.TEXT, Kind.UNSUPPORTED) and message.notes:
            said = say(self.env, message.notes[0])
            return storable(plain(r for r in linked(said) if not r.href)).rstrip(": ")
        return self._kind_label(message.kind)

    @api.model
    def _kind_label(self, kind):
        """What stands in place of a text that is not there."""
        return {
            Kind.IMAGE: self.env._("Photo"),
            Kind.AUDIO: self.env._("Audio"),
            Kind.VOICE: self.env._("Voice message"),
            Kind.VIDEO: self.env._("Video"),
            Kind.DOCUMENT: self.env._("Document"),
            Kind.STICKER: self.env._("Sticker"),
            Kind.LOCATION: self.env._("Location"),
            Kind.CONTACT: self.env._("Contact card"),
            Kind.CHOICE: self.env._("Choice"),
            Kind.SYSTEM: self.env._("System message"),
        }.get(kind, self.env._("Message"))

    def _heard(self, at, echo=False):
        """Keep the provider's time; a late message does not turn it back."""
        side = "last_outbound_at" if echo else "last_inbound_at"
        self.write(
            {
                side: max(filter(None, [self[side], at])),
                "last_message_at": max(filter(None, [self.last_message_at, at])),
            }
        )

    # --- answering ------------------------------------------------------------------

    def _check_window(self):
        """:raises UserError: only a template can be sent now"""
        self.ensure_one()
        if not self._window_open():
            raise UserError(self._window_closed_text())

    def _window_closed_text(self):
        return self.env._(
            "%(channel)s lets you answer freely only for %(hours)s hours after the "
            "customer's last message. Send a template message instead: when the "
            "customer answers it, you can write freely again.",
            channel=self.account_id._provider_class().label,
            hours=int(self._reply_window().total_seconds() // 3600),
        )

    def action_open_ticket(self):
        self.ensure_one()
        return self.ticket_id._get_records_action()
