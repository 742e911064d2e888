"""What goes to Twilio is what its description knows."""

import json
from urllib.parse import parse_qsl, urlencode

import pytest
from jsonschema import Draft202012Validator
from providers.types import Account, Choice, Ignored, Message, Part, Status, Upload

from tests.unit.providers.golden import SETTINGS, provider
from tests.unit.providers.wire import Wire, answer

from .conftest import specs

ROOT = "/2010-04-01/Accounts/{AccountSid}"
SERVICE = "MG" + "0" * 32


@pytest.fixture(scope="module")
def described():
    return json.loads(specs("twilio-api-v2010.json").read_text())


@pytest.fixture
def wire():
    wire = Wire()
    yield wire
    wire.close()


def validate(described, path, received):
    operation = described["paths"][path]["post"]
    content = operation["requestBody"]["content"]
    schema = content["application/x-www-form-urlencoded"]["schema"]
    form = dict(parse_qsl(received.body.decode(), keep_blank_values=True))
    lists = {k for k, v in schema["properties"].items() if v.get("type") == "array"}
    form = {name: [value] if name in lists else value for name, value in form.items()}
    assert set(form) <= set(schema["properties"])
    root = {**schema, "components": described["components"]}
    Draft202012Validator(root).validate(form)


PICTURE = Upload("a.png", "image/png", b"x", "https://x.example/a")
TEMPLATE = {"sid": "HX" + "0" * 32, "variables": {"1": "a"}}
PARTS = [
    (Part("text", "Olá"), None),
    (
        Part("image", "Veja", 0),
        Upload("a.png", "image/png", b"x", "https://x.example/a"),
    ),
    (
        Part(
            "template", "", template={"sid": "HX" + "0" * 32, "variables": {"1": "a"}}
        ),
        None,
    ),
]


@pytest.mark.parametrize(("part", "upload"), PARTS)
@pytest.mark.parametrize("code", ["sms", "whatsapp_twilio"])
@pytest.mark.parametrize("sender", ["+551140028922", SERVICE])
def test_messages(described, wire, code, sender, part, upload):
    if part.template and code == "sms":
        return
    wire.answers = [answer(201, {"sid": "SM1"})]
    settings = {**SETTINGS[code], "sender": sender}
    account = Account(settings, wire.url, "https://odoo.example.com/social/webhook/k")
    type(provider(code))(account).send(part, "+5511999998888", upload, "c")
    validate(described, f"{ROOT}/Messages.json", wire.received[0])


def test_a_question(described, wire):
    """Its content has no description that could be read by a program; what sends it
    has."""
    wire.answers = [answer(201, {"sid": "HX" + "0" * 32}), answer(201, {"sid": "SM1"})]
    part = Part("text", "Resolveu?", choices=(Choice("81:1", "Sim"),))
    provider("whatsapp_twilio", wire.url).send(part, "+5511999998888", None, "c")
    validate(described, f"{ROOT}/Messages.json", wire.received[1])


def test_numbers(described, wire):
    found = {"incoming_phone_numbers": [{"sid": "PN1", "sms_url": ""}]}
    account = {"status": "active"}
    wire.answers = [answer(200, found), answer(200), answer(200, account)]
    wire.answers.append(answer(200, found))
    provider("sms", wire.url).connect("https://odoo.example.com/social/webhook/k")
    path = f"{ROOT}/IncomingPhoneNumbers/{{Sid}}.json"
    validate(described, path, wire.received[1])
    names = {
        p["name"]
        for p in described["paths"][f"{ROOT}/IncomingPhoneNumbers.json"]["get"][
            "parameters"
        ]
    }
    assert "PhoneNumber" in names


STATES = {
    **dict.fromkeys(("queued", "sending", "accepted", "scheduled"), Ignored),
    **dict.fromkeys(("partially_delivered",), Ignored),
    **dict.fromkeys(("receiving", "received"), Message),
    **dict.fromkeys(("failed", "undelivered", "canceled"), Status.FAILED),
    "sent": Status.SENT,
    "delivered": Status.DELIVERED,
    "read": Status.READ,
}


def test_every_state_that_is_described(described):
    known = described["components"]["schemas"]["message_enum_status"]["enum"]
    assert set(known) == set(STATES)
    form = {"AccountSid": "AC1", "MessageSid": "SM1", "From": "+1", "To": "+2"}
    for state, wanted in STATES.items():
        body = urlencode({**form, "SmsStatus": state, "MessageStatus": state})
        (raw,) = provider("sms").split(body.encode())
        event = provider("sms").parse(raw.payload)
        assert wanted in (type(event), getattr(event, "status", None))
