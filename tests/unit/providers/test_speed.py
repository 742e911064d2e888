"""The webhook waits for verify and split: a batch must not make it slow."""

import hashlib
import hmac
import json
import sys

from providers.types import Request

from .golden import FOLDER, SETTINGS, provider


def _steps(work):
    """Lines and calls that ``work`` takes: the same on every machine, busy or
    not. What it takes in seconds is a matter of ``./dev bench``."""
    count = 0

    def tally(_frame, _event, _argument):
        nonlocal count
        count += 1
        return tally

    before = sys.gettrace()
    sys.settrace(tally)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


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


def test_one_message_takes_few_steps():
    for code in ("whatsapp", "telegram"):
        case = json.loads((FOLDER / code / "text.json").read_text())
        body = json.dumps(case["body"]).encode()
        adapter = provider(code)
        assert _steps(lambda a=adapter, b=body: a.split(b)) < 800  # 20 µs


def test_a_batch_grows_in_a_straight_line():
    """Every message has its contact, yet no contact is looked for twice."""
    adapter = provider("whatsapp")
    small, large = _batch(100), _batch(1000)
    assert len(adapter.split(large)) == 1000
    steps = _steps(lambda: adapter.split(large))
    assert steps < 11 * _steps(lambda: adapter.split(small))


def test_a_payload_holds_its_own_contact_only():
    raw = provider("whatsapp").split(_batch(1000))[7]
    assert len(json.dumps(raw.payload)) < 1000
    assert raw.payload["contact"]["wa_id"] == raw.thread


def test_verify_takes_the_same_steps_for_every_size():
    def verify(size):
        body = b"x" * size
        secret = SETTINGS["whatsapp"]["app_secret"].encode()
        signed = hmac.new(secret, body, hashlib.sha256).hexdigest()
        headers = {"x-hub-signature-256": f"sha256={signed}"}
        request = Request("POST", "https://desk.example/", headers, {}, body)
        adapter = provider("whatsapp")
        return _steps(lambda: adapter.verify(request))

    assert verify(1_000_000) == verify(100) < 100
