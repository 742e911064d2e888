from odoo import api, fields, models


class CommunityPost(models.Model):
    """When others learn of a post, and when they stop seeing it."""

    _inherit = "community.post"

    @api.model_create_multi
    def create(self, vals_list):
        posts = super().create(vals_list)
        posts.sudo()._announce()
        return posts

    def write(self, vals):
        if not {"active", "approval", "moderation_state"} & vals.keys():
            return super().write(vals)
        known = self.sudo().filtered("announced")
        shown = known.filtered(lambda post: post._is_shown())
        result = super().write(vals)
        shown_now = self.sudo().filtered(lambda post: post._is_shown())
        (shown - shown_now)._withdrawn()
        ((shown_now & known) - shown)._returned()
        shown_now._announce()
        return result

    def _is_shown(self):
        self.ensure_one()
        return self.active and self._is_public()

    def _announce(self):
        """Tell others of what has become visible for the first time."""
        for post in self:
            if not post.announced and post._is_shown():
                post.announced = True
                if post.create_date < self.env.cr.now():  # it had to wait
                    post.published_date = fields.Datetime.now()
                post._count_in(1)
                event = "replied" if post.root_id else "posted"
                post._happened(event, post.author_id)

    def _withdrawn(self):
        """Nobody but the author sees these any more."""
        for post in self:
            post._count_in(-1)
            post._mark_solved(False)
            event = "withdrawn" if post.active else "removed"
            post._happened(event, post._actor())

    def _returned(self):
        for post in self:
            post._count_in(1)
            post._mark_solved(True)
            post._happened("restored", post._actor())

    def _actor(self):
        return self.env["community.member"]._me()

    def _mark_solved(self, solved):
        """A question whose accepted answer is gone is open again."""
        root = self.root_id
        if root.accepted_id == self and root.is_solved != solved:
            root.is_solved = solved

    def _count_in(self, sign):
        """Count what readers of the thread, and of its author, can see."""
        # What is imported moves its thread up to when it was written there.
        changes, moment = self._changes(sign), self.published_date
        self.env["community.tally"]._add_all(changes, moment)

    def _changes(self, sign):
        author, thread = self.author_id.id, self.root_id
        changes = [("community.member", author, "post_count", sign)]
        if self._is_open():
            changes.append(("community.member", author, "open_post_count", sign))
        if thread and self.audience == "everybody":
            changes.append(("community.post", thread.id, "reply_count", sign))
        return changes
