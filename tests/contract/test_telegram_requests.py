"""What we send to Telegram is what the Bot API describes, and what we read."""

import json
from dataclasses import replace

import pytest
from providers.telegram import UPDATES
from providers.telegram.contents import _FRAME, _READERS, SERVICE
from providers.telegram.outgoing import REACTIONS
from providers.types import Card, Choice, Kind, Location, Media, Part, Upload

from tests.unit.providers.golden import SETTINGS, cases, provider
from tests.unit.providers.wire import Wire, answer

from .conftest import specs

TAKEN = answer(200, {"ok": True, "result": {"message_id": 1, "chat": {"id": 5}}})


@pytest.fixture(scope="module")
def api():
    return json.loads(specs("telegram-bot-api.json").read_text())


@pytest.fixture
def wire():
    server = Wire()
    yield server
    server.close()


PLACE = Location(-25.43, -49.27, "Loja", "Rua XV")
CARD = Card("Ana", ("+5541999990000",))
ANSWERS = (Choice("1:1", "Nota"), Choice("1:2", "Manual", "https://a.example"))


def _types(api, given):
    """The names under which Python's types go in the description."""
    names = {str: "String", int: "Integer", bool: "Boolean", float: "Float"}
    return names.get(type(given))


def _problems(api, fields, given):
    known = {field["name"]: field for field in fields}
    missing = [n for n, f in known.items() if f["required"] and n not in given]
    unknown = [name for name in given if name not in known]
    wrong = [n for n in given if n in known and not _fits(api, known[n], given[n])]
    return missing + unknown + wrong


def _fits(api, field, given):
    for name in field["types"]:
        if name == _types(api, given):
            return True
        if name.startswith("Array of ") and isinstance(given, list):
            inner = {"types": [name.removeprefix("Array of ")]}
            return all(_fits(api, inner, value) for value in given)
        kinds = api["types"].get(name, {}).get("subtypes", ())
        if any(_fits(api, {"types": [kind]}, given) for kind in kinds):
            return True
        described = api["types"].get(name, {}).get("fields")
        if described and isinstance(given, dict):
            return not _problems(api, described, given)
    return False


def _call(wire, place=-1):
    """Method and parameters of a request, by default the last."""
    request = wire.received[place]
    method = request.path.removeprefix(f"/bot{SETTINGS['telegram']['bot_token']}/")
    return method, request


@pytest.mark.parametrize("thread", ["5", "-100123:7", "5@Bc1"])
def test_text(api, wire, thread):
    wire.answers = [TAKEN]
    part = Part("text", "<b>x</b>", reply_to="5:70")
    provider("telegram", wire.url).send(part, thread, None, "")
    method, request = _call(wire)
    assert _problems(api, api["methods"][method]["fields"], request.json) == []


@pytest.mark.parametrize("kind", ["image", "audio", "voice", "video", "document"])
def test_files(api, wire, kind):
    wire.answers = [TAKEN]
    upload = Upload("f.bin", "x/y", b"x")
    provider("telegram", wire.url).send(Part(kind, "c", 0, "5:70"), "5", upload, "")
    method, request = _call(wire)
    fields = {field["name"]: field for field in api["methods"][method]["fields"]}
    names = _form_names(request.body)
    assert set(names) <= set(fields)
    assert {n for n, f in fields.items() if f["required"]} <= set(names)
    file = next(n for n in names if "InputFile" in fields[n]["types"])
    assert f'name="{file}"; filename='.encode() in request.body


@pytest.mark.parametrize(
    "kinds", [("image", "video"), ("document", "document"), ("audio", "audio")]
)
def test_albums(api, wire, kinds):
    sent = [{"message_id": n, "chat": {"id": 5}} for n in (1, 2)]
    wire.answers = [answer(200, {"ok": True, "result": sent})]
    first, second = (Part(kind, file=i) for i, kind in enumerate(kinds))
    album = replace(first, text="c", reply_to="5:70", album=(second,))
    upload = Upload("a", "x/y", b"x", album=(Upload("b", "x/y", b"y"),))
    provider("telegram", wire.url).send(album, "-100123:7", upload, "")
    method, request = _call(wire)
    names = _form_names(request.body)
    given = {name: _form_value(request.body, name) for name in names}
    media = json.loads(given["media"])
    assert [item["media"] for item in media] == ["attach://file0", "attach://file1"]
    described = {n: v for n, v in given.items() if not n.startswith("file")}
    described |= {"media": media, "message_thread_id": 7}
    described["reply_parameters"] = json.loads(given["reply_parameters"])
    assert _problems(api, api["methods"][method]["fields"], described) == []


def _form_value(body, name):
    return body.split(f'name="{name}"'.encode())[1].split(b"\r\n")[2].decode()


def _form_names(body):
    marker = b'Content-Disposition: form-data; name="'
    return [piece.split(b'"')[0].decode() for piece in body.split(marker)[1:]]


def test_set_webhook(api, wire):
    bot = {"first_name": "S", "username": "s_bot"}
    wire.answers = [answer(200, {"ok": True, "result": bot})]
    provider("telegram", wire.url).connect("https://desk.example/")
    method, request = _call(wire, 1)
    assert _problems(api, api["methods"][method]["fields"], request.json) == []


@pytest.mark.parametrize(
    "act",
    [
        lambda t: t.typing("5:70", "-100123:7"),
        lambda t: t.react("5:70", "5", "👍"),
        lambda t: t.react("5:70", "5", ""),
        lambda t: t.edit("5:70", "5@Bc1", Part("text", "x")),
        lambda t: t.edit("5:70", "5@Bc1", Part("image", "x")),
        lambda t: t.unsend("5:70", "5"),
        lambda t: t.unsend("5:70", "5@Bc1"),
        lambda t: t.mark_read("5:70", "5@Bc1"),
        lambda t: t.send(Part("location", location=PLACE), "5", None, ""),
        lambda t: t.send(Part("contact", card=CARD), "5", None, ""),
        lambda t: t.send(Part("text", "x", choices=ANSWERS), "5", None, ""),
    ],
)
def test_signs_corrections_and_the_rest(api, wire, act):
    wire.answers = [TAKEN]
    act(provider("telegram", wire.url))
    method, request = _call(wire)
    assert _problems(api, api["methods"][method]["fields"], request.json) == []


def test_emoji_that_a_bot_may_give_are_described(api):
    described = json.dumps(api["types"]["ReactionTypeEmoji"], ensure_ascii=False)
    assert all(emoji in described for emoji in REACTIONS)


def test_the_answer_to_a_button_is_described(api):
    body = b'{"callback_query": {"id": "4382"}}'
    text, _mime = provider("telegram").receipt_for(body)
    request = json.loads(text)
    method = request.pop("method")
    assert _problems(api, api["methods"][method]["fields"], request) == []


def test_get_file(api, wire):
    wire.answers = [answer(200, {"ok": True, "result": {"file_path": "f"}})]
    provider("telegram", wire.url).fetch(Media(Kind.IMAGE, ref="A"))
    request = wire.received[0]
    assert _problems(api, api["methods"]["getFile"]["fields"], request.json) == []


def test_the_judge_refuses(api):
    fields = api["methods"]["sendMessage"]["fields"]
    good = {"chat_id": "5", "text": "x"}
    assert _problems(api, fields, good) == []
    assert _problems(api, fields, {"chat_id": "5"}) == ["text"]
    assert _problems(api, fields, {**good, "texts": "x"}) == ["texts"]
    assert _problems(api, fields, {**good, "text": 7}) == ["text"]
    reply = {"reply_parameters": {"message_id": "70"}}
    assert _problems(api, fields, {**good, **reply}) == ["reply_parameters"]


# --- incoming -----------------------------------------------------------------------


def _names(api, kind):
    return {field["name"] for field in api["types"][kind]["fields"]}


def test_updates_that_are_asked_for_exist(api):
    assert set(UPDATES) <= _names(api, "Update")


def test_fields_of_a_message_that_we_name_exist(api):
    known = _names(api, "Message")
    assert set(_READERS) <= known
    assert known >= SERVICE
    assert known >= _FRAME


def test_every_content_of_a_message_is_read_or_named(api):
    """A field that is none of ours is shown to the agent by its name."""
    telegram = provider("telegram")
    message = {
        "message_id": 1,
        "date": 1763900000,
        "chat": {"id": 5},
        "from": {"id": 5},
    }
    for name in _names(api, "Message") - set(_READERS) - SERVICE - _FRAME:
        update = {"update_id": 1, "message": {**message, name: {"x": 1}}}
        (raw,) = telegram.split(json.dumps(update).encode())
        event = telegram.parse(raw.payload)
        assert event.kind is Kind.UNSUPPORTED
        assert event.notes[0].values == {"type": name}


def test_our_cases_use_fields_that_exist(api):
    """The golden files that are no attacks are what Telegram could send."""
    odd = ("future", "hostile", "wrong", "without", "no-", "empty", "old", "only")
    updates, messages = _names(api, "Update"), _names(api, "Message")
    for path in cases("telegram"):
        body = json.loads(path.read_text())["body"]
        if any(word in path.stem for word in odd) or not isinstance(body, dict):
            continue
        assert set(body) <= updates, path
        message = body.get("message") or {}
        assert set(message) <= messages, path
