"""Floods: countable, repeatable, and honest about their progress."""

from collections import Counter, defaultdict

import pytest
import requests

from tests.unit.sandbox.conftest import wait_for


def finished(sandbox):
    figures = sandbox.get("flood").json()
    return figures if not figures["running"] else None


def texts_by_sender(business):
    result = defaultdict(list)
    for message in business.messages():
        result[message["from"]].append((int(message["timestamp"]), message))
    return result


def test_every_message_arrives_and_can_be_counted(connected, business):
    connected.post("flood", channel="whatsapp", customers=7, messages=100, batch=9)
    figures = wait_for(lambda: finished(connected), 10)
    assert figures["sent"] == figures["accepted"] == 100
    assert figures["attempts"] == figures["deliveries"] == 12
    expected = connected.get("flood", expected=1).json()["expected"]
    got = Counter(m["text"]["body"] for m in business.messages())
    assert got == Counter(text for texts in expected.values() for text in texts)
    assert max(got.values()) == 1


def test_times_grow_and_numbers_with_them(connected, business):
    connected.post(
        "flood", channel="whatsapp", customers=3, messages=60, batch=10, shuffle=True
    )
    wait_for(lambda: finished(connected), 10)
    arrival = [m["id"] for m in business.messages()]
    sent_order = []
    for messages in texts_by_sender(business).values():
        times = [at for at, _ in messages]
        assert len(set(times)) == len(times) == 20, "distinct times per customer"
        numbers = [m["text"]["body"][:5] for _, m in sorted(messages, key=_time)]
        assert numbers == [f"#{n:04d}" for n in range(1, 21)]
        sent_order += [m["id"] for _, m in sorted(messages, key=_time)]
    assert arrival != sent_order, "shuffled on the way"


def _time(pair):
    return pair[0]


def test_duplicates_are_the_same_message_again(connected, business):
    connected.post(
        "flood",
        channel="whatsapp",
        customers=5,
        messages=200,
        duplicates=0.25,
        batch=20,
    )
    figures = wait_for(lambda: finished(connected), 10)
    counts = Counter(m["id"] for m in business.messages())
    assert len(counts) == 200
    assert sum(counts.values()) == 200 + figures["duplicates"] > 220


def test_same_seed_same_flood(connected, business):
    def run(seed):
        connected.post("reset")
        connected.world.postman.reset()
        business.got.clear()
        connected.post(
            "flood",
            channel="whatsapp",
            customers=4,
            messages=40,
            shuffle=True,
            batch=40,
            seed=seed,
        )
        wait_for(lambda: finished(connected), 10)
        return [m["text"]["body"] for m in business.messages()]

    first = run(3)
    assert run(3) == first
    assert run(4) != first


def test_failures_are_repeated_and_counted(connected, business):
    business.answers = [500] * 5
    connected.post("flood", channel="whatsapp", customers=2, messages=20)
    figures = wait_for(lambda: finished(connected), 10)
    assert figures["accepted"] == 20 and figures["attempts"] == 25


def test_telegram_floods_in_order(connected, business):
    connected.post(
        "flood", channel="telegram", customers=3, messages=30, duplicates=0.3, shuffle=1
    )
    figures = wait_for(lambda: finished(connected), 10)
    updates = [body["update_id"] for body in business.bodies()]
    assert updates == sorted(updates)
    assert len(set(updates)) == 30 and len(updates) == 30 + figures["duplicates"]


def test_rate_is_kept(connected):
    connected.post("flood", channel="whatsapp", messages=20, rate=100)
    figures = wait_for(lambda: finished(connected), 10)
    assert 0.15 < figures["seconds"] < 2


@pytest.mark.parametrize(
    "values",
    [
        {"channel": "fax"},
        {"channel": "whatsapp", "messages": "many"},
        {"channel": "whatsapp", "messages": 0},
        {"channel": "whatsapp", "batch": 1001},
        {"channel": "whatsapp", "duplicates": 1.5},
        {"channel": "whatsapp", "rate": -1},
    ],
)
def test_nonsense_is_refused_with_a_sentence(connected, values):
    answer = requests.post(f"{connected.url}/sandbox/flood", json=values, timeout=5)
    assert answer.status_code == 400 and answer.json()["error"].endswith(".")


def test_flood_needs_a_webhook(sandbox):
    answer = requests.post(
        f"{sandbox.url}/sandbox/flood", json={"channel": "whatsapp"}, timeout=5
    )
    assert "connect it first" in answer.json()["error"]


def test_no_flood_no_figures(sandbox):
    assert sandbox.get("flood").status_code == 404
