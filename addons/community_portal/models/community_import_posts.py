from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL

from ..importing import Post
from .community_post_write import ROOT_KINDS


class CommunityImport(models.Model):
    """Posts and replies of another community, through the same gate as all others."""

    _inherit = "community.import"

    def _take_post(self, lines):
        posts = {line: self._unpack(Post, line) for line in lines}
        spaces = self._spaces()
        values = [
            {
                "space_id": (space := spaces.get(post.space.lower(), self.space_id)).id,
                "kind": self._kind_of(post, space),
                "title": post.title,
                "audience": space._default_audience(),
                "locked": post.locked,
            }
            for post in posts.values()
        ]
        self._create_posts(posts, values)

    def _kind_of(self, post, space):
        return post.kind if post.kind in ROOT_KINDS.values() else ROOT_KINDS[space.kind]

    def _take_reply(self, lines):
        """What answers a reply of the same lines comes after it."""
        posts = {line: self._unpack(Post, line) for line in lines}
        keys = {post.key for post in posts.values()}
        later = lines.filtered(lambda line: posts[line].parent in keys)
        self._take_replies({line: posts[line] for line in lines - later})
        if later:
            self._take_replies({line: posts[line] for line in later})

    def _take_replies(self, posts):
        parents = self._came({post.parent for post in posts.values()})
        values = []
        for post in posts.values():
            parent = parents.get(post.parent)
            if not parent:
                raise UserError(
                    self.env._("The post that this one answers did not come.")
                )
            root = parent.root_id or parent
            values.append(
                {
                    "space_id": root.space_id.id,
                    "kind": "reply",
                    "root_id": root.id,
                    "parent_id": (parent.parent_id or parent).id
                    if parent.root_id
                    else False,
                }
            )
        self._create_posts(posts, values)
        self._accept_answers(posts)

    def _came(self, keys):
        """:return: {id there: ``community.post``} of what has come, removed or not"""
        found = self.env["community.import.key"]._of(self.source, "post", keys)
        posts = self.env["community.post"].sudo().with_context(active_test=False)
        there = set(posts.browse(found.values()).exists().ids)
        return {key: posts.browse(i) for key, i in found.items() if i in there}

    def _create_posts(self, posts, values):
        """:param posts: {line: ``Post``}
        :param values: what only posts or only replies have, in the same order
        """
        authors = self._authors({post.author for post in posts.values()})
        tags = self._tags(posts.values())
        pictures = [self._attach(post) for post in posts.values()]
        vals_list = [
            self._post_values(post, authors[post.author], tags, attached) | extra
            for post, extra, attached in zip(
                posts.values(), values, pictures, strict=True
            )
        ]
        # As by e-mail: nobody is there to correct it, so it is held and not refused.
        created = (
            self.env["community.post"]
            .sudo()
            .with_context(moderation_email=True, community_import=True)
            .create(vals_list)
        )
        self._sign(created)
        for line, post, (_html, files) in zip(posts, created, pictures, strict=True):
            files.write({"res_id": post.id})
            state = "done" if post._is_shown() else "held"
            line.write({"state": state, "res_id": post.id})
        self._remember("post", self.env["community.import.line"].union(*posts))

    def _post_values(self, post, author, tags, attached):
        when = fields.Datetime.to_datetime(post.created) or fields.Datetime.now()
        return {
            "body": attached[0],
            "author_id": author.id,
            "organisation_id": author.organisation_id.id,
            "tag_ids": [Command.set([tags[name.lower()].id for name in post.tags])],
            "published_date": when,
            "last_activity": when,
        }

    def _sign(self, posts):
        """Who wrote it is its creator: he finds what is held of his own."""
        self.env.cr.execute(
            SQL(
                "UPDATE community_post post SET create_uid = member.user_id, "
                "create_date = post.published_date FROM community_member member "
                "WHERE member.id = post.author_id AND post.id = ANY(%s)",
                posts.ids,
            )
        )
        posts.invalidate_recordset(["create_uid", "create_date"])

    def _authors(self, keys):
        """:return: {key: ``community.member``}, of unknown ones the former member"""
        found = self.env["community.import.key"]._of(self.source, "person", keys)
        members = self.env["community.member"].sudo().with_context(active_test=False)
        there = set(members.browse(found.values()).exists().ids)
        former = self._former_member()
        return {
            key: members.browse(found[key]) if found.get(key) in there else former
            for key in keys
        }

    def _tags(self, posts):
        """:return: {name in small letters: ``community.tag``}, created if need be"""
        names = {name.lower(): name for post in posts for name in post.tags}
        tags = self.env["community.tag"].sudo().with_context(active_test=False)
        found = {tag.name.lower(): tag for tag in tags.search([])} if names else {}
        missing = [names[key] for key in names if key not in found]
        for tag in tags.create([{"name": name} for name in missing]):
            found[tag.name.lower()] = tag
        return found

    def _accept_answers(self, posts):
        for line, post in posts.items():
            reply = self.env["community.post"].sudo().browse(line.res_id)
            question = reply.root_id
            if not post.accepted or question.kind != "question":
                continue
            if line.state == "held":
                line._doubt(self.env._("It was the accepted answer; accept it again."))
            elif not question.accepted_id:
                question.write(
                    {
                        "accepted_id": reply.id,
                        "accepted_date": reply.published_date,
                        "is_solved": True,
                    }
                )


class CommunityPost(models.Model):
    _inherit = "community.post"

    def _announce(self):
        """What was said years ago is counted, but nobody is told of it now and nobody
        earns points for it once more."""
        if not self.env.context.get("community_import"):
            return super()._announce()
        shown = self.filtered(lambda post: not post.announced and post._is_shown())
        shown.write({"announced": True})
        for post in shown:
            self.env["community.tally"]._add_all(post._changes(1), post.published_date)
        return None


class ModerationScanner(models.AbstractModel):
    _inherit = "moderation.scanner"

    @api.model
    def _earlier(self, author, now):
        """What comes within a minute here was written over years: nobody flooded."""
        if self.env.context.get("community_import"):
            return ()
        return super()._earlier(author, now)
