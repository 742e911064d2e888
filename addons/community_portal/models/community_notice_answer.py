import logging
import re
import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tools import consteq, email_normalize
from odoo.tools.mail import unfold_references
from odoo.tools.misc import hmac

from ..own_words import own_words

_logger = logging.getLogger(__name__)

KEPT_DAYS = 90  # a mail that comes again after that was not lost on the way
SCOPE = "community_portal.answer"
ADDRESS = re.compile(r"<community-(\d{1,18})-(\d{1,18})-([0-9a-f]*)-([0-9a-f]{40})@")


class CommunityNoticeAnswer(models.Model):
    """An answer that came by e-mail, taken once however often it is delivered."""

    _name = "community.notice.answer"
    _description = "Answer by E-Mail"
    _order = "id desc"

    message_id = fields.Char(required=True)
    member_id = fields.Many2one(
        "community.member", required=True, index=True, ondelete="cascade"
    )
    thread_id = fields.Many2one("community.post", index=True, ondelete="cascade")
    reply_id = fields.Many2one(
        "community.post", index="btree_not_null", ondelete="cascade"
    )
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    letter = fields.Boolean(help="The sender was written to about it.")

    _message_uniq = models.UniqueIndex("(message_id)")

    # --- addresses --------------------------------------------------------------------

    @api.model
    def _address(self, post, member, fresh=False):
        """A message id that nobody else can make: whoever answers it has got it.

        :param fresh: one for each mail, not the thread's own
        """
        nonce = secrets.token_hex(6) if fresh else ""
        mark = self._signature(post.id, member.id, nonce)
        host = self.env["community.notice"]._host()
        return f"<community-{post.id}-{member.id}-{nonce}-{mark}@{host}>"

    @api.model
    def _signature(self, post_id, member_id, nonce):
        return hmac(self.sudo().env, SCOPE, (post_id, member_id, nonce))[:40]

    @api.model
    def _addressed(self, message_dict):
        """What a mail answers.

        :return: (post id, member id); (0, 0) if it pretends to; None if it is none of
            ours
        """
        references = unfold_references(message_dict.get("references") or "")
        wanted = [message_dict.get("in_reply_to") or "", *reversed(references[-32:])]
        found = [match for ref in wanted if (match := ADDRESS.match(ref.strip()))]
        for match in found:
            post_id, member_id = int(match[1]), int(match[2])
            if consteq(match[4], self._signature(post_id, member_id, match[3])):
                return post_id, member_id
        return (0, 0) if found else None

    # --- taking -----------------------------------------------------------------------

    @api.model
    def _take(self, message, message_dict):
        """Publish a mail as an answer if it is one.

        :return: whether the mail was for the community; nobody else gets it then
        """
        addressed = self._addressed(message_dict)
        if addressed is None or self._is_for_others(message_dict):
            return False
        member = self.env["community.member"].sudo().browse(addressed[1]).exists()
        if not member or self._is_automatic(message):
            _logger.info("Mail to the community left aside: not a member's answer")
        else:
            answer = self._claim(message_dict["message_id"], member)
            if answer:
                speaking = answer.with_context(lang=member.user_id.lang)
                speaking._publish(addressed[0], message_dict)
        return True

    @api.model
    def _is_for_others(self, message_dict):
        """Who writes to another address of the company wants something of it, even
        if he answers or forwards a mail of ours."""
        recipients = message_dict.get("recipients") or ""
        addresses = [email_normalize(part) for part in recipients.split(",")]
        aliases = self.env["mail.alias"].sudo()
        return bool(
            aliases.search_count(
                [("alias_full_name", "in", [a for a in addresses if a])], limit=1
            )
        )

    @api.model
    def _is_automatic(self, message):
        """Out-of-office answers and the like (RFC 3834)."""
        submitted = (message.get("Auto-Submitted") or "no").strip().lower()
        precedence = (message.get("Precedence") or "").strip().lower()
        return (
            not submitted.startswith("no")
            or precedence in ("auto_reply", "bulk", "junk", "list")
            or (message.get("Return-Path") or "").strip() == "<>"
            or "X-Autoreply" in message
            or "X-Autorespond" in message
        )

    @api.model
    def _claim(self, message_id, member):
        """:return: the record of a mail that comes for the first time, else empty"""
        self.env.cr.execute(
            "INSERT INTO community_notice_answer (message_id, member_id, date) "
            "VALUES (%s, %s, now() AT TIME ZONE 'UTC') "
            "ON CONFLICT (message_id) DO NOTHING RETURNING id",
            [message_id[:500], member.id],
        )
        row = self.env.cr.fetchone()
        return self.sudo().browse(row and [row[0]])

    def _publish(self, post_id, message_dict):
        """As the member, through everything that his own page would check."""
        self.ensure_one()
        post = self.env["community.post"].sudo().browse(post_id).exists()
        self.thread_id = post and post._thread()
        try:
            with self.env.cr.savepoint():
                self._check_sender(message_dict)
                self.reply_id = self._reply(post_id, message_dict)
        except (AccessError, MissingError):
            self._write_back(self.env["community.post"]._not_for_you())
        except UserError as error:
            self._write_back(str(error))
        else:
            self._tell_waiting()

    def _check_sender(self, message_dict):
        member = self.member_id
        sender = email_normalize(message_dict.get("email_from") or "")
        own = {
            member.partner_id.email_normalized,
            email_normalize(member.user_id.login),
        }
        if not sender or sender not in own:
            raise UserError(
                self.env._(
                    "Your answer came from another address than the one that we wrote "
                    "to. Answer from that one, or on the page."
                )
            )
        if member.state != "active" or not member.user_id.active:
            raise UserError(
                self.env._("You are not a member of this community. Ask to join first.")
            )

    def _reply(self, post_id, message_dict):
        user = self.member_id.user_id
        post = self.env["community.post"].with_user(user)
        post = post.with_context(moderation_email=True, lang=user.lang)._find(post_id)
        words, pictures = own_words(str(message_dict.get("body") or ""))
        files = self._files(post, message_dict, pictures)
        return post._reply(
            words or self._only_files(files),
            parent=post if post.sudo().root_id else None,
            attachments=files.ids,
        )

    def _only_files(self, files):
        return "<p>📎</p>" if files else ""

    def _files(self, post, message_dict, pictures):
        """The mail's files as uploads of the member: those he attached, and pictures
        that stand in what he wrote himself."""
        limit = post.sudo().space_id.file_limit_mb
        values = []
        for name, content, info in message_dict.get("attachments") or []:
            cid = (info or {}).get("cid")
            if cid and cid not in pictures:
                continue
            raw = content.encode() if isinstance(content, str) else bytes(content)
            if limit and len(raw) > limit * 1024 * 1024:
                raise UserError(
                    self.env._(
                        "“%(file)s” is too large: %(limit)s MB are possible. Pack it "
                        "smaller or link to it.",
                        file=name,
                        limit=limit,
                    )
                )
            values.append({"name": name, "raw": raw, "res_model": "community.draft"})
        # sudo: customers may not create files of posts; the user stays
        files = post.env["ir.attachment"].sudo()
        return files.with_context(attachments_mime_plainxml=True).create(values)

    @api.autovacuum
    def _gc_answers(self):
        old = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        self.sudo().search([("date", "<", old)], limit=10_000).unlink()
