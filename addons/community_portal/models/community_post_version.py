from odoo import api, fields, models


class CommunityPostVersion(models.Model):
    """A post as it was before somebody changed it."""

    _name = "community.post.version"
    _description = "Earlier Version of a Post"
    _order = "id desc"

    post_id = fields.Many2one(
        "community.post", required=True, index=True, ondelete="cascade"
    )
    title = fields.Char()
    body = fields.Html(sanitize_overridable=False, sanitize_form=True)
    editor_id = fields.Many2one("community.member")


class CommunityPost(models.Model):
    _inherit = "community.post"

    version_ids = fields.One2many("community.post.version", "post_id", "Versions")

    def write(self, vals):
        texts = {"title", "body"} & vals.keys()
        if not texts:
            return super().write(vals)
        before = {post: (post.title, post.body) for post in self.sudo()}
        result = super().write(vals)
        # A change that waits for a moderator has not happened yet.
        changed = {
            post: texts
            for post, texts in before.items()
            if (post.title, post.body) != texts
        }
        if changed:
            self._keep_versions(changed)
        return result

    @api.model
    def _keep_versions(self, changed):
        editor = self.env["community.member"]._me()
        self.env["community.post.version"].sudo().create(
            [
                {
                    "post_id": post.id,
                    "title": title,
                    "body": body,
                    "editor_id": editor.id,
                }
                for post, (title, body) in changed.items()
            ]
        )
        for post in changed:
            post.edited_date = fields.Datetime.now()
