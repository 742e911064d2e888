from odoo import api, fields, models
from odoo.exceptions import UserError

TASKS = [
    ("ticket", "Make a ticket of it"),
    ("article", "Make an article of the accepted answer"),
    ("duplicate", "It was asked before"),
    ("reviewed", "Read again: it is right"),
]


class CommunityPostTask(models.TransientModel):
    """What an agent does with a post from the back office. The posts themselves have
    no public methods: their readers could call those."""

    _name = "community.post.task"
    _description = "Handle a Post"

    post_id = fields.Many2one("community.post", required=True)
    task = fields.Selection(TASKS, required=True, default="ticket")
    target_id = fields.Many2one(
        "community.post",
        "Asked before",
        domain="[('kind', 'in', ('question', 'article')), ('id', '!=', post_id)]",
    )
    title = fields.Char()
    space_id = fields.Many2one(
        "community.space", "Knowledge space", domain=[("kind", "=", "knowledge")]
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        post = self.env["community.post"].browse(values.get("post_id"))
        if values.get("task") == "article":
            spaces = self.env["community.post"]._knowledge_spaces()
            values |= {"title": post.title, "space_id": spaces[:1].id}
        return values

    def action_apply(self):
        """:return: an action that opens what was made, or none"""
        self.ensure_one()
        return getattr(self, f"_apply_{self.task}")()

    def _apply_ticket(self):
        return self._open(self.post_id._make_ticket())

    def _apply_article(self):
        answer = self.post_id.accepted_id
        return self._open(
            self.post_id._make_article(answer, title=self.title, space=self.space_id)
        )

    def _apply_duplicate(self):
        if not self.target_id:
            raise UserError(self.env._("Choose the question that was asked before."))
        self.post_id._mark_duplicate(self.target_id)

    def _apply_reviewed(self):
        self.post_id._reviewed()

    def _open(self, record):
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }
