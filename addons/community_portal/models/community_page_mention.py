import re

from odoo import api, models
from odoo.fields import Domain

OFFERED = 8  # people
SHORTEST = 2  # letters


class CommunityPost(models.Model):
    """Whom an author may call by name: those who will see what he writes."""

    _inherit = "community.post"

    @api.model
    def _mentionable(self, text, space_id, audience="", root=None):
        """People whose name has a word that begins with what was typed.

        :param root: the thread, for a reply; otherwise the space and the audience tell
            who will read it
        :return: a list of member cards
        """
        word = " ".join(re.findall(r"\w+", str(text)))[:40]
        me = self.env["community.member"]._me()
        if len(word) < SHORTEST or not me:
            return []
        members = self.env["community.member"]
        named = Domain("name", "=ilike", f"{word}%") | Domain(
            "name", "ilike", f" {word}"
        )
        others = Domain("id", "!=", me.id) & Domain("anonymous", "=", False)
        readers = self._future_readers(me, space_id, audience, root)
        # sudo: names of people whom the user finds (the ids come from his own search)
        visible = Domain("id", "in", members._search([]))
        found = members.sudo().search(
            named & others & readers & visible,
            limit=OFFERED,
            order="is_vendor DESC, name",
        )
        return list(found.with_user(self.env.user)._cards().values())

    @api.model
    def _future_readers(self, me, space_id, audience, root):
        if root:
            return root.sudo()._readers_domain()
        if space_id not in self.env["community.space"]._ids_for("see"):
            return Domain.FALSE
        space = self.env["community.space"].sudo().browse(space_id)
        draft = self.sudo().new(
            {
                "kind": "question",
                "space_id": space.id,
                "author_id": me.id,
                "organisation_id": me.organisation_id.id,
                "audience": audience
                if audience in space._audiences()
                else space._default_audience(),
            }
        )
        return draft._readers_domain()
