from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize, is_html_empty

from .. import providers

# In a context: an object of this process, which nobody can send over RPC.
QUIET = object()


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    social_conversation_id = fields.Many2one(
        "helpdesk.social.conversation",
        string="Conversation",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    social_provider = fields.Selection(
        related="social_conversation_id.account_id.provider", string="Social Channel"
    )
    social_last_inbound_at = fields.Datetime(
        related="social_conversation_id.last_inbound_at",
        string="Last Customer Message",
    )
    social_info = fields.Json(compute="_compute_social_info")
    social_message_count = fields.Integer(compute="_compute_social_message_count")

    @api.model_create_multi
    def create(self, vals_list):
        tickets = super().create(vals_list)
        # sudo: it may be a conversation that the user cannot read
        if not self.env.su and tickets.sudo().social_conversation_id:
            self._refuse_conversation()
        return tickets

    def write(self, vals):
        if not self.env.su and "social_conversation_id" in vals:
            self._refuse_conversation()
        return super().write(vals)

    @api.model
    def _refuse_conversation(self):
        """Else an agent could write to the customers of any team and company."""
        raise AccessError(
            self.env._(
                "A ticket gets its conversation from the customer's message only."
            )
        )

    @api.depends("social_conversation_id")
    @api.depends_context("uid")
    def _compute_social_info(self):
        """What the composer says before the agent presses "Send"; nothing to those
        whose messages do not go out."""
        agents = self._filtered_access("write")
        (self - agents).social_info = False
        for ticket in agents:
            # sudo: who answers in the ticket may know where his answer goes
            ticket.social_info = ticket.sudo()._social_info()

    def _social_info(self):
        conversation = self.social_conversation_id
        if not conversation:
            return False
        account = conversation.account_id
        # Not ``_provider_class``: a ticket opens also when its add-on is gone.
        cls = providers.known().get(account.provider)
        contact = conversation.contact_id
        name, address = conversation.group or contact.name, contact.phone
        address = address or contact.username or ""
        return {
            "channel": account.provider,
            "label": cls.label if cls else account.provider,
            "account": account.name,
            "contact": name,
            # who has no name is called by his number: once is enough
            "address": "" if address == name else address,
            "public": conversation.public,
            "about": conversation.about or "",
            "about_url": conversation.about_url or "",
            "elsewhere": conversation._answers_elsewhere(),
            "can_reply_privately": conversation._can_reply_privately(),
            "others": [
                {"id": other.id, **other._where()} for other in conversation._others()
            ],
            "opted_out": conversation._opted_out() and conversation._opted_out_text(),
            "has_window": bool(conversation._reply_window()),
            "window_ends_at": fields.Datetime.to_string(conversation.window_ends_at)
            or False,
            "has_templates": account.has_templates,
            "by_segment": bool(cls and cls.billed_by_segment),
            "text_limit": cls.limits_of(conversation.thread).text if cls else 0,
            "alarm": (account.state == "alarm" and account.state_message) or False,
            "archived": not account.active,
            "paused": account.paused,
            "signs": conversation._signs() if cls else {},
        }

    def _compute_social_message_count(self):
        # sudo: a colleague who only follows the ticket opens it as well
        messages = self.env["helpdesk.social.message"].sudo()
        counted = messages._read_group(
            [("ticket_id", "in", self.ids)], ["ticket_id"], ["__count"]
        )
        counts = {ticket.id: count for ticket, count in counted}
        for ticket in self:
            ticket.social_message_count = counts.get(ticket.id, 0)

    # --- answering on the channel -----------------------------------------------------

    def message_post(self, *, parent_id=False, **kwargs):
        """Remember which message the agent answers, before ``mail`` replaces an
        empty parent with the thread's last message."""
        self_quoting = self.with_context(social_quoted_id=parent_id)
        return super(HelpdeskTicket, self_quoting).message_post(
            parent_id=parent_id, **kwargs
        )

    def _message_post_after_hook(self, message, msg_values):
        result = super()._message_post_after_hook(message, msg_values)
        if self._social_goes_out(message):
            self._social_answer(message)
        elif not self._social_is_quiet() and message.message_type in (
            "comment",
            "email",
        ):
            # A colleague's note, or the customer in the portal; what comes over
            # the channel is told once for its whole batch. sudo: neither may
            # read the account, the open pages ask with their own rights.
            self.sudo().social_conversation_id.account_id._tell_tickets(self)
        return result

    def _social_quietly(self):
        """For messages that are on the channel already, or go there otherwise."""
        return self.with_context(social_quiet=QUIET)

    def _social_is_quiet(self):
        return self.env.context.get("social_quiet") is QUIET

    def _social_goes_out(self, message):
        """An agent's message to the customer: not a note, not a notification,
        not what the customer himself or another customer wrote."""
        self.ensure_one()
        return (
            not self._social_is_quiet()
            and not message.sudo()._moderation_is_withdrawn()
            and bool(self.social_conversation_id)
            and message.message_type in ("comment", "email")
            and message.subtype_id == self.env.ref("mail.mt_comment")
            and self._social_agent_wrote(message.sudo())
        )

    def _social_agent_wrote(self, message):
        """Whether its author is the one who is logged in and may write here.

        An author's name alone proves nothing: customers, too, can post with any.
        Only e-mails are posted by the system, which knows the sender's address.
        """
        user = self.env.user
        if message.message_type == "email" and user._is_superuser():
            user = message.author_id.main_user_id
        if not user or user._is_superuser() or user.partner_id != message.author_id:
            return False
        return self.with_user(user).has_access("write")

    def _social_answer(self, message):
        # sudo: an agent answers through an account that he cannot configure
        conversation = self.sudo().social_conversation_id
        if is_html_empty(message.body) and not message.sudo().attachment_ids:
            return
        quoted = self._social_quoted()
        try:
            self._check_social_here()
            conversation._check_window()
            conversation._answer(self.sudo(), message.sudo(), quoted.external_id or "")
        except UserError as error:
            if message.message_type != "email":
                raise
            # Nobody sits in front of it: say it where the agents will look.
            self.sudo().message_post(
                body=self.env._("This answer was not sent: %s", error),
                subtype_xmlid="mail.mt_note",
            )
        if quoted:
            inbound = self.env["helpdesk.social.inbound"].sudo()
            message.sudo().body = inbound._quote(quoted) + Markup(message.body)

    def _social_quoted(self):
        """The customer's or agent's message that is being answered."""
        return (
            self.env["helpdesk.social.message"]
            .sudo()
            .search(
                [
                    ("mail_message_id", "=", self.env.context.get("social_quoted_id")),
                    ("conversation_id", "=", self.social_conversation_id.id),
                    ("external_id", "!=", False),
                ],
                limit=1,
            )
            if self.env.context.get("social_quoted_id")
            else self.env["helpdesk.social.message"].sudo()
        )

    def _social_post_values(self, author):
        """What ``message_post`` would put into every customer message of one
        author in this ticket."""
        self.ensure_one()
        company = self.company_id or self.env.company
        sender = author.email_formatted or company.email_formatted
        return {
            "model": self._name,
            "res_id": self.id,
            "author_id": author.id,
            "author_guest_id": False,
            "email_from": sender,
            "message_type": "comment",
            "subtype_id": self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment"),
            "partner_ids": [],
            "email_add_signature": False,
            "record_alias_domain_id": self._mail_get_alias_domains(company)[self.id].id,
            "record_company_id": company.id,
            "reply_to": self._notify_get_reply_to(sender, author.id)[self.id],
        }

    def _get_allowed_message_params(self):
        """With "Reply" in the chatter, the message that is answered."""
        return super()._get_allowed_message_params() | {"parent_id"}

    def _sort_suggested_messages(self, messages):
        """What went over a channel says nothing about who gets e-mails."""
        found = super()._sort_suggested_messages(messages)
        # sudo: only whether there is one
        return found.filtered(lambda m: not m.sudo().social_message_ids)

    def _message_add_suggested_recipients(self, force_primary_email=False):
        """A customer who is answered on his channel is not written an e-mail as
        well, unless he follows the ticket by e-mail or an agent adds him."""
        suggested = super()._message_add_suggested_recipients(
            force_primary_email=force_primary_email
        )
        for ticket in self.filtered("social_conversation_id"):
            of_ticket = suggested[ticket.id]
            customer = ticket.sudo().social_conversation_id.partner_id
            own = {customer.email_normalized, email_normalize(ticket.partner_email)}
            of_ticket["partners"] -= customer
            of_ticket["email_to_lst"] = [
                email
                for email in of_ticket["email_to_lst"]
                if email_normalize(email) not in own
            ]
        return suggested

    def _moderation_sets(self):
        """Rules of the account that the customer wrote to, beside the place's."""
        account = self.sudo().social_conversation_id.account_id
        return super()._moderation_sets() | account.moderation_set_ids

    # --- buttons ----------------------------------------------------------------------

    def action_social_template(self):
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send a template message"),
            "res_model": "helpdesk.social.template.send",
            "view_mode": "form",
            "target": "new",
            "context": {"default_ticket_id": self.id},
        }

    def action_social_ask(self):
        """The agent asks something that is answered with a tap."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask with answers to choose from"),
            "res_model": "helpdesk.social.ask",
            "view_mode": "form",
            "target": "new",
            "context": {"default_ticket_id": self.id},
        }

    def action_social_answered_elsewhere(self):
        """The agent has answered on the page and keeps it here."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Note what was answered"),
            "res_model": "helpdesk.social.answered.elsewhere",
            "view_mode": "form",
            "target": "new",
            "context": {"default_ticket_id": self.id},
        }

    def action_social_messages(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "helpdesk.social.message",
            "view_mode": "list,form",
            "domain": [("ticket_id", "=", self.id)],
            "name": self.env._("Social Messages"),
        }
