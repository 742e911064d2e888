import re

from odoo import api, models
from odoo.exceptions import UserError

MENTIONS = 20  # people in one post
# How the editor writes a mention: a link to the person's page.
_PERSON = re.compile(r'href="/my/community/people/(\d{1,9})"')


class CommunityPost(models.Model):
    """People who are called by name in a text hear of it, whatever door it came by."""

    _inherit = "community.post"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_mentions(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_mentions(vals)
        result = super().write(vals)
        if "body" in vals and not self.env.context.get("community_import"):
            for post in self.sudo().filtered("announced"):
                post._tell_mentioned()
        return result

    def _happened(self, event, actor, **facts):
        result = super()._happened(event, actor, **facts)
        if event in ("posted", "replied"):
            for post in self.sudo():
                post._tell_mentioned()
        return result

    @api.model
    def _check_mentions(self, vals):
        """:raises UserError: more people than a text may call"""
        count = len(set(_PERSON.findall(str(vals.get("body") or ""))))
        if count > MENTIONS and not self.env.context.get("community_import"):
            raise UserError(
                self.env._(
                    "You mention %(count)s people; %(limit)s are possible. Mention "
                    "those who can help, the others find it in the space.",
                    count=count,
                    limit=MENTIONS,
                )
            )

    def _tell_mentioned(self):
        """Once each: who was told of it is not told again after an edit."""
        self.ensure_one()
        wanted = {int(found) for found in _PERSON.findall(str(self.body or ""))}
        if not wanted or not self._is_shown():
            return
        told = self.env["community.notice"].sudo()
        told = told.search([("post_id", "=", self.id), ("kind", "=", "mention")])
        members = self.env["community.member"].sudo().browse(sorted(wanted))
        if people := members.exists() - told.member_id - self.author_id:
            self._happened("mentioned", self.author_id, members=people)
