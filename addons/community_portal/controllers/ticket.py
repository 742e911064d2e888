from odoo.http import request
from odoo.tools import plaintext2html

from odoo.addons.moderation.controllers.ticket_form import ModerationTicketForm

from .room import action

LONGEST = 20_000  # characters of a ticket that become a draft


class CommunityTicketForm(ModerationTicketForm):
    """Before a customer sends a ticket: what others have solved already."""

    def _get_create_new_ticket_values(self, **kw):
        values = super()._get_create_new_ticket_values(**kw)
        return values | {"community_open": self._is_member()}

    def _is_member(self):
        return bool(request.env["community.member"]._me())

    @action("/my/community/ticket/similar", readonly=True)
    def community_similar(self, text):
        """What may make the ticket needless: a list of {"id", "kind", "title", "url",
        "solved"}, empty for who is no member."""
        if not self._is_member():
            return []
        return request.env["community.post"]._suggestions(str(text))

    @action("/my/community/ticket/solved")
    def community_solved(self, post_id):
        """ "This solved it": counted as a ticket avoided.

        :return: {"url"} of the thread
        """
        post = request.env["community.avoided"]._note(int(post_id))
        return {"url": post._url()}

    @action("/my/community/ticket/ask")
    def community_ask(self, subject="", description=""):
        """Take what was typed along into the room, as a draft.

        :return: {"url"} where it is gone on with
        """
        typed = str(description)[:LONGEST]
        if str(subject).strip() or typed.strip():
            drafts = request.env["community.draft"]
            # What was begun there before stays, below.
            begun = drafts._begun("new")["body"]
            body = f"{plaintext2html(typed)}{begun}" if begun else plaintext2html(typed)
            values = {"title": str(subject)[:200], "body": str(body)}
            drafts._keep("new", values | self._question_space())
        return {"url": "/my/community?compose=1#compose"}

    def _question_space(self):
        spaces = request.env["community.space"]
        found = spaces.search(
            [("kind", "=", "question"), ("id", "in", spaces._ids_for("post"))], limit=1
        )
        return {"space_id": found.id} if found else {}
