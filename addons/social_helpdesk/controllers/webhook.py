import hashlib
import json
import logging
from datetime import datetime, timezone

from odoo import SUPERUSER_ID, http
from odoo.http import request

from .. import providers
from ..models.helpdesk_social_refusal import NOBODY
from ..providers.errors import MalformedBody, Unverified
from ..providers.reach import QUESTION
from ..providers.types import Account, RawEvent, Request

_logger = logging.getLogger(__name__)

# Meta puts up to 1,000 updates into one body, about 2 KB each.
MAX_BODY = 4 * 1024 * 1024


class SignedDispatcher(http.HttpDispatcher):
    """Keeps the body as it came, whatever its type.

    Odoo reads a form into parameters before any controller runs, and of what was
    read so no bytes are left; signatures are made over the bytes.
    """

    routing_type = "social_webhook"

    def dispatch(self, endpoint, args):
        self.request.httprequest.get_data(cache=True)
        return super().dispatch(endpoint, args)


class SocialWebhook(http.Controller):
    """Where providers deliver: check, store, wake a job, 200. Nothing else.

    ``auth="none"`` with ``readonly=False``: no session, no user to load, and
    the one statement that writes is not run twice. The answers tell a stranger
    nothing about what is inside.
    """

    @http.route(
        "/social/webhook/<string:key>",
        type="social_webhook",
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
            self._count(NOBODY, "unknown")
            return self._answer(404, "Not found")
        if question := request.httprequest.args.get(QUESTION):
            accounts = request.env["helpdesk.social.account"]
            return self._answer(200, accounts._reach_answer(key, question))
        provider = providers.get(route.code)(Account(route.settings, route.api_url))
        incoming = self._incoming()
        try:
            if incoming.method == "GET":
                challenge = provider.handshake(incoming)
                return self._answer(200, challenge, provider.challenge_mime)
            self._verify(route, provider, incoming)
        except Unverified as error:
            _logger.info("Webhook of account %s: %s", route.account_id, error.text)
            shown = "handshake" if incoming.method == "GET" else "signature"
            self._count(route.account_id, shown)
            return self._answer(401, "Unauthorized")
        return self._store(route, provider, incoming)

    def _count(self, account_id, reason):
        request.env["helpdesk.social.refusal"]._count(account_id, reason)

    def _verify(self, route, provider, incoming):
        """With the secret, or with the one that it has just replaced.

        :raises Unverified: signed with neither
        """
        try:
            provider.verify(incoming)
        except Unverified:
            former = route.former
            if not former or former.until < datetime.now(timezone.utc):
                raise
            account = Account(former.settings, route.api_url)
            providers.get(route.code)(account).verify(incoming)

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

    def _store(self, route, provider, incoming):
        events = request.env["helpdesk.social.event"]
        body = incoming.body
        try:
            raws = provider.split(body)
        except MalformedBody as error:
            # It is verified, so it is kept; it cannot be read, so he is told.
            events._store(
                route.account_id, [unreadable(body)], "failed", error.text[:500]
            )
            return self._answer(400, "Malformed body")
        theirs, strays = by_account(route, raws, incoming)
        if strays:
            reason = "For an account of the same app that is not connected here"
            events._store(route.account_id, strays, "ignored", reason)
        lanes = {
            account_id: events._store(account_id, its)
            for account_id, its in sorted(theirs.items())
        }
        if any(lanes.values()):
            # First durable, then woken: see ``_wake``. A crash in between
            # leaves waiting events to ``_cron_wake``.
            request.env.cr.commit()  # pylint: disable=invalid-commit
        for account_id, its in lanes.items():
            if its:
                events._wake(account_id, its)
        text, mime = provider.receipt_for(body)
        return self._answer(200, text, mime)

    def _answer(self, status, text, mime="text/plain; charset=utf-8"):
        return request.make_response(
            text, headers=[("Content-Type", mime)], status=status
        )


def by_account(route, raws, incoming):
    """Whom events are for: one app of the provider may serve several accounts, and
    he delivers what belongs to all of them to the address of one.

    :return: ({account id: its events}, events of accounts that are not here)
    """
    name = providers.get(route.code).address_credential
    own = route.settings.get(name)
    theirs, strays, known = {}, [], {}
    for raw in raws:
        account_id = route.account_id
        if name and raw.address and raw.address != own:
            if raw.address not in known:
                known[raw.address] = sibling(route, name, raw.address, incoming)
            account_id = known[raw.address]
        (theirs.setdefault(account_id, []) if account_id else strays).append(raw)
    return theirs, strays


def sibling(route, name, address, incoming):
    """The account with that address, if the body proves itself to it as well.

    :return: its id, or None
    """
    for other in request.env["helpdesk.social.account"]._routes().values():
        if other.code != route.code or other.settings.get(name) != address:
            continue
        try:
            account = Account(other.settings, other.api_url)
            providers.get(other.code)(account).verify(incoming)
        except Unverified:
            continue
        return other.account_id
    return None


def unreadable(body):
    """A body that is no event, as an event: for a person to look at."""
    digest = hashlib.sha256(body).hexdigest()
    return RawEvent(
        external_id=f"body:{digest}",
        thread="",
        occurred_at=datetime.now(timezone.utc),
        payload={"body": json.dumps(body.decode("utf-8", "replace"))[:100_000]},
    )
