from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.moderation.engine import plain_text
from odoo.addons.moderation.engine.types import Earlier
from odoo.addons.moderation.gate import PASS
from odoo.addons.moderation.models.moderation_mixin import STATES
from odoo.addons.moderation.models.moderation_scanner import (
    EARLIER,
    EARLIER_MINUTES,
)


class CommunityPost(models.Model):
    """How the gate and the moderators see a post."""

    _inherit = "community.post"

    # Named again, or this add-on's translations would not be those of the choices.
    moderation_state = fields.Selection(STATES)

    def _moderation_gated(self, vals):
        """Everybody's words pass, the vendor's own people's too: what they write
        here, competitors read."""
        gated = super()._moderation_gated(vals)
        return gated or not (
            self.env.user._is_superuser()
            or self.env.context.get("moderation_gate") is PASS
        )

    def _moderation_place(self):
        self.ensure_one()
        return "answer" if self.author_id.is_vendor else "community"

    def _moderation_judge_for(self, author, place, content):
        # It is there already when it is judged, and is not compared with itself.
        judged = self.with_context(community_judged=self.ids)
        return super(CommunityPost, judged)._moderation_judge_for(
            author, place, content
        )

    def _moderation_author(self):
        self.ensure_one()
        return self.author_id.partner_id

    def _moderation_document(self):
        return self._thread()

    def _moderation_sets(self):
        return self.space_id.moderation_set_ids

    def _moderation_written(self):
        self.ensure_one()
        return self.published_date

    def _moderation_files(self):
        self.ensure_one()
        return self.env["ir.attachment"].search(
            [("res_model", "=", self._name), ("res_id", "=", self.id)]
        )

    def _moderation_around(self, limit):
        thread = self._thread()
        others = thread | thread.reply_ids.sorted("id")
        place = list(others).index(self) if self in others else 0
        before = others[max(0, place - limit) : place]
        after = others[place + 1 : place + 1 + limit]
        return (
            [post._moderation_bubble(post.body) for post in before],
            [post._moderation_bubble(post.body) for post in after],
        )

    @api.model
    def _moderation_own(self):
        member = self.env["community.member"]._me()
        return Domain("author_id", "=", member.id) if member else Domain.FALSE

    def _moderation_is_own(self):
        return self.author_id == self.env["community.member"]._me()


class ModerationRuleSet(models.Model):
    """The starter rules of the room: among competitors nobody solicits, and what is
    said in anger is answered, not hidden."""

    _inherit = "moderation.rule.set"

    @api.model
    def _pack_policies(self):
        policies = super()._pack_policies()
        ours = policies["moderation.set_ticket"] | {
            "solicitation": {"action": "hold", "insist": "no"}
        }
        return policies | {"community_portal.set_community": ours}


class ModerationScanner(models.AbstractModel):
    """Who says the same in ten spaces has said it before."""

    _inherit = "moderation.scanner"

    @api.model
    def _earlier(self, author, now):
        posts = self.env["community.post"].sudo().with_context(active_test=False)
        member = self.env["community.member"].sudo()._of_user(author.main_user_id.id)
        if not member:
            return super()._earlier(author, now)
        since = now - timedelta(minutes=EARLIER_MINUTES)
        found = posts.search_fetch(
            [
                ("author_id", "=", member.id),
                ("create_date", ">", since),
                ("id", "not in", self.env.context.get("community_judged", [])),
            ],
            ["title", "body", "create_date"],
            order="id desc",
            limit=EARLIER,
        )
        written = tuple(
            Earlier(plain_text(f"{post.title or ''}\n{post.body}"), post.create_date)
            for post in found
        )
        earlier = sorted((*super()._earlier(author, now), *written), key=moment)
        return tuple(earlier[-EARLIER:])


def moment(earlier):
    return earlier.at
