from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

BATCH = 100


class CommunityPost(models.Model):
    """Questions that went quiet: who asked is asked once whether it is solved."""

    _inherit = "community.post"

    solved_asked_date = fields.Datetime(
        "Asked whether solved", copy=False, help="When the asker was asked about it."
    )

    _quiet_idx = models.Index(
        "(last_activity) WHERE kind = 'question' AND accepted_id IS NULL "
        "AND solved_asked_date IS NULL"
    )

    @api.model
    def _cron_ask_solved(self):
        while quiet := self._quiet_questions():
            quiet._ask_solved()
            if not self.env["ir.cron"]._commit_progress(len(quiet)):
                break

    @api.model
    def _quiet_questions(self):
        """A batch of answered questions in which nobody has written for as long as
        their space waits."""
        spaces = self.env["community.space"].search([("quiet_days", ">", 0)])
        now = fields.Datetime.now()
        quiet = Domain.OR(
            Domain("space_id", "in", group.ids)
            & Domain("last_activity", "<=", now - timedelta(days=days))
            for days, group in spaces.grouped("quiet_days").items()
        )
        return self.search(
            quiet
            & self._moderation_visible()
            & Domain(
                [
                    ("kind", "=", "question"),
                    ("accepted_id", "=", False),
                    ("solved_asked_date", "=", False),
                    ("duplicate_of_id", "=", False),
                    ("reply_count", ">", 0),
                ]
            ),
            order="last_activity, id",
            limit=BATCH,
        ).try_lock_for_update()

    def _ask_solved(self):
        self.solved_asked_date = fields.Datetime.now()
        for question in self:
            question._happened("ask_solved", self.env["community.member"])
