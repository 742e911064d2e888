from odoo import api, fields, models
from odoo.tools import SQL

SAMPLE = 200_000  # newest posts that are looked at
# How alike two words have to be (pg_trgm), and how much commoner the right one.
ALIKE = 0.4
COMMONER = 10
SHORTEST = 4  # characters of a word in which a slip is looked for


class CommunitySearchWord(models.Model):
    """A word of the posts that every member may see, and how common it is.

    By it the search knows which words are rare, and what somebody meant who mistyped
    one. Restricted posts give no words: a correction would tell of them. The list is
    made anew each night, so that nothing stays of what was taken away; who erases
    somebody's words calls ``_refresh`` at once.
    """

    _name = "community.search.word"
    _description = "Word of the Community"
    _log_access = False

    word = fields.Char(required=True, index="trigram")
    share = fields.Float(help="Of the posts, how many hold it: 0 to 1.")

    _word_uniq = models.Constraint("UNIQUE (word)", "A word is here once.")

    @api.model
    def _refresh(self):
        """Count the words anew."""
        cr = self.env.cr
        cr.execute("DELETE FROM community_search_word")
        cr.execute(SQL("SELECT count(*) FROM (%s) sample", self._sample("s.id")))
        [count] = cr.fetchone()
        if not count:
            return
        sample = cr.mogrify(self._sample("s.words")).decode()
        cr.execute(
            "INSERT INTO community_search_word (word, share) "
            "SELECT word, ndoc / %s::float FROM ts_stat(%s) "
            "WHERE length(word) BETWEEN 2 AND 60",
            [count, sample],
        )
        cr.execute("ANALYZE community_search_word")

    @api.model
    def _sample(self, column):
        """What every member may read: as ``community.post._is_open`` has it."""
        return SQL(
            "SELECT %s FROM community_search s "
            "JOIN community_post p ON p.id = s.post_id "
            "WHERE p.audience = 'everybody' AND p.thread_audience = 'everybody' "
            "AND NOT EXISTS (SELECT 1 FROM community_space_access a "
            "WHERE a.space_id = s.space_id AND a.\"right\" = 'see') "
            "ORDER BY s.post_id DESC LIMIT %s",
            SQL(column),
            SAMPLE,
        )

    @api.model
    def _shares(self, words):
        """:return: {word: share} of those that are known"""
        self.env.cr.execute(
            SQL(
                "SELECT word, share FROM community_search_word WHERE word = ANY(%s)",
                list(words),
            )
        )
        return dict(self.env.cr.fetchall())

    @api.model
    def _begun(self, prefix):
        """Share of all words that begin so."""
        pattern = prefix.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        self.env.cr.execute(
            "SELECT COALESCE(sum(share), 0) FROM community_search_word "
            "WHERE word LIKE %s",
            [f"{pattern}%"],
        )
        return min(self.env.cr.fetchone()[0], 1.0)

    @api.model
    def _meant(self, words):
        """What was meant by words that are unknown, or so rare that they may be
        somebody's slip of the finger.

        :param words: {word: its share}
        :return: {word: (meant word, its share)}
        """
        words = {word: share for word, share in words.items() if len(word) >= SHORTEST}
        if not words:
            return {}
        self.env.cr.execute(
            SQL(
                "SELECT asked.word, found.word, found.share "
                "FROM unnest(%s, %s) asked(word, share) CROSS JOIN LATERAL ("
                "SELECT w.word, w.share FROM community_search_word w "
                "WHERE w.word %% asked.word AND w.word <> asked.word "
                "AND similarity(w.word, asked.word) >= %s "
                "AND w.share > %s * asked.share "
                "ORDER BY similarity(w.word, asked.word) DESC, w.share DESC LIMIT 1"
                ") found",
                list(words),
                list(words.values()),
                ALIKE,
                COMMONER,
            )
        )
        return {asked: (word, share) for asked, word, share in self.env.cr.fetchall()}
