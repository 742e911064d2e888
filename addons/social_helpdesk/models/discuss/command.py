from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_datetime

from ..helpdesk_ticket import QUIET
from ..text import fits, shorten
from .discuss_channel import AGENT

HISTORY = 200  # messages that go into the ticket
TITLE = 120  # characters


class DiscussChannel(models.Model):
    """``/ticket Title``"""

    _inherit = "discuss.channel"

    def execute_command_ticket(self, **kwargs):
        """Called by the composer of Discuss, and by anybody over RPC.

        :param str body: the whole line, with the command
        :raises AccessError: not an agent's, or not in the agent's teams
        """
        self.ensure_one()
        self.check_access("read")
        title = self._command_title(kwargs.get("body"))
        # sudo: see ``_check_may_make_ticket``
        channel = self.sudo()
        self._check_may_make_ticket(channel)
        if not title:
            return self._tell_me(
                self.env._(
                    "Make a ticket of this conversation with: %(example)s",
                    example=Markup("<pre>/ticket <i>%s</i></pre>")
                    % self.env._("title"),
                )
            )
        channel.lock_for_update()  # two agents at once make one ticket
        if channel.support_desk and not channel._takes_requests():
            return self._tell_me(self._takes_no_requests())
        if channel.support_desk:
            ticket = channel._new_support_ticket(self.env.user.partner_id, title)
            return self._tell_me(self._ticket_created(ticket))
        ticket = channel._open_tickets()[:1]
        if ticket:
            return self._tell_me_of(ticket)
        ticket = self._make_ticket(title)
        channel._announce_ticket(ticket)
        return self._tell_me(self._ticket_created(ticket))

    def _check_may_make_ticket(self, channel):
        user = self.env.user
        if user._is_internal() and (
            user.has_group(AGENT) or (channel.support_desk and self.is_member)
        ):
            return
        raise AccessError(self.env._("Only helpdesk agents make tickets here."))

    def _command_title(self, body):
        text = body if isinstance(body, str) else ""
        words = text.strip().removeprefix("/ticket").split()
        return fits(shorten(" ".join(words), TITLE))

    def _tell_me(self, text):
        """A line that only the current user sees."""
        self.env.user._bus_send_transient_message(self, text)
        return True

    def _tell_me_of(self, ticket):
        """An open ticket's number, and to those who may read it its link."""
        mine = ticket.with_env(self.env)
        shown = mine._get_html_link() if mine.has_access("read") else ticket.number
        return self._tell_me(
            self.env._("This conversation already has an open ticket: %s", shown)
        )

    def _takes_no_requests(self):
        return self.env._("Requests are not taken here any more.")

    def _ticket_created(self, ticket):
        mine = ticket.with_env(self.env)
        number = ticket.number
        if mine.has_access("read"):
            number = mine._get_html_link(title=number)
        return self.env._("Ticket %s created", number)

    def _announce_ticket(self, ticket):
        """Everybody here sees the number, nobody the content."""
        self.with_context(social_quiet=QUIET).message_post(
            body=Markup('<div class="o_mail_notification">%s</div>')
            % self.env._("Ticket %s created", ticket.number),
            message_type="notification",
            subtype_xmlid="mail.mt_comment",
        )

    # --- the ticket ---------------------------------------------------------------

    def _make_ticket(self, title):
        """With the agent's own rights: not in a team or company without access."""
        channel = self.sudo()
        history = channel._history()
        partner, guest = channel._customer(history, self.env.user.partner_id)
        values = channel._ticket_values(title, partner, guest)
        team = channel._discuss_team() or self.env.user.helpdesk_team_ids[:1]
        team.with_env(self.env).check_access("read")
        tickets = self.env["helpdesk.ticket"].with_context(mail_create_nosubscribe=True)
        ticket = tickets.create({**values, "team_id": team.id})
        ticket.check_access("read")
        ticket = ticket.sudo()
        ticket.discuss_channel_id = channel
        ticket._discuss_add_history(history)
        channel.has_tickets = True
        return ticket

    def _ticket_values(self, title, partner, guest=None):
        code, label = self._discuss_label()
        kinds = self.env["helpdesk.ticket.channel"]
        return {
            "name": title,
            "description": Markup("<p>%s</p>") % title,
            "partner_id": partner.id,
            "partner_name": partner.name or (guest and guest.name) or False,
            "partner_email": partner.email or (guest and guest.email) or False,
            "channel_id": kinds._discuss_kind(code, label).id,
        }

    def _history(self):
        """What was said here and is in no ticket yet, oldest first."""
        messages = self.env["mail.message"].search(
            [
                ("model", "=", self._name),
                ("res_id", "=", self.id),
                ("message_type", "=", "comment"),
            ],
            order="id desc",
            limit=HISTORY,
        )
        lines = self.env["helpdesk.discuss.line"]
        known = lines.search([("channel_message_id", "in", messages.ids)])
        messages -= known.channel_message_id
        return (messages - messages._filter_empty()).sorted("id")

    def _customer(self, history, agent):
        """Whom the ticket is for: who wrote last and is not from the company, else
        who else is here.

        :return: ``(partner, guest)``, at most one of them
        """
        nobody = self.env["mail.guest"]
        for message in history.sorted("id", reverse=True):
            if message.author_guest_id:
                return self.env["res.partner"], message.author_guest_id
            author = message.author_id
            # Bots are archived partners without a user.
            if author != agent and author.partner_share and author.active:
                return author, nobody
        members = self.channel_member_ids
        if guest := members.guest_id[:1]:
            return self.env["res.partner"], guest
        others = members.partner_id - agent
        shared = others.filtered("partner_share")
        if self.channel_type == "channel":
            return shared[:1], nobody
        return (shared or others)[:1], nobody


class HelpdeskTicketChannel(models.Model):
    _inherit = "helpdesk.ticket.channel"

    def _discuss_kind(self, code, label):
        """As ``_social_channel``, for what is no provider."""
        kinds = self.sudo().with_context(active_test=False)
        return kinds.search([("social_provider", "=", code)]) or kinds.create(
            {"name": label, "social_provider": code, "company_id": False}
        )


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    discuss_channel_id = fields.Many2one(
        "discuss.channel",
        string="Discuss Conversation",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    def _discuss_add_history(self, messages):
        """One note with everything that was said before; as superuser."""
        if not messages:
            return
        entry = Markup("<p><b>%s</b> <small>%s</small></p>%s%s")
        body = Markup().join(
            entry
            % (
                message.author_guest_id.name or message.author_id.name or "",
                format_datetime(self.env, message.date, dt_format="short"),
                Markup(message.body),
                self._discuss_file_names(message),
            )
            for message in messages
        )
        title = self.env._("Conversation before this ticket")
        note = self._social_quietly().message_post(
            body=Markup("<h4>%s</h4>%s") % (title, body),
            attachment_ids=self._discuss_copies(messages.attachment_ids, self).ids,
            subtype_xmlid="mail.mt_note",
            message_type="comment",
        )
        self._discuss_remember(messages, note)

    def _discuss_file_names(self, message):
        names = ", ".join(message.attachment_ids.mapped("name"))
        return Markup("<p>📎 %s</p>") % names if names else ""

    def _discuss_copies(self, attachments, record):
        """Files with the rights of the record that they are attached to."""
        values = {"res_model": record._name, "res_id": record.id, "access_token": False}
        copies = attachments.browse()
        for attachment in attachments.sorted("id"):
            copies |= attachment.copy({**values, "name": attachment.name})
        return copies

    def _discuss_remember(self, channel_messages, ticket_message, to_channel=False):
        self.env["helpdesk.discuss.line"].create(
            [
                {
                    "ticket_id": self.id,
                    "channel_message_id": message.id,
                    "ticket_message_id": ticket_message.id,
                    "to_channel": to_channel,
                }
                for message in channel_messages
            ]
        )
