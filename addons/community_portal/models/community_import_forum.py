from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..importing import Community, Person, Post, Source, Vote, markup
from ..importing.order import ordered
from ..importing.records import mark as _


class CommunityImport(models.Model):
    """Odoo's own forum in the same database. It is read by SQL, as what an
    administrator of the community may read there is another question. Its karma does
    not come: it could be farmed. Its votes do."""

    _inherit = "community.import"

    @api.model
    def _has_forum(self):
        return "forum.post" in self.env

    def _require_forum(self):
        if not self._has_forum():
            raise UserError(
                self.env._(
                    "Odoo's forum (the app “Forum”) is not installed in this database, "
                    "so there is nothing to read. Choose a file instead."
                )
            )

    def _read_forum(self):
        """:return: ``importing.Community``"""
        self._require_forum()
        self.env.flush_all()
        found = Community()
        found.people = [
            Person(str(uid), name or login, email or "", user=uid)
            for uid, login, name, email in self._forum_people()
        ]
        for row in self._forum_rows():
            self._add_forum_post(found, **row)
        for row in self._forum_comments():
            found.posts.append(self._forum_comment(**row))
        found.votes = [
            Vote(str(post), str(uid), int(vote), Source("forum.post.vote", key))
            for key, post, uid, vote in self._forum_votes()
        ]
        return ordered(found)

    def _add_forum_post(self, found, id, state, html, **row):
        source = Source("forum.post", id)
        if state not in ("active", "close"):
            found.doubt(
                source, _("In the forum it waits for a moderator or was hidden.")
            )
        elif not html:
            found.doubt(source, _("This post has no text."))
        else:
            html, _names, _links = markup.with_pictures(html, self._forum_picture_name)
            found.posts.append(
                Post(
                    key=str(id),
                    author=str(row["author"]),
                    html=html,
                    title=(row["title"] or f"#{id}")[:200],
                    parent=str(row["parent"] or ""),
                    space=row["space"],
                    created=row["created"],
                    tags=tuple(row["tags"] or ())[:5],
                    accepted=bool(row["accepted"]),
                    locked=state == "close",
                    source=source,
                )
            )

    def _forum_comment(self, id, post, author, html, created):
        return Post(
            key=f"comment {id}",
            author=str(author),
            html=html,
            parent=str(post),
            created=created,
            source=Source("mail.message", id),
        )

    def _forum_name(self, column):
        """A translated name in the language of whoever imports."""
        return SQL(
            "COALESCE(%(column)s->>%(lang)s, %(column)s->>'en_US', '')",
            column=column,
            lang=self.env.lang or "en_US",
        )

    def _forum_rows(self):
        self.env.cr.execute(
            SQL(
                """
                SELECT post.id, post.state, post.content AS html, post.name AS title,
                       post.parent_id AS parent, post.create_uid AS author,
                       post.create_date AS created, post.is_correct AS accepted,
                       %(forum)s AS space,
                       (SELECT array_agg(tag.name ORDER BY tag.id)
                          FROM forum_tag tag JOIN forum_tag_rel rel
                            ON rel.forum_tag_id = tag.id
                         WHERE rel.forum_post_id = post.id) AS tags
                  FROM forum_post post JOIN forum_forum forum
                    ON forum.id = post.forum_id
                 WHERE post.active
                 ORDER BY post.id
                """,
                forum=self._forum_name(SQL.identifier("forum", "name")),
            )
        )
        return self.env.cr.dictfetchall()

    def _forum_comments(self):
        """What people wrote below questions and answers."""
        self.env.cr.execute(
            """
            SELECT message.id, message.res_id AS post, author.id AS author,
                   message.body AS html, message.date AS created
              FROM mail_message message
              JOIN forum_post post ON post.id = message.res_id AND post.active
              JOIN LATERAL (SELECT id FROM res_users
                             WHERE partner_id = message.author_id
                             ORDER BY active DESC, id LIMIT 1) author ON true
             WHERE message.model = 'forum.post' AND message.message_type = 'comment'
               AND length(message.body) > 0
             ORDER BY message.id
            """
        )
        return self.env.cr.dictfetchall()

    def _forum_votes(self):
        self.env.cr.execute(
            "SELECT id, post_id, user_id, vote FROM forum_post_vote "
            "WHERE vote IN ('1', '-1') ORDER BY id"
        )
        return self.env.cr.fetchall()

    def _forum_people(self):
        self.env.cr.execute(
            """
            SELECT person.id, person.login, partner.name, partner.email
              FROM res_users person JOIN res_partner partner
                ON partner.id = person.partner_id
             WHERE person.id IN (
                   SELECT create_uid FROM forum_post WHERE active
                    UNION SELECT user_id FROM forum_post_vote
                    UNION SELECT users.id FROM mail_message message
                          JOIN res_users users ON users.partner_id = message.author_id
                         WHERE message.model = 'forum.post')
             ORDER BY person.id
            """
        )
        return self.env.cr.fetchall()

    def _forum_picture_name(self, source):
        """The attachment's id of a picture that the forum's editor put in."""
        parts = source.split("?")[0].split("/")
        if parts[:3] == ["", "web", "image"] and len(parts) > 3:
            key = parts[3].split("-")[0]
            return key if key.isdecimal() and len(key) < 10 else ""
        return ""

    def _forum_picture(self, name):
        file = self.env["ir.attachment"].sudo().browse(int(name)).exists()
        return file.raw if file.res_model == "forum.post" else None
