from datetime import timedelta

from odoo import fields, models
from odoo.tools.mail import generate_tracking_message_id

PAUSE = timedelta(days=1)  # between two letters about answers in one thread


class CommunityNoticeAnswer(models.Model):
    """What the sender of an answer is told: once, and only if it did not appear."""

    _inherit = "community.notice.answer"

    def _tell_waiting(self):
        """Who is not on the page does not see that his answer waits."""
        state = self.reply_id._state_for(self.member_id)
        if state == "waiting":
            self._write_back(
                self.env._(
                    "It has arrived. A manager of your company reads it before others "
                    "see it."
                )
            )
        elif state == "held":
            self._write_back(
                self.env._("It has arrived. A moderator reads it before others see it.")
            )

    def _write_back(self, reason):
        """One polite mail, to the member's own address whoever sent the answer; the
        next one about this thread tomorrow at the earliest."""
        member = self.member_id
        if self._was_told() or not member.user_id.email:
            return
        self.letter = True
        env = self.with_context(lang=member.user_id.lang).env
        company = member.user_id.company_id
        body = env["ir.qweb"]._render(
            "community_portal.mail_answer",
            {
                "company": company,
                "name": member.name,
                "reason": reason,
                "url": self.get_base_url() + (self._thread_url() or "/my/community"),
            },
        )
        # Odoo ignores what is answered to a reference like this one: no loops.
        loop = generate_tracking_message_id("loop-detection-bounce-email")
        letter = {
            "subject": env._("Your answer by e-mail"),
            "body_html": body,
            "author_id": False,
            "email_from": company.email_formatted or self.env.user.email_formatted,
            "recipient_ids": [fields.Command.set(member.partner_id.ids)],
            "references": f"{self.message_id} {loop}",
            "headers": repr(
                {
                    "Auto-Submitted": "auto-replied",
                    "X-Auto-Response-Suppress": "OOF, AutoReply",
                }
            ),
            "auto_delete": True,
        }
        self.env["community.notice"]._post_letters([letter])

    def _thread_url(self):
        """The address says no more than the mail that was answered did."""
        return self.thread_id and self.thread_id._url()

    def _was_told(self):
        return bool(
            self.search_count(
                [
                    ("member_id", "=", self.member_id.id),
                    ("thread_id", "=", self.thread_id.id),
                    ("letter", "=", True),
                    ("date", ">", fields.Datetime.now() - PAUSE),
                ],
                limit=1,
            )
        )
