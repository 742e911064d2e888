from datetime import timedelta

from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize, formataddr, is_html_empty

from ..helpdesk_ticket import QUIET

# A customer who writes line by line is one e-mail to the followers, not ten.
SILENCE = timedelta(minutes=15)


class HelpdeskTicket(models.Model):
    """A ticket that was made of a live chat or of another Discuss conversation."""

    _inherit = "helpdesk.ticket"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(
            vals.get("discuss_channel_id") for vals in vals_list
        ):
            self._refuse_conversation()
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and "discuss_channel_id" in vals:
            self._refuse_conversation()
        return super().write(vals)

    # --- what the composer says -------------------------------------------------------

    @api.depends("discuss_channel_id")
    @api.depends_context("uid")
    def _compute_social_info(self):
        return super()._compute_social_info()

    def _social_info(self):
        return super()._social_info() or self._discuss_info()

    def _discuss_info(self):
        """As ``_social_info``; nothing when the conversation has ended: then the
        answer is an e-mail as any other."""
        if not self._discuss_is_open():
            return False
        channel = self.discuss_channel_id
        code, label = channel._discuss_label()
        return {
            "channel": code,
            "label": label,
            "account": channel.name or "",
            "contact": self.partner_name or self.partner_id.name or channel.name or "",
            "address": channel._discuss_address(),
            "public": False,
            "about": "",
            "about_url": "",
            "can_reply_privately": False,
            "can_ask": False,
            "others": [],
            "elsewhere": False,
            "by_segment": False,
            "signs": {},
            "opted_out": False,
            "has_window": False,
            "window_ends_at": False,
            "has_templates": False,
            "text_limit": 0,
            "alarm": False,
            "archived": False,
            "paused": False,
        }

    def _discuss_is_open(self):
        """Whether an answer goes into the conversation; as superuser."""
        channel = self.discuss_channel_id
        return bool(
            channel and not self.social_conversation_id and not channel._discuss_ended()
        )

    # --- from the conversation into the ticket ----------------------------------------

    def _discuss_hear(self, message):
        """Add one line as its author's comment; both as superuser.

        Not ``message_post``: a conversation of forty lines would be forty
        e-mails to every follower.
        """
        first = self._discuss_was_silent(message)
        values = {
            **self._discuss_author_values(message),
            "body": Markup(message.body or ""),
            "date": message.date,
        }
        files = self._discuss_copies(message.attachment_ids, self)
        ticket = self._social_quietly()
        if files:
            values["attachment_ids"] = [(4, file.id) for file in files]
        post = ticket._message_create([values])
        ticket._message_post_after_hook(post, values)
        self._discuss_remember(message, post)
        self._discuss_notify(post, values, by_email=first)
        self._discuss_tell_pages()

    def _discuss_author_values(self, message):
        values = self._social_post_values(message.author_id)
        guest = message.author_guest_id
        if guest:
            address = email_normalize(guest.email) or email_normalize(
                values["email_from"]
            )
            values["author_guest_id"] = guest.id
            values["email_from"] = formataddr((guest.name, address or ""))
        return values

    def _discuss_was_silent(self, message):
        """Whether nobody has written for a while, so that agents look elsewhere."""
        last = self.env["helpdesk.discuss.line"].search(
            [("ticket_id", "=", self.id)], order="id desc", limit=1
        )
        return not last or last.channel_message_id.date < message.date - SILENCE

    def _discuss_notify(self, post, values, by_email):
        """Followers who read in Odoo hear of every line, the others of the first;
        none of them who has it in the conversation already."""
        if not self.message_follower_ids:
            return
        ticket = self._social_quietly()
        here = self.discuss_channel_id.channel_member_ids.partner_id
        wanted = [
            recipient
            for recipient in ticket._notify_get_recipients(post, values)
            if recipient["id"] not in here.ids
            and (by_email or recipient["notif"] == "inbox")
        ]
        ticket._notify_thread_by_inbox(post, wanted, values)
        if by_email:
            ticket._notify_thread_by_email(post, wanted, values)

    def _discuss_tell_pages(self):
        """Open lists and tickets refresh themselves, see ``_tell_tickets``."""
        self.env["bus.bus"]._sendone(
            (self.company_id, "social_helpdesk"),
            "social_helpdesk/tickets",
            {"ids": self.ids},
        )

    # --- from the ticket into the conversation ----------------------------------------

    def message_post(self, *, partner_ids=None, **kwargs):
        """Where nobody reads the conversation any more, the customer gets an
        e-mail."""
        customer = self._discuss_by_email(kwargs)
        if customer:
            partner_ids = [*(partner_ids or []), customer.id]
        return super().message_post(partner_ids=partner_ids, **kwargs)

    def _discuss_by_email(self, kwargs):
        ticket = self.sudo()
        if (
            len(self) == 1
            and ticket.discuss_channel_id
            and kwargs.get("message_type") == "comment"
            and kwargs.get("subtype_xmlid") == "mail.mt_comment"
            and not self._social_is_quiet()
            and not ticket._discuss_is_open()
            and not ticket.social_conversation_id
            and self.has_access("write")
        ):
            customer = ticket.partner_id
            return customer if customer.email else customer.browse()
        return self.env["res.partner"]

    def _message_post_after_hook(self, message, msg_values):
        result = super()._message_post_after_hook(message, msg_values)
        # sudo: a colleague who is not in the conversation answers there as well
        ticket = self.sudo()
        if ticket.discuss_channel_id and self._discuss_goes_out(message):
            ticket._discuss_answer(message.sudo())
        return result

    def _discuss_goes_out(self, message):
        """See ``_social_goes_out``; a ticket that has moved on to a social channel
        is answered there."""
        self.ensure_one()
        return (
            not self._social_is_quiet()
            and not self.sudo().social_conversation_id
            and not message.sudo()._moderation_is_withdrawn()
            and message.message_type in ("comment", "email")
            and message.subtype_id == self.env.ref("mail.mt_comment")
            and not (is_html_empty(message.body) and not message.sudo().attachment_ids)
            and self._social_agent_wrote(message.sudo())
        )

    def _discuss_answer(self, message):
        channel = self.discuss_channel_id
        reason = channel._discuss_ended()
        if reason:
            self._discuss_note_ended(reason)
            return
        parent = self._discuss_last_heard() if channel.support_desk else None
        body = Markup(message.body or "")
        values = {}
        if parent is not None:
            lang = self.partner_id.lang or self.env.lang
            number = self.with_context(lang=lang).env._("Ticket %s", self.number)
            body = Markup("<p><b>%s</b></p>%s") % (number, body)
            values = {"parent_id": parent.id, "partner_ids": self.partner_id.ids}
        post = channel.with_context(social_quiet=QUIET).message_post(
            body=body,
            author_id=message.author_id.id,
            attachment_ids=self._discuss_copies(message.attachment_ids, channel).ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            **values,
        )
        self._discuss_remember(post, message, to_channel=True)
        self._discuss_tell_pages()

    def _discuss_last_heard(self):
        """The customer's message that an answer replies to."""
        line = self.env["helpdesk.discuss.line"].search(
            [
                ("ticket_id", "=", self.id),
                ("to_channel", "=", False),
                ("channel_message_id.author_id", "=", self.partner_id.id),
            ],
            order="id desc",
            limit=1,
        )
        return line.channel_message_id

    def _discuss_note_ended(self, reason):
        """Tell the agents why the conversation does not get their answers."""
        if self.partner_id.email or self.partner_email:
            rest = self.env._("Answers go to the customer by e-mail now.")
        else:
            rest = self.env._(
                "The customer has no e-mail address: your answer was not delivered."
            )
        told = " ".join((reason, rest))
        self._social_quietly().message_post(body=told, subtype_xmlid="mail.mt_note")

    def _check_can_update_message_content(self, messages):
        """What went into the conversation stays as it was read there."""
        # sudo: only whether it went out
        lines = self.env["helpdesk.discuss.line"].sudo()
        if lines.search_count(
            [("ticket_message_id", "in", messages.ids), ("to_channel", "=", True)],
            limit=1,
        ):
            raise UserError(
                self.env._(
                    "This message went to the customer and cannot be changed or "
                    "deleted there. Send another one that corrects it."
                )
            )
        return super()._check_can_update_message_content(messages)

    def _message_add_suggested_recipients(self, force_primary_email=False):
        """Who reads the answer in the conversation gets no e-mail as well."""
        suggested = super()._message_add_suggested_recipients(
            force_primary_email=force_primary_email
        )
        for ticket in self.filtered("discuss_channel_id").sudo():
            if not ticket._discuss_is_open():
                continue
            of_ticket = suggested[ticket.id]
            customer = ticket.partner_id
            own = {customer.email_normalized, email_normalize(ticket.partner_email)}
            of_ticket["partners"] -= customer.with_env(of_ticket["partners"].env)
            of_ticket["email_to_lst"] = [
                email
                for email in of_ticket["email_to_lst"]
                if email_normalize(email) not in own
            ]
        return suggested
