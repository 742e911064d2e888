"""Files that are not what they say, or not where they should be."""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from .desk import TELEGRAM, WHATSAPP, Desk, Talk
from .pages import Ticket, expect

SECRET = "the app secret of a made-up provider"
# The step that gives the file itself, after the one that says where it is.
DOWNLOAD = r"^GET /(whatsapp_business/attachments/|file/bot)"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + b"\x00" * 200
PAGE = b"<!DOCTYPE html><html><script>window.pwned=1</script></html>"
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg"><script>window.pwned=1</script></svg>'
)


# --- a link into the own network ---


class Server(ThreadingHTTPServer):
    """Answers every GET with what ``answer(path)`` gives, and counts them."""

    def __init__(self, answer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.asked: list[str] = []
        self.url = f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        status, headers, body = self.server.answer(self.path)
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args) -> None:
        """Not into the tests' output."""


@contextmanager
def serving(answer) -> Iterator[Server]:
    server = Server(answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


LINKS = {
    "address": "http://127.0.0.1:{port}/secret",
    "name": "http://localhost:{port}/secret",
    "ipv6": "http://[::ffff:127.0.0.1]:{port}/secret",
    "number": "http://2130706433:{port}/secret",
    "redirect": "{graph}/redirect",
    "metadata": "http://169.254.169.254/latest/meta-data/",
    "file": "file:///etc/passwd",
}


def test_a_media_link_into_the_own_network(desk, page_as):
    """The provider's answer is not trusted either: no such link is followed,
    and the ticket says so."""
    with serving(lambda _path: (200, {}, b"the server's secret")) as victim:

        def graph(path: str) -> tuple[int, dict, bytes]:
            if path == "/redirect":
                return 302, {"Location": f"{victim.url}/secret"}, b""
            link = LINKS[path.partition("?")[0].rpartition("/")[2]]
            link = link.format(port=victim.server_port, graph=provider.url)
            body = json.dumps({"url": link, "mime_type": "image/jpeg", "id": "1"})
            return 200, {"Content-Type": "application/json"}, body.encode()

        with serving(graph) as provider, account_of(desk, provider.url) as webhook:
            for name in LINKS:
                post_photo(webhook, name)
            rows = desk.wait("all tried", lambda: tried(desk, len(LINKS)), 30)
    assert victim.asked == []
    assert {state for _ticket, state, _error in rows} == {"failed"}
    assert all(error for _ticket, _state, error in rows)
    ticket = Ticket(page_as("agent"), rows[0][0])
    expect(ticket.chatter.get_by_role("alert")).to_have_count(len(LINKS))


@contextmanager
def account_of(desk: Desk, api: str) -> Iterator[str]:
    """A further WhatsApp account, of a provider of our own; its webhook."""
    accounts = desk.admin.env["helpdesk.social.account"]
    team = desk.admin.env["helpdesk.ticket.team"].search([], limit=1)
    key = accounts.create(
        {
            "name": "WhatsApp elsewhere",
            "provider": "whatsapp",
            "team_id": team[0],
            "api_url": api,
        }
    )
    values = {"access_token": "EAAx", "app_secret": SECRET, "phone_number_id": "9"}
    accounts.browse(key).set_credentials({**values, "waba_id": "8"})
    yield accounts.browse(key).webhook_url
    accounts.write([key], {"active": False})


def post_photo(webhook: str, media_id: str) -> None:
    """A photo arrives, signed as it should be."""
    message = {
        "from": "5511955554444",
        "id": f"wamid.{media_id}",
        "timestamp": str(int(time.time())),
        "type": "image",
        "image": {"id": media_id, "mime_type": "image/jpeg"},
    }
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "5511", "phone_number_id": "9"},
        "contacts": [{"profile": {"name": "Leo Mar"}, "wa_id": "5511955554444"}],
        "messages": [message],
    }
    change = {"field": "messages", "value": value}
    body = json.dumps({"entry": [{"id": "8", "changes": [change]}]}).encode()
    seal = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    headers = {"X-Hub-Signature-256": f"sha256={seal}"}
    answer = requests.post(webhook, data=body, headers=headers, timeout=10)
    assert answer.status_code == 200


def tried(desk: Desk, number: int) -> list[tuple]:
    """Ticket, state and reason of the made-up account's files, when none waits."""
    rows = desk.stack.psql(
        "SELECT s.ticket_id, s.media_state, s.error FROM helpdesk_social_message s"
        " JOIN helpdesk_social_contact c ON c.id = s.contact_id"
        " WHERE c.name = 'Leo Mar' AND s.media_state IN ('failed', 'done')"
    )
    return rows if len(rows) == number else []


# --- files that lie, files that are gone ---


@pytest.mark.parametrize("channel", [WHATSAPP, TELEGRAM])
@pytest.mark.parametrize(
    "content", [PROGRAM, PAGE, DRAWING], ids=["exe", "html", "svg"]
)
def test_a_file_that_lies_about_its_type(desk, page_as, channel, content):
    """It is kept as what it is, as a file to download: nothing shows it as a
    picture or runs it in the browser."""
    talk = desk.talk(channel, "Ari Leal")
    media = {
        "base64": base64.b64encode(content).decode(),
        "name": "boleto.pdf",
        "mime": "application/pdf",
    }
    talk.say(kind="document", media=media)
    key, mime = attachment(desk, talk)
    assert mime not in ("text/html", "image/svg+xml", "application/pdf")
    page = page_as("agent")
    answer = page.request.get(f"/web/content/{key}")
    assert answer.body() == content
    kind = answer.headers["content-type"].partition(";")[0]
    assert kind not in ("text/html", "image/svg+xml", "application/xhtml+xml")
    assert answer.headers["x-content-type-options"] == "nosniff"
    ticket = Ticket(page, talk.ticket)
    expect(ticket.chatter.get_by_text("boleto").first).to_be_visible()
    assert page.evaluate("window.pwned") is None


def attachment(desk: Desk, talk: Talk) -> tuple[int, str]:
    """Id and type of the file that came with a customer's message."""
    assert talk.conversation
    return desk.wait_for_row(
        "SELECT a.id, a.mimetype FROM ir_attachment a"
        " JOIN helpdesk_social_message s ON s.attachment_id = a.id"
        " WHERE s.conversation_id = %s",
        talk.conversation,
    )


@pytest.mark.parametrize("channel", [WHATSAPP, TELEGRAM])
def test_a_file_that_is_gone(desk, page_as, channel):
    """The message is there, with the reason and a button to fetch it again."""
    talk = desk.talk(channel, "Noé Pinto")
    desk.misbehave("media_gone", provider=channel, path=DOWNLOAD)
    talk.say("Veja a foto", kind="image", media="photo")
    assert talk.conversation
    ticket = Ticket(page_as("agent"), talk.ticket)
    trouble = ticket.message("Veja a foto").get_by_role("alert")
    expect(trouble).to_contain_text("404")
    desk.behave()
    trouble.get_by_role("button").click()
    expect(
        ticket.message("Veja a foto").locator("img[src*='/web/image/']")
    ).to_be_visible()
