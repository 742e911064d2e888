from odoo import models
from odoo.fields import Domain

from ..text import excerpt, fits
from .command import TITLE
from .discuss_channel import AGENT


class DiscussChannel(models.Model):
    """A channel where employees get the same treatment as customers."""

    _inherit = "discuss.channel"

    def _support_desk_ticket(self, message):
        """The ticket that a line here belongs to; opened if need be.

        An employee has one open ticket per desk, unless he opens more with the
        command: then "Reply" tells which one he means, else it is the newest.
        """
        if bot := self._support_bot():
            return self._bot_ticket(bot, message)
        asked = self._ticket_of_line(message.parent_id)
        user = message.author_id.main_user_id
        if not user or not user._is_internal():
            return asked.browse()  # guests, portal users and bots are no employees
        if user.has_group(AGENT) and message.author_id != asked.partner_id:
            return asked  # a colleague's answer, or talk among agents
        if asked.partner_id == message.author_id and not asked.closed:
            return asked
        mine = self._open_tickets(Domain("partner_id", "=", message.author_id.id))
        if mine or user.has_group(AGENT):
            return mine[:1]
        title = self._support_title(message)
        ticket = self._new_support_ticket(message.author_id, title)
        asker = self.with_user(user)
        asker._tell_me(asker._ticket_created(ticket))
        return ticket

    def _support_title(self, message):
        return fits(excerpt(message.body or "", TITLE)) or self.env._("Support")

    def _ticket_of_line(self, message):
        """The ticket of a message that is replied to."""
        lines = self.env["helpdesk.discuss.line"]
        domain = Domain("channel_message_id", "=", message.id)
        domain &= Domain("ticket_id.discuss_channel_id", "=", self.id)
        return lines.search(domain, limit=1).ticket_id if message else lines.ticket_id

    def _new_support_ticket(self, partner, title):
        """As superuser: employees do not write tickets themselves."""
        team = self.helpdesk_team_id
        company = team.company_id or partner.main_user_id.company_id
        tickets = self.env["helpdesk.ticket"].with_company(company)
        tickets = tickets.with_context(mail_create_nosubscribe=True)
        ticket = tickets.create(
            {
                **self._ticket_values(title, partner),
                "team_id": team.id,
                "user_id": False,
                "company_id": company.id,
                "discuss_channel_id": self.id,
            }
        )
        self.has_tickets = True
        return ticket.with_env(self.env)
