import json
import logging
from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from .. import providers
from ..controllers.webhook import MAX_BODY
from .common import SECRET, START
from .example_provider import Example, sign
from .test_outage import ConflictError


class WebhookCase(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        providers.register(Example)
        cls.addClassCleanup(providers.unregister, "example")
        cls.account = cls.env["helpdesk.social.account"].create(
            {"name": "Example desk", "provider": "example"}
        )
        cls.account.set_credentials({"secret": SECRET})

    def events(self):
        return self.env["helpdesk.social.event"].search(
            [("account_id", "=", self.account.id)]
        )

    def body(self, *events):
        return json.dumps({"events": events or [self.event()]}).encode()

    def event(self, **values):
        return {"id": "a", "from": "1", "at": START, "text": "Olá", **values}

    def post(self, body, signature=None, key=None, **headers):
        headers = {
            "Content-Type": "application/json",
            "X-Signature": sign(SECRET, body) if signature is None else signature,
            **headers,
        }
        return self.url_open(
            f"/social/webhook/{key or self.account.key}", data=body, headers=headers
        )


@tagged("post_install", "-at_install")
class TestWebhook(WebhookCase):
    def test_stored_and_a_job_waiting(self):
        response = self.post(self.body())
        self.assertEqual((response.status_code, response.text), (200, "OK"))
        event = self.events()
        self.assertEqual((event.external_id, event.state), ("a", "new"))
        job = self.env["queue.job"].search(
            [("identity_key", "=", f"social_in:{self.account.id}:{event.lane}")]
        )
        self.assertEqual((job.channel, job.state), ("root.social_in", "pending"))
        messages = self.env["helpdesk.social.message"]
        self.assertFalse(messages.search([("account_id", "=", self.account.id)]))

    def test_done_again_after_a_conflict_in_the_database(self):
        model = type(self.env["helpdesk.social.event"])
        original, outcomes = model._store, [ConflictError(), None]

        def store(events, *args):
            if outcome := outcomes.pop(0):
                raise outcome
            return original(events, *args)

        self.patch(model, "_store", store)
        with patch("odoo.service.model.random.uniform", return_value=0):
            response = self.post(self.body())
        self.assertEqual(response.status_code, 200)
        self.assertEqual(self.events().external_id, "a")

    def test_no_session_is_opened(self):
        self.assertNotIn("session_id", self.post(self.body()).cookies)

    def test_replayed_and_repeated(self):
        for _n in range(3):
            self.assertEqual(self.post(self.body()).status_code, 200)
        self.assertEqual(len(self.events()), 1)
        twice = self.body(self.event(id="b"), self.event(id="b"), self.event(id="c"))
        self.assertEqual(self.post(twice).status_code, 200)
        self.assertEqual(len(self.events()), 3)

    def test_a_repeated_webhook_wakes_what_its_first_delivery_left_waiting(self):
        self.post(self.body())
        jobs = self.env["queue.job"].search(
            [("identity_key", "=like", f"social_in:{self.account.id}:%")]
        )
        jobs.unlink()
        self.post(self.body())
        self.assertTrue(jobs.search([("identity_key", "=like", "social_in:%")]))

    def test_wrong_and_missing_signature(self):
        with self.assertLogs("odoo.addons.social_helpdesk.controllers.webhook") as logs:
            for signature in ("", "0" * 64, sign("other", self.body()), "é"):
                response = self.post(self.body(), signature.encode())
                self.assertEqual(response.status_code, 401)
                self.assertEqual(response.text, "Unauthorized")
        self.assertNotIn(SECRET, "".join(logs.output))
        self.assertFalse(self.events())

    def test_missing_secret_refuses_everything(self):
        self.account.set_credentials({"secret": False})
        response = self.post(self.body(), sign("", self.body()))
        self.assertEqual(response.status_code, 401)

    def test_unknown_and_archived_account(self):
        self.assertEqual(self.post(self.body(), key="guess").status_code, 404)
        self.account.active = False
        response = self.post(self.body())
        self.assertEqual((response.status_code, response.text), (404, "Not found"))

    def test_handshake_of_a_provider_without_one(self):
        url = f"/social/webhook/{self.account.key}?hub.challenge=1"
        self.assertEqual(self.url_open(url).status_code, 401)

    def test_a_verified_body_that_is_not_readable_is_kept(self):
        for body in (b"not json", b"[1]", b"{", b"\xff\xfe", b"{}"):
            self.assertEqual(self.post(body).status_code, 400)
        self.assertEqual(len(self.events()), 5)
        self.assertEqual(set(self.events().mapped("state")), {"failed"})
        self.assertIn("not json", " ".join(self.events().mapped("payload")))

    def test_nothing_inside_a_body(self):
        response = self.post(b'{"events": []}')
        self.assertEqual(response.status_code, 200)

    def test_twenty_megabytes(self):
        body = b"x" * (20 * 1024 * 1024)
        logging.getLogger("odoo.http").debug("about to refuse a large body")
        self.assertGreater(len(body), MAX_BODY)
        response = self.post(body)
        self.assertEqual(response.status_code, 413)
        self.assertFalse(self.events())

    def test_form_encoded_body_has_no_signature_to_check(self):
        response = self.post(
            b"a=1", **{"Content-Type": "application/x-www-form-urlencoded"}
        )
        self.assertIn(response.status_code, (400, 401))


@tagged("post_install", "-at_install")
class TestOneAppForSeveral(WebhookCase):
    """One app of the provider delivers for all its pages to one address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account.set_credentials({"page": "p1"})
        cls.second = cls.page("p2", SECRET)
        cls.stranger = cls.page("p3", "of another app")

    @classmethod
    def page(cls, page, secret):
        account = cls.env["helpdesk.social.account"].create(
            {"name": page, "provider": "example"}
        )
        account.set_credentials({"page": page, "secret": secret})
        return account

    def states(self, account):
        events = self.env["helpdesk.social.event"].search(
            [("account_id", "=", account.id)], order="external_id"
        )
        return [(event.external_id, event.state) for event in events]

    def test_each_gets_its_own(self):
        pages = ("p1", "p2", "p1", "p2")
        events = [self.event(id=str(n), page=page) for n, page in enumerate(pages)]
        self.assertEqual(self.post(self.body(*events)).status_code, 200)
        self.assertEqual(self.states(self.account), [("0", "new"), ("2", "new")])
        self.assertEqual(self.states(self.second), [("1", "new"), ("3", "new")])

    def test_what_is_for_nobody_here_is_kept_and_opens_nothing(self):
        self.post(self.body(self.event(page="p9")))
        self.assertEqual(self.states(self.account), [("a", "ignored")])

    def test_another_app_is_not_written_for(self):
        """Who knows one app's secret speaks for that app's pages alone."""
        self.post(self.body(self.event(page="p3")))
        self.assertFalse(self.states(self.stranger))
        self.assertEqual(self.states(self.account), [("a", "ignored")])

    def test_an_archived_one_gets_nothing(self):
        self.second.active = False
        self.post(self.body(self.event(page="p2")))
        self.assertFalse(self.states(self.second))
