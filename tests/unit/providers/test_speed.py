"""The webhook waits for verify and split: a batch must not make it slow.

Bounds are many times what is measured, so that a busy machine does not fail.
"""

import hashlib
import hmac
import json
import time

from providers.types import Request

from .golden import FOLDER, SETTINGS, provider


def _best(work, times):
    best = float("inf")
    for _again in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def _batch(count):
    numbers = [f"55119{n:08d}" for n in range(count)]
    message = {"timestamp": "1763900000", "type": "text", "text": {"body": "Olá çã"}}
    value = {
        "metadata": {"phone_number_id": SETTINGS["whatsapp"]["phone_number_id"]},
        "contacts": [{"wa_id": n, "profile": {"name": "Ana"}} for n in numbers],
        "messages": [{**message, "from": n, "id": f"wamid.{n}"} for n in numbers],
    }
    change = {"field": "messages", "value": value}
    return json.dumps({"entry": [{"id": "1", "changes": [change]}]}).encode()


def test_one_message():
    for code in ("whatsapp", "telegram"):
        case = json.loads((FOLDER / code / "text.json").read_text())
        body = json.dumps(case["body"]).encode()
        adapter = provider(code)
        assert _best(lambda a=adapter, b=body: a.split(b), 200) < 0.0002


def test_a_thousand_messages():
    adapter, body = provider("whatsapp"), _batch(1000)
    assert len(adapter.split(body)) == 1000
    assert _best(lambda: adapter.split(body), 5) < 0.05


def test_a_batch_grows_in_a_straight_line():
    """Every message has its contact, yet no contact is looked for twice."""
    adapter = provider("whatsapp")
    small, large = _batch(500), _batch(4000)
    growth = _best(lambda: adapter.split(large), 3) / _best(
        lambda: adapter.split(small), 3
    )
    assert growth < 8 * 3


def test_a_payload_holds_its_own_contact_only():
    raw = provider("whatsapp").split(_batch(1000))[7]
    assert len(json.dumps(raw.payload)) < 1000
    assert raw.payload["contact"]["wa_id"] == raw.thread


def test_verify_is_one_digest():
    body = b"x" * 1_000_000
    secret = SETTINGS["whatsapp"]["app_secret"].encode()
    signed = hmac.new(secret, body, hashlib.sha256).hexdigest()
    headers = {"x-hub-signature-256": f"sha256={signed}"}
    request = Request("POST", "https://desk.example/", headers, {}, body)
    plain = _best(lambda: hmac.new(secret, body, hashlib.sha256).hexdigest(), 5)
    assert _best(lambda: provider("whatsapp").verify(request), 5) < plain * 3 + 0.002
