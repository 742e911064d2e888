"""The judge: what the descriptions allow passes, what they do not is noted."""

import copy

import pytest

from tests.sandbox.contract import descriptions, meta
from tests.sandbox.contract.shape import Shape
from tests.sandbox.contract.telegram import judge_call, judge_object
from tests.sandbox.violations import MASK, masked
from tests.unit.sandbox.conftest import (
    APP_SECRET,
    BOT_TOKEN,
    WABA_ID,
    WHATSAPP_TOKEN,
    wait_for,
)

described = pytest.mark.skipif(
    descriptions.state() == "no descriptions", reason="no descriptions"
)


def message(**content):
    head = {"messaging_product": "whatsapp", "recipient_type": "individual"}
    return {**head, "to": "5511987654321", **content}


TEXT = message(type="text", text={"body": "Olá"})
TEMPLATE = message(
    type="template",
    template={
        "name": "retomar_atendimento",
        "language": {"code": "pt_BR"},
        "components": [
            {"type": "header", "parameters": [{"type": "image", "image": {"id": "1"}}]},
            {"type": "body", "parameters": [{"type": "text", "text": "Ana"}]},
        ],
    },
)
BUTTONS = message(
    type="interactive",
    interactive={
        "type": "button",
        "body": {"text": "Sim?"},
        "action": {"buttons": [{"type": "reply", "reply": {"id": "1", "title": "a"}}]},
    },
)
LOCATION = message(type="location", location={"latitude": 1.5, "longitude": "2.5"})
CONTACT = message(
    type="contacts",
    contacts=[{"name": {"formatted_name": "Zé", "first_name": "Zé"}, "phones": []}],
)
RIGHT = {
    "text": TEXT,
    "quote": TEXT | {"context": {"message_id": "wamid.x"}},
    "opaque": TEXT | {"biz_opaque_callback_data": "uuid"},
    "image": message(type="image", image={"id": "1", "caption": "x"}),
    "audio by link": message(type="audio", audio={"link": "https://a.example/a.ogg"}),
    "document": message(type="document", document={"id": "1", "filename": "a.pdf"}),
    "sticker": message(type="sticker", sticker={"id": "1"}),
    "reaction": message(type="reaction", reaction={"message_id": "x", "emoji": ""}),
    "buttons": BUTTONS,
    "template": TEMPLATE,
    "location": LOCATION,
    "contact": CONTACT,
    "read": {"messaging_product": "whatsapp", "status": "read", "message_id": "x"},
}


def changed(body, path, value):
    """A copy with the value at ``path`` replaced, or removed when it is None."""
    body = copy.deepcopy(body)
    *way, last = path
    node = body
    for step in way:
        node = node[step]
    if value is None:
        del node[last]
    else:
        node[last] = value
    return body


WRONG = {
    "no recipient": changed(TEXT, ["to"], None),
    "no product": changed(TEXT, ["messaging_product"], None),
    "number as a number": changed(TEXT, ["to"], 5511987654321),
    "text as a string": changed(TEXT, ["text"], "Olá"),
    "misspelt body": changed(TEXT, ["text"], {"bdy": "Olá"}),
    "image without a file": message(type="image", image={"caption": "x"}),
    "image with two files": message(type="image", image={"id": "1", "link": "x"}),
    "unknown type": message(type="telepathy", telepathy={}),
    "long button": changed(
        BUTTONS, ["interactive", "action", "buttons", 0, "reply", "title"], "x" * 21
    ),
    "template without a name": changed(TEMPLATE, ["template", "name"], None),
    "template language": changed(TEMPLATE, ["template", "language"], "pt_BR"),
    "template components": changed(TEMPLATE, ["template", "components"], {}),
    "template misspelt": changed(TEMPLATE, ["template", "component"], []),
    "location": changed(LOCATION, ["location", "latitude"], None),
    "contact without a name": changed(CONTACT, ["contacts", 0, "name"], {}),
    "read what": changed(RIGHT["read"], ["message_id"], None),
}


@described
@pytest.mark.parametrize("name", RIGHT)
def test_right_messages_pass(name):
    assert meta.judge_message(RIGHT[name]) == []


@described
@pytest.mark.parametrize("name", WRONG)
def test_wrong_messages_do_not(name):
    assert meta.judge_message(WRONG[name])


@described
def test_metas_own_examples_pass_but_for_its_two_mistakes():
    spec = descriptions.meta()
    content = spec["paths"]["/{Version}/{Phone-Number-ID}/messages"]["post"]
    examples = content["requestBody"]["content"]["application/json"]["examples"]
    refused = {n for n, e in examples.items() if meta.judge_message(e["value"])}
    # both lack "type", which the description itself calls required
    assert refused == {
        "Send Reply to List Message",
        "Send Text Message with Preview URL",
    }


REPLY = {"chat_id": 1, "text": "x", "reply_parameters": {"message_id": 1}}
ALBUM = [{"type": "photo", "media": "attach://a"}, {"type": "video", "media": "x"}]


@described
@pytest.mark.parametrize(
    ("method", "values", "files"),
    [
        ("sendMessage", {"chat_id": 1, "text": "x", "parse_mode": "HTML"}, set()),
        ("SENDMESSAGE", {"chat_id": "1", "text": "x"}, set()),
        ("sendMessage", REPLY, set()),
        ("sendMessage", REPLY | {"reply_parameters": '{"message_id":1}'}, set()),
        ("sendPhoto", {"chat_id": 1}, {"photo"}),
        ("sendPhoto", {"chat_id": 1, "photo": "file-id"}, set()),
        ("sendMediaGroup", {"chat_id": 1, "media": ALBUM}, {"a"}),
        (
            "setWebhook",
            {"url": "https://a.example/", "allowed_updates": ["message"]},
            set(),
        ),
        ("sendLocation", {"chat_id": 1, "latitude": "-25.4", "longitude": -49}, set()),
        ("getMe", {}, set()),
    ],
)
def test_right_calls_pass(method, values, files):
    assert judge_call(method, values, files) == []


@described
@pytest.mark.parametrize(
    ("method", "values", "files", "words"),
    [
        ("sendMessage", {"chat_id": 1}, set(), "text is required"),
        ("sendMessage", REPLY | {"reply_to_message_id": 1}, set(), "not in the desc"),
        ("sendMessage", REPLY | {"reply_parameters": {}}, set(), "message_id is req"),
        ("sendMessage", REPLY | {"text": 5}, set(), "not of type String"),
        ("sendPhoto", {"chat_id": 1}, {"picture"}, "photo is required"),
        ("sendMediaGroup", {"chat_id": 1, "media": {}}, set(), "not an array"),
        (
            "sendMediaGroup",
            {"chat_id": 1, "media": [{"type": "fax", "media": "x"}]},
            set(),
            "type is not",
        ),
        (
            "setWebhook",
            {"url": "x", "secret_token": "s" * 257},
            set(),
            "257 characters",
        ),
        ("sendLocation", {"chat_id": 1, "latitude": "N"}, set(), "longitude is requ"),
        ("getYou", {}, set(), "no method"),
    ],
)
def test_wrong_calls_do_not(method, values, files, words):
    assert words in "; ".join(judge_call(method, values, files))


@described
def test_violation_is_refused_noted_and_masked(sandbox):
    bad = {"chat_id": 1, "text": "x", "secret": BOT_TOKEN}
    answer = sandbox.bot("sendMessage", **bad)
    assert answer.status_code == 400
    (noted,) = sandbox.get("violations").json()
    assert noted["provider"] == "telegram"
    assert noted["problems"] == ["secret is not in the description"]
    assert BOT_TOKEN not in str(noted) and MASK in noted["line"]
    answer = sandbox.send(type="text", text={"bdy": WHATSAPP_TOKEN})
    assert answer.json()["error"]["code"] == 100
    assert WHATSAPP_TOKEN not in sandbox.get("violations").text
    sandbox.post("reset")
    assert sandbox.get("violations").json() == []


@described
def test_right_requests_leave_no_violation(connected):
    connected.say(text="oi")
    connected.say("telegram", text="oi")
    assert connected.send().status_code == 200
    assert connected.bot("sendMessage", chat_id=500_000_000, text="x").json()["ok"]
    connected.graph("POST", f"{WABA_ID}/subscribed_apps", json={})
    assert connected.get("violations").json() == []


def test_without_descriptions_everything_passes(sandbox, monkeypatch, tmp_path):
    monkeypatch.setenv("PROVIDER_SPECS", str(tmp_path))
    assert sandbox.get("health").json()["contract"] == "no descriptions"
    assert meta.judge_message({"what": "ever"}) == []
    assert judge_call("sendMessage", {}, set()) == []


def test_masking_goes_all_the_way_down():
    value = {"a": [{"b": f"x{APP_SECRET}y"}], "n": 1}
    assert masked(value, [APP_SECRET]) == {"a": [{"b": f"x{MASK}y"}], "n": 1}


# --- what the sandbox itself sends ------------------------------------------------

AD = {
    "source_url": "https://fb.me/x",
    "source_id": "1",
    "source_type": "ad",
    "body": "b",
    "headline": "h",
    "media_type": "image",
    "image_url": "https://a.example/i",
    "ctwa_clid": "x",
    "welcome_message": {"text": "oi"},
}
PRODUCT = {"catalog_id": "1", "product_retailer_id": "2"}
QUOTE = {"reply_to": "wamid.x"}
PRESS = {"target": "wamid.x", "unknown_target": True, "text": "Sim"}
PLACE = {"name": "Loja", "address": "Rua", "url": "https://a.example/"}

#: Meta's incoming example -> how the customer does it here
INCOMING = {
    "Text Message": {"text": "oi"},
    "Text Message with Context (Product Inquiry)": {
        "text": "oi",
        "referred_product": PRODUCT,
        **QUOTE,
    },
    "Text Message from Click to WhatsApp Ad": {"text": "oi", "referral": AD},
    "Reaction Message": {
        "kind": "reaction",
        "target": "wamid.x",
        "unknown_target": True,
        "text": "👍",
    },
    "Image Message": {"kind": "image", "text": "Veja"},
    "Location Message": {"kind": "location", **PLACE},
    "Contact Sharing Message": {"kind": "contact"},
    "Unsupported Message": {"kind": "unsupported"},
    "Button Message": {"kind": "button", "raw_template": True},
    "Interactive List Reply Message": {"kind": "list", "description": "d", **PRESS},
    "Interactive Button Reply Message": {"kind": "button", **PRESS},
    "Order Message": {"kind": "order"},
    "System Message": {"kind": "system"},
    "Group Create Message": {"kind": "group_create"},
    "Group Settings Update": {"kind": "group_settings_update"},
    "Group Remove Participants": {"kind": "group_remove_participants"},
}


def template_press(sandbox):
    """A template's quick reply can only be pressed on a template."""
    body = copy.deepcopy(TEMPLATE)
    body["template"]["components"] = [
        {
            "type": "body",
            "parameters": [
                {"type": "text", "text": "Ana"},
                {"type": "text", "text": "1"},
            ],
        }
    ]
    sent = sandbox.graph("POST", "106540352242922/messages", json=body).json()
    target = sent["messages"][0]["id"]
    return {"kind": "button", "target": target, "button": "Já resolvi"}


@described
@pytest.mark.parametrize("name", INCOMING)
def test_webhooks_look_like_metas_examples(connected, business, name):
    hooks = descriptions.meta()["paths"]["/whatsapp/webhooks"]["post"]
    content = hooks["requestBody"]["content"]["application/json"]
    assert set(content["examples"]) == set(INCOMING), "an example is not tried"
    order = INCOMING[name]
    if order.get("raw_template"):
        order = template_press(connected)
    connected.say(**order)

    def arrived():
        return [b for b in business.bodies() if "statuses" not in str(b)]

    (got,) = wait_for(arrived)
    example = content["examples"][name]["value"]
    assert Shape().learn(example).compare(got) == []
    assert Shape().learn(got).compare(example) == []


@described
@pytest.mark.parametrize(
    "order",
    [
        {"text": "/start"},
        {"kind": "image", "text": "x"},
        {"kind": "voice"},
        {"kind": "audio"},
        {"kind": "video", "text": "x"},
        {"kind": "document"},
        {"kind": "sticker"},
        {"kind": "location"},
        {"kind": "location", "name": "Loja", "address": "Rua"},
        {"kind": "contact"},
        {"kind": "edit", "target": "1", "text": "y"},
        {"kind": "reaction", "target": "1", "text": "👍"},
        {"kind": "button", "target": "1", "unknown_target": True, "text": "yes"},
        {"text": "x", "reply_to": "1"},
    ],
    ids=lambda order: order.get("kind", "text"),
)
def test_updates_are_what_telegram_describes(connected, business, order):
    names = ["message", "edited_message", "message_reaction", "callback_query"]
    connected.bot("setWebhook", url=business.url(), allowed_updates=names)
    connected.say("telegram", text="first")
    connected.say("telegram", **order)
    wait_for(lambda: len(business.got) == 2)
    assert judge_object("Update", business.bodies()[1]) == []
