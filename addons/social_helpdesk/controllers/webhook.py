import hashlib
import json
import logging
from datetime import datetime, timezone

from odoo import SUPERUSER_ID, http
from odoo.http import request

from .. import providers
from ..providers.errors import MalformedBody, Unverified
from ..providers.types import Account, RawEvent, Request

_logger = logging.getLogger(__name__)

# Meta puts up to 1,000 updates into one body, about 2 KB each.
MAX_BODY = 4 * 1024 * 1024


class SocialWebhook(http.Controller):
    """Where providers deliver: check, store, wake a job, 200. Nothing else.

    ``auth="none"`` with ``readonly=False``: no session, no user to load, and
    the one statement that writes is not run twice. The answers tell a stranger
    nothing about what is inside.
    """

    @http.route(
        "/social/webhook/<string:key>",
        type="http",
        auth="none",
        methods=["GET", "POST"],
        csrf=False,
        readonly=False,
        save_session=False,
        max_content_length=MAX_BODY,
    )
    def receive(self, key, **_params):
        request.update_env(user=SUPERUSER_ID)
        route = request.env["helpdesk.social.account"]._routes().get(key)
        if not route:
            return self._answer(404, "Not found")
        provider = providers.get(route.code)(Account(route.settings, route.api_url))
        incoming = self._incoming()
        try:
            if incoming.method == "GET":
                return self._answer(200, provider.handshake(incoming))
            provider.verify(incoming)
        except Unverified as error:
            _logger.info("Webhook of account %s: %s", route.account_id, error.text)
            return self._answer(401, "Unauthorized")
        return self._store(route, provider, incoming.body)

    def _incoming(self):
        raw = request.httprequest
        return Request(
            method=raw.method,
            url=raw.url,
            headers={name.lower(): value for name, value in raw.headers.items()},
            query=raw.args.to_dict(),
            # Cached: after a conflict in the database Odoo runs all of this again.
            body=raw.get_data(),
        )

    def _store(self, route, provider, body):
        events = request.env["helpdesk.social.event"]
        try:
            raws = provider.split(body)
        except MalformedBody as error:
            # It is verified, so it is kept; it cannot be read, so he is told.
            events._store(
                route.account_id, [unreadable(body)], "failed", error.text[:500]
            )
            return self._answer(400, "Malformed body")
        if not raws:
            return self._answer(200, "OK")
        lanes = events._store(route.account_id, raws)
        if lanes:
            # First durable, then woken: see ``_wake``. A crash in between
            # leaves waiting events to ``_cron_wake``.
            request.env.cr.commit()  # pylint: disable=invalid-commit
            events._wake(route.account_id, lanes)
        return self._answer(200, "OK")

    def _answer(self, status, text):
        return request.make_response(
            text, headers=[("Content-Type", "text/plain; charset=utf-8")], status=status
        )


def unreadable(body):
    """A body that is no event, as an event: for a person to look at."""
    digest = hashlib.sha256(body).hexdigest()
    return RawEvent(
        external_id=f"body:{digest}",
        thread="",
        occurred_at=datetime.now(timezone.utc),
        payload={"body": json.dumps(body.decode("utf-8", "replace"))[:100_000]},
    )
