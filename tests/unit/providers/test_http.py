"""The way out: bounds, secrets, and what a failure means."""

import gzip
import logging
import socket
import threading
import time
import traceback

import pytest
import requests
from providers import http as http_module
from providers import network
from providers.errors import ProviderError, Refused, RetryLater, Uncertain
from providers.http import Http, Response

from .wire import CUT, Answer, Wire, answer

SECRET = "7700112233:AAHq3s0Xn9vK2pLrT5uWyZaBcDeFgHiJkLm"


@pytest.fixture
def http(wire):
    return Http(trusted=wire.url, secrets=(SECRET,))


def _closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_get_and_post(http, wire):
    wire.answers = [answer(200, {"a": 1}, X_Name="v")]
    response = http.get(f"{wire.url}/x", {"q": "1 2"}, {"Authorization": "Bearer b"})
    assert response.json == {"a": 1} and response.headers["x-name"] == "v"
    http.post(f"{wire.url}/y", json={"b": 2})
    got, posted = wire.received
    assert got.path == "/x?q=1+2" and got.headers["authorization"] == "Bearer b"
    assert posted.json == {"b": 2}
    assert posted.headers["accept-encoding"] == "identity"


def test_a_netrc_file_does_not_replace_the_token(http, wire, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login eve password eve\n")
    monkeypatch.setenv("NETRC", str(netrc))
    http.get(f"{wire.url}/", headers={"Authorization": "Bearer b"})
    assert wire.received[0].headers["authorization"] == "Bearer b"


@pytest.mark.parametrize("body", [b"", b"<html>", b"[1]", b"[" * 100_000, b"\xff"])
def test_an_answer_that_is_no_object_is_empty(body):
    assert Response(200, {}, body).json == {}


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("7", 7.0), ("", None), ("soon", None), ("-1", None), ("١", None)],
)
def test_retry_after(value, seconds):
    assert Response(429, {"retry-after": value}, b"").retry_after == seconds


def test_retry_after_as_a_date():
    late = Response(429, {"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, b"")
    assert late.retry_after == 0.0
    soon = Response(429, {"retry-after": "Fri, 31 Dec 2099 23:59:59 GMT"}, b"")
    assert soon.retry_after > 1e6


# --- where requests may go ------------------------------------------------------


def test_api_requests_go_to_the_trusted_address_only(http, wire):
    other = Wire()
    try:
        with pytest.raises(Refused, match="not the provider's"):
            http.post(f"{other.url}/x", json={})
        with pytest.raises(Refused):
            http.get("https://graph.example/x")
        assert not other.received and not wire.received
    finally:
        other.close()


def test_api_requests_follow_no_redirect(http, wire):
    wire.answers = [answer(302, {}, Location="http://127.0.0.1:1/")]
    assert http.get(f"{wire.url}/x").status == 302
    assert len(wire.received) == 1


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://x/", "http://", "//x", "x"]
)
def test_only_http_addresses(http, url):
    with pytest.raises(Refused):
        http.get(url)
    with pytest.raises(Refused):
        http.download(url)


def test_without_a_usable_api_address_nothing_leaves():
    for trusted in ("", "x", "ftp://x", "http://["):
        for url in (trusted, "https://graph.example"):
            with pytest.raises(Refused):
                Http(trusted=trusted).post(url, json={}, sends=True)


@pytest.mark.parametrize("token", ["a\nX-Evil: 1", "a\r", "€"])
def test_a_token_with_impossible_characters_is_refused(http, wire, token):
    with pytest.raises(Refused, match="cannot be used"):
        http.get(f"{wire.url}/", headers={"Authorization": f"Bearer {token}"})
    assert not wire.received


# --- bounds -----------------------------------------------------------------------


def test_a_file_within_the_limit(http, wire):
    wire.answers = [Answer(body=b"x" * 1000, headers={"Content_Type": "image/png"})]
    file = http.download(f"{wire.url}/f", limit=1000)
    assert len(file.body) == 1000 and file.headers["content-type"] == "image/png"


def test_a_file_over_the_limit_by_its_own_words(http, wire):
    wire.answers = [Answer(body=b"x" * 1001)]
    with pytest.raises(Refused, match="larger than"):
        http.download(f"{wire.url}/f", limit=1000)


def test_a_file_over_the_limit_that_does_not_say_so(http, wire):
    body = b"%x\r\n%s\r\n" % (5000, b"x" * 5000) * 10 + b"0\r\n\r\n"
    headers = {"Transfer_Encoding": "chunked", "Content_Length": "0"}
    wire.answers = [Answer(body=body, headers=headers)]
    with pytest.raises((Refused, RetryLater)):
        http.download(f"{wire.url}/f", limit=1000)


def test_a_packed_answer_is_not_unpacked(http, wire):
    bomb = gzip.compress(b"\0" * 10_000_000)
    wire.answers = [Answer(body=bomb, headers={"Content_Encoding": "gzip"})]
    with pytest.raises(RetryLater, match="packed"):
        http.download(f"{wire.url}/f", limit=20_000_000)


def test_an_endless_api_answer(http, wire, monkeypatch):
    monkeypatch.setattr(http_module, "ANSWER_LIMIT", 1000)
    wire.answers = [Answer(body=b"x" * 2000)]
    with pytest.raises(RetryLater, match="far too long"):
        http.get(f"{wire.url}/x")
    with pytest.raises(Uncertain):
        http.post(f"{wire.url}/x", json={}, sends=True)


def test_a_slow_sender_is_cut_off(wire, monkeypatch):
    """One byte at a time would keep a reader with a time-out per read for ever."""
    monkeypatch.setattr(http_module, "FILE_SECONDS", 0.5)
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def drip():
        peer, _address = listener.accept()
        peer.recv(10_000)
        peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not stop.wait(0.05):
            try:
                peer.sendall(b"x")
            except OSError:
                return

    threading.Thread(target=drip, daemon=True).start()
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    start = time.monotonic()
    with pytest.raises(RetryLater):
        Http(trusted=url).download(f"{url}/f")
    assert time.monotonic() - start < 3
    stop.set()
    listener.close()


# --- what a failure means ----------------------------------------------------------


def test_no_connection_means_nothing_was_sent():
    url = f"http://127.0.0.1:{_closed_port()}"
    with pytest.raises(RetryLater, match="could not be reached"):
        Http(trusted=url).post(f"{url}/x", json={}, sends=True)


def test_no_such_name_means_nothing_was_sent():
    url = "https://no-such-host.invalid"
    with pytest.raises(RetryLater, match="could not be reached"):
        Http(trusted=url).post(f"{url}/x", json={}, sends=True)


def test_no_tls_means_nothing_was_sent(wire):
    url = wire.url.replace("http:", "https:")
    with pytest.raises(RetryLater, match="not secure"):
        Http(trusted=url).post(f"{url}/x", json={}, sends=True)


def test_cut_after_the_request(http, wire):
    wire.answers = [CUT]
    with pytest.raises(Uncertain, match="did not confirm"):
        http.post(f"{wire.url}/x", json={}, sends=True)
    with pytest.raises(RetryLater):
        http.post(f"{wire.url}/x", json={})
    with pytest.raises(RetryLater):
        http.get(f"{wire.url}/x")


def test_cut_in_the_middle_of_the_answer(http, wire):
    wire.answers = [Answer(body=b'{"half', headers={"Content_Length": "5000"})]
    with pytest.raises(Uncertain):
        http.post(f"{wire.url}/x", json={}, sends=True)
    with pytest.raises(RetryLater):
        http.get(f"{wire.url}/x")


def test_no_answer_in_time(http, wire, monkeypatch):
    monkeypatch.setattr(network, "READ_SECONDS", 0.3)
    wire.answers = [lambda request: time.sleep(1) or answer()]
    with pytest.raises(Uncertain):
        http.post(f"{wire.url}/x", json={}, sends=True)
    with pytest.raises(RetryLater):
        http.get(f"{wire.url}/x")


def test_a_kept_connection_that_the_other_side_closed_is_opened_anew(http, wire):
    first = answer(200, {}, Connection="close")
    wire.answers = [first, answer(200, {"second": True})]
    http.post(f"{wire.url}/x", json={}, sends=True)
    time.sleep(0.05)
    assert http.post(f"{wire.url}/x", json={}, sends=True).json == {"second": True}


def test_it_goes_through_the_session_that_tests_replace(monkeypatch):
    fake = requests.Response()
    fake.status_code, fake._content, fake.raw = 200, b'{"ok": 1}', None
    fake.url = "https://graph.example/x"
    monkeypatch.setattr(requests.Session, "send", lambda self, request, **kw: fake)
    http = Http(trusted="https://graph.example")
    assert http.get("https://graph.example/x").json == {"ok": 1}


# --- secrets -------------------------------------------------------------------------


def _failures(wire):
    http = Http(trusted=wire.url, secrets=(SECRET,))
    dead = f"http://127.0.0.1:{_closed_port()}"
    wire.answers = [CUT]
    yield lambda: http.post(f"{wire.url}/bot{SECRET}/x", json={}, sends=True)
    yield lambda: http.get(f"{wire.url}/bot{SECRET}/x")
    yield lambda: Http(dead, (SECRET,)).get(f"{dead}/bot{SECRET}/x")
    yield lambda: http.get(f"http://{SECRET}.invalid/x")
    yield lambda: http.download(f"http://bot{SECRET}:x@[/")


def test_no_error_shows_a_secret(wire):
    for failing in _failures(wire):
        with pytest.raises(ProviderError) as caught:
            failing()
        shown = "".join(traceback.format_exception(caught.value))
        assert SECRET not in shown + repr(caught.value) + str(caught.value.details)
        assert caught.value.__context__ is None and caught.value.__cause__ is None


def test_no_log_line_shows_a_secret(http, wire, caplog):
    caplog.set_level(logging.DEBUG)
    broken = {"Connection": "close", "Bad Header\x0b": "x"}
    wire.answers = [Answer(body=b"x", headers=broken), answer()]
    for _again in range(2):
        http.get(f"{wire.url}/bot{SECRET}/getMe")
    assert "getMe" in caplog.text and "***" in caplog.text
    assert SECRET not in caplog.text


def test_mask_knows_the_quoted_form_too():
    http = Http("https://x.example", ("a:b/c+d",))
    assert http.mask("a:b/c+d a%3Ab%2Fc%2Bd") == "*** ***"
    assert http.mask("nothing") == "nothing"


def test_a_very_short_secret_does_not_tear_texts_apart():
    assert Http("https://x.example", ("a", "")).mask("banana") == "banana"
