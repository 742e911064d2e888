from odoo import api, fields, models
from odoo.exceptions import MissingError, UserError
from odoo.tools import html2plaintext

from .community_post import BODY_LIMIT, TITLE_LIMIT

FILE_COUNT = 20  # files of one post

ROOT_KINDS = {
    "question": "question",
    "discussion": "discussion",
    "group": "discussion",
    "idea": "idea",
    "announcement": "announcement",
    "knowledge": "article",
}
EDITABLE = {"title", "body", "audience", "tag_ids"}


class CommunityPost(models.Model):
    """Writing: what a member may do with words. Called as the user; checked here,
    written with sudo, as customers have no right to write these records."""

    _inherit = "community.post"

    @api.model
    def _find(self, post_id):
        """A post that the user may see, and that is there.

        :raises MissingError: the same for what is not there and what is not his
        """
        post = self._look([("id", "=", post_id)], limit=1)
        if not post:
            raise MissingError(self._not_for_you())
        return post

    @api.model
    def _look(self, domain, **options):
        """``search`` for the user's posts that reads all that is stored of them in
        the same query: pages and actions need it, with sudo.

        :return: the posts, as the user
        """
        query = self._search(domain, **options)
        if query.is_empty():
            return self.browse()
        # sudo: found with the user's rights, and what is read stays on the server
        posts = self.sudo()
        found = posts._fetch_query(query, posts._determine_fields_to_fetch())
        return found.with_env(self.env)

    def _not_for_you(self):
        return self.env._("This post does not exist or is not for you.")

    @api.model
    def _ask(self, vals):
        """Begin a thread.

        :param vals: space_id, title, body and, if wanted, audience, tag_ids (ids),
            attachment_ids (ids of the user's own pending files)
        :return: the post, as the user; it may be waiting for somebody
        :raises UserError: what is wrong and what to do
        """
        member = self.env["community.member"]._join()
        space = self._space_for(vals.get("space_id"), "post")
        member._check_hours()
        member._check_points(space)
        title = self._checked_title(vals.get("title"))
        post = self._write_new(
            member,
            space,
            vals,
            kind=ROOT_KINDS[space.kind],
            title=title,
        )
        member_follow = self.env["community.follow"]
        member_follow._set(member, post, following=True)
        return post

    def _reply(self, body, parent=None, attachments=None, audience="everybody"):
        """Answer in this thread.

        :param parent: the reply that is answered; answers to answers stay on one
            level
        :param audience: "everybody" is everybody who sees the thread
        :return: the reply, as the user
        """
        self.ensure_one()
        member = self.env["community.member"]._join()
        root = self._thread()
        self._check_open_for_replies(root)
        space = self._space_for(root.sudo().space_id.id, "reply")
        member._check_hours()
        if parent:
            parent = self._find(parent.id)
            parent = parent.parent_id or parent
            if parent.root_id != root:
                raise UserError(self._not_for_you())
        return self._write_new(
            member,
            space,
            {"body": body, "attachment_ids": attachments, "audience": audience},
            kind="reply",
            root_id=root.id,
            parent_id=parent.id if parent else False,
        )

    def _check_open_for_replies(self, root):
        root.check_access("read")
        facts = root.sudo()
        if facts.locked or not facts.active:
            raise UserError(
                self.env._(
                    "This thread is closed. You can begin a new one and link to it."
                )
            )

    @api.model
    def _space_for(self, space_id, right):
        spaces = self.env["community.space"]
        if space_id not in spaces._ids_for("see"):
            raise UserError(
                self.env._("This space does not exist or is not for you. Choose one.")
            )
        space = spaces.sudo().browse(space_id)
        if space_id not in spaces._ids_for(right):
            raise UserError(
                self.env._(
                    "You can read “%(space)s” but not write here: the vendor or your "
                    "company has set it so.",
                    space=space.name,
                )
            )
        return space

    def _write_new(self, member, space, vals, **fixed):
        values = {
            "space_id": space.id,
            "author_id": member.id,
            "organisation_id": member.organisation_id.id,
            "body": self._checked_body(vals.get("body")),
            "audience": self._checked_audience(space, vals, fixed["kind"]),
            "approval": member._approval(),
            "tag_ids": [fields.Command.set(self._checked_tags(vals))],
            **fixed,
        }
        files = self._checked_files(member, vals.get("attachment_ids"), space)
        post = self.sudo().create(values)
        files.sudo().write({"res_model": self._name, "res_id": post.id})
        return post.with_env(self.env)

    def _checked_title(self, title):
        title = " ".join((title or "").split())
        if not title:
            raise UserError(self.env._("Give it a title, so that others find it."))
        if len(title) > TITLE_LIMIT:
            raise UserError(
                self.env._(
                    "The title has %(count)s characters; %(limit)s are possible. Put "
                    "the details into the text.",
                    count=len(title),
                    limit=TITLE_LIMIT,
                )
            )
        return title

    def _checked_body(self, body):
        body = body or ""
        if len(body) > BODY_LIMIT:
            raise UserError(
                self.env._(
                    "The text is too long: %(count)s characters with its formatting, "
                    "%(limit)s are possible. Attach long logs as a file.",
                    count=len(body),
                    limit=BODY_LIMIT,
                )
            )
        if not html2plaintext(body).strip() and "<img" not in body:
            raise UserError(self.env._("Write something first."))
        return body

    def _checked_audience(self, space, vals, kind):
        wanted = vals.get("audience")
        if not wanted:
            return "everybody" if kind == "reply" else space._default_audience()
        allowed = space._audiences()
        if kind == "reply":
            allowed = ["everybody", *allowed]
        if wanted not in allowed:
            raise UserError(
                self.env._("Choose who may see it among what this space offers.")
            )
        return wanted

    def _checked_tags(self, vals):
        # sudo: topics are no secret, and unknown ones are left out
        tags = self.env["community.tag"].sudo().browse(vals.get("tag_ids") or [])
        return tags.exists().ids[:5]

    def _checked_files(self, member, attachment_ids, space):
        """The user's own uploads that belong to no post yet."""
        wanted = set(attachment_ids or [])
        if len(wanted) > FILE_COUNT:
            raise UserError(
                self.env._(
                    "%(count)s files are too many; %(limit)s are possible. Put them "
                    "into one archive or choose the telling ones.",
                    count=len(wanted),
                    limit=FILE_COUNT,
                )
            )
        files = self.env["ir.attachment"].sudo().browse(wanted).exists()
        own = files.filtered(
            lambda file: (
                file.res_model == "community.draft" and file.create_uid == self.env.user
            )
        )
        if len(own) != len(wanted):
            raise UserError(
                self.env._("A file is no longer there. Add it to your post again.")
            )
        return own

    def _edit(self, vals):
        """Change one's own words; the version before is kept.

        :param vals: title, body, audience, tag_ids (ids), attachment_ids (of new
            files)
        """
        self.ensure_one()
        member = self._check_own()
        member._check_hours()
        post = self.sudo()
        space = post.space_id
        values = {name: vals[name] for name in EDITABLE & vals.keys()}
        if "title" in values:
            values["title"] = not post.root_id and self._checked_title(values["title"])
        if "body" in values:
            values["body"] = self._checked_body(values["body"])
        if "audience" in values:
            self._checked_audience(space, vals, post.kind)
            self._check_not_wider(values["audience"])
        if "tag_ids" in values:
            values["tag_ids"] = [fields.Command.set(self._checked_tags(vals))]
        files = self._checked_files(member, vals.get("attachment_ids"), space)
        post.write(values)
        files.write({"res_model": self._name, "res_id": post.id})
        post._happened("edited", member)

    def _check_own(self):
        """:return: the user's membership, if he wrote this"""
        member = self.env["community.member"]._join()
        self.check_access("read")
        if self.sudo().author_id != member:
            raise UserError(self.env._("Only its author can do this."))
        return member

    def _check_not_wider(self, audience):
        """Who answered did so for those who could read it then."""
        codes = list(dict(self._fields["audience"].selection))
        post = self.sudo()
        wider = codes.index(audience) < codes.index(post.audience)
        if wider and post.reply_ids.filtered(lambda r: r.author_id != post.author_id):
            raise UserError(
                self.env._(
                    "Others have answered for the readers that you chose, so it cannot "
                    "be opened to more. Begin a new thread instead."
                )
            )

    def _remove(self):
        """Take one's own words away, or as a moderator of the space somebody's. It is
        kept for the vendor and can be put back."""
        self.ensure_one()
        member = self._check_may_remove()
        self.sudo().write({"active": False, "removed_by_id": member.id})

    def _restore_removed(self):
        """Undo: by whoever took it away."""
        self.ensure_one()
        member = self.env["community.member"]._join()
        post = self.sudo()
        if post.active or post.removed_by_id != member:
            raise UserError(self._not_for_you())
        post.write({"active": True, "removed_by_id": False})

    def _check_may_remove(self):
        member = self.env["community.member"]._join()
        self.check_access("read")
        post = self.sudo()
        moderated = self.env["community.space"]._ids_for("moderate")
        if post.author_id != member and post.space_id.id not in moderated:
            raise UserError(
                self.env._("Only its author or a moderator can take it away.")
            )
        return member
