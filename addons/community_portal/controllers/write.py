import json

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..models.community_post_card import file_card
from .room import action, cards, fragment, whole_number

# What a page may say of a post; all else is not its business.
ASKED = {"space_id", "title", "body", "audience", "tag_ids", "attachment_ids"}
CHANGED = {"title", "body", "audience", "tag_ids", "attachment_ids"}
SIMILAR = 5


class CommunityWriting(http.Controller):
    """Composers: what they begin with, what they keep, and what they send."""

    @action("/my/community/compose", readonly=True)
    def compose(self, mode, post_id=None, parent_id=None, space_id=None, share=None):
        """:param mode: "ask", "reply" (to ``post_id``) or "edit"
        :param share: id of a thread that is shared in a new one
        :return: {"html"}
        """
        if mode == "ask":
            space_id, share = self._id(space_id), self._id(share)
            return self._composer(mode, "new", space_id=space_id, share=share)
        post = request.env["community.post"]._find(self._id(post_id))
        if mode == "reply":
            key = f"reply-{self._id(parent_id) or post.id}"
            return self._composer(mode, key, post, self._id(parent_id))
        return self._composer("edit", f"edit-{post.id}", post)

    def _composer(
        self, mode, key, post=None, parent_id=None, space_id=None, share=None
    ):
        env = request.env
        spaces = env["community.space"]._choices() if mode == "ask" else []
        begun = env["community.draft"]._begun(key)
        if mode == "edit":
            begun = self._as_it_is(post) | {k: v for k, v in begun.items() if v}
        if share:
            begun |= env["community.post"]._find(share)._shared()
        begun["space_id"] = self._chosen(spaces, space_id or begun["space_id"])
        values = {
            "mode": mode,
            "key": key,
            "spaces": spaces,
            "begun": begun,
            "post": post and post.sudo(),
            "parent_id": parent_id,
            "audiences": self._audiences(post) if post else [],
            "topics": self._topics(),
            "limits": env["community.draft"]._limits(post and post.sudo().space_id),
            "me": env["community.member"]._my_card(),
        }
        return {"html": fragment("composer", **values)}

    def _as_it_is(self, post):
        [card] = post._cards()
        return {
            "title": card["title"],
            "body": str(card["body"]),
            "audience": card["audience"],
            "tag_ids": [tag["id"] for tag in card["tags"]],
            "space_id": card["space"]["id"],
            "files": [],
        }

    def _chosen(self, spaces, space_id):
        ids = [space["id"] for space in spaces]
        return space_id if space_id in ids else (ids or [None])[0]

    def _audiences(self, post):
        sentences = request.env["community.space"]._audience_sentences()
        allowed = post.sudo().space_id._audiences()
        return [sentences[code] for code in {"everybody": 1} | dict.fromkeys(allowed)]

    def _topics(self):
        tags = request.env["community.tag"].search_fetch([], ["name"], limit=500)
        return [{"id": tag.id, "name": tag.name} for tag in tags]

    def _id(self, value):
        return whole_number(value)

    @action("/my/community/ask")
    def ask(self, insist=False, key="new", **vals):
        """Begin a thread: {"html" of its card, "url", "id"}."""
        self._insist(insist)
        posts = request.env["community.post"]
        post = posts._ask({name: vals[name] for name in ASKED & vals.keys()})
        request.env["community.draft"]._keep(key, None)
        post._seen()
        return {
            "html": fragment("cards", posts=cards(post)),
            "url": post._url(),
            "id": post.id,
        }

    @action("/my/community/post/<int:post_id>/reply")
    def reply(self, post_id, body, parent_id=None, insist=False, key="", **vals):
        """Answer in a thread: {"html", "id", "under"} with the reply under which it
        stands or None."""
        self._insist(insist)
        posts = request.env["community.post"]
        post = posts._find(post_id)
        reply = post._reply(
            body,
            parent=posts.browse(self._id(parent_id)) if parent_id else None,
            attachments=vals.get("attachment_ids"),
            audience=vals.get("audience") or "everybody",
        )
        request.env["community.draft"]._keep(key or f"reply-{post.id}", None)
        post._seen()
        [card] = cards(reply)
        under = card["parent_id"] or None
        template = "reply_item" if under else "branch"
        return {"html": fragment(template, post=card), "id": reply.id, "under": under}

    @action("/my/community/post/<int:post_id>/edit")
    def edit(self, post_id, insist=False, key="", **vals):
        """Change one's own words: {"posts": {id: html}}."""
        self._insist(insist)
        post = request.env["community.post"]._find(post_id)
        post._edit({name: vals[name] for name in CHANGED & vals.keys()})
        request.env["community.draft"]._keep(key or f"edit-{post.id}", None)
        template = "reply" if post.sudo().root_id else "opening"
        [card] = cards(post)
        return {"posts": {post.id: fragment(template, post=card)}}

    def _insist(self, insist):
        """An author whom the gate has told what to change sends it all the same."""
        if insist:
            request.update_context(moderation_insist=True)

    @action("/my/community/draft")
    def draft(self, key, values=None):
        """Keep what has been typed so far; without values forget it."""
        allowed = ASKED & (values or {}).keys()
        kept = {name: values[name] for name in allowed if values[name]}
        if not (kept.keys() - {"space_id", "audience"}):
            kept = None
        request.env["community.draft"]._keep(key, kept)
        return True

    @action("/my/community/similar", readonly=True)
    def similar(self, text, space_id=None):
        """Threads that may answer what is being asked: {"html"}, empty for none."""
        found = request.env["community.post"]._similar_threads(
            str(text)[:200], self._id(space_id), limit=SIMILAR
        )
        return {"html": fragment("similar", found=found) if found else ""}

    @action("/my/community/mention", readonly=True)
    def mention(self, text, space_id=None, audience="", root_id=None):
        """People whom one may call by name here: a list of member cards."""
        posts = request.env["community.post"]
        root = posts._find(self._id(root_id))._thread() if root_id else None
        return posts._mentionable(text, self._id(space_id), audience, root)

    @http.route(
        "/my/community/upload", type="http", auth="user", website=True, methods=["POST"]
    )
    def upload(self, file, space_id="", **_kw):
        """Add a file to what is being written: {"file": card} or {"error"}."""
        space = request.env["community.space"]
        if self._id(space_id) in space._ids_for("see"):
            space = space.browse(self._id(space_id))
        try:
            kept = request.env["community.draft"]._upload(
                file.filename, file.read(), space, file.mimetype or ""
            )
        except UserError as error:
            return self._json({"error": str(error)}, status=422)
        return self._json({"file": file_card(kept)})

    def _json(self, answer, status=200):
        return request.make_response(
            json.dumps(answer), [("Content-Type", "application/json")], status=status
        )
