from odoo import http
from odoo.http import content_disposition, request


class Words(http.Controller):
    @http.route("/moderation/rule/<int:rule_id>/words.csv", auth="user", readonly=True)
    def words(self, rule_id, **_kw):
        """A rule's words as a file, for whoever may read the rule."""
        rule = request.env["moderation.rule"].browse(rule_id).exists()
        if not rule or not rule.has_access("read"):
            raise request.not_found()
        headers = [
            ("Content-Type", "text/csv; charset=utf-8"),
            ("Content-Disposition", content_disposition(f"{rule.name}.csv")),
            ("X-Content-Type-Options", "nosniff"),
        ]
        # The byte order mark tells spreadsheets the encoding.
        return request.make_response("\ufeff" + rule._words_as_csv(), headers)
