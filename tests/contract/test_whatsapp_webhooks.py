"""Meta's own examples of webhooks go in, something sensible comes out."""

import json
from datetime import datetime, timezone

import pytest

from tests.unit.providers.golden import provider

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
