from odoo import http
from odoo.exceptions import MissingError
from odoo.http import request

from .room import action, cards, fragment, page, room

REPLIES = 30  # on one page; the rest follows on demand


class CommunityThread(http.Controller):
    """A thread, and what a reader can do with its posts."""

    @http.route(
        "/my/community/post/<int:post_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    @page
    def thread(self, post_id, **_kw):
        post = request.env["community.post"]._find(post_id)
        if root := post.sudo().root_id:
            return request.redirect(f"/my/community/post/{root.id}#post-{post.id}")
        values = post._thread_page(limit=REPLIES)
        opening, *replies = cards(post + values.pop("replies"))
        values["branches"] = self._branches(replies)
        return request.render(
            "community_portal.thread",
            room(
                opening["space"]["id"],
                title=opening["title"],
                post=opening,
                votes=self._votes_left(post),
                **values,
            ),
        )

    def _votes_left(self, post):
        # sudo: to reach the space of a post that the user has found
        return post.sudo().space_id.sudo(False)._votes_left()

    def _branches(self, shown):
        """The cards of replies, each with those under it."""
        branches = {card["id"]: card | {"under": []} for card in shown}
        for card in shown:
            if card["parent_id"] in branches:
                branches[card["parent_id"]]["under"].append(card)
        return [one for one in branches.values() if one["parent_id"] not in branches]

    @action("/my/community/post/<int:post_id>/more", readonly=True)
    def more(self, post_id, after):
        """The next replies of a thread: {"html", "next"}."""
        post = request.env["community.post"]._find(post_id)
        values = post._thread_page(limit=REPLIES, after=after)
        html = fragment("branches", branches=self._branches(cards(values["replies"])))
        return {"html": html, "next": values["next"]}

    # --- what can be done with a post -------------------------------------------------
    # Each answers {"posts": {id: html}}: the posts that look different now.

    def _act(self, post_id, change):
        post = request.env["community.post"]._find(post_id)
        change(post)
        return self._changed(post)

    def _changed(self, posts, **answer):
        shown = {card["id"]: self._shown(card) for card in cards(posts)}
        return {"posts": shown, **answer}

    def _shown(self, card):
        """As it stands on the page on which the reader is."""
        in_list = "/post/" not in (request.httprequest.referrer or "")
        template = "reply" if card["root_id"] else "card" if in_list else "opening"
        return fragment(template, post=card)

    @action("/my/community/post/<int:post_id>/vote")
    def vote(self, post_id, value):
        """Votes come in crowds, so that the answer is no more than the buttons anew:
        {"vote": html} and, where votes are few, "votes": the HTML of what is left."""
        post = request.env["community.post"]._find(post_id)
        score = post._vote(value)
        kind = post.sudo().kind  # sudo: the user has found it
        shown = {"kind": kind, "score": score, "vote": value, "can": {"vote": True}}
        answer = {"vote": fragment("votes", post=shown)}
        # Of other posts it is known without reading the space.
        if kind == "idea" and (votes := self._votes_left(post)):
            answer["votes"] = fragment("votes_left", votes=votes)
        return answer

    @action("/my/community/post/<int:post_id>/react")
    def react(self, post_id, code):
        return self._act(post_id, lambda post: post._react(code))

    @action("/my/community/post/<int:post_id>/follow")
    def follow(self, post_id, following):
        return self._act(post_id, lambda post: post._follow(bool(following)))

    @action("/my/community/post/<int:post_id>/mute")
    def mute(self, post_id, muted):
        return self._act(post_id, lambda post: post._mute(bool(muted)))

    @action("/my/community/post/<int:post_id>/save")
    def save(self, post_id, saved):
        return self._act(post_id, lambda post: post._save(bool(saved)))

    @action("/my/community/post/<int:post_id>/seen")
    def seen(self, post_id):
        request.env["community.post"]._find(post_id)._seen()
        return True

    @action("/my/community/post/<int:post_id>/accept")
    def accept(self, post_id, accepted=True):
        posts = request.env["community.post"]
        reply = posts._find(post_id)
        question = reply._thread()
        before = question.sudo().accepted_id
        if accepted:
            question._accept(reply)
        else:
            question._unaccept()
        changed = posts.search([("id", "in", (question | reply | before).ids)])
        return self._changed(changed)

    @action("/my/community/post/<int:post_id>/helpful")
    def helpful(self, post_id, helped):
        """Say whether an article helped; None takes it back."""
        helped = None if helped is None else bool(helped)
        return self._act(post_id, lambda post: post._helpful(helped))

    @action("/my/community/post/<int:post_id>/article")
    def article(self, post_id):
        """Turn an accepted answer into an article: {"url"} of it."""
        reply = request.env["community.post"]._find(post_id)
        return {"url": reply._thread()._make_article(reply)._url()}

    @action("/my/community/post/<int:post_id>/remove")
    def remove(self, post_id):
        request.env["community.post"]._find(post_id)._remove()
        return {"posts": {post_id: fragment("removed", post_id=post_id)}}

    @action("/my/community/post/<int:post_id>/restore")
    def restore(self, post_id):
        """Undo: whoever removed it does not find it any more, but it is his."""
        posts = request.env["community.post"]
        me = request.env["community.member"]._me()
        # sudo: found by who removed it
        found = me and posts.sudo().search(
            [
                ("id", "=", post_id),
                ("active", "=", False),
                ("removed_by_id", "=", me.id),
            ]
        )
        if not found:
            raise MissingError(posts._not_for_you())
        found.sudo(False)._restore_removed()
        return self._changed(posts._find(post_id))

    @action("/my/community/post/<int:post_id>/history", readonly=True)
    def history(self, post_id):
        """How a post read before: {"html"}."""
        post = request.env["community.post"]._find(post_id)
        return {"html": fragment("history", versions=post._history())}
