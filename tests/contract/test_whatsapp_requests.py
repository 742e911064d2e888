"""What we send to Meta is what Meta describes."""

import json

import pytest
from providers.tame import Node
from providers.types import Card, Choice, Location, Part, Upload
from providers.whatsapp.templates import fill, read_template

from tests.unit.providers.golden import provider
from tests.unit.providers.wire import Wire, answer

TAKEN = {"messages": [{"id": "wamid.NEW"}], "contacts": [{"wa_id": "5511987654321"}]}


@pytest.fixture
def wire():
    server = Wire()
    yield server
    server.close()


@pytest.fixture(scope="module")
def judge(meta_schemas):
    """Errors of ``request`` against the schema ``name``."""
    from openapi_schema_validator import OAS31Validator
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT202012

    resource = Resource(contents=meta_schemas, specification=DRAFT202012)
    registry = Registry().with_resource("urn:meta", resource)

    def errors(name, request):
        schema = {"$ref": f"urn:meta#/components/schemas/{name}"}
        found = OAS31Validator(schema, registry=registry).iter_errors(request)
        return [error.message for error in found]

    return errors


def _sent(wire, part, upload=None, recipient="5511987654321"):
    media = [answer(200, {"id": "4490709327384033"})] if upload else []
    wire.answers = [*media, answer(200, TAKEN)]
    whatsapp = provider("whatsapp", wire.url)
    whatsapp.send(part, recipient, upload, "42-abc")
    return wire.received[-1].json


@pytest.mark.parametrize(
    ("part", "schema"),
    [
        (Part("text", "Olá https://x.example", reply_to="wamid.OLD"), "TextMessage"),
        (Part("image", "legenda", 0), "ImageMessage"),
        (Part("video", "", 0), "VideoMessage"),
        (Part("audio", "", 0), "AudioMessage"),
        (Part("voice", "", 0), "AudioMessage"),
        (Part("document", "legenda", 0), "DocumentMessage"),
        (Part("sticker", "", 0), "StickerMessage"),
    ],
    ids=lambda value: getattr(value, "kind", value),
)
def test_message(judge, wire, part, schema):
    upload = None if part.file is None else Upload("f.bin", "x/y", b"x")
    request = _sent(wire, part, upload)
    assert judge(schema, request) == []


ANSWERS = tuple(Choice(f"12:{n}", f"Opção {n}") for n in range(1, 11))


@pytest.mark.parametrize(
    ("part", "schema"),
    [
        (Part("text", "Onde dói?", choices=ANSWERS[:3]), "InteractiveMessage"),
        (Part("text", "Onde dói?", choices=ANSWERS), "InteractiveMessage"),
        (
            Part("location", location=Location(-25.43, -49.27, "Loja", "Rua XV")),
            "LocationMessage",
        ),
        (
            Part("contact", card=Card("Ana", ("+5541999990000",), ("a@x.example",))),
            "ContactsMessage",
        ),
    ],
    ids=["buttons", "list", "location", "contact"],
)
def test_what_is_tapped_or_shown_on_a_map(judge, wire, part, schema):
    assert judge(schema, _sent(wire, part)) == []


def test_signs(judge, wire):
    whatsapp = provider("whatsapp", wire.url)
    whatsapp.react("wamid.OLD", "5511987654321", "👍")
    whatsapp.mark_read("wamid.OLD", "5511987654321")
    whatsapp.typing("wamid.OLD", "5511987654321")
    reaction, read, typing = (request.json for request in wire.received)
    assert judge("ReactionMessage", reaction) == []
    assert read == {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": "wamid.OLD",
    }
    assert typing == {**read, "typing_indicator": {"type": "text"}}


@pytest.mark.parametrize("recipient", ["5511987654321", "Y2FwaV9ncm91cDox"])
def test_recipient(judge, wire, recipient):
    assert judge("TextMessage", _sent(wire, Part("text", "x"), None, recipient)) == []


def test_the_judge_refuses(judge, wire):
    request = _sent(wire, Part("text", "x"))
    for name, wrong in (("to", 7), ("recipient_type", "crowd"), ("text", "x")):
        assert judge("TextMessage", {**request, name: wrong})
        without = {key: value for key, value in request.items() if key != name}
        assert judge("TextMessage", without)


def test_the_business_scoped_id_is_newer_than_the_description(judge, wire):
    """Version 23.0 asks for ``to``; the documentation of user ids (2026) names
    ``recipient`` instead. This fails when the description learns of it."""
    request = _sent(wire, Part("text", "x"), None, "BR.13491208655302741918")
    assert judge("TextMessage", request) == ["'to' is a required property"]


def test_template(judge, wire):
    """Judged by the schema but for the button: the schema's own pattern of
    ``index`` refuses "0" and "1", Meta's examples have them."""
    template = read_template(
        Node(
            {
                "id": "1",
                "name": "pedido",
                "language": "pt_BR",
                "status": "APPROVED",
                "components": [
                    {"type": "HEADER", "format": "TEXT", "text": "Pedido {{1}}"},
                    {"type": "BODY", "text": "Olá {{1}}"},
                ],
            }
        )
    )
    request = _sent(wire, fill(template, {"header:1": "7", "body:1": "Ana"}))
    assert judge("TemplateMessage", request) == []


def test_button_of_a_template_has_the_shape_of_metas_example(meta):
    content = meta["paths"]["/{Version}/{Phone-Number-ID}/messages"]["post"]
    examples = content["requestBody"]["content"]["application/json"]["examples"]
    example = examples["Send Message Template Interactive"]["value"]["template"]
    theirs = next(c for c in example["components"] if c["type"] == "button")
    buttons = [{"type": "URL", "text": "Ver", "url": "https://x.example/{{1}}"}]
    template = read_template(
        Node(
            {
                "name": "x",
                "language": "en",
                "components": [{"type": "BUTTONS", "buttons": buttons}],
            }
        )
    )
    (ours,) = fill(template, {"button:0:1": "t"}).template["components"]
    assert set(ours) == set(theirs)
    assert type(ours["index"]) is type(theirs["index"])


def test_subscription(judge, wire):
    done = answer(200, {"success": True})
    wire.answers = [done, done, answer(200, {})]
    provider("whatsapp", wire.url).connect("https://desk.example/social/webhook/k")
    subscribed, overridden, *_checks = wire.received
    assert judge("SubscriptionRequest", subscribed.json) == []
    assert judge("PhoneNumberStatusUpdateRequest", overridden.json) == []


def test_paths_are_described(meta, wire):
    paths = meta["paths"]
    assert "post" in paths["/{Version}/{Phone-Number-ID}/messages"]
    assert "post" in paths["/{Version}/{Phone-Number-ID}/media"]
    assert "get" in paths["/{Version}/{Media-ID}"]
    assert "get" in paths["/{Version}/{Phone-Number-ID}"]
    assert "post" in paths["/{Version}/{Phone-Number-ID}"]
    assert "post" in paths["/{Version}/{WABA-ID}/subscribed_apps"]
    assert "get" in paths["/{Version}/{WABA-ID}/message_templates"]


def test_template_examples_are_read(meta):
    operation = meta["paths"]["/{Version}/{WABA-ID}/message_templates"]["get"]
    content = operation["responses"]["200"]["content"]["application/json"]
    for example in content["examples"].values():
        templates = [read_template(Node(t)) for t in example["value"]["data"]]
        assert templates and all(t and t.body and t.status for t in templates)
        assert json.dumps([t.components for t in templates])


def test_phone_number_examples_are_read(meta, wire):
    operation = meta["paths"]["/{Version}/{Phone-Number-ID}"]["get"]
    content = operation["responses"]["200"]["content"]["application/json"]
    for example in content["examples"].values():
        wire.answers = [answer(200, example["value"])]
        connection = provider("whatsapp", wire.url).check()
        assert connection.name == "Jaspers Market"
        assert connection.address == "+1 555-555-5555"
