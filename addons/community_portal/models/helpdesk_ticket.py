from odoo import api, fields, models


class HelpdeskTicket(models.Model):
    """A ticket and what the community has to do with it. Customers read their tickets
    over RPC as well, so each field here is for the vendor's people alone."""

    _inherit = "helpdesk.ticket"

    community_post_id = fields.Many2one(
        "community.post",
        "From the community",
        copy=False,
        index="btree_not_null",
        groups="community_portal.group_agent",
        help="The post from which this ticket was made.",
    )
    community_question_id = fields.Many2one(
        "community.post",
        "Asked in the community",
        copy=False,
        index="btree_not_null",
        groups="community_portal.group_agent",
        help="The question that was made from this ticket, without its names.",
    )
    community_similar_ids = fields.Many2many(
        "community.post",
        string="Solved in the community",
        compute="_compute_community_similar_ids",
        groups="community_portal.group_agent",
        help="Solved questions and articles like this ticket that its customer may "
        "read.",
    )

    _community_post_uniq = models.UniqueIndex(
        "(community_post_id) WHERE community_post_id IS NOT NULL",
        "There is a ticket for this post already.",
    )

    @api.depends("name", "partner_id")
    def _compute_community_similar_ids(self):
        posts = self.env["community.post"]
        for ticket in self:
            found = posts._suggestions(ticket.name)
            ids = [suggestion["id"] for suggestion in found]
            ticket.community_similar_ids = ticket._community_readable(posts.browse(ids))

    def _community_readable(self, posts):
        """Those of these posts that the ticket's customer may read. For a customer
        who is not in the room: what is open to every member."""
        reader = self.env["community.member"].sudo()._of_partner(self.partner_id)
        if reader:
            return posts.filtered(lambda post: post._readers(reader))
        return posts.sudo().filtered(lambda post: post._is_open()).with_env(self.env)


class CommunityMember(models.Model):
    _inherit = "community.member"

    @api.model
    def _of_partner(self, partner):
        """The active membership of a contact, maybe empty; sudo."""
        return self.sudo().search(
            [("partner_id", "in", partner.ids), ("state", "=", "active")], limit=1
        )


class CommunityPost(models.Model):
    _inherit = "community.post"

    @api.model
    def _suggestions(self, text, limit=5):
        """What may make a ticket needless: solved questions and articles like a text,
        as far as the user may see them.

        :return: a list of {"id", "kind", "title", "url", "solved"}
        """
        found = self._similar_threads((text or "")[:200], False, limit)
        return [one for one in found if one["solved"] or one["kind"] == "article"]
