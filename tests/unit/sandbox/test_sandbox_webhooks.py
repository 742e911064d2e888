"""Webhooks: signed, repeated, batched, in order where the provider keeps it."""

import hashlib
import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sandbox.settings import Settings
from tests.sandbox.webhooks import gap
from tests.sandbox.whatsapp.envelope import Event, entries, sign
from tests.unit.sandbox.conftest import (
    APP_SECRET,
    PHONE_ID,
    VERIFY_TOKEN,
    WABA_ID,
    wait_for,
)

SUBSCRIBED_APPS = f"{WABA_ID}/subscribed_apps"


def test_whatsapp_body_is_signed_over_its_raw_bytes(connected, business):
    connected.say(text="Olá, açúcar 🍬")
    wait_for(business.messages)
    _, path, headers, body = business.got[0]
    digest = hmac.new(APP_SECRET.encode(), body, hashlib.sha256).hexdigest()
    assert path == "/hook"
    assert headers["X-Hub-Signature-256"] == f"sha256={digest}"
    assert body.isascii(), "Meta escapes what is not ASCII"


def test_signature_of_a_known_body():
    # computed with openssl dgst -sha256 -hmac secret
    assert sign("secret", b'{"object":"x"}') == (
        "sha256=" + hmac.new(b"secret", b'{"object":"x"}', "sha256").hexdigest()
    )


@given(st.text(min_size=1), st.binary())
def test_signature_changes_with_every_bit(secret, body):
    assert sign(secret, body) != sign(secret, body + b" ")
    assert sign(secret, body) != sign(secret + "x", body)


def test_telegram_sends_its_secret_token(connected, business):
    connected.say("telegram", text="oi")
    wait_for(lambda: business.got)
    _, path, headers, body = business.got[0]
    assert path == "/telegram"
    assert headers["X-Telegram-Bot-Api-Secret-Token"] == "s3cret_Token"
    assert json.loads(body)["message"]["text"] == "oi"


def test_handshake_repeats_the_challenge(sandbox, business):
    outcome = sandbox.post(
        "whatsapp/subscribe", callback_url=business.url(), verify_token=VERIFY_TOKEN
    )
    assert outcome["ok"] and outcome["answer"] == outcome["challenge"]
    assert sandbox.world.account("whatsapp").callback_url == business.url()


@pytest.mark.parametrize(
    ("token", "why"), [("wrong", "403"), ("", "403")], ids=["wrong", "missing"]
)
def test_handshake_with_a_wrong_token_registers_nothing(sandbox, business, token, why):
    sandbox.graph("POST", SUBSCRIBED_APPS, json={})
    answer = sandbox.graph(
        "POST",
        SUBSCRIBED_APPS,
        json={"override_callback_uri": business.url(), "verify_token": token},
    )
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert error["code"] == 2200 and why in error["message"]
    assert sandbox.world.account("whatsapp").callback_url == ""


def test_only_who_is_subscribed_chooses_another_address(sandbox, business):
    sandbox.graph("DELETE", SUBSCRIBED_APPS)
    override = {"override_callback_uri": business.url(), "verify_token": VERIFY_TOKEN}
    answer = sandbox.graph("POST", SUBSCRIBED_APPS, json=override)
    assert answer.status_code == 400
    assert "your app must be subscribed" in answer.json()["error"]["message"]
    assert sandbox.graph("GET", SUBSCRIBED_APPS).json() == {"data": []}
    sandbox.graph("POST", SUBSCRIBED_APPS, json={})
    assert sandbox.graph("POST", SUBSCRIBED_APPS, json=override).json()["success"]
    (app,) = sandbox.graph("GET", SUBSCRIBED_APPS).json()["data"]
    assert app["override_callback_uri"] == business.url()


def test_a_number_has_an_address_of_its_own(sandbox, business):
    override = {"override_callback_uri": business.url(), "verify_token": VERIFY_TOKEN}
    body = {"webhook_configuration": override}
    sandbox.graph("DELETE", SUBSCRIBED_APPS)
    assert sandbox.graph("POST", PHONE_ID, json=body).json()["error"]["code"] == 100
    sandbox.graph("POST", SUBSCRIBED_APPS, json={})
    override["verify_token"] = "wrong"
    assert sandbox.graph("POST", PHONE_ID, json=body).json()["error"]["code"] == 2200
    override["verify_token"] = VERIFY_TOKEN
    assert sandbox.graph("POST", PHONE_ID, json=body).json() == {"success": True}
    assert sandbox.world.account("whatsapp").callback_url == business.url()
    assert sandbox.get("violations").json() == []


def test_handshake_needs_somebody_at_home(sandbox):
    sandbox.graph("POST", SUBSCRIBED_APPS, json={})
    answer = sandbox.graph(
        "POST",
        SUBSCRIBED_APPS,
        json={"override_callback_uri": "http://127.0.0.1:9/x", "verify_token": "x"},
    )
    assert "nobody answered" in answer.json()["error"]["message"]


@pytest.mark.parametrize("status", [500, 401, 404, 302])
def test_anything_but_2xx_is_repeated_until_it_is_taken(connected, business, status):
    business.answers = [status, status, 503]
    said = connected.say(text="again")
    wait_for(lambda: len(business.got) == 4)
    assert [m["id"] for m in business.messages()] == [said["message_id"]] * 4
    log = wait_for(lambda: _accepted(connected))
    assert log["attempts"] == 4
    assert [h["status"] for h in log["history"]] == [status, status, 503, 200]


def _accepted(sandbox):
    last = sandbox.get("webhooks").json()["deliveries"][-1]
    return last if last["accepted"] else None


def test_gaps_between_attempts_grow(connected, business):
    connected.post("settings", retry_base=0.05, retry_max=0.2)
    business.answers = [500] * 4
    connected.say(text="slower and slower")
    wait_for(lambda: len(business.got) == 5)
    times = [at for at, *_ in business.got]
    gaps = [b - a for a, b in zip(times, times[1:], strict=False)]
    assert gaps[0] >= 0.05 and gaps[1] >= 0.1 and gaps[2] >= 0.2 and gaps[3] >= 0.2
    assert gaps[3] < 0.4, "the gap does not grow above retry_max"


@given(st.integers(1, 10**6))
def test_a_gap_never_ends_the_attempts(failures):
    settings = Settings()
    assert 1 <= gap(settings, failures) <= gap(settings, failures + 1) <= 60


def test_nobody_listening_is_a_failed_attempt_as_well(connected, business):
    connected.world.account("whatsapp").callback_url = "http://127.0.0.1:9/x"
    connected.say(text="hello?")
    log = wait_for(
        lambda: [
            d
            for d in connected.get("webhooks").json()["deliveries"]
            if d["attempts"] > 1
        ]
    )
    assert log[0]["status"] is None and "nobody answered" in log[0]["error"]
    assert connected.get("webhooks").json()["waiting"] == 1


def test_webhooks_never_leave_the_machine(connected):
    connected.world.account("whatsapp").callback_url = "http://198.51.100.7/x"
    connected.say(text="outside")
    log = wait_for(
        lambda: [
            d for d in connected.get("webhooks").json()["deliveries"] if d["attempts"]
        ]
    )
    assert "this machine only" in log[0]["error"]


def test_telegram_keeps_its_order_behind_a_failure(connected, business):
    business.answers = [500, 500, 500]
    for number in range(6):
        connected.say("telegram", text=f"n{number}")
    wait_for(lambda: len(business.got) == 9)
    texts = [body["message"]["text"] for body in business.bodies()]
    assert texts == ["n0", "n0", "n0", "n0", "n1", "n2", "n3", "n4", "n5"]
    updates = [body["update_id"] for body in business.bodies()]
    assert updates == sorted(updates)


def test_whatsapp_does_not_wait_for_a_failed_one(connected, business):
    connected.post("settings", retry_base=0.5, retry_max=0.5)
    business.answers = [500]
    first = connected.say(text="first")["message_id"]
    wait_for(lambda: business.got)
    second = connected.say(text="second")["message_id"]
    wait_for(lambda: len(business.got) == 3)
    assert [m["id"] for m in business.messages()] == [first, second, first]


def test_held_events_travel_as_one_batch(connected, business):
    ids = [
        connected.say(text=f"{n}", deliver="hold", customer=who)["message_id"]
        for n, who in enumerate(["joao-goncalves", "ines-magalhaes"] * 3)
    ]
    assert not business.got
    assert connected.post("deliver", channel="whatsapp")["events"] == 6
    wait_for(business.messages)
    assert len(business.got) == 1
    assert [m["id"] for m in business.messages()] == ids
    (body,) = business.bodies()
    assert len(body["entry"]) == 2
    assert len(body["entry"][0]["changes"][0]["value"]["messages"]) == 3
    assert len(body["entry"][1]["changes"]) == 3


@given(st.integers(1, 30))
def test_a_batch_loses_nothing(count):
    from tests.sandbox.accounts import whatsapp_account

    account = whatsapp_account({"token": "t", "app_secret": "s", "verify_token": "v"})
    events = [Event(message={"id": n, "type": "text"}) for n in range(count)]
    found = [
        message["id"]
        for entry in entries(account, events)
        for change in entry["changes"]
        for message in change["value"]["messages"]
    ]
    assert found == list(range(count))


def test_a_batch_carries_messages_and_statuses_together(connected, business):
    account = connected.world.account("whatsapp")
    events = [
        Event(message={"id": "m", "type": "text"}),
        Event(status={"id": "s", "status": "sent"}),
        Event(status={"id": "t", "status": "sent"}),
    ]
    (entry, other) = entries(account, events)
    assert set(entry["changes"][0]["value"]) >= {"messages", "statuses"}
    assert len(other["changes"]) == 1


def test_redelivery_repeats_the_very_same_bytes(connected, business):
    connected.say(text="twice")
    wait_for(lambda: _accepted(connected))
    connected.post("redeliver")
    wait_for(lambda: len(business.got) == 2)
    assert business.got[0][3] == business.got[1][3]


def test_telegram_keeps_updates_until_a_webhook_is_set(sandbox, business):
    assert sandbox.say("telegram", text="too early")["webhook"] == "none"
    info = sandbox.bot("getWebhookInfo").json()["result"]
    assert info["pending_update_count"] == 1
    sandbox.bot("setWebhook", url=business.url())
    wait_for(lambda: business.got)
    assert business.bodies()[0]["message"]["text"] == "too early"


def test_telegram_drops_pending_updates_when_asked(sandbox, business):
    sandbox.say("telegram", text="old")
    sandbox.bot("setWebhook", url=business.url(), drop_pending_updates=True)
    sandbox.say("telegram", text="new")
    wait_for(lambda: business.got)
    assert [b["message"]["text"] for b in business.bodies()] == ["new"]


def test_a_deleted_telegram_webhook_keeps_what_was_not_taken(connected, business):
    connected.post("settings", retry_base=5)
    business.answers = [500]
    connected.say("telegram", text="a")
    connected.say("telegram", text="b")
    wait_for(lambda: business.got)
    wait_for(lambda: connected.get("webhooks").json()["counters"]["refused"])
    connected.bot("deleteWebhook")
    info = connected.bot("getWebhookInfo").json()["result"]
    assert info["pending_update_count"] == 2 and info["url"] == ""
    connected.bot("setWebhook", url=business.url())
    wait_for(lambda: len(business.got) == 3)
    assert [b["message"]["text"] for b in business.bodies()] == ["a", "a", "b"]


def test_whatsapp_without_a_webhook_says_so(sandbox):
    said = sandbox.say(text="anybody?")
    assert said["webhook"] == "none" and "connect" in said["note"]
    assert sandbox.talk()[0]["status"] == "sent"


@pytest.mark.parametrize("way", ["right", "wrong", "missing"])
def test_raw_post_signs_as_told(connected, business, way):
    connected.post("post", channel="whatsapp", json={"object": "x"}, sign=way)
    _, _, headers, body = business.got[0]
    digest = hmac.new(APP_SECRET.encode(), body, hashlib.sha256).hexdigest()
    given_ = headers.get("X-Hub-Signature-256")
    assert (given_ == f"sha256={digest}") is (way == "right")
    assert (given_ is None) is (way == "missing")


def test_raw_post_tells_the_answer(connected, business):
    business.answers = [413]
    answer = connected.post("post", channel="telegram", text="not json {")
    assert answer["status"] == 413 and answer["body"] == "ok"
    assert len(business.got) == 1, "a raw post is not repeated"
