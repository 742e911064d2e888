from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.moderation.models.moderation_mixin import VISIBLE

from .community_search_text import english, folded, is_english, portuguese

EXTENSIONS = ("unaccent", "pg_trgm")
BATCH = 2_000  # posts indexed in one statement

DAY = 24 * 60  # a rank is counted in minutes
SOLVED_BONUS = 365 * DAY
ARTICLE_BONUS = 730 * DAY
DOUBLE_BONUS = 60 * DAY  # for each doubling of the score


class CommunitySearch(models.Model):
    """The words of a post that others may see, for the search.

    It is a table of its own because votes write the posts all the time, and
    PostgreSQL would index all words of a post anew each time. Who may see a post is
    not kept here: each search asks for it with the reader's own rights.

    ``rank`` says how good a post is beside others that hold the same words. It is a
    moment, in minutes: the day of the post and time on top for being solved, an
    article, or for points. As everything ages equally, nothing has to be counted
    anew when time passes, and an index holds the posts in this order.
    """

    _name = "community.search"
    _description = "Words of a Community Post"
    _log_access = False
    _order = "rank desc, post_id desc"

    post_id = fields.Many2one("community.post", required=True, ondelete="cascade")
    space_id = fields.Many2one("community.space", required=True, ondelete="cascade")
    kind = fields.Char(required=True)
    solved = fields.Boolean(help="Whether the thread is.")
    rank = fields.Integer(required=True)

    _post_uniq = models.Constraint("UNIQUE (post_id)", "A post is here once.")
    _rank_idx = models.Index("(rank DESC, post_id DESC)")
    _space_idx = models.Index("(space_id, rank DESC, post_id DESC)")
    _thread_idx = models.Index("(rank DESC, post_id DESC) WHERE kind <> 'reply'")

    def init(self):
        """The columns and indexes that Odoo's fields do not know."""
        for extension in EXTENSIONS:
            self._need(extension)
        self.env.cr.execute(
            "ALTER TABLE community_search ADD COLUMN IF NOT EXISTS words tsvector;"
            "ALTER TABLE community_search ALTER COLUMN words SET STATISTICS 1000;"
            "CREATE INDEX IF NOT EXISTS community_search_words_idx "
            "ON community_search USING gin (words)"
        )

    @api.model
    def _need(self, extension):
        cr = self.env.cr
        cr.execute("SELECT 1 FROM pg_extension WHERE extname = %s", [extension])
        if cr.fetchone():
            return
        cr.execute(
            "SELECT 1 FROM pg_available_extension_versions WHERE name = %s AND "
            "(trusted OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user))",
            [extension],
        )
        if not cr.fetchone():
            raise UserError(
                self.env._(
                    "The community's search needs PostgreSQL's extension “%(name)s”, "
                    "which this server does not offer to Odoo. Install the package "
                    "postgresql-contrib, or let the database's owner run "
                    "CREATE EXTENSION %(name)s, and try again.",
                    name=extension,
                )
            )
        cr.execute(SQL("CREATE EXTENSION IF NOT EXISTS %s", SQL.identifier(extension)))

    # --- keeping up with the posts ----------------------------------------------------

    @api.model
    def _soon(self, posts, threads=False):
        """Index posts at the end of this transaction, once for all that happens to
        them in it.

        :param threads: the replies in their threads too
        """
        if not posts:
            return
        precommit = self.env.cr.precommit
        if self._name not in precommit.data:
            precommit.data[self._name] = (set(), set())
            precommit.add(self.sudo()._now)
        precommit.data[self._name][threads].update(posts.ids)

    @api.model
    def _now(self):
        """Index what ``_soon`` was told."""
        waiting = self.env.cr.precommit.data.pop(self._name, None)
        if waiting:
            alone, threads = waiting
            self._index(list(alone | threads), list(threads))

    @api.model
    def _index(self, ids, threads=()):
        """Write the rows of posts, and of the replies in threads, from what the
        posts are now; a post that others do not see has none."""
        self.env["community.post"].flush_model()
        cr = self.env.cr
        if threads:
            cr.execute(
                "SELECT id FROM community_post WHERE root_id = ANY(%s)", [list(threads)]
            )
            ids = [*ids, *(post_id for (post_id,) in cr.fetchall())]
        cr.execute(
            SQL(
                "DELETE FROM community_search s USING community_post p "
                "WHERE p.id = s.post_id AND p.id = ANY(%s) AND NOT (%s)",
                ids,
                _shown(),
            )
        )
        self._insert(ids)

    @api.model
    def _insert(self, ids):
        """In the order of ids, as everybody who locks several rows."""
        self.env.cr.execute(
            SQL(
                "INSERT INTO community_search "
                "(post_id, space_id, kind, solved, rank, words) "
                "SELECT p.id, p.space_id, p.kind, COALESCE(r.is_solved, false), "
                "%s, %s "
                "FROM community_post p "
                "JOIN community_post r ON r.id = COALESCE(p.root_id, p.id) "
                "WHERE %s AND p.id = ANY(%s) ORDER BY p.id "
                "ON CONFLICT (post_id) DO UPDATE SET space_id = EXCLUDED.space_id, "
                "kind = EXCLUDED.kind, solved = EXCLUDED.solved, "
                "rank = EXCLUDED.rank, words = EXCLUDED.words",
                _rank(),
                _words(),
                _shown(),
                ids,
            )
        )

    @api.model
    def _insert_missing(self, after=0, limit=BATCH):
        """Index posts that came in by another way than the model (an import by SQL,
        those from before an upgrade).

        :param after: id after which to begin
        :return: ids of the posts indexed, ascending
        """
        self.env["community.post"].flush_model()
        self.env.cr.execute(
            SQL(
                "SELECT p.id FROM community_post p WHERE p.id > %s AND %s "
                "AND NOT EXISTS "
                "(SELECT 1 FROM community_search s WHERE s.post_id = p.id) "
                "ORDER BY p.id LIMIT %s",
                after,
                _shown(),
                limit,
            )
        )
        ids = [post_id for (post_id,) in self.env.cr.fetchall()]
        self._insert(ids)
        return ids

    @api.model
    def _cron_index(self):
        after = 0
        while ids := self._insert_missing(after):
            after = ids[-1]
            if not self.env["ir.cron"]._commit_progress(len(ids)):
                return
        self.env["community.search.word"]._refresh()

    @api.model
    def _rerank(self, ids):
        """Points have changed. Who holds a row is writing all of it anyway."""
        self.env.cr.execute(
            SQL(
                "UPDATE community_search s SET rank = found.rank FROM ("
                "SELECT s.id, %s AS rank FROM community_search s "
                "JOIN community_post p ON p.id = s.post_id "
                "JOIN community_post r ON r.id = COALESCE(p.root_id, p.id) "
                "WHERE s.post_id = ANY(%s) FOR UPDATE OF s SKIP LOCKED) found "
                "WHERE s.id = found.id AND s.rank <> found.rank",
                _rank(),
                list(ids),
            )
        )


def _shown():
    """Others than the author may see post ``p``."""
    return SQL(
        "p.active AND p.thread_open AND p.approval = 'free' "
        "AND p.moderation_state IN %s",
        VISIBLE,
    )


def _rank():
    """Points in steps of doubling: most votes change nothing here."""
    points = SQL("COALESCE(p.score, 0)")
    return SQL(
        "(extract(epoch FROM p.published_date) / 60)::int "
        "+ CASE WHEN p.kind = 'article' THEN %s "
        "WHEN r.is_solved AND (p.id = r.id OR p.id = r.accepted_id) THEN %s "
        "ELSE 0 END "
        "+ sign(%s)::int * floor(log(2, 1 + abs(%s)))::int * %s",
        ARTICLE_BONUS,
        SOLVED_BONUS,
        points,
        points,
        DOUBLE_BONUS,
    )


def _words():
    """The title counts most. A reply is found by its thread's title too: a question
    says what happened and its answer what to do. English stems keep no places: where
    they are the Portuguese ones, these have theirs."""
    title, body = SQL("folded.title"), SQL("folded.body")
    both = SQL("(%s || ' ' || %s)", title, body)
    return SQL(
        "(SELECT CASE WHEN p.root_id IS NULL THEN setweight(%s, 'A') "
        "ELSE strip(%s) END || setweight(%s, 'B') "
        "|| CASE WHEN %s THEN strip(%s) ELSE ''::tsvector END "
        "FROM (SELECT %s AS title, %s AS body OFFSET 0) folded)",
        portuguese(title),
        portuguese(title),
        portuguese(body),
        is_english(both),
        english(both),
        folded(SQL("COALESCE(r.title, '')")),
        folded(SQL("COALESCE(p.body, '')")),
    )
