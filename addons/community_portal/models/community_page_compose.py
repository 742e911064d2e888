from odoo import api, models
from odoo.exceptions import MissingError

from .community_post_card import file_card
from .community_space import AUDIENCES


class CommunitySpace(models.Model):
    """What a composer has to know of the spaces in which one may write."""

    _inherit = "community.space"

    @api.model
    def _page_card(self, space_id):
        """What the page of a space shows: id, name, icon, kind, description, rules,
        following ("", "following" or "muted"), may_post, votes (left, on ideas).

        :raises MissingError: not there, or not for the user
        """
        if space_id not in self._ids_for("see"):
            raise MissingError(self.env["community.post"]._not_for_you())
        space = self.sudo().browse(space_id)
        me = self.env["community.member"]._me()
        follow = self.env["community.follow"].sudo()
        mark = follow.search(
            [("member_id", "=", me.id), ("space_id", "=", space_id)], limit=1
        )
        return {
            "id": space.id,
            "name": space.name,
            "icon": space.icon or "💬",
            "kind": space.kind,
            "description": space.description or "",
            "rules": space.rules_text or "",
            "following": "" if not mark else "muted" if mark.muted else "following",
            "may_post": space_id in self._ids_for("post"),
            "votes": space.sudo(False)._votes_left(),
        }

    @api.model
    def _choices(self):
        """The spaces in which the user may begin a thread, each with its audiences:
        a list of {"id", "name", "icon", "kind", "rules", "audiences", "audience",
        "limits"}"""
        spaces = self.sudo().browse(self._ids_for("post")).sorted("sequence")
        sentences = self._audience_sentences()
        return [
            {
                "id": space.id,
                "name": space.name,
                "icon": space.icon or "💬",
                "kind": space.kind,
                "rules": space.rules_text or "",
                "audiences": [sentences[code] for code in space._audiences()],
                "audience": space._default_audience(),
                "limits": self.env["community.draft"]._limits(space),
            }
            for space in spaces
        ]

    @api.model
    def _audience_sentences(self):
        """Each audience with its name and one sentence that says who will see it."""
        _ = self.env._
        vendor = self.env.company.sudo().name
        who = {
            "everybody": _("Every member who sees this space, whatever the company."),
            "not_competitors": _(
                "Every member of this space, except people of companies that compete "
                "with yours. They do not learn that it exists."
            ),
            "company": _("Your colleagues and %s. No other company.", vendor),
            "vendor": _("You and %s. Not even your colleagues.", vendor),
        }
        field = self.env["community.post"]._fields["audience"]
        labels = dict(field._description_selection(self.env))
        return {
            code: {"code": code, "label": labels[code], "who": who[code]}
            for code, _label in AUDIENCES
        }


class CommunityDraft(models.Model):
    """What a composer begins with."""

    _inherit = "community.draft"

    @api.model
    def _begun(self, key):
        """The user's draft with its files: title, body, space_id, audience, tags (ids)
        and files (cards); what a page sent is not taken on trust."""
        kept = self._of(key)
        kept = kept if isinstance(kept, dict) else {}
        ids = kept.get("attachment_ids")
        files = self._own_files(ids if isinstance(ids, list) else [])
        return {
            "title": str(kept.get("title") or ""),
            "body": str(kept.get("body") or ""),
            "space_id": kept.get("space_id"),
            "audience": kept.get("audience"),
            "tag_ids": [one for one in kept.get("tag_ids") or [] if type(one) is int],
            "files": [file_card(file) for file in files],
        }
