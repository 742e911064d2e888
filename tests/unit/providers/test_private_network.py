"""A link from outside must not reach the server's own network."""

import socket

import pytest
from providers import http as http_module
from providers import network
from providers.errors import Refused, RetryLater
from providers.http import Http
from providers.network import is_public, origin

from .wire import Wire, answer

TRUSTED = "https://graph.example"
PRIVATE = "private network"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.1", "198.18.0.1",
        "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.0.2.1",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1",
        "fec0::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a00:1::",
        "2001:0:0:0:0:0:80ff:fffe", "2001:db8::1", "::127.0.0.1",
    ],
)  # fmt: skip
def test_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "157.240.1.1",
        "2a03:2880:f11c::1",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
    ],
)
def test_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://X.Example./a", ("https", "x.example", 443)),
        ("http://[::1]:8/", ("http", "::1", 8)),
        ("http://1.2.3.4:80", ("http", "1.2.3.4", 80)),
    ],
)
def test_origin(url, expected):
    assert origin(url) == expected


@pytest.mark.parametrize("url", ["x", "ftp://x", "http://", "http://a:b@x/", "http:/x"])
def test_no_origin(url):
    with pytest.raises(ValueError):
        origin(url)


# --- real sockets -----------------------------------------------------------------


def test_loopback_address_is_refused_before_a_byte_is_written(wire):
    with pytest.raises(Refused, match=PRIVATE):
        Http(TRUSTED).download(f"{wire.url}/secret")
    assert not wire.received


def test_ipv6_loopback_is_refused():
    server = Wire(socket.AF_INET6, "::1")
    try:
        with pytest.raises(Refused, match=PRIVATE):
            Http(TRUSTED).download(f"{server.url}/secret")
        mapped = f"http://[::ffff:127.0.0.1]:{server.port}/"
        with pytest.raises((Refused, RetryLater)):
            Http(TRUSTED).download(mapped)
        assert not server.received
    finally:
        server.close()


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST.", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "0"],
)
def test_other_spellings_of_loopback_are_refused(wire, host):
    with pytest.raises((Refused, RetryLater)):
        Http(TRUSTED).download(f"http://{host}:{wire.port}/secret")
    assert not wire.received


def test_a_name_that_resolves_to_loopback_is_refused(wire, monkeypatch):
    _resolve(monkeypatch, "media.example", "127.0.0.1")
    with pytest.raises(Refused, match=PRIVATE):
        Http(TRUSTED).download(f"http://media.example:{wire.port}/f")
    assert not wire.received


def test_a_name_that_changes_its_address_is_refused(wire, monkeypatch):
    """Rebinding: public when asked first, loopback when connected. Nobody asks
    first here; the socket that was really connected decides."""
    answers = iter(["157.240.1.1", "127.0.0.1"])
    _resolve(monkeypatch, "media.example", lambda: next(answers))
    assert socket.getaddrinfo("media.example", 80)[0][4][0] == "157.240.1.1"
    with pytest.raises(Refused, match=PRIVATE):
        Http(TRUSTED).download(f"http://media.example:{wire.port}/f")
    assert not wire.received


def test_a_redirect_to_loopback_is_refused(wire, monkeypatch):
    """The first hop is made public for the test, the second one is real."""
    inner = Wire()
    wire.answers = [answer(302, {}, Location=f"{inner.url}/secret")]
    outside = {wire.port}
    _public_ports(monkeypatch, outside)
    try:
        with pytest.raises(Refused, match=PRIVATE):
            Http(TRUSTED).download(f"{wire.url}/f")
        assert len(wire.received) == 1 and not inner.received
    finally:
        inner.close()


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://x/", "gopher://x"])
def test_a_redirect_to_another_scheme_is_refused(wire, target):
    wire.answers = [answer(302, {}, Location=target)]
    with pytest.raises(Refused, match="cannot be used"):
        Http(wire.url).download(f"{wire.url}/f")


def test_redirects_end(wire):
    wire.answers = [answer(302, {}, Location="/again")]
    with pytest.raises(Refused, match="without an end"):
        Http(wire.url).download(f"{wire.url}/f")
    assert len(wire.received) == http_module.REDIRECTS + 1


def test_a_redirect_is_followed(wire):
    wire.answers = [answer(302, {}, Location="/there"), answer(200, {"a": 1})]
    assert Http(wire.url).download(f"{wire.url}/f").json == {"a": 1}
    assert [r.path for r in wire.received] == ["/f", "/there"]


def test_the_administrators_own_address_may_be_private(wire):
    assert Http(wire.url).download(f"{wire.url}/f").status == 200


def test_only_the_very_same_port_is_trusted(wire):
    other = Wire()
    try:
        with pytest.raises(Refused, match=PRIVATE):
            Http(wire.url).download(f"{other.url}/f")
        assert not other.received
    finally:
        other.close()


# --- the token ---------------------------------------------------------------------

TOKEN = {"Authorization": "Bearer token"}


def test_the_token_goes_to_the_trusted_address(wire):
    Http(wire.url).download(f"{wire.url}/f", TOKEN)
    assert wire.received[0].headers["authorization"] == "Bearer token"


def test_the_token_goes_nowhere_else(wire, monkeypatch):
    _public_ports(monkeypatch, {wire.port})
    Http(TRUSTED).download(f"{wire.url}/f", TOKEN, hosts=("127.0.0.1",))
    assert "authorization" not in wire.received[0].headers  # not over https


def test_the_token_does_not_follow_a_redirect(wire, monkeypatch):
    other = Wire()
    _public_ports(monkeypatch, {other.port})
    wire.answers = [answer(302, {}, Location=f"{other.url}/f")]
    try:
        Http(wire.url).download(f"{wire.url}/f", TOKEN)
        assert "authorization" in wire.received[0].headers
        assert "authorization" not in other.received[0].headers
    finally:
        other.close()


HOSTS = ("lookaside.fbsbx.com", ".fbcdn.net")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://lookaside.fbsbx.com/x", True),
        ("https://scontent.xx.fbcdn.net/x", True),
        ("https://graph.example/x", True),
        ("http://lookaside.fbsbx.com/x", False),
        ("https://evil-lookaside.fbsbx.com/x", False),
        ("https://lookaside.fbsbx.com.evil.example/x", False),
        ("https://evilfbcdn.net/x", False),
        ("https://fbcdn.net/x", False),
        ("https://graph.example:8443/x", False),
        ("https://graph.example@evil.example/x", False),
    ],
)
def test_who_may_see_the_token(url, expected):
    assert Http(TRUSTED)._may_hold_secrets(url, HOSTS) is expected


# --- proxies -----------------------------------------------------------------------


def test_a_proxy_of_the_environment_is_used(wire, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", wire.url)
    http = Http("http://graph.example")
    http.get("http://graph.example/x")
    assert wire.received[0].path == "http://graph.example/x"


def test_behind_a_proxy_a_private_name_is_refused(wire, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", wire.url)
    _resolve(monkeypatch, "inner.example", "10.0.0.7")
    with pytest.raises(Refused, match=PRIVATE):
        Http(TRUSTED).download("http://inner.example/f")
    assert not wire.received


def test_behind_a_proxy_an_unknown_name_is_not_fetched(wire, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", wire.url)
    with pytest.raises(RetryLater):
        Http(TRUSTED).download("http://no-such-host.invalid/f")
    assert not wire.received


def _resolve(monkeypatch, name, address):
    real = socket.getaddrinfo

    def resolve(host, *args, **kwargs):
        if host == name:
            host = address() if callable(address) else address
        return real(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


def _public_ports(monkeypatch, ports):
    """Let the loopback servers on ``ports`` pass for public ones."""
    real = network.Line.admit

    def admit(line, peer, reached):
        trusted = line.trusted
        line.trusted = reached if reached[2] in ports else trusted
        try:
            real(line, peer, reached)
        finally:
            line.trusted = trusted

    monkeypatch.setattr(network.Line, "admit", admit)
