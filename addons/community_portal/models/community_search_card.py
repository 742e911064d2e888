import re
import unicodedata

from markupsafe import Markup

from odoo import api, models

from odoo.addons.moderation.engine import plain_text

EXCERPT = 240  # characters
BEFORE = 60  # characters of it before the first word that was found


class CommunitySearch(models.Model):
    """What a search shows of the posts that it found."""

    _inherit = "community.search"

    @api.model
    def _result_cards(self, ids, words):
        """:param ids: posts that the user has found, in this order"""
        posts = self.env["community.post"].browse(ids)
        marks = _marks(words)
        cards = posts._cards()
        for post, card in zip(posts.sudo(), cards, strict=True):
            text = plain_text(str(post.body or ""))
            card["thread_title"] = post._thread().title or ""
            card["excerpt"] = excerpt(" ".join(text.split()), marks)
        return cards

    @api.model
    def _people(self, text, limit=8):
        """Members whose name holds all that was typed, as the user sees them.

        :return: member cards, as ``community.member._cards`` has them
        """
        typed = re.findall(r"[^\W_]+", str(text or "")[:200])[:5]
        if len("".join(typed)) < 2:
            return []
        domain = [("anonymous", "=", False), ("state", "=", "active")]
        domain += [("name", "ilike", word) for word in typed]
        found = self._members_by_name(domain, limit)
        return list(found._cards().values())

    @api.model
    def _members_by_name(self, domain, limit):
        members = self.env["community.member"]
        # sudo: that somebody has no name shown is not a field for customers; who may
        # be found is the user's own search
        known = members._search([])
        ids = members.sudo().search([*domain, ("id", "in", known)], limit=limit).ids
        return members.browse(ids)


def _marks(words):
    """A pattern that finds in a folded text what the search went by."""
    stems = [
        re.escape(_folded(stem))
        for word in words.words
        for stem in (*word.stems, word.meant)
        if stem
    ]
    if not stems:
        return None
    return re.compile(rf"\b(?:{'|'.join(sorted(stems, key=len, reverse=True))})\w*")


def _folded(text):
    """Without capitals and accents, each character in its place."""
    return "".join(unicodedata.normalize("NFD", char)[0] for char in text).lower()


def excerpt(text, marks):
    """The part of a text around the first word that was found.

    :param marks: pattern of ``_marks``, None for none
    :return: Markup, each of the words inside ``<mark>``
    """
    folded = _folded(text)
    first = marks.search(folded) if marks else None
    begin = max(first.start() - BEFORE, 0) if first else 0
    end = begin + EXCERPT
    parts, place = [Markup("…") if begin else Markup()], begin
    for match in marks.finditer(folded, begin, end) if marks else ():
        parts.append(
            Markup("%s<mark>%s</mark>")
            % (text[place : match.start()], text[match.start() : match.end()])
        )
        place = match.end()
    parts.append(Markup("%s%s") % (text[place:end], "…" if len(text) > end else ""))
    return Markup().join(parts)
