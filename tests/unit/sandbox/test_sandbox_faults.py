"""Misbehaviour, seen from the wire."""

import json
import socket
import time

import pytest
import requests

from tests.sandbox.fault_answers import provider_of
from tests.sandbox.faults import KINDS, make
from tests.unit.sandbox.conftest import BOT_TOKEN, PHONE_ID, WHATSAPP_TOKEN, wait_for


@pytest.fixture
def talking(connected, business):
    connected.say(text="oi")
    connected.say("telegram", text="oi")
    wait_for(lambda: len(business.got) == 2)
    return connected


def raw(sandbox, text="Olá", timeout=5):
    """The bytes of the answer to a ``POST /messages`` over a bare socket."""
    body = json.dumps(
        {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": "5511987654321",
            "type": "text",
            "text": {"body": text},
        }
    ).encode()
    head = (
        f"POST /v23.0/{PHONE_ID}/messages HTTP/1.1\r\n"
        f"Host: 127.0.0.1:{sandbox.port}\r\n"
        f"Authorization: Bearer {WHATSAPP_TOKEN}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", sandbox.port), timeout) as wire:
        wire.sendall(head.encode() + body)
        received = b""
        while part := wire.recv(65536):
            received += part
        return received


def outgoing(sandbox):
    return [m["text"] for m in sandbox.talk() if m["direction"] == "out"]


def test_without_a_fault_the_wire_carries_an_answer(talking):
    assert raw(talking).startswith(b"HTTP/1.1 200")


def test_cut_before_closes_and_does_nothing(talking):
    talking.post("faults", kind="cut_before", provider="whatsapp", times=1)
    assert raw(talking, "lost") == b""
    assert outgoing(talking) == []
    assert raw(talking, "next").startswith(b"HTTP/1.1 200")
    assert outgoing(talking) == ["next"]


def test_cut_after_delivers_and_says_nothing(talking, business):
    talking.post("faults", kind="cut_after", provider="whatsapp", times=1)
    assert raw(talking, "there") == b""
    assert outgoing(talking) == ["there"]
    wait_for(
        lambda: {s["status"] for s in business.statuses()} == {"sent", "delivered"}
    )


@pytest.mark.parametrize(
    ("kind", "said"), [("timeout_before", 0), ("timeout_after", 1)]
)
def test_timeouts_hold_the_line_and_hang_up(talking, kind, said):
    talking.post("faults", kind=kind, seconds=0.3, times=1)
    began = time.monotonic()
    assert raw(talking) == b""
    assert time.monotonic() - began >= 0.3
    assert len(outgoing(talking)) == kind.endswith("after")


def test_timeout_is_longer_than_an_impatient_caller(talking):
    talking.post("faults", kind="timeout", seconds=1, times=1)
    with pytest.raises(TimeoutError):
        raw(talking, timeout=0.2)


def test_cut_is_a_connection_error_for_requests(talking):
    talking.post("faults", kind="cut_after", provider="telegram")
    with pytest.raises(requests.ConnectionError):
        talking.bot("sendMessage", chat_id=500_000_000, text="x")
    assert talking.talk("telegram")[-1]["text"] == "x"


def test_slow_answers_in_the_end(talking):
    talking.post("faults", kind="slow", seconds=0.3, times=1)
    began = time.monotonic()
    assert talking.send().status_code == 200
    assert time.monotonic() - began >= 0.3


@pytest.mark.parametrize(("status", "code"), [(500, 131000), (503, None), (400, 100)])
def test_status_in_graphs_words(talking, status, code):
    talking.post("faults", kind="status", status=status, times=1)
    answer = talking.send()
    assert answer.status_code == status
    if code is None:
        assert answer.headers["Content-Type"].startswith("text/html")
    else:
        assert answer.json()["error"]["code"] == code
    assert outgoing(talking) == []


def test_rate_limit_says_when(talking):
    talking.post("faults", kind="rate_limit", retry_after=7)
    answer = talking.send()
    assert answer.status_code == 429 and answer.headers["Retry-After"] == "7"
    assert answer.json()["error"]["code"] == 130429
    answer = talking.bot("sendMessage", chat_id=500_000_000, text="x")
    assert answer.json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }


def test_pair_rate_limit_by_its_code(talking):
    talking.post("faults", kind="rate_limit", code=131056, times=1)
    assert talking.send().json()["error"]["code"] == 131056


def test_expired_token(talking):
    talking.post("faults", kind="expired_token", times=2)
    error = talking.send()
    assert error.status_code == 401 and error.json()["error"]["code"] == 190
    assert error.json()["error"]["error_subcode"] == 463
    assert talking.bot("getMe").status_code == 401


def test_media_gone_leaves_the_rest_alone(talking):
    said = talking.say(kind="image")
    media_id = talking.talk()[-1]["media"]["id"]
    assert said["webhook"] == "sent"
    talking.post("faults", kind="media_gone")
    assert talking.graph("GET", media_id).status_code == 404
    assert talking.graph("GET", PHONE_ID).status_code == 200
    assert talking.send().status_code == 200
    gone = requests.get(f"{talking.url}/file/bot{BOT_TOKEN}/photos/1.jpg", timeout=5)
    assert gone.status_code == 404
    assert talking.bot("getMe").status_code == 200


def test_bad_json_is_half_of_the_truth(talking):
    talking.post("faults", kind="bad_json", times=1)
    answer = talking.send(type="text", text={"body": "half"})
    assert answer.status_code == 200
    with pytest.raises(ValueError):
        answer.json()
    assert outgoing(talking) == ["half"]


def test_path_and_times_and_hits(talking):
    talking.post("faults", kind="status", path=r"POST .*/messages$", times=2)
    assert talking.graph("GET", PHONE_ID).status_code == 200
    assert [talking.send().status_code for _ in range(3)] == [500, 500, 200]
    (fault,) = talking.get("faults").json()
    assert (fault["hits"], fault["times"]) == (2, 0)


def test_probability_with_a_seed_is_the_same_every_time(talking):
    def run():
        talking.post("faults", kind="status", probability=0.5, seed=7)
        codes = [talking.graph("GET", PHONE_ID).status_code for _ in range(20)]
        requests.delete(f"{talking.url}/sandbox/faults", timeout=5)
        return codes

    first = run()
    assert first == run() and {200, 500} == set(first)


def test_delete_one_or_all(talking):
    one = talking.post("faults", kind="slow")["id"]
    talking.post("faults", kind="status")
    url = f"{talking.url}/sandbox/faults"
    requests.delete(url, params={"id": one}, timeout=5)
    assert [f["kind"] for f in talking.get("faults").json()] == ["status"]
    requests.delete(url, timeout=5)
    assert talking.get("faults").json() == []


def test_the_control_side_never_misbehaves(talking):
    talking.post("faults", kind="status")
    assert talking.get("health").status_code == 200


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"kind": "meteor"},
        {"kind": "slow", "seconds": "soon"},
        {"kind": "slow", "seconds": -1},
        {"kind": "status", "status": 200},
        {"kind": "status", "times": 0},
        {"kind": "status", "path": "("},
        {"kind": "status", "provider": "fax"},
        {"kind": "status", "probability": 2},
        {"kind": "status", "probability": True},
    ],
)
def test_nonsense_is_refused_with_a_sentence(sandbox, values):
    answer = requests.post(f"{sandbox.url}/sandbox/faults", json=values, timeout=5)
    assert answer.status_code == 400 and answer.json()["error"].endswith(".")


def test_every_kind_can_be_made():
    assert [make({"kind": kind}).kind for kind in KINDS] == list(KINDS)


@pytest.mark.parametrize(
    ("path", "provider"),
    [
        (f"/bot{BOT_TOKEN}/getMe", "telegram"),
        (f"/file/bot{BOT_TOKEN}/files/x", "telegram"),
        ("/v23.0/1/messages", "whatsapp"),
        ("/whatsapp_business/attachments/", "whatsapp"),
        ("/sandbox/health", ""),
        ("/", ""),
    ],
)
def test_provider_of(path, provider):
    assert provider_of(path) == provider
