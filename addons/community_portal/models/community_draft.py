from odoo import api, fields, models
from odoo.exceptions import UserError

from .community_post import BODY_LIMIT

DRAFT_LIMIT = 50  # drafts of one member


class CommunityDraft(models.Model):
    """What somebody has begun to write, kept so that nothing is lost."""

    _name = "community.draft"
    _description = "Draft of a Post"
    _inherit = ["community.guarded"]
    _order = "write_date desc, id desc"

    member_id = fields.Many2one(
        "community.member", required=True, index=True, ondelete="cascade"
    )
    key = fields.Char(
        required=True, help="Where it is written: new, space-3, reply-12, edit-12."
    )
    values = fields.Json()

    _member_key_uniq = models.UniqueIndex("(member_id, key)")

    @api.model
    def _portal_fields(self):
        return super()._portal_fields() | {"key", "values"}

    @api.model
    def _keep(self, key, values):
        """Store what the user has typed so far; with nothing, forget it.

        :param values: title, body, space_id, audience, attachment_ids …
        :return: the draft
        """
        member = self.env["community.member"]._join()
        key = str(key)[:40]
        if len(str(values or "")) > BODY_LIMIT + 2_000:
            raise UserError(
                self.env._(
                    "The text is too long to be kept. Attach long logs as a file."
                )
            )
        drafts = self.sudo()
        mine = drafts.search([("member_id", "=", member.id)])
        found = mine.filtered(lambda draft: draft.key == key)
        if not values:
            found.unlink()
            return drafts.browse()
        if found:
            found.values = values
            return found
        mine[DRAFT_LIMIT - 1 :].unlink()
        return drafts.create({"member_id": member.id, "key": key, "values": values})

    @api.model
    def _of(self, key):
        """What the user began to write there, or {}."""
        member = self.env["community.member"]._me()
        draft = self.sudo().search(
            [("member_id", "=", member.id), ("key", "=", str(key)[:40])], limit=1
        )
        return draft.values or {}
