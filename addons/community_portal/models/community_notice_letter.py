from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.tools import formataddr
from odoo.tools.misc import hash_sign

from ..own_words import MARKER

# Events in which somebody's words are the news.
SPOKEN = {"mentioned", "answered", "replied", "posted"}
UNSUBSCRIBE = "community_portal.unsubscribe"  # scope of the links' signature


class CommunityNotice(models.Model):
    """Letters to members. What not everybody in the room may read stands in none."""

    _inherit = "community.notice"

    def _write_letters(self):
        """One mail for each member with these notices, as far as he may see them."""
        visible = self._still_visible()
        letters = [
            notices.with_context(lang=member.user_id.lang)._letter(member)
            for member, notices in visible.grouped("member_id").items()
            if member.user_id.email
        ]
        visible.mailed = fields.Datetime.now()
        self._post_letters(letters)

    @api.model
    def _post_letters(self, letters):
        """Queue mails, and let Odoo's queue run now rather than within the hour."""
        if letters:
            self.env["mail.mail"].sudo().create(letters)
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _letter(self, member):
        """:return: values of a ``mail.mail`` about these notices of one thread"""
        items = self._items()
        post = self.post_id if len(self.post_id) == 1 else self.thread_id
        return self._letter_values(
            member,
            subject=items[-1]["text"] if len(items) == 1 else self._subject(),
            items=items,
            kind=self.sorted("id")[-1].kind,
            answerable=post if any(n.event in SPOKEN for n in self) else None,
        )

    def _subject(self):
        if self.thread_id._is_open():
            return self.env._(
                "%(count)s news in “%(title)s”",
                count=len(self),
                title=self.thread_id.title,
            )
        return self.env._("%(count)s news in a thread of yours", count=len(self))

    def _items(self):
        """What a letter lists: [{"text", "excerpt", "url"}], oldest first."""
        base, tellings = self._base(), self._tellings()
        items = []
        for notice in self.sorted("id"):
            post = notice.post_id
            is_open = not post or post._is_open()
            sentence, plain = tellings[notice.id]
            spoken = is_open and notice.event in SPOKEN
            items.append(
                {
                    "text": sentence if is_open else plain,
                    "excerpt": post._excerpt() if spoken else "",
                    "url": base + notice._url(),
                }
            )
        return items

    @api.model
    def _letter_values(
        self, member, subject, items, kind=None, answerable=None, more=0
    ):
        """:param kind: what the link of the foot unsubscribes from; None is all mails
        :param answerable: ``community.post`` that an answer by e-mail answers
        :param more: number of news that are not listed
        """
        company = (answerable or self.env["community.post"]).company_id
        company = company or member.user_id.company_id
        inbox = answerable and company.alias_domain_id.catchall_email
        stop = self._unsubscribe_url(member, kind)
        body = self.env["ir.qweb"]._render(
            "community_portal.mail_notices",
            {
                "company": company,
                "name": member.name,
                "items": items,
                "more": more,
                "marker": inbox and MARKER,
                "base": self._base(),
                "stop": stop,
            },
        )
        values = {
            "subject": subject,
            "body_html": body,
            "author_id": False,
            "email_from": company.email_formatted or self.env.user.email_formatted,
            "recipient_ids": [fields.Command.set(member.partner_id.ids)],
            "headers": repr(self._letter_headers(stop)),
            "auto_delete": True,
        }
        if inbox:
            answers = self.env["community.notice.answer"]
            thread = answerable._thread()
            values |= {
                "reply_to": formataddr((company.name, inbox)),
                "message_id": answers._address(answerable, member, fresh=True),
                # Some mail services put an id of their own in place of ours; this
                # one comes back all the same, and it keeps the thread together.
                "references": answers._address(thread, member),
            }
        return values

    @api.model
    def _letter_headers(self, stop):
        return {
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "OOF, AutoReply",
        }

    @api.model
    def _unsubscribe_url(self, member, kind=None):
        token = hash_sign(self.sudo().env, UNSUBSCRIBE, [member.id, kind])
        return f"{self._base()}/community/unsubscribe/{token}"

    @api.model
    def _base(self):
        """Address of this server for people, without a slash at its end."""
        return self.browse().get_base_url()

    @api.model
    def _host(self):
        return urlsplit(self._base()).hostname or "localhost"
