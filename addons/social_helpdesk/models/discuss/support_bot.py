from odoo import Command, api, fields, models, tools
from odoo.fields import Domain

from ..helpdesk_ticket import QUIET
from .discuss_channel import MANAGER


class HelpdeskTicketTeam(models.Model):
    """A colleague who is none: employees write to it, and the team answers."""

    _inherit = "helpdesk.ticket.team"

    # An internal user, for only those are found in Discuss. It has no password, so
    # nobody can log in as it.
    support_bot_id = fields.Many2one(
        "res.users",
        string="User of the Bot",
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
    )
    support_bot_name = fields.Char(
        string="Support Bot",
        compute="_compute_support_bot_name",
        inverse="_inverse_support_bot_name",
        groups=MANAGER,
        help="Employees find it under this name in Discuss. What they write to it "
        "becomes a ticket of this team, and the answers come back there. Leave it "
        "empty for none.",
    )

    _support_bot_unique = models.UniqueIndex(
        "(support_bot_id) WHERE support_bot_id IS NOT NULL"
    )

    @api.depends("support_bot_id.name", "support_bot_id.active")
    def _compute_support_bot_name(self):
        for team in self:
            bot = team.sudo().support_bot_id
            team.support_bot_name = bot.name if bot.active else False

    def _inverse_support_bot_name(self):
        for team in self:
            # sudo: a manager of the help desk makes this user and no other
            team.sudo()._name_support_bot((team.support_bot_name or "").strip())

    def _name_support_bot(self, name):
        """One user for the team's whole life: its conversations stay its own."""
        bot = self.support_bot_id
        if not name:
            bot.active = False
        elif bot:
            bot.write({"active": True, "name": name})
            bot.partner_id.active = True
        else:
            self.support_bot_id = self._new_support_bot(name)

    def _new_support_bot(self, name):
        company = self.company_id or self.env.company
        users = self.env["res.users"].with_context(no_reset_password=True)
        return users.create(
            {
                "name": name,
                "login": f"support-bot-{self.id}",
                "group_ids": [Command.set(self.env.ref("base.group_user").ids)],
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "notification_type": "inbox",
                "tz": self.env.user.tz,
            }
        )

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        if not {"support_bot_id", "active"}.isdisjoint(vals):
            self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    @tools.ormcache()
    def _support_bots(self):
        """Partner -> team of every bot; asked with each message to somebody."""
        teams = self.sudo().with_context(active_test=False)
        found = teams.search([("support_bot_id", "!=", False)])
        return {team.support_bot_id.partner_id.id: team.id for team in found}


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _compute_im_status(self):
        """A bot is neither at its desk nor away."""
        result = super()._compute_im_status()
        bots = self.env["helpdesk.ticket.team"]._support_bots()
        self.filtered(lambda partner: partner.id in bots).im_status = "bot"
        return result


class DiscussChannel(models.Model):
    """A chat with a bot is a support desk with one employee."""

    _inherit = "discuss.channel"

    @api.model_create_multi
    def create(self, vals_list):
        channels = super().create(vals_list)
        # sudo: employees do not set up a support desk, but may write to this one
        for channel in channels.sudo().filtered(lambda c: c.channel_type == "chat"):
            if bot := channel._support_bot():
                bots = self.env["helpdesk.ticket.team"]._support_bots()
                channel.write({"support_desk": True, "helpdesk_team_id": bots[bot.id]})
        return channels

    def _support_bot(self):
        """:return: the partner of the bot that this is a chat with, if it is one"""
        bots = self.env["helpdesk.ticket.team"]._support_bots()
        if self.channel_type != "chat" or not bots:
            return self.env["res.partner"]
        members = self.channel_member_ids.partner_id
        return members.filtered(lambda partner: partner.id in bots)

    def _bot_ticket(self, bot, message):
        """As ``_support_desk_ticket``; here agents are employees as all others."""
        author = message.author_id
        user = author.main_user_id
        if author == bot or not user or not user._is_internal():
            return self.env["helpdesk.ticket"]
        asked = self._ticket_of_line(message.parent_id)
        if asked and not asked.closed:
            return asked
        mine = self._open_tickets(Domain("partner_id", "=", author.id))[:1]
        return mine or self._new_bot_ticket(bot, message)

    def _new_bot_ticket(self, bot, message):
        """Nothing when the bot was switched off: then it says so."""
        author = message.author_id
        here = self.with_context(lang=author.lang or self.env.lang)
        if not self._takes_requests():
            here._bot_says(bot, here._takes_no_requests())
            return self.env["helpdesk.ticket"]
        ticket = self._new_support_ticket(author, self._support_title(message))
        told = here.env._(
            "Ticket %s created. You will read the answer here.", ticket.number
        )
        here._bot_says(bot, told)
        return ticket

    def _discuss_address(self):
        return self._support_bot().name or super()._discuss_address()

    def _takes_requests(self):
        bot = self._support_bot()
        return super()._takes_requests() and (not bot or bool(bot.main_user_id))

    def _bot_says(self, bot, text):
        self.with_context(social_quiet=QUIET).message_post(
            body=text,
            author_id=bot.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
