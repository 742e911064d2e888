"""What strangers and broken senders post to the webhooks, over real HTTP."""

import base64
import hashlib
import hmac
import json
import time
import uuid
from collections.abc import Iterator

import pytest
import requests

from .desk import TELEGRAM, WHATSAPP, Desk

CHANNELS = (WHATSAPP, TELEGRAM)
# What would tell a stranger what is inside.
INSIDE = ("traceback", "odoo", "psycopg", "werkzeug", "helpdesk", 'file "', "python")
DEEP = 100_000
NOBODY = {"wa_id": None, "profile": None}


def url(desk: Desk, channel: str) -> str:
    """Where the provider delivers."""
    accounts = desk.sandbox.get("accounts")
    return next(a["callback_url"] for a in accounts if a["provider"] == channel)


def deliver(desk: Desk, channel: str, **order) -> tuple[int, str]:
    """Post one body as the provider would, or not quite; status and answer."""
    answer = desk.sandbox.post("post", channel=channel, **order)
    assert_says_nothing(answer["body"])
    return answer["status"], answer["body"]


def assert_says_nothing(text: str) -> None:
    assert len(text) < 400
    assert not [word for word in INSIDE if word in text.lower()], text


def stored(desk: Desk) -> int:
    return desk.stack.psql("SELECT count(*) FROM helpdesk_social_event")[0][0]


def state_of(desk: Desk, body: bytes) -> str:
    """State of the event that keeps an unreadable body."""
    identity = f"body:{hashlib.sha256(body).hexdigest()}"
    return desk.events([identity]).get(identity, "missing")


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("sign", ["wrong", "missing"])
def test_without_the_right_signature(desk, channel, sign):
    before = stored(desk)
    status, _text = deliver(
        desk, channel, json={"update_id": 1, "entry": []}, sign=sign
    )
    assert (status, stored(desk)) == (401, before)


def test_signature_of_another_body(desk):
    """A signature that was overheard proves nothing about other words."""
    body = json.dumps({"entry": [], "x": str(uuid.uuid4())}).encode()
    headers = {"X-Hub-Signature-256": signed(desk, body)}
    here = url(desk, WHATSAPP)
    assert (
        requests.post(here, data=body, headers=headers, timeout=10).status_code == 200
    )
    other = requests.post(here, data=body + b" ", headers=headers, timeout=10)
    assert other.status_code == 401
    assert_says_nothing(other.text)


def test_signature_of_the_other_channel(desk):
    body = json.dumps({"update_id": 2}).encode()
    headers = {"X-Hub-Signature-256": signed(desk, body)}
    answer = requests.post(url(desk, TELEGRAM), data=body, headers=headers, timeout=10)
    assert answer.status_code == 401


@pytest.mark.parametrize("channel", CHANNELS)
def test_replayed_requests_change_nothing(desk, channel):
    """The same bytes again, signature and all, are accepted and known."""
    talk = desk.talk(channel, "Gil Nunes")
    talk.say("Só uma vez")
    desk.wait("the message", talk.heard)
    # also what other tests have left on its way
    desk.wait("quiet", lambda: not desk.sandbox.get("webhooks")["waiting"], 60)
    before = stored(desk)
    again = desk.sandbox.post("redeliver")["deliveries"]
    assert again
    desk.wait("the replay", lambda: not desk.sandbox.get("webhooks")["waiting"], 60)
    assert stored(desk) == before
    assert talk.heard() == ["Só uma vez"]


def test_unknown_account(desk):
    for key in ("x", "..%2F..%2Fweb", "0" * 500, "%00", "é" * 20):
        address = f"{desk.stack.url}/social/webhook/{key}"
        for method in ("GET", "POST"):
            answer = requests.request(method, address, data=b"{}", timeout=10)
            assert answer.status_code == 404, (key, answer.status_code)
            if key.isalnum():
                assert_says_nothing(answer.text)


def test_handshake_with_a_wrong_token(desk):
    for token in ("wrong", "", "é"):
        query = {
            "hub.mode": "subscribe",
            "hub.challenge": "1",
            "hub.verify_token": token,
        }
        answer = requests.get(url(desk, WHATSAPP), params=query, timeout=10)
        assert (answer.status_code, answer.text) == (401, "Unauthorized")


@pytest.mark.parametrize("channel", CHANNELS)
def test_other_methods(desk, channel):
    for method in ("PUT", "DELETE", "PATCH"):
        answer = requests.request(method, url(desk, channel), data=b"{}", timeout=10)
        assert answer.status_code == 405


@pytest.mark.parametrize("channel", CHANNELS)
def test_twenty_megabytes(desk, channel):
    """Refused, whether the length is told before or not; nothing is stored."""
    before = stored(desk)
    body = b'{"entry": "' + b"x" * (20 * 1024 * 1024) + b'"}'
    headers = {"X-Hub-Signature-256": signed(desk, body)}
    assert post_large(url(desk, channel), body, headers) in (413, None)
    chunks = (body[i : i + 2**16] for i in range(0, len(body), 2**16))
    assert post_large(url(desk, channel), chunks, headers) in (400, 401, 411, 413, None)
    assert stored(desk) == before
    # and the worker that refused it goes on
    assert deliver(desk, channel, json={"entry": []})[0] == 200


def post_large(address: str, body, headers) -> int | None:
    """The status; None when the server hung up before it had read all."""
    try:
        answer = requests.post(address, data=body, headers=headers, timeout=30)
    except requests.ConnectionError:
        return None
    assert_says_nothing(answer.text)
    return answer.status_code


def test_chunks_without_length(desk):
    """Answered at once, whatever is made of it."""

    def chunks() -> Iterator[bytes]:
        yield b'{"entry"'
        yield b": []}"

    headers = {"X-Hub-Signature-256": signed(desk, b'{"entry": []}')}
    began = time.monotonic()
    status = post_large(url(desk, WHATSAPP), chunks(), headers)
    assert status in (200, 400, 401, 411)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(
    "body",
    [
        b"hello",
        b"",
        b"[1, 2]",
        b'"text"',
        b"\xff\xfe\x00",
        b'{"entry": ' + b"[" * DEEP + b"]" * DEEP + b"}",
        b'{"a":' * DEEP + b"1" + b"}" * DEEP,
        b'{"entry": [1e999, NaN, ' + b"9" * 5000 + b"]",
    ],
    ids=["words", "empty", "list", "string", "bytes", "deep", "deeper", "cut"],
)
def test_verified_but_not_usable_json(desk, channel, body):
    """400 to the sender; the body is kept for a person to look at."""
    order = {"base64": base64.b64encode(body).decode()}
    assert deliver(desk, channel, **order)[0] == 400
    assert state_of(desk, body) == "failed"


SHAPES = {
    WHATSAPP: [
        {"entry": 5},
        {"entry": [None, 7, "x", [], {}]},
        {"entry": [{"changes": "x"}]},
        {"entry": [{"changes": [None, {"value": 5}, {"value": {"messages": 1}}]}]},
        {"entry": [{"changes": [{"value": {"messages": [None, 5, {}, []]}}]}]},
        {"entry": [{"changes": [{"value": {"statuses": [{"id": {}, "status": []}]}}]}]},
    ],
    TELEGRAM: [
        {"update_id": "x"},
        {"update_id": 10**30, "message": 5},
        {"update_id": -1, "message": {"chat": {"id": []}, "message_id": {}}},
        {"update_id": None, "message": {"chat": None}},
        {"message": {"text": {"a": 1}}},
        {"update_id": 5, "callback_query": {"data": 7}},
    ],
}


@pytest.mark.parametrize(
    ("channel", "shape"), [(c, s) for c, shapes in SHAPES.items() for s in shapes]
)
def test_wrong_shapes_are_kept(desk, channel, shape):
    """Nothing that was verified is dropped, and nothing stands in the way of
    the next message."""
    before = stored(desk)
    shape = {**shape, "note": str(uuid.uuid4())}
    status, _text = deliver(desk, channel, json=shape)
    assert status in (200, 400)
    assert stored(desk) > before
    desk.wait("all worked off", lambda: not waiting(desk))


def test_a_broken_item_passes_its_neighbours(desk):
    """A message without a sender between two good ones of one body."""
    talk = desk.talk(WHATSAPP, "Ugo Sales")
    talk.say("Primeira", deliver="hold")
    broken = talk.say("De ninguém", deliver="hold", raw={"from": None}, raw_contact={})
    lost = talk.say("Sem nada", deliver="hold", raw={"from": []}, raw_contact=NOBODY)
    talk.say("Quarta", deliver="hold")
    desk.sandbox.post("deliver", channel=WHATSAPP)
    desk.wait("all are stored", lambda: len(desk.events([broken, lost])) == 2)
    desk.wait("both", lambda: "Quarta" in talk.heard())
    assert talk.heard()[0] == "Primeira"
    desk.wait("worked off", lambda: desk.events([lost]) != {lost: "new"})
    assert desk.events([lost]) == {lost: "failed"}


@pytest.mark.parametrize("channel", CHANNELS)
def test_null_bytes_and_bidirectional_text(desk, channel):
    """Nothing that PostgreSQL refuses, and nothing that reorders what stands
    around it, gets through; the words do."""
    talk = desk.talk(channel, "Zoe \u202elaf\u202c")
    talk.say("zero\x00byte \u202egpj.exe\u2066 fim \U0001f680 שלום")
    desk.wait_for_row(
        "SELECT 1 FROM helpdesk_social_message s"
        " JOIN mail_message m ON m.id = s.mail_message_id"
        " WHERE m.body LIKE %s",
        "%zerobyte gpj.exe fim 🚀 שלום%",
    )
    names = desk.stack.psql("SELECT name FROM helpdesk_social_contact")
    assert not [
        name for (name,) in names if any(c in name for c in "\u202e\u2066\u202c")
    ]


def test_a_name_of_ten_thousand_characters(desk):
    talk = desk.talk(WHATSAPP, "Bia")
    long = "Ambrósia " * 1200
    talk.say("Olá, sou eu", raw_contact={"profile": {"name": long}})
    ((name, partner),) = desk.wait(
        "the contact",
        lambda: desk.stack.psql(
            "SELECT c.name, p.name FROM helpdesk_social_contact c"
            " JOIN res_partner p ON p.id = c.partner_id WHERE c.name LIKE 'Ambrósia%'"
        ),
    )
    assert len(name) <= 128 and len(partner) <= 128


def waiting(desk: Desk) -> list[tuple]:
    return desk.stack.psql("SELECT 1 FROM helpdesk_social_event WHERE state = 'new'")


def signed(desk: Desk, body: bytes) -> str:
    """Meta's signature, made with the account's true secret."""
    secret = desk.stack.env["SOCIAL_SANDBOX_WHATSAPP_SECRET"].encode()
    return "sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest()
