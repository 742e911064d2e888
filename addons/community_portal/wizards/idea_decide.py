from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.community_idea import IDEA_STATES


class CommunityIdeaDecide(models.TransientModel):
    """The vendor decides on an idea, or finds that it is another one."""

    _name = "community.idea.decide"
    _description = "Decide on an Idea"

    post_id = fields.Many2one("community.post", "Idea", required=True)
    state = fields.Selection(
        [*IDEA_STATES, ("merge", "The same as another idea")], required=True
    )
    reason = fields.Text(
        "Why", help="Everybody who sees the idea reads it; needed to decline."
    )
    answer = fields.Html("Official answer", sanitize_overridable=False)
    release = fields.Char(help="In which release it comes; shown on the roadmap.")
    into_id = fields.Many2one(
        "community.post",
        "Merge into",
        domain=[
            ("kind", "=", "idea"),
            ("merged_into_id", "=", False),
            ("idea_state", "in", ("new", "review", "planned", "progress")),
        ],
        help="The votes go there; nobody counts twice.",
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        idea = self.env["community.post"].browse(values.get("post_id"))
        if idea:
            values |= {
                "state": idea.idea_state,
                "reason": idea.idea_reason,
                "answer": idea.official_answer,
                "release": idea.release,
            }
        return values

    def action_decide(self):
        """Tell those who voted; see ``community.post._set_idea`` and ``_merge``."""
        self.ensure_one()
        if self.state != "merge":
            self.post_id._set_idea(
                self.state,
                reason=self.reason or "",
                answer=self.answer or "",
                release=self.release or "",
            )
        elif self.into_id:
            self.post_id._merge(self.into_id)
        else:
            raise UserError(self.env._("Choose the idea that stays."))
