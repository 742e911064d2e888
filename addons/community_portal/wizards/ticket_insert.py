from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import anonymise


class CommunityTicketInsert(models.TransientModel):
    """What the community knows goes into an agent's answer to a ticket, as far as the
    ticket's customer may read it."""

    _name = "community.ticket.insert"
    _description = "Insert a Community Answer"

    ticket_id = fields.Many2one("helpdesk.ticket", required=True)
    similar_ids = fields.Many2many(related="ticket_id.community_similar_ids")
    post_id = fields.Many2one(
        "community.post",
        "Answer",
        domain="['|', ('id', 'in', similar_ids), '&', ('root_id', '=', False), "
        "'|', ('is_solved', '=', True), ('kind', '=', 'article')]",
        default=lambda self: self._most_alike(),
    )
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    @api.model
    def _most_alike(self):
        ticket = self.env["helpdesk.ticket"].browse(
            self.env.context.get("default_ticket_id")
        )
        return ticket.community_similar_ids[:1]

    @api.depends("post_id")
    def _compute_preview(self):
        for insert in self:
            readable = insert.post_id.has_access("read")
            insert.preview = insert.post_id and readable and insert._text()

    def _text(self):
        """The answer as the customer gets it: HTML without pictures and links, which
        may not open for him, and without its author."""
        post = self.post_id.sudo()
        answer = post if post.kind == "article" else post.accepted_id
        return Markup('<p>%s <a href="%s">%s</a></p><blockquote>%s</blockquote>') % (
            self.env._("From our community:"),
            post.get_base_url() + post._url(),
            post.title,
            Markup(anonymise.bare(str(answer.body or ""))),
        )

    def action_insert(self):
        """:return: an action that opens the composer with the answer in it"""
        self.ensure_one()
        self.env["community.post"]._check_staff()
        self._check_readable()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer"),
            "res_model": "mail.compose.message",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": "helpdesk.ticket",
                "default_res_ids": self.ticket_id.ids,
                "default_composition_mode": "comment",
                "default_partner_ids": self.ticket_id.partner_id.ids,
                "default_body": self._text(),
            },
        }

    def _check_readable(self):
        post = self.post_id
        if not post:
            raise UserError(self.env._("Choose a solved question or an article."))
        post.check_access("read")
        if not self.ticket_id._community_readable(post):
            raise UserError(
                self.env._(
                    "The customer of this ticket may not read that thread: it is for "
                    "others. Choose another one, or answer in your own words."
                )
            )
