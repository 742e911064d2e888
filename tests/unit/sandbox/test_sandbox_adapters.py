"""The suite's own adapters against the sandbox, over real HTTP, without Odoo."""

from dataclasses import replace

import pytest
import requests
from providers import get
from providers.errors import Refused, RetryLater, Uncertain
from providers.types import (
    Account,
    Deletion,
    Edit,
    File,
    Message,
    Part,
    Reaction,
    Request,
    StatusUpdate,
    Upload,
)

from tests.unit.sandbox.conftest import (
    APP_SECRET,
    BOT_TOKEN,
    PHONE_ID,
    VERIFY_TOKEN,
    WABA_ID,
    WHATSAPP_TOKEN,
    wait_for,
)

SETTINGS = {
    "whatsapp": {
        "access_token": WHATSAPP_TOKEN,
        "app_secret": APP_SECRET,
        "phone_number_id": PHONE_ID,
        "waba_id": WABA_ID,
        "verify_token": VERIFY_TOKEN,
    },
    "telegram": {"bot_token": BOT_TOKEN, "webhook_secret": "a_secret"},
}
CHANNELS = ("whatsapp", "telegram")
ADDRESS = {"whatsapp": "5511987654321", "telegram": "500000000"}
PNG = bytes.fromhex("89504e470d0a1a0a")


@pytest.fixture
def adapter(sandbox, business, request):
    """Connected to the sandbox as the Connect button does it."""
    code = request.param
    made = get(code)(Account(SETTINGS[code], sandbox.url))
    made.connect(business.url(f"/{code}"))
    return made


both = pytest.mark.parametrize("adapter", CHANNELS, indirect=True)
whatsapp = pytest.mark.parametrize("adapter", ["whatsapp"], indirect=True)
telegram = pytest.mark.parametrize("adapter", ["telegram"], indirect=True)


def events(adapter, business):
    """Everything that came by webhook, verified and understood."""
    return [
        adapter.parse(raw.payload)
        for _, path, headers, body in list(business.got)
        for raw in _verified(adapter, path, headers, body)
    ]


def _verified(adapter, path, headers, body):
    lower = {name.lower(): value for name, value in headers.items()}
    adapter.verify(Request("POST", path, lower, {}, body))
    return adapter.split(body)


def message(adapter, business, kind=Message):
    return wait_for(
        lambda: next((e for e in events(adapter, business) if type(e) is kind), None)
    )


def send(adapter, html="<p>Olá, <b>Ana</b>!</p>", files=(), contents=(), reply_to=""):
    parts = adapter.plan(html, list(files), reply_to)
    return [
        adapter.send(
            part,
            ADDRESS[adapter.code],
            contents[part.file] if part.file is not None else None,
            f"uuid-{number}",
        )
        for number, part in enumerate(parts)
    ]


@both
def test_connects_and_is_healthy(adapter, sandbox):
    assert adapter.check().warnings == ()
    assert sandbox.get("violations").json() == []


@both
@pytest.mark.parametrize(
    "kind",
    ["text", "image", "voice", "audio", "video", "document", "sticker", "location"],
)
def test_what_the_customer_sends_is_understood(adapter, sandbox, business, kind):
    sandbox.say(adapter.code, kind=kind, text="Olá")
    came = message(adapter, business)
    assert came.kind.value == kind
    assert came.thread == ADDRESS[adapter.code]
    assert came.sender.name.startswith("Ana Beatriz")
    for media in came.media:
        original = sandbox.talk(adapter.code)[-1]["media"]
        assert len(adapter.fetch(media).content) == original["size"]
    assert sandbox.get("violations").json() == []


@both
def test_quotes_edits_and_reactions_are_understood(adapter, sandbox, business):
    first = sandbox.say(adapter.code, text="um")["message_id"]
    sandbox.say(adapter.code, text="dois", reply_to=first)
    sandbox.say(adapter.code, kind="edit", target=first, text="três")
    sandbox.say(adapter.code, kind="reaction", target=first, text="👍")
    wait_for(lambda: len(business.got) == 4)
    found = {type(e): e for e in events(adapter, business)}
    texts = {e.text: e for e in events(adapter, business) if type(e) is Message}
    known_as = texts["um"].external_id
    assert texts["dois"].reply_to == known_as
    assert (found[Edit].target, found[Edit].text) == (known_as, "três")
    assert (found[Reaction].target, found[Reaction].emoji) == (known_as, "👍")


@whatsapp
def test_deletions_are_understood(adapter, sandbox, business):
    first = sandbox.say(text="um")["message_id"]
    sandbox.say(kind="delete", target=first)
    assert message(adapter, business, Deletion).target == first


@both
def test_answers_reach_the_phone(adapter, sandbox, business):
    first = sandbox.say(adapter.code, text="oi")["message_id"]
    came = message(adapter, business)
    files = [File(0, "a.png", "image/png", 8), File(1, "a.pdf", "application/pdf", 4)]
    contents = [
        Upload("a.png", "image/png", PNG),
        Upload("a.pdf", "application/pdf", b"%PDF"),
    ]
    send(adapter, files=files, contents=contents, reply_to=came.external_id)
    answers = [m for m in sandbox.talk(adapter.code) if m["direction"] == "out"]
    assert [m["media"]["size"] for m in answers if m["media"]] == [8, 4]
    assert answers[0]["reply_to"] == first
    assert any("Ana" in m["text"] for m in answers)
    assert sandbox.get("violations").json() == []


@telegram
def test_several_files_are_one_album(adapter, sandbox, business):
    first = sandbox.say("telegram", text="oi")["message_id"]
    quoted = message(adapter, business).external_id
    files = [File(n, f"{n}.png", "image/png", 8) for n in range(3)]
    (album,) = adapter.plan("<p>Olá</p>", files, quoted)
    one, *others = (Upload(file.name, file.mime, PNG) for file in files)
    upload = replace(one, album=tuple(others))
    sent = adapter.send(album, ADDRESS["telegram"], upload, "")
    shown = [m for m in sandbox.talk("telegram") if m["direction"] == "out"]
    numbers = [f"{ADDRESS['telegram']}:{m['id']}" for m in shown]
    assert [sent.external_id, *sent.album] == numbers and len(numbers) == 3
    assert [m["text"] for m in shown] == ["Olá", "", ""]
    assert shown[0]["reply_to"] == first
    sandbox.say("telegram", text="esta", reply_to=shown[2]["id"])
    wait_for(lambda: any(m.reply_to == numbers[2] for m in events(adapter, business)))
    assert sandbox.get("violations").json() == []


@telegram
def test_a_caption_is_changed(adapter, sandbox, business):
    sandbox.say("telegram", text="oi")
    message(adapter, business)
    file = File(0, "a.png", "image/png", 8)
    (sent,) = send(adapter, files=[file], contents=[Upload("a.png", "image/png", PNG)])
    adapter.edit(sent.external_id, ADDRESS["telegram"], Part("image", "<b>Novo</b>"))
    shown = sandbox.talk("telegram")[-1]
    assert (shown["text"], shown["edited"]) == ("Novo", True)
    assert sandbox.get("violations").json() == []


@whatsapp
def test_ticks_find_their_message_by_its_correlation(adapter, sandbox, business):
    sandbox.say(text="oi")
    (sent,) = send(adapter)
    sandbox.post("read", channel="whatsapp", customer="ana-beatriz-conceicao")

    def ticks():
        found = [e for e in events(adapter, business) if type(e) is StatusUpdate]
        return found if len(found) == 3 else None

    ticks = wait_for(ticks)
    assert {t.status.value for t in ticks} == {"sent", "delivered", "read"}
    assert {(t.external_id, t.correlation) for t in ticks} == {
        (sent.external_id, "uuid-0")
    }


@whatsapp
def test_closed_window_is_said_by_webhook(adapter, sandbox, business):
    send(adapter)
    failed = message(adapter, business, StatusUpdate)
    assert failed.status.value == "failed" and failed.window_closed
    assert failed.code == "131047"


@whatsapp
def test_every_template_can_be_read_and_sent(adapter, sandbox):
    templates = adapter.templates()
    assert len(templates) == 9
    approved = [t for t in templates if t.status == "approved"]
    for template in approved:
        if template.header_kind != "text":
            continue
        values = {name: "x1" for name in template.variables}
        part = adapter.template_part(template, values)
        adapter.send(part, ADDRESS["whatsapp"], None, "")
    shown = sandbox.talk()
    assert len(shown) == sum(t.header_kind == "text" for t in approved) >= 5
    assert all("{{" not in m["text"] for m in shown)
    assert sandbox.get("violations").json() == []


@both
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "rate_limit", "retry_after": 3}, RetryLater),
        ({"kind": "cut_after"}, Uncertain),
        ({"kind": "expired_token"}, Refused),
        ({"kind": "bad_json"}, Uncertain),
        ({"kind": "status", "status": 502}, Uncertain),
    ],
    ids=lambda value: value.get("kind") if isinstance(value, dict) else "",
)
def test_misbehaviour_becomes_the_right_error(adapter, sandbox, business, fault, error):
    sandbox.say(adapter.code, text="oi")
    message(adapter, business)
    sandbox.post("faults", provider=adapter.code, **fault)
    with pytest.raises(error):
        send(adapter)


@both
def test_file_that_is_gone_is_refused(adapter, sandbox, business):
    sandbox.say(adapter.code, kind="image")
    (media,) = message(adapter, business).media
    sandbox.post("faults", kind="media_gone")
    with pytest.raises(Refused):
        adapter.fetch(media)
    requests.delete(f"{sandbox.url}/sandbox/faults", timeout=5)
    assert adapter.fetch(media).content


@both
def test_blocked_business(adapter, sandbox, business):
    sandbox.say(adapter.code, text="oi")
    sandbox.post("block", channel=adapter.code, customer="ana-beatriz-conceicao")
    if adapter.code == "telegram":
        with pytest.raises(Refused):
            send(adapter)
    else:
        assert send(adapter)[0].external_id
