import struct

from odoo import SUPERUSER_ID, http
from odoo.http import request
from odoo.tools.misc import verify_hash_signed

SCOPE = "social_helpdesk.file"


class SocialFile(http.Controller):
    @http.route(
        "/social/file/<string:token>/<string:name>",
        type="http",
        auth="none",
        methods=["GET", "HEAD"],
        readonly=True,
        save_session=False,
    )
    def fetch(self, token, name, **_params):
        """A file of an agent's answer, for a provider that takes no uploads. The
        link proves itself and ends after a day; the name is for people only."""
        request.update_env(user=SUPERUSER_ID)
        try:
            attachment_id = verify_hash_signed(request.env, SCOPE, token)
        except (ValueError, struct.error):
            attachment_id = None
        attachment = request.env["ir.attachment"].browse(attachment_id or []).exists()
        if not attachment:
            raise request.not_found()
        stream = request.env["ir.binary"]._get_stream_from(attachment)
        response = stream.get_response(
            as_attachment=True, content_security_policy="default-src 'none'; sandbox"
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Robots-Tag"] = "noindex"
        return response
