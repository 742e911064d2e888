from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from ..helpdesk_ticket import QUIET

AGENT = "helpdesk_mgmt.group_helpdesk_user_own"
MANAGER = "helpdesk_mgmt.group_helpdesk_manager"


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    support_desk = fields.Boolean(
        help="Employees who write here open a ticket. The agents answer in the "
        "ticket, and the answer comes back here as a reply.",
    )
    helpdesk_team_id = fields.Many2one(
        "helpdesk.ticket.team",
        groups="base.group_user",
        index="btree_not_null",
        help="The team that gets the tickets of this conversation.",
    )
    # Read with the rest of the channel: a message in a channel without tickets
    # costs no query.
    has_tickets = fields.Boolean(readonly=True, copy=False)

    @api.constrains("support_desk", "helpdesk_team_id", "channel_type")
    def _check_support_desk(self):
        for channel in self.sudo():
            if channel.support_desk and not channel.helpdesk_team_id:
                raise ValidationError(
                    self.env._("Choose the team that answers at this support desk.")
                )
            if (
                channel.support_desk
                and channel.channel_type != "channel"
                and not channel._support_bot()
            ):
                raise ValidationError(
                    self.env._("Only a channel can be a support desk.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_helpdesk_values(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_helpdesk_values(vals)
        return super().write(vals)

    @api.model
    def _check_helpdesk_values(self, vals):
        """Any employee may edit a channel, but not send tickets to any team."""
        ours = {"support_desk", "helpdesk_team_id", "has_tickets"} & vals.keys()
        setting = self or any(vals[name] for name in ours)
        if self.env.su or not ours or not setting:
            return
        if "has_tickets" in ours or not self.env.user.has_group(MANAGER):
            raise AccessError(
                self.env._("Only helpdesk managers set up a support desk.")
            )
        team = self.env["helpdesk.ticket.team"].browse(vals.get("helpdesk_team_id"))
        team.check_access("read")

    # --- what is said here --------------------------------------------------------

    def _message_post_after_hook(self, message, msg_vals):
        result = super()._message_post_after_hook(message, msg_vals)
        # sudo: who writes here need not see tickets
        channel = self.sudo()
        if channel.has_tickets or channel.support_desk:
            channel._helpdesk_hear(message.sudo())
        return result

    def _helpdesk_hear(self, message):
        """Add a line to the ticket that it belongs to.

        :param message: a message of this channel, just posted; both as superuser
        """
        if (
            self.env.context.get("social_quiet") is QUIET
            or message.message_type != "comment"
            or message._filter_empty()
        ):
            return
        if self.support_desk:
            ticket = self._support_desk_ticket(message)
        else:
            ticket = self._open_tickets()[:1]
            if not self._belongs_to(ticket, message):
                return
        if ticket:
            ticket._discuss_hear(message)

    def _open_tickets(self, domain=Domain.TRUE):
        """The newest first; as superuser."""
        self.ensure_one()
        ours = Domain("discuss_channel_id", "=", self.id)
        ours &= Domain("stage_id.closed", "=", False)
        return self.env["helpdesk.ticket"].search(ours & domain, order="id desc")

    def _belongs_to(self, ticket, message):
        """A conversation is about its ticket as a whole; in a channel of many
        people, only what the customer writes is."""
        if self.channel_type != "channel":
            return True
        if ticket.partner_id:
            return message.author_id == ticket.partner_id
        return bool(message.author_guest_id)

    def _discuss_ended(self):
        """Why nobody would read an answer here.

        :return: a sentence for the agent; empty as long as it is read
        """
        self.ensure_one()
        if not self.active:
            return self.env._("The conversation is archived.")
        # of Live Chat, where that is installed
        if getattr(self, "livechat_end_dt", False):
            return self.env._("The live chat has ended.")
        return ""

    def _discuss_label(self):
        """:return: code and name of the channel that the agent answers on"""
        if self.channel_type == "livechat":
            return "livechat", self.env._("Live Chat")
        return "discuss", self.env._("Discuss")

    def _discuss_address(self):
        """Where at the company somebody has written to; empty where only people
        talk."""
        return f"#{self.name}" if self.support_desk else ""

    def _takes_requests(self):
        """Whether a new ticket may be opened at this support desk."""
        return self.helpdesk_team_id.active

    def _discuss_team(self):
        """The team that gets a ticket made here; none: the agent's own."""
        return self.helpdesk_team_id
