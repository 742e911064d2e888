"""Whatever a business sends, the answer is the provider's, never a crash."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sandbox.accounts import telegram_account, whatsapp_account
from tests.sandbox.app import create_app
from tests.sandbox.world import World
from tests.unit.sandbox.conftest import (
    APP_SECRET,
    BOT_TOKEN,
    PHONE_ID,
    VERIFY_TOKEN,
    WABA_ID,
    WHATSAPP_TOKEN,
)

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
KINDS = [
    "text",
    "image",
    "audio",
    "video",
    "document",
    "sticker",
    "location",
    "contacts",
    "reaction",
    "interactive",
    "template",
    "foo",
]
METHODS = [
    "sendMessage",
    "sendPhoto",
    "sendDocument",
    "sendLocation",
    "sendContact",
    "sendMediaGroup",
    "editMessageText",
    "deleteMessage",
    "setMessageReaction",
    "answerCallbackQuery",
    "sendChatAction",
    "getFile",
    "setWebhook",
    "deleteWebhook",
    "getWebhookInfo",
]
quick = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def client():
    secrets = {"app_secret": APP_SECRET, "verify_token": VERIFY_TOKEN}
    accounts = [
        whatsapp_account({"token": WHATSAPP_TOKEN, **secrets}),
        telegram_account({"token": BOT_TOKEN}),
    ]
    client = create_app(World(accounts)).test_client()
    for channel in ("whatsapp", "telegram"):
        order = {"channel": channel, "customer": "ana-beatriz-conceicao", "text": "oi"}
        assert client.post("/sandbox/say", json=order).status_code == 200
    return client


@pytest.fixture(params=["judged", "not judged"])
def asked(request, client, monkeypatch, tmp_path):
    """The same, with the official descriptions and without them."""
    if request.param == "not judged":
        monkeypatch.setenv("PROVIDER_SPECS", str(tmp_path))
    return client


def bodies(names):
    return st.dictionaries(st.sampled_from(names), ANYTHING, max_size=6)


@quick
@given(
    kind=st.sampled_from(KINDS), content=ANYTHING, more=bodies(["context", "status"])
)
def test_graph_messages(asked, kind, content, more):
    body = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "5511987654321",
        "type": kind,
        kind: content,
        **more,
    }
    answer = asked.post(
        f"/v23.0/{PHONE_ID}/messages",
        json=body,
        headers={"Authorization": f"Bearer {WHATSAPP_TOKEN}"},
    )
    assert answer.status_code < 500 or answer.status_code == 501, answer.text
    assert ("messages" in answer.json) == (answer.status_code == 200) or body.get(
        "status"
    ) == "read"


TEMPLATE = ["name", "language", "components"]
INTERACTIVE = ["type", "action", "body", "header", "footer"]


@quick
@given(template=bodies(TEMPLATE), interactive=bodies(INTERACTIVE), button=st.booleans())
def test_graph_templates_and_choices(asked, template, interactive, button):
    kind, content = (
        ("interactive", {"type": "button", **interactive})
        if button
        else (
            "template",
            {
                "name": "retomar_atendimento",
                "language": {"code": "pt_BR"},
                **template,
            },
        )
    )
    test_graph_messages.hypothesis.inner_test(asked, kind, content, {})


@quick
@given(body=st.binary(max_size=60))
@pytest.mark.parametrize("edge", ["messages", "media"])
def test_graph_bodies_that_are_none(asked, edge, body):
    answer = asked.post(
        f"/v23.0/{PHONE_ID}/{edge}",
        data=body,
        headers={
            "Authorization": f"Bearer {WHATSAPP_TOKEN}",
            "Content-Type": "application/json",
        },
    )
    assert answer.status_code == 400 and answer.json["error"]["code"]


@quick
@given(after=st.text(max_size=20), limit=st.text(max_size=4), fields=st.text())
def test_graph_queries(asked, after, limit, fields):
    head = {"Authorization": f"Bearer {WHATSAPP_TOKEN}"}
    query = {"after": after, "limit": limit, "fields": fields}
    for node in (f"{WABA_ID}/message_templates", PHONE_ID, WABA_ID, "1"):
        answer = asked.get(f"/v23.0/{node}", query_string=query, headers=head)
        assert answer.status_code in (200, 400), answer.text


NAMES = [
    "text",
    "caption",
    "parse_mode",
    "entities",
    "reply_parameters",
    "reply_markup",
    "photo",
    "document",
    "media",
    "latitude",
    "longitude",
    "phone_number",
    "first_name",
    "message_id",
    "reaction",
    "file_id",
    "url",
    "secret_token",
    "allowed_updates",
    "action",
    "callback_query_id",
]


@quick
@given(method=st.sampled_from(METHODS), params=bodies(NAMES))
def test_bot_calls(asked, method, params):
    body = {"chat_id": 500_000_000, **params}
    answer = asked.post(f"/bot{BOT_TOKEN}/{method}", json=body)
    assert answer.status_code < 500, answer.text
    assert answer.json["ok"] is (answer.status_code == 200)


@quick
@given(token=st.text(min_size=1, max_size=60).filter(lambda t: "/" not in t))
def test_bot_tokens(asked, token):
    answer = asked.get(f"/bot{token}/getMe")
    assert answer.status_code in (401, 404, 400, 308)


@quick
@given(
    path=st.sampled_from(
        [
            "say",
            "customers",
            "accounts",
            "faults",
            "flood",
            "settings",
            "status",
            "window",
            "block",
            "read",
            "deliver",
            "post",
            "redeliver",
            "whatsapp/subscribe",
        ]
    ),
    order=bodies(
        [
            "channel",
            "customer",
            "kind",
            "text",
            "media",
            "target",
            "timestamp",
            "provider",
            "token",
            "name",
            "phone",
            "account",
            "status",
            "message_id",
            "open",
            "blocked",
            "batch",
            "id",
            "raw",
            "json",
            "url",
        ]
    ),
)
def test_orders(asked, path, order):
    answer = asked.post(f"/sandbox/{path}", data=json.dumps(order), headers=JSON)
    assert answer.status_code < 500, answer.text


JSON = {"Content-Type": "application/json"}
