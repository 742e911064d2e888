import hashlib
import hmac

from odoo import http
from odoo.http import request

SECRET = b"the floor"


class Floor(http.Controller):
    """The least that a webhook which loses nothing can do."""

    @http.route(
        "/social_bench/floor",
        type="http",
        auth="none",
        methods=["POST"],
        csrf=False,
        readonly=False,
        save_session=False,
    )
    def floor(self, **_params):
        body = request.httprequest.get_data()
        expected = hmac.new(SECRET, body, hashlib.sha256).hexdigest()
        given = request.httprequest.headers.get("X-Signature", "")
        if not hmac.compare_digest(expected, given):
            return request.make_response("Unauthorized", status=401)
        request.env.cr.execute(
            "INSERT INTO social_bench_floor (body) VALUES (%s)", [body.decode()]
        )
        return request.make_response("OK")
