from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError


class CommunityPost(models.Model):
    """A post that became a ticket."""

    _inherit = "community.post"

    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        copy=False,
        index="btree_not_null",
        groups="community_portal.group_agent",
        help="The help desk works on it there.",
    )

    def _make_ticket(self):
        """An agent hands a post to the help desk.

        :return: the ticket, with sudo; the one that there is already
        """
        self.ensure_one()
        member = self._check_staff()
        self.check_access("read")
        post = self.sudo()
        if not post.ticket_id:
            if not post._is_shown():
                raise UserError(
                    self.env._(
                        "This post is held or removed. A moderator decides on it "
                        "before it becomes a ticket."
                    )
                )
            post.lock_for_update()
            post.escalate_at = False
            [ticket] = post._open_tickets().values()
            post._happened("escalated", member, ticket=ticket)
        return post.ticket_id

    def _open_tickets(self):
        """:return: {post: its new ticket}"""
        if not self:
            return {}
        tickets = self.env["helpdesk.ticket"].create(
            [post._ticket_values() for post in self]
        )
        opened = dict(zip(self, tickets, strict=True))
        for post, ticket in opened.items():
            post.ticket_id = ticket
            ticket.message_subscribe(post.author_id.partner_id.ids)
        return opened

    def _ticket_values(self):
        partner = self.author_id.partner_id
        channel = self.env.ref("community_portal.ticket_channel", False)
        values = {
            "name": self.env._("Your question in the community"),
            "description": self._ticket_text(),
            "partner_id": partner.id,
            "partner_name": partner.name,
            "partner_email": partner.email,
            "company_id": self.space_id.company_id.id,
            "channel_id": channel and channel.id,
            "community_post_id": self.id,
            "user_id": False,
        }
        if self._colleagues_see():
            values["name"] = self._thread().title
        if self.space_id.team_id:
            values["team_id"] = self.space_id.team_id.id
        return values

    def _ticket_text(self):
        """On the portal, a ticket is read by all colleagues of its customer."""
        link = Markup('<p><a href="%s">%s</a></p>') % (
            self._url(),
            self.env._("Open it in the community"),
        )
        if self._colleagues_see():
            return Markup("%s%s") % (self.body or "", link)
        return link

    def _colleagues_see(self):
        """Whether everybody in the author's company may read the post."""
        return (
            self.audience != "vendor"
            and self.thread_audience != "vendor"
            and self.space_id._is_open()
        )
