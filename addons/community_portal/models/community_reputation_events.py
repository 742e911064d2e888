from odoo import api, models
from odoo.tools import SQL

from .community_reputation_kinds import IDEA_STATES

VOTES = {1: "vote_up", -1: "vote_down"}


class CommunityPost(models.Model):
    _inherit = "community.post"

    def _happened(self, event, actor, **facts):
        result = super()._happened(event, actor, **facts)
        # sudo: nobody writes in the ledger
        ledger = self.env["community.reputation.entry"].sudo()
        for post in self.sudo():
            ledger._hear(post, event, actor, facts)
        return result


class CommunityReputationEntry(models.Model):
    """What the ledger makes of what happens to posts."""

    _inherit = "community.reputation.entry"

    @api.model
    def _hear(self, post, event, actor, facts):
        """:param facts: those of ``community.post._happened``; ``date`` when an
        import tells of something long ago"""
        handler = getattr(self, f"_on_{event}", None)
        if handler:
            handler(post, actor, facts)

    def _on_voted(self, post, actor, facts):
        if before := VOTES.get(facts.get("before")):
            self._take_back_event(post, before, "unvoted", actor)
        if now := VOTES.get(facts["value"]):
            self._earn_event(post, now, actor, facts)

    def _on_accepted(self, post, actor, facts):
        self._earn_event(post, "accepted", actor, facts)

    def _on_unaccepted(self, post, actor, facts):
        self._take_back_event(post, "accepted", "unaccepted")

    def _on_article_made(self, post, actor, facts):
        self._earn_event(post, "article_made", actor, facts)

    def _on_idea_state(self, post, actor, facts):
        reached = IDEA_STATES.index(facts["state"])
        for state in IDEA_STATES[reached + 1 :]:
            if state in ("planned", "shipped"):
                self._take_back_event(post, f"idea_{state}", "undone")
        self._earn_event(post, f"idea_{facts['state']}", actor, facts)

    def _on_removed(self, post, actor, facts):
        self._take_back(SQL("e.post_id = %s", post.id), "removed")

    def _on_withdrawn(self, post, actor, facts):
        self._take_back(SQL("e.post_id = %s", post.id), "withdrawn")

    def _on_restored(self, post, actor, facts):
        self._give_back(
            SQL("e.post_id = %s AND e.cause IN ('removed', 'withdrawn')", post.id),
            "restored",
        )

    def _on_edited(self, post, actor, facts):
        self._correct_open(SQL("(p.id = %s OR p.root_id = %s)", post.id, post.id))

    # --- by rule ----------------------------------------------------------------------

    def _earn_event(self, post, event, actor, facts):
        """Claims of all rules for an event; nobody earns by himself, and who says
        that somebody else's question is solved does so by role."""
        author, claims = post.author_id, []
        for rule_id, earner in self.env["community.reputation.rule"]._ids_for(
            event, post.kind
        ):
            member, other = (author, actor) if earner == "author" else (actor, author)
            by_role = event == "accepted" and actor != post.thread_author_id
            if member and member != other and not (by_role and earner == "actor"):
                claims.append((rule_id, member.id, other.id or None))
        if claims and not self._earn(post, claims, facts.get("date")):
            # He did it before and took it back: one event, whose limits are used.
            self._give_back(
                SQL(
                    "e.post_id = %s AND e.cause IN ('unvoted', 'unaccepted', "
                    "'undone') AND r.event = %s AND %s",
                    post.id,
                    event,
                    self._by(actor),
                ),
                "restored",
            )

    def _take_back_event(self, post, event, cause, actor=None):
        by = self._by(actor) if actor else SQL("TRUE")
        self._take_back(
            SQL("e.post_id = %s AND r.event = %s AND %s", post.id, event, by), cause
        )

    def _by(self, actor):
        """SQL: the entry is there because this person did something, or anybody
        where it counts once."""
        return SQL(
            "(r.once OR CASE r.earner WHEN 'actor' THEN e.member_id "
            "ELSE e.other_id END IS NOT DISTINCT FROM %s)",
            actor.id or None,
        )
