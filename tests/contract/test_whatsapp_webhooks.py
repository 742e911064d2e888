"""Meta's own examples of webhooks go in, something sensible comes out."""

import json
from datetime import datetime, timezone

import pytest

from tests.unit.providers.golden import provider, understood

EXPECTED = {
    "Text Message": ("Message", "text", "Does it come in another color?"),
    "Text Message with Context (Product Inquiry)": (
        "Message",
        "text",
        "Is this still available?",
    ),
    "Text Message from Click to WhatsApp Ad": (
        "Message",
        "text",
        "Hello! Can I get more info on this?",
    ),
    "Reaction Message": ("Reaction", None, None),
    "Image Message": ("Message", "image", "Taj Mahal"),
    "Location Message": ("Message", "location", ""),
    "Contact Sharing Message": ("Message", "contact", ""),
    "Unsupported Message": ("Message", "unsupported", ""),
    "Button Message": ("Message", "choice", "Unsubscribe"),
    "Interactive List Reply Message": (
        "Message",
        "choice",
        "Priority Mail Express\nNext Day to 2 Days",
    ),
    "Interactive Button Reply Message": ("Message", "choice", "Cancel"),
    "Order Message": (
        "Message",
        "text",
        "2 × di9ozbzfi4 (30 USD)\n1 × nqryix03ez (25 USD)",
    ),
    "System Message": ("NewIdentity", None, None),
    "Group Create Message": ("Ignored", None, None),
    "Group Settings Update": ("Ignored", None, None),
    "Group Remove Participants": ("Ignored", None, None),
}
SHEENA = {"id": "16505551234", "name": "Sheena Nelson", "phone": "+16505551234"}
# what else is in an example, as far as it is not its kind and text
MORE = {
    "Text Message with Context (Product Inquiry)": {
        "reply_to": "wamid.HBgLMTY1MDM4Nzk0MzkVAgARGA9wcm9kdWN0X2lucXVpcnkA",
        "notes": [("product", "di9ozbzfi4"), ("catalog", "194836987003835")],
    },
    "Text Message from Click to WhatsApp Ad": {
        "notes": [("title", "Chat with us"), ("url", "https://fb.me/3cr4Wqqkv")],
    },
    "Reaction Message": {
        "target": "wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI0RTJEOTc2ODVERUY5RDlGNkYA",
        "emoji": "👍",
    },
    "Image Message": {
        "media": [
            {"kind": "image", "ref": "1003383421387256", "mime": "image/jpeg"},
        ],
    },
    "Location Message": {
        "location": {
            "latitude": 37.44221496582,
            "longitude": -122.16165924072,
            "name": "Philz Coffee",
            "address": "101 Forest Ave, Palo Alto, CA 94301",
            "url": "https://philzcoffee.com/",
        },
    },
    "Contact Sharing Message": {
        "cards": [
            {
                "name": "Lucía Gómez",
                "phones": ["+1 (983) 555-2319"],
                "organisation": "Google",
            }
        ],
    },
    "Unsupported Message": {"notes": [("type", "unsupported")]},
    "Button Message": {
        "reply_to": "wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBJFNjk2OTMwNEZCQjhGMzUyQUYA",
    },
    "Interactive List Reply Message": {
        "reply_to": "wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBJGMzEyNzhENTZDMzNGODlDRDgA",
        "notes": [("value", "priority_express")],
    },
    "Interactive Button Reply Message": {
        "reply_to": "wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBI3MEM2RUJFNkI0RENGQTVDRjUA",
        "notes": [("value", "cancel-button")],
    },
    "Order Message": {"notes": []},  # one that has no values
    "System Message": {
        "old_id": "16505551234",
        "person": {"id": "12195555358", "phone": "+12195555358"},
    },
}
COMMON = {"type", "external_id", "thread", "sender", "occurred_at", "kind", "text"}


@pytest.mark.parametrize("name", EXPECTED)
def test_everything_in_an_example(examples, name):
    """The rest of what it says, and nothing that it does not say."""
    (found,) = understood("whatsapp", json.dumps(examples[name]).encode())
    event = found["event"]
    assert event.get("sender", SHEENA) == SHEENA
    more = {n: v for n, v in event.items() if n not in COMMON | {"html", "sequence"}}
    if "notes" in more:
        notes = (note.get("values", {}) for note in more["notes"])
        more["notes"] = [pair for values in notes for pair in values.items()]
    if event["type"] == "Ignored":
        assert "is not a message" in more.pop("reason")
    assert more == MORE.get(name, {})


@pytest.fixture(scope="module")
def examples(meta):
    operation = meta["paths"]["/whatsapp/webhooks"]["post"]
    content = operation["requestBody"]["content"]["application/json"]
    return {name: found["value"] for name, found in content["examples"].items()}


def test_all_examples_are_known(examples):
    assert set(examples) == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_example(examples, name):
    whatsapp = provider("whatsapp")
    (raw,) = whatsapp.split(json.dumps(examples[name]).encode())
    event = whatsapp.parse(raw.payload)
    kind, message_kind, text = EXPECTED[name]
    assert type(event).__name__ == kind
    assert event.external_id == raw.external_id
    if kind == "Message":
        assert (event.kind.value, event.text) == (message_kind, text)
    if hasattr(event, "thread"):
        assert event.thread == raw.thread == "16505551234"
        assert event.occurred_at == raw.occurred_at
        assert event.occurred_at < datetime.now(timezone.utc)
