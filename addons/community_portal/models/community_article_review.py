from dateutil.relativedelta import relativedelta
from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

ACTIVITY = "community_portal.activity_review"
BATCH = 100


class CommunityPost(models.Model):
    """Articles grow old: their owners are reminded to read them again."""

    _inherit = "community.post"

    review_activity_id = fields.Many2one(
        "mail.activity", "Reminder", copy=False, readonly=True, ondelete="set null"
    )

    _review_idx = models.Index("(review_date) WHERE review_date IS NOT NULL")

    @api.model
    def _cron_review(self):
        while due := self._articles_to_review():
            due._remind_owners()
            if not self.env["ir.cron"]._commit_progress(len(due)):
                break

    @api.model
    def _articles_to_review(self):
        """A batch of articles whose owners have not been reminded yet."""
        return self.search(
            Domain("review_date", "<=", fields.Date.today())
            & Domain("owner_id.active", "=", True)
            & Domain("kind", "=", "article")
            & Domain("review_activity_id", "=", False),
            order="review_date, id",
            limit=BATCH,
        )

    def _remind_owners(self):
        kind = self.env.ref(ACTIVITY)
        # Quietly: the reminder waits in the owner's list, no mail carries the title.
        activities = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        reminders = activities.create(
            [
                {
                    "activity_type_id": kind.id,
                    "summary": kind.summary,
                    "note": Markup('<a href="%s">%s</a>')
                    % (article._url(), article.title),
                    "user_id": article.owner_id.id,
                    "date_deadline": article.review_date,
                }
                for article in self
            ]
        )
        for article, reminder in zip(self, reminders, strict=True):
            article.review_activity_id = reminder

    def _reviewed(self):
        """An agent has read these articles again: they are right for now."""
        self._check_staff()
        self.check_access("read")
        articles = self.sudo().filtered(lambda post: post.kind == "article")
        today = fields.Date.context_today(self)
        for months, group in articles.grouped(_months).items():
            group.review_date = months and today + relativedelta(months=months)
        articles.review_activity_id.unlink()


def _months(article):
    return article.space_id.review_months
