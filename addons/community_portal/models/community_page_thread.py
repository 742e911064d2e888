from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

READ_AT_ONCE = 100  # replies: threads are seldom longer
ANSWERS_TO_ANSWERS = 500  # on one page of a thread


class CommunityPost(models.Model):
    """What the page of a thread needs beside the cards."""

    _inherit = "community.post"

    def _thread_page(self, limit, after=None):
        """The replies of this thread that the user finds, oldest first, a page at a
        time by key; the accepted answer comes before all others, on the first page.

        :param limit: number of replies; those under them come along
        :return: {"replies": posts, "next": cursor or None}
        """
        self.ensure_one()
        after = int(after) if str(after or "").isdecimal() else 0
        of_thread = Domain("root_id", "=", self.id)
        every = self._look(of_thread, order="id", limit=READ_AT_ONCE + 1)
        look = self._look if len(every) > READ_AT_ONCE else every._look_among
        accepted = self.sudo().accepted_id
        # An accepted answer to an answer stands where its conversation stands.
        first = accepted.parent_id or accepted
        branches = of_thread & Domain("parent_id", "=", False)
        found = look(
            branches & Domain("id", "not in", first.ids) & Domain("id", ">", after),
            order="id",
            limit=limit + 1,
        )
        cursor = found[limit - 1].id if len(found) > limit else None
        found = found[:limit]
        if first and not after:
            found = look([("id", "=", first.id)]) | found
        under = look(
            [("parent_id", "in", found.ids)], order="id", limit=ANSWERS_TO_ANSWERS
        )
        return {"replies": found | under, "next": cursor}

    def _look_among(self, domain, order="id", limit=None):
        """``_look`` where all there is has been found already, in the order."""
        # sudo: the user has found them; conditions are on more than he may read
        return self.sudo().filtered_domain(domain)[:limit].with_env(self.env)

    def _history(self):
        """How the post read before its changes, newest first: a list of {"title",
        "body", "date", "editor"}."""
        self.ensure_one()
        self.check_access("read")
        if self.sudo().moderation_state not in ("published", "edit_held"):
            # What a moderator masked or hid is not shown by way of its past.
            return []
        return [
            {
                "title": version.title or "",
                "body": Markup(version.body or ""),
                "date": version.create_date,
                "editor": version.editor_id.name or "",
            }
            for version in self.sudo().version_ids[:50]
        ]

    def _shared(self):
        """What a new thread begins with that shares this one: title and body.

        :raises UserError: not everybody may know of it
        """
        self.ensure_one()
        post = self.sudo()
        if post.root_id or not post._is_open() or not post._is_shown():
            raise UserError(
                self.env._(
                    "This is not for everybody, so it cannot be shared. Copy its link: "
                    "it opens for those who may see it."
                )
            )
        link = Markup('<p><a href="%s">%s</a></p><p><br></p>')
        return {"title": post.title, "body": link % (post._url(), post.title)}
