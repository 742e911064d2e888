"""The suite's own adapters against the partners without a phone, over real HTTP."""

import json

import pytest
import requests
from providers import get
from providers.errors import Refused, Unverified
from providers.types import Account, Choice, Part, Request

from tests.sandbox.contract import state
from tests.unit.providers.golden import SETTINGS
from tests.unit.sandbox.conftest import wait_for

ROOTS = {
    "facebook": "meta",
    "instagram": "meta",
    "sms": "twilio",
    "whatsapp_twilio": "twilio",
    "x": "x",
    "program": "program/app",
}
CODES = tuple(ROOTS)
# The account's own id, and where something of it is written to.
TO = {
    "facebook": "7654321098765432",
    "instagram": "1234567890123456",
    "sms": "+5511999998888",
    "whatsapp_twilio": "+5511999998888",
    "x": "7001",
    "program": "app-1042",
}
BODIES = {
    "facebook": {"json": {"entry": []}},
    "instagram": {"json": {"entry": []}},
    "sms": {"form": {"AccountSid": "AC1", "Body": "Olá & até já"}},
    "whatsapp_twilio": {"form": {"AccountSid": "AC1", "Body": "Olá & até já"}},
    "x": {"json": {"for_user_id": "4200"}},
    "program": {"json": {"events": []}},
}

described = pytest.mark.skipif("x" not in state().split(", "), reason="no descriptions")


@pytest.fixture
def adapter(sandbox, request):
    """Both sides know the account; it is not connected yet."""
    return made(sandbox, request.param)


def made(sandbox, code):
    root = f"{sandbox.url}/{ROOTS[code]}"
    settings = {**SETTINGS[code]}
    if code == "program":
        settings["callback_url"] = root
    sandbox.post("accounts", provider=code, id=own(code), credentials=settings)
    return get(code)(Account(settings, "" if code == "program" else root))


def own(code):
    ids = {"facebook": "page_id", "instagram": "instagram_id", "x": "user_id"}
    return SETTINGS[code].get(ids.get(code, "sender"), "app")


def violations(sandbox):
    return [v["problems"] for v in sandbox.get("violations").json()]


def outbox(sandbox, code):
    return sandbox.get("outbox", channel=code).json()


every = pytest.mark.parametrize("adapter", CODES, indirect=True)


def only(*codes):
    return pytest.mark.parametrize("adapter", codes, indirect=True)


@every
def test_health_and_answer(sandbox, adapter):
    """Each account is well, and what it sends is in the outbox once."""
    adapter.check()
    recipient = TO[adapter.code]
    answer = adapter.send(Part("text", "Já corrigimos."), recipient, None, "c1")
    (line,) = outbox(sandbox, adapter.code)
    assert (line["id"], line["text"]) == (answer.external_id, "Já corrigimos.")
    assert line["customer"].removeprefix("whatsapp:") == recipient
    assert violations(sandbox) == []


@every
def test_seals(sandbox, business, adapter):
    """What the sandbox signs, the adapter takes; signed wrongly or not at all not."""
    for way in ("right", "wrong", "missing"):
        order = {**BODIES[adapter.code], "url": business.url(), "sign": way}
        sandbox.post("post", channel=adapter.code, **order)
        request = received(business)
        if way == "right":
            adapter.verify(request)
            continue
        with pytest.raises(Unverified):
            adapter.verify(request)


def received(business):
    _at, path, headers, body = business.got[-1]
    lower = {name.lower(): value for name, value in headers.items()}
    return Request("POST", business.url(path), lower, {}, body)


@every
def test_wrong_credentials(sandbox, adapter):
    names = [c.name for c in adapter.credentials if c.secret]
    wrong = {**adapter.account.settings, **dict.fromkeys(names, "wrong-secret")}
    stranger = type(adapter)(Account(wrong, adapter.api_url))
    with pytest.raises(Refused):
        stranger.send(Part("text", "Oi"), TO[adapter.code], None, "c")
    assert outbox(sandbox, adapter.code) == []


def test_an_account_needs_an_id(sandbox):
    answer = sandbox.get("accounts")
    assert answer.ok
    with pytest.raises(AssertionError, match="its own id"):
        sandbox.post("accounts", provider="x", credentials={})


# --- Meta -----------------------------------------------------------------------------


@only("facebook", "instagram")
def test_meta_connects(sandbox, business, adapter):
    business.verify_token = SETTINGS[adapter.code]["verify_token"]
    connection = adapter.connect(business.url("/meta"))
    assert not connection.warnings
    assert all(check.todo is None for check in connection.checks)
    (known,) = [
        account
        for account in sandbox.get("accounts").json()
        if account["provider"] == adapter.code
    ]
    assert known["callback_url"] == business.url("/meta")


@only("facebook")
def test_meta_wants_the_handshake(sandbox, business, adapter):
    business.verify_token = "another"
    with pytest.raises(Refused):
        adapter.connect(business.url())


@only("facebook")
def test_meta_tells_what_we_did(sandbox, business, adapter):
    """Our own message comes back as an echo, then it is delivered."""
    business.verify_token = SETTINGS["facebook"]["verify_token"]
    adapter.connect(business.url())
    adapter.send(Part("text", "Olá"), TO["facebook"], None, "c" * 32)
    wait_for(lambda: len(business.got) == 2)
    raws = [raw for *_rest, body in business.got for raw in adapter.split(body)]
    found = {adapter.parse(raw.payload).status.value for raw in raws}
    assert found == {"sent", "delivered"}


@only("facebook", "instagram")
def test_meta_in_public(sandbox, adapter):
    """A comment is answered, answered in private, hidden."""
    code = adapter.code
    post = "102934857610293_5550001" if code == "facebook" else "17900000000000001"
    thread = f"c:{post}:24681357"
    adapter.send(Part("text", "Vamos ver", reply_to="5550001_7"), thread, None, "c")
    private = adapter.reply_privately("5550001_7", Part("text", "Qual nota?"), "d")
    adapter.hide("5550001_7", True)
    lines = outbox(sandbox, code)
    assert [line["kind"] for line in lines] == ["comment", "private_reply", "hide"]
    assert [line["customer"] for line in lines] == [
        "5550001_7",
        private.recipient_id,
        "5550001_7",
    ]
    assert violations(sandbox) == []


@only("facebook")
def test_meta_knows_things(sandbox, adapter):
    """Only what it was told: all else does not exist."""
    known = {"name": "Ana Beatriz Conceição"}
    sandbox.post("things", channel="facebook", id=TO["facebook"], fields=known)
    assert adapter.profile(TO["facebook"]).name == known["name"]
    with pytest.raises(Refused):
        adapter.profile("404")


@only("facebook")
def test_meta_judges(sandbox, adapter):
    adapter.send(Part("text", "a" * 2001), TO["facebook"], None, "c")
    assert violations(sandbox) == [["message.text is too long"]]


# --- Twilio ---------------------------------------------------------------------------


@only("sms")
def test_twilio_connects_and_tells_the_ticks(sandbox, business, adapter):
    hook = business.url("/twilio")
    connection = adapter.connect(hook)
    assert not connection.warnings
    account = Account(adapter.account.settings, adapter.api_url, hook)
    type(adapter)(account).send(Part("text", "Olá"), TO["sms"], None, "c")
    wait_for(lambda: len(business.got) == 2)
    adapter.verify(received(business))
    raws = [raw for *_rest, body in business.got for raw in adapter.split(body)]
    states = [adapter.parse(raw.payload).status.value for raw in raws]
    assert sorted(states) == ["delivered", "sent"]
    assert violations(sandbox) == []


@described
@only("sms")
def test_twilio_judges(sandbox, adapter):
    adapter._post("Messages.json", {"To": "+5511999998888", "Bdy": "x", "Body": "x"})
    assert violations(sandbox) == [["Bdy is not in the description"]]


@only("whatsapp_twilio")
def test_twilio_asks_with_buttons(sandbox, adapter):
    choices = (Choice("81:1", "Sim"), Choice("81:2", "Não"))
    (part,) = adapter.ask("<p>Resolveu?</p>", choices)
    for _time in range(2):
        adapter.send(part, TO["whatsapp_twilio"], None, "c")
    first, second = outbox(sandbox, "whatsapp_twilio")
    assert first["text"] == second["text"] == "Resolveu?"
    sids = {line["request"]["body"]["ContentSid"] for line in (first, second)}
    assert len(sids) == 1
    assert violations(sandbox) == []


@only("whatsapp_twilio")
def test_twilio_judges_contents(sandbox, adapter):
    types = {"twilio/quick-reply": {"body": "", "actions": [{"title": "x" * 21}] * 4}}
    adapter._contents("/v1/Content", {"types": types, "colour": "blue"})
    (problems,) = violations(sandbox)
    assert "language is required" in problems
    assert "twilio/quick-reply: 1 to 3 actions" in problems
    assert "colour is not in the documentation" in problems


@only("whatsapp_twilio")
def test_twilio_knows_no_other_content(sandbox, adapter):
    with pytest.raises(Refused) as caught:
        adapter._post("Messages.json", {"To": "whatsapp:+1", "ContentSid": "HX0"})
    assert caught.value.code == "21655"


# --- X --------------------------------------------------------------------------------


@only("x")
def test_x_connects(sandbox, adapter):
    """X asks for the proof first; here nobody gives it."""
    with pytest.raises(Refused):
        adapter.connect("http://127.0.0.1:9/hook")
    assert violations(sandbox) == []


@described
@only("x")
def test_x_judges(sandbox, adapter):
    adapter._post("tweets", {"text": "Oi", "reply": {"to": "8001"}, "colour": "blue"})
    (problems,) = violations(sandbox)
    assert any("'colour' was unexpected" in problem for problem in problems)
    assert any(problem.startswith("reply") for problem in problems)


@only("x")
def test_x_in_public(sandbox, adapter):
    adapter.send(Part("text", "Vamos ver", reply_to="8001"), "t:7001", None, "c")
    adapter.react("8001", "t:7001", "❤")
    adapter.hide("8001", True)
    kinds = [(line["kind"], line["customer"]) for line in outbox(sandbox, "x")]
    assert kinds == [("post", "8001"), ("like", "8001"), ("hide", "8001")]
    assert violations(sandbox) == []


@only("x")
def test_x_is_asked_for_mentions(sandbox, adapter):
    settings = {**adapter.account.settings, "poll": "yes"}
    asking = type(adapter)(Account(settings, adapter.api_url))
    said = {"author_id": "7001", "text": "@erp socorro"}
    said["created_at"] = "2026-07-01T12:00:00.000Z"
    who = {"name": "Ana Souza", "username": "anasouza"}
    sandbox.post("things", channel="x", id="8001", fields=said)
    sandbox.post("things", channel="x", id="7001", fields=who)
    found = asking.poll({})
    (event,) = [asking.parse(raw.payload) for raw in found.events]
    assert (event.text, event.sender.name) == ("@erp socorro", "Ana Souza")
    assert asking.poll(found.cursor).events == ()
    assert violations(sandbox) == []


# --- any program ----------------------------------------------------------------------


@only("program")
def test_program_takes_one_key_once(sandbox, adapter):
    part = Part("text", "Olá")
    first = adapter.send(part, "app-1042", None, "key-1")
    adapter.send(part, "app-1042", None, "key-1")
    assert [line["id"] for line in outbox(sandbox, "program")] == [first.external_id]


@only("program")
def test_program_judges(sandbox, adapter):
    adapter._call({"type": "message", "colour": "blue"})
    (problems,) = violations(sandbox)
    assert problems


# --- feeds ----------------------------------------------------------------------------


def test_a_feed_is_served_whole_or_not_at_all(sandbox):
    sandbox.post("accounts", provider="feed", id="avisos", credentials={})
    item = {"title": "Nota & boleto", "link": "https://blog.example/1"}
    sandbox.post("things", channel="feed", id="g1", fields=item)
    first = requests.get(f"{sandbox.url}/feed/avisos", timeout=5)
    assert '<guid isPermaLink="false">g1</guid><title>Nota &amp; boleto' in first.text
    known = {"If-None-Match": first.headers["ETag"]}
    again = requests.get(f"{sandbox.url}/feed/avisos", headers=known, timeout=5)
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["Last-Modified"].endswith("GMT")
    sandbox.post("things", channel="feed", id="g2", fields={"title": "Mais uma"})
    third = requests.get(f"{sandbox.url}/feed/avisos", headers=known, timeout=5)
    assert "g2" in third.text
    kinds = [line["kind"] for line in outbox(sandbox, "feed")]
    assert kinds == ["feed", "unchanged", "feed"]


def test_no_secret_in_what_is_shown(sandbox):
    for code in CODES:
        made(sandbox, code)
    shown = json.dumps(sandbox.get("accounts").json())
    for settings in (SETTINGS[code] for code in CODES):
        for name in ("access_token", "app_secret", "auth_token", "secret"):
            assert settings.get(name, "never") not in shown
