from odoo import models
from odoo.tools import SQL

from ..importing import Vote


class CommunityImport(models.Model):
    """Votes of another community: they count for posts, not for anybody's points."""

    _inherit = "community.import"

    def _take_vote(self, lines):
        votes = {line: self._unpack(Vote, line) for line in lines}
        posts = self._came({vote.post for vote in votes.values()})
        keys = self.env["community.import.key"]._of(
            self.source, "person", {vote.person for vote in votes.values()}
        )
        rows, seen = [], set()
        for line, vote in votes.items():
            post, member = posts.get(vote.post), keys.get(vote.person)
            if not post or not member or post.author_id.id == member:
                line.write({"state": "left", "note": self._say_no_vote(post, member)})
            elif (post.id, member) not in seen:
                seen.add((post.id, member))
                rows.append((post.id, member, vote.value))
        self._store_votes(rows)
        lines.filtered(lambda line: line.state == "new").write({"state": "done"})

    def _say_no_vote(self, post, member):
        if not post:
            return self.env._("The post of this vote did not come.")
        if not member:
            return self.env._("Who voted has no user here.")
        return self.env._("Nobody votes on his own posts.")

    def _store_votes(self, rows):
        """:param rows: (post id, member id, 1 or -1); what is there already stays"""
        if not rows:
            return
        self.env.cr.execute(
            SQL(
                "INSERT INTO community_vote (post_id, member_id, value, create_uid, "
                "write_uid, create_date, write_date) "
                "SELECT v.post_id, v.member_id, v.value, %(uid)s, %(uid)s, "
                "now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC' "
                "FROM (VALUES %(rows)s) v (post_id, member_id, value) "
                "ON CONFLICT (post_id, member_id) DO NOTHING RETURNING post_id, value",
                uid=self.env.uid,
                rows=SQL(", ").join(SQL("(%s, %s, %s)", *row) for row in rows),
            )
        )
        changes = [("community.post", i, "score", v) for i, v in self.env.cr.fetchall()]
        self.env["community.tally"]._add_all(changes)
        self.env["community.vote"].invalidate_model()
