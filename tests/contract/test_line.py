"""What we send to LINE and read from it is what LINE describes."""

import json

import pytest
from providers.errors import RetryLater
from providers.line.envelope import OF_MESSAGE, REPLY
from providers.types import Card, Choice, Ignored, Kind, Location, Media, Part, Upload

from tests.unit.providers.golden import cases, provider
from tests.unit.providers.test_line_sending import _sound
from tests.unit.providers.wire import Answer, Wire, answer

from .conftest import specs
from .line import fields_of, judge, operation

USER = "U8a4f1c2d3e5b60718293a4b5c6d7e8f9"
GROUP = "C4e5f60718293a4b5c6d7e8f90a1b2c3d"
NUMBER = "0f8d1b1c8a4e4f0c9d2b7a6e5c4d3b2a"
HOOK = "https://desk.example/social/line/1"
LINK = "https://desk.example/f/1"
LABELS = ("Sim", "Não", "Talvez")


def _read(name):
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(specs(name).read_text(), Loader=loader)


@pytest.fixture(scope="module")
def api():
    return _read("line-messaging-api.yml")


@pytest.fixture(scope="module")
def hooks():
    return _read("line-webhook.yml")


@pytest.fixture
def wire():
    server = Wire()
    yield server
    server.close()


@pytest.fixture(scope="module")
def outgoing(api):
    return judge(api)


@pytest.fixture(scope="module")
def incoming(hooks):
    return judge(hooks)


# --- what we send -----------------------------------------------------------------


def _upload(mime, content=b"x"):
    return Upload("arquivo", mime, content, LINK)


def _choices(*links):
    taps = (Choice(f"s:{n}", label) for n, label in enumerate(LABELS))
    return (*taps, *(Choice("l", "Abrir", link) for link in links))


@pytest.mark.parametrize(
    ("part", "upload"),
    [
        (Part("text", "Olá https://x.example"), None),
        (Part("text", "Resolveu?", choices=_choices()), None),
        (Part("text", "Resolveu?", choices=_choices(LINK)), None),
        (Part("text", "x" * 5000, choices=_choices(LINK)), None),
        (Part("image", "Veja", 0), _upload("image/png")),
        (Part("image", "", 0, choices=_choices()), _upload("image/png")),
        (Part("audio", "", 0), _upload("audio/mp4", _sound())),
        (Part("document", "", 0), _upload("application/pdf")),
        (Part("location", location=Location(-23.5, -46.6, "Matriz")), None),
        (Part("contact", card=Card("Ana", ("+551140028922",))), None),
    ],
    ids=lambda value: getattr(value, "kind", ""),
)
def test_messages(api, outgoing, wire, part, upload):
    wire.answers = [answer(200, {"sentMessages": [{"id": "1"}]})]
    provider("line", wire.url).send(part, USER, upload, NUMBER)
    (request,) = wire.received
    assert outgoing("PushMessageRequest", request.json) == []
    assert len(request.json["messages"]) <= 5
    assert operation(api, request)["operationId"] == "pushMessage"


def test_a_reply_with_a_quote(api, outgoing, wire):
    wire.answers = [answer(200, {"sentMessages": [{"id": "1"}]})]
    part = Part("text", "Olá", tokens={"reply": "r", "quote": "q"})
    provider("line", wire.url).send(part, USER, None, NUMBER)
    (request,) = wire.received
    assert outgoing("ReplyMessageRequest", request.json) == []
    described = operation(api, request)
    assert described["operationId"] == "replyMessage"
    headers = {one["name"] for one in described.get("parameters", ())}
    assert "X-Line-Retry-Key" not in headers
    assert "x-line-retry-key" not in request.headers


def test_tokens_are_where_line_describes_them(hooks):
    schemas = hooks["components"]["schemas"]
    assert REPLY in fields_of(schemas["MessageEvent"], schemas)
    for field in OF_MESSAGE.values():
        assert field in fields_of(schemas["TextMessageContent"], schemas)


def test_the_judge_sees_what_is_wrong(outgoing):
    message = {"type": "text", "text": "x"}
    assert outgoing("PushMessageRequest", {"to": USER, "messages": [message]}) == []
    for wrong in ({"type": "text"}, {**message, "colour": 1}, {"type": "hologram"}):
        assert outgoing("PushMessageRequest", {"to": USER, "messages": [wrong]})
    action = {"type": "postback", "data": "x" * 301, "label": "x"}
    reply = {"items": [{"type": "action", "action": action}]}
    wrong = {**message, "quickReply": reply}
    assert outgoing("PushMessageRequest", {"to": USER, "messages": [wrong]})


def test_answers_are_read_as_described(api, outgoing, wire):
    schema = {
        "sentMessages": [{"id": "461230966842064897", "quoteToken": "IStG5h1Tz7b"}]
    }
    assert outgoing("PushMessageResponse", schema) == []
    wire.answers = [answer(200, schema)]
    sent = provider("line", wire.url).send(Part("text", "x"), USER, None, NUMBER)
    assert sent.external_id == "461230966842064897"


def test_every_request_is_described(api, outgoing, wire):
    line = provider("line", wire.url)
    bot = answer(200, {"displayName": "x", "basicId": "@x"})
    wire.answers = [answer(), answer(200, {"success": True}), bot]
    line.connect(HOOK)
    line.typing("1", USER)
    line.mark_read("1", USER, "token")
    line.profile(USER)
    line.profile(GROUP)
    wire.answers = [Answer(202), answer(200, {"status": "processing"})]
    with pytest.raises(RetryLater):
        line.fetch(Media(Kind.VIDEO, "468789577898262530"))
    assert len(wire.received) == 12
    for request in wire.received:
        found = operation(api, request)
        if request.body:
            content = found["requestBody"]["content"]["application/json"]
            name = content["schema"]["$ref"].rpartition("/")[2]
            assert outgoing(name, request.json) == []


# --- what we read -----------------------------------------------------------------


# edits are younger than the description
UNDESCRIBED = ("malformed", "unknown", "wrong", "odd", "without_address", "edited")


@pytest.mark.parametrize(
    "path",
    [p for p in cases("line") if not any(word in p.stem for word in UNDESCRIBED)],
    ids=lambda path: path.stem,
)
def test_our_cases_are_what_line_describes(incoming, path):
    body = json.loads(path.read_text())["body"]
    assert incoming("CallbackRequest", body) == []


def test_every_described_event_and_message_is_read(hooks):
    """None is left to "unknown"; each has a case of ours."""
    bodies = [json.loads(path.read_text())["body"] for path in cases("line")]
    events = [e for b in bodies for e in b.get("events", ()) if isinstance(e, dict)]
    kinds = {event["type"] for event in events}
    messages = {event.get("message", {}).get("type") for event in events}
    schemas = hooks["components"]["schemas"]
    described = schemas["Event"]["discriminator"]["mapping"]
    assert set(described) <= kinds
    assert set(schemas["MessageContent"]["discriminator"]["mapping"]) <= messages
    line = provider("line")
    for kind in described:
        event = next(e for e in events if e["type"] == kind)
        (raw,) = line.split(json.dumps({"events": [event]}).encode())
        found = line.parse(raw.payload)
        assert not (isinstance(found, Ignored) and "not a message" in found.reason)


def _sample(schemas, schema, whole):
    """A value as the description has it, with all fields or the needed ones."""
    if ref := schema.get("$ref"):
        schema = schemas[ref.rpartition("/")[2]]
    parts = [schema, *schema.get("allOf", ())]
    parts += [schemas[p["$ref"].rpartition("/")[2]] for p in parts if "$ref" in p]
    fields = fields_of(schema, schemas)
    if not fields:
        return _value(schemas, schema, whole)
    needed = {name for part in parts for name in part.get("required", ())}
    names = fields if whole else [name for name in fields if name in needed]
    return {name: _sample(schemas, fields[name], whole) for name in names}


def _value(schemas, schema, whole):
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    if kind == "array":
        return [_sample(schemas, schema["items"], whole)]
    values = {"string": "x", "integer": 1, "number": 1.5, "boolean": True}
    return values.get(kind, {})


def _kinds(schemas, base):
    mapping = schemas[base]["discriminator"]["mapping"]
    return [(kind, {"$ref": ref}) for kind, ref in mapping.items()]


@pytest.mark.parametrize("whole", [False, True], ids=["needed", "whole"])
def test_a_sample_of_every_description_is_processed(hooks, whole):
    """The webhook's description has no examples, so they are made from it."""
    schemas, line = hooks["components"]["schemas"], provider("line")
    events = []
    for kind, schema in _kinds(schemas, "Event"):
        event = _sample(schemas, schema, whole)
        messages = _kinds(schemas, "MessageContent") if kind == "message" else [None]
        for source, reference in _kinds(schemas, "Source"):
            chat = {**_sample(schemas, reference, True), "type": source}
            for number, given in enumerate(messages):
                made = {**event, "type": kind, "source": chat}
                made["webhookEventId"] = f"{kind}-{source}-{number}"
                if given:
                    content = _sample(schemas, given[1], whole)
                    made["message"] = {**content, "type": given[0]}
                events.append(made)
    raws = line.split(json.dumps({"destination": "U0", "events": events}).encode())
    found = [line.parse(raw.payload) for raw in raws]
    assert len(found) == len(events) == 3 * 25
    assert not [e for e in found if getattr(e, "kind", "") is Kind.UNSUPPORTED]
