"""A sandbox and a business, both on loopback, both quick."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.sandbox.accounts import telegram_account, whatsapp_account
from tests.sandbox.server import start
from tests.sandbox.settings import Settings
from tests.sandbox.world import World

WHATSAPP_TOKEN = "EAAG-a-bearer-token"
APP_SECRET = "an-app-secret"
VERIFY_TOKEN = "a-verify-token"
BOT_TOKEN = "7012345678:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
PHONE_ID, WABA_ID = "106540352242922", "102290129340398"

QUICK = {
    "sent_after": 0.01,
    "delivered_after": 0.02,
    "read_after": 0.01,
    "retry_base": 0.02,
    "retry_max": 0.08,
}


def wait_for(check, seconds=5.0):
    """The first true result of ``check()``; fails when it stays false."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if result := check():
            return result
        time.sleep(0.005)
    raise AssertionError(f"{check} did not come true within {seconds} s")


class Business(ThreadingHTTPServer):
    """The other side: takes webhooks, and answers as it is told."""

    daemon_threads = True
    request_queue_size = 128  # a flood knocks at once

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.got = []  # (time, path, headers, raw body)
        self.answers = []  # status codes of the next answers, 200 afterwards
        self.verify_token = VERIFY_TOKEN
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def url(self, path="/hook"):
        return f"http://127.0.0.1:{self.server_port}{path}"

    def bodies(self):
        return [json.loads(body) for _, _, _, body in list(self.got)]

    def values(self):
        """Every ``value`` of every WhatsApp webhook."""
        return [
            change["value"]
            for body in self.bodies()
            for entry in body.get("entry", [])
            for change in entry["changes"]
        ]

    def messages(self):
        return [m for v in self.values() for m in v.get("messages", [])]

    def statuses(self):
        return [s for v in self.values() for s in v.get("statuses", [])]


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        query = parse_qs(urlsplit(self.path).query)
        good = query.get("hub.verify_token") == [self.server.verify_token]
        challenge = query.get("hub.challenge", [""])[0].encode()
        self._answer(200 if good else 403, challenge if good else b"no")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((time.monotonic(), self.path, self.headers, body))
        self._answer(self.server.answers.pop(0) if self.server.answers else 200, b"ok")

    def _answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        """Quiet."""


class Sandbox:
    """A running sandbox, seen by the business and by its control side."""

    def __init__(self, world, url):
        self.world, self.url, self.port = world, url, urlsplit(url).port

    def get(self, path, **query):
        return requests.get(f"{self.url}/sandbox/{path}", params=query, timeout=5)

    def post(self, where, **body):
        answer = requests.post(f"{self.url}/sandbox/{where}", json=body, timeout=5)
        assert answer.ok, answer.text
        return answer.json()

    def say(self, channel="whatsapp", customer="ana-beatriz-conceicao", **order):
        return self.post("say", channel=channel, customer=customer, **order)

    def talk(self, channel="whatsapp", customer="ana-beatriz-conceicao"):
        return self.get("conversation", channel=channel, customer=customer).json()

    def graph(self, method, path, token=WHATSAPP_TOKEN, **more):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        url = path if path.startswith("http") else f"{self.url}/v23.0/{path}"
        return requests.request(method, url, headers=headers, timeout=5, **more)

    def send(self, to="5511987654321", **message):
        """``POST /messages`` with a text unless told otherwise."""
        body = {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": to,
            **(message or {"type": "text", "text": {"body": "Olá"}}),
        }
        return self.graph("POST", f"{PHONE_ID}/messages", json=body)

    def bot(self, method, token=BOT_TOKEN, files=None, **params):
        url = f"{self.url}/bot{token}/{method}"
        body = {"data": params, "files": files} if files else {"json": params}
        return requests.post(url, timeout=5, **body)


@pytest.fixture(scope="session")
def running():
    accounts = [
        whatsapp_account(
            {
                "token": WHATSAPP_TOKEN,
                "app_secret": APP_SECRET,
                "verify_token": VERIFY_TOKEN,
            }
        ),
        telegram_account({"token": BOT_TOKEN}),
    ]
    world = World(accounts)
    server = start(world)
    yield Sandbox(world, f"http://127.0.0.1:{server.port}")
    server.shutdown()


@pytest.fixture
def sandbox(running):
    """Fresh, with quick settings and without webhooks."""
    world = running.world
    for key in [k for k in world.accounts if k[1] not in (PHONE_ID, "7012345678")]:
        del world.accounts[key]
    for account in world.accounts.values():
        account.callback_url = ""
    bot = world.account("telegram")
    bot.allowed_updates, bot.secret_token, bot.last_error = [], "", ""
    bot.pending.clear()
    world.reset()
    world.settings.change(vars(Settings()) | QUICK)
    return running


@pytest.fixture
def business():
    server = Business()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def connected(sandbox, business):
    """Both channels send their webhooks to ``business``."""
    sandbox.graph("POST", f"{WABA_ID}/subscribed_apps", json={})
    answer = sandbox.graph(
        "POST",
        f"{WABA_ID}/subscribed_apps",
        json={"override_callback_uri": business.url(), "verify_token": VERIFY_TOKEN},
    )
    assert answer.json()["success"], answer.text
    answer = sandbox.bot(
        "setWebhook", url=business.url("/telegram"), secret_token="s3cret_Token"
    )
    assert answer.json()["ok"], answer.text
    return sandbox
