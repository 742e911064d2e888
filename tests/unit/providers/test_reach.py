"""Whether the webhook's address leads here, and whether our clock goes right."""

import time
from email.utils import formatdate
from urllib.parse import parse_qs, urlsplit

import pytest
from providers import words
from providers.http import Http, ahead
from providers.reach import clock, reach
from providers.types import Note

from .wire import Wire, answer


@pytest.fixture
def http(wire):
    return Http(trusted=wire.url)


def at(seconds: float) -> str:
    """An HTTP date so many seconds from now."""
    return formatdate(time.time() + seconds, usegmt=True)


# --- the clock ------------------------------------------------------------------


@pytest.mark.parametrize("seconds", [-900, 900])
def test_a_clock_that_is_wrong(http, wire, seconds):
    wire.answers = [answer(200, {}, Date=at(seconds))]
    http.get(f"{wire.url}/x")
    (line,) = clock(http)
    assert line.todo.text == words.CLOCK_WRONG
    assert abs(int(line.todo.values["seconds"]) - 900) <= 2
    assert line.todo.values["host"] == "127.0.0.1"


def test_a_clock_that_is_right(http, wire):
    wire.answers = [answer(200, {}, Date=at(0))]
    http.get(f"{wire.url}/x")
    assert [line.well for line in clock(http)] == [True]


@pytest.mark.parametrize("date", ["", "yesterday", "Wed, 99 Oct 2015 07:28:00 GMT"])
def test_no_date_says_nothing(date):
    assert ahead(date, time.time(), 0.1) is None
    assert clock(Http(trusted="https://api.example")) == ()


def test_a_slow_answer_is_no_wrong_clock():
    now = time.time()
    assert ahead(formatdate(now - 15, usegmt=True), now - 20, 20) == 0.0
    assert ahead(formatdate(now - 30, usegmt=True), now - 20, 20) < -8


def test_only_the_provider_is_believed(http, wire):
    """A link in a customer's message leads to whatever server he likes."""
    other = Wire()
    try:
        other.answers = [answer(200, {}, Date=at(900))]
        http.line.admit = lambda peer, reached: None  # as if it were public
        http.download(f"{other.url}/photo")
    finally:
        other.close()
    assert http.ahead is None


# --- the address ----------------------------------------------------------------


def ask(url: str, api_url: str = "") -> Note | None:
    return reach(url, "q 1", "the answer", api_url).todo


def test_it_leads_here(wire):
    wire.answers = [answer()]
    wire.answers[0].body = b"the answer"
    assert ask(f"{wire.url}/social/webhook/k", api_url=f"{wire.url}/graph") is None
    path = urlsplit(wire.received[0].path)
    assert path.path == "/social/webhook/k"
    assert parse_qs(path.query) == {"social_reach": ["q 1"]}


@pytest.mark.parametrize("status", [200, 301, 404, 502])
def test_somebody_else_answers(wire, status):
    wire.answers = [answer(status, {"hello": 1})]
    todo = ask(f"{wire.url}/social/webhook/k", api_url=wire.url)
    assert todo.text == words.SOMEBODY_ELSE
    assert todo.values == {"host": "127.0.0.1", "status": str(status)}


@pytest.mark.parametrize(
    "url", ["http://erp.example/w", "ftp://erp.example/w", "erp.example/w", ""]
)
def test_only_https_is_delivered_to(url):
    assert ask(url).text == words.NOT_HTTPS


def test_a_private_address_is_not_spoken_to(wire):
    """Not even to find out: the address is text that somebody entered."""
    port = wire.url.rpartition(":")[2]
    url = f"https://127.0.0.1:{port}/social/webhook/k"
    assert ask(url, api_url="https://graph.example").text == words.NOT_PUBLIC
    assert wire.received == []


def test_nobody_answers():
    todo = ask("https://no-such-host.invalid/social/webhook/k")
    assert (todo.text, todo.values) == (
        words.UNREACHED,
        {"host": "no-such-host.invalid"},
    )


def test_a_certificate_that_nobody_trusts(wire):
    """What answers here speaks no TLS at all."""
    url = wire.url.replace("http://", "https://")
    todo = ask(f"{url}/social/webhook/k", api_url=wire.url)
    assert todo.text == words.NOT_TRUSTED
