"""Web feeds: what a poll brings, what it refuses, how it waits."""

import contextlib
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from providers.errors import ProviderError, Refused, RetryLater
from providers.feed import Feed, document
from providers.http import MB, Http, Response
from providers.types import Account, Edit, Message, Part

from .wire import CUT, Answer

URL = "https://reclama.example/erp.rss"


def feed(text="Não emite", title="Nota fiscal", guid="1", rating=""):
    date = format_datetime(datetime.now(timezone.utc) - timedelta(hours=1))
    return (
        f"<rss version='2.0'><channel><item><guid>{guid}</guid><title>{title}</title>"
        f"<link>/r/{guid}</link><description>{text}</description>"
        f"<pubDate>{date}</pubDate>{rating}</item></channel></rss>"
    ).encode()


class Site:
    def __init__(self, *answers):
        self.answers, self.headers = list(answers), []

    def download(self, url, headers=None, limit=0, hosts=()):
        self.headers.append(headers)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def adapter(*answers, **settings):
    return Feed(Account({"feed_url": URL, **settings}), Site(*answers))


def ok(body, **headers):
    return Response(200, headers, body)


def test_an_item_is_a_public_message_and_its_change_an_edit():
    site = adapter(ok(feed(), etag='"a"'), ok(feed()), ok(feed("Já emite")))
    first = site.poll({})
    message = site.parse(first.events[0].payload)
    assert isinstance(message, Message) and message.public
    assert message.text == "Nota fiscal\n\nNão emite"
    assert message.url == "https://reclama.example/r/1"
    second = site.poll(first.cursor)
    assert not second.events and site.http.headers[1] == {"If-None-Match": '"a"'}
    edit = site.parse(site.poll(second.cursor).events[0].payload)
    assert isinstance(edit, Edit) and edit.target == message.external_id


def test_keywords_are_whole_words_without_accents():
    assert adapter(ok(feed()), keywords="NAO").poll({}).events
    assert not adapter(ok(feed()), keywords="not").poll({}).events


def test_waits_longer_after_every_error():
    site = adapter(Response(503, {}, b""), RetryLater("later"))
    first = site.poll({})
    second = site.poll(first.cursor)
    assert (first.wait, second.wait) == (timedelta(minutes=15), timedelta(minutes=30))


def test_gone_is_an_alarm():
    with pytest.raises(Refused) as error:
        adapter(Response(410, {}, b"")).poll({})
    assert error.value.alarm


def test_entities_are_refused():
    with pytest.raises(Refused):
        document.read(b"<!DOCTYPE r [<!ENTITY a 'b'>]><rss>&a;</rss>", URL)


def test_a_page_names_its_feed():
    page = b"<html><link rel=alternate type=application/rss+xml href=/f></html>"
    with pytest.raises(Refused, match="https://reclama.example/f"):
        adapter(ok(page)).check()


def test_nothing_can_be_sent():
    with pytest.raises(Refused):
        adapter().send(Part("text", "Olá"), "x", None, "")


@given(st.binary() | st.binary().map(lambda junk: feed().replace(b"Nota", junk)))
@settings(deadline=None)
def test_any_bytes_are_read_or_refused(body):
    site = adapter(ok(body))
    try:
        for event in site.poll({}).events:
            site.parse(event.payload)
    except ProviderError:
        pass


# --- over a real connection ---------------------------------------------------------


def at(wire, **settings):
    """An account of a site on loopback, which is allowed in tests only."""
    account = Account({"feed_url": f"{wire.url}/erp.rss", **settings})
    return Feed(account, Http(trusted=wire.url))


def test_asks_only_for_what_changed(wire):
    marks = {"ETag": '"a1"', "Last-Modified": "Mon, 03 Nov 2025 12:00:00 GMT"}
    wire.answers = [Answer(200, feed(), marks), Answer(304, b"")]
    first = at(wire).poll({})
    second = at(wire).poll(first.cursor)
    asked = wire.received[1].headers
    assert asked["if-none-match"] == '"a1"'
    assert asked["if-modified-since"] == "Mon, 03 Nov 2025 12:00:00 GMT"
    assert not second.events and second.cursor == first.cursor


def test_follows_a_redirect_and_not_without_an_end(wire):
    wire.answers = [Answer(301, b"", {"Location": "/new"}), Answer(200, feed())]
    assert len(at(wire).poll({}).events) == 1
    assert wire.received[1].path == "/new"
    wire.answers = [Answer(302, b"", {"Location": "/again"})]
    with pytest.raises(Refused):
        at(wire).poll({})


def test_never_reaches_into_the_private_network(wire):
    account = Account({"feed_url": f"{wire.url}/erp.rss"})
    with pytest.raises(Refused, match="private"):
        Feed(account).poll({})
    assert not wire.received


def test_too_large_is_refused(wire):
    wire.answers = [Answer(200, b"<rss>" + b" " * (5 * MB))]
    with pytest.raises(Refused, match="5 MB"):
        at(wire).poll({})


def test_a_site_that_hangs_up_is_asked_later(wire):
    wire.answers = [CUT]
    polled = at(wire).poll({"seen": {"a": "b"}})
    assert polled.cursor == {"seen": {"a": "b"}, "errors": 1}


def test_waits_as_the_site_asks(wire):
    wire.answers = [Answer(429, b"", {"Retry-After": "7200"})]
    assert at(wire).poll({}).wait == timedelta(hours=2)
    wire.answers = [Answer(429, b"", {"Retry-After": "99999999"})]
    assert at(wire).poll({}).wait == timedelta(hours=24)
    wire.answers = [Answer(200, feed(), {"Cache-Control": "max-age=3600"})]
    assert at(wire).poll({}).wait == timedelta(hours=1)
    wire.answers = [Answer(200, feed(), {"Cache-Control": "max-age=999999"})]
    assert at(wire).poll({}).wait == timedelta(hours=6)


def test_the_test_of_an_account(wire):
    wire.answers = [Answer(200, feed())]
    found, _newest = at(wire, keywords="folha").check().checks
    assert found.what.values == {"count": "1", "matching": "0"}
    for status, error in ((404, Refused), (503, RetryLater)):
        wire.answers = [Answer(status, b"")]
        with pytest.raises(error, match=str(status)):
            at(wire).check()


# --- memory -------------------------------------------------------------------------


def many(numbers):
    items = "".join(
        f"<item><guid>i{n}</guid><title>{n}</title></item>" for n in numbers
    )
    return f"<rss><channel>{items}</channel></rss>".encode()


def test_of_an_unknown_feed_the_newest_few(deadline):
    with deadline(10):
        polled = adapter(ok(many(range(10_000)))).poll({})
    assert [e.payload["title"] for e in polled.events] == [
        str(n) for n in reversed(range(20))
    ]
    assert len(polled.cursor["seen"]) == 500


def test_what_stands_in_the_feed_is_never_forgotten():
    site = adapter(*(ok(many([0, *range(n, n + 400)])) for n in (1, 401, 801, 1201)))
    cursor = {"seen": {}}
    came = []
    for _poll in range(4):
        polled = site.poll(cursor)
        cursor = polled.cursor
        came += [event.payload["title"] for event in polled.events]
    assert sorted(map(int, came)) == list(range(1601))


def test_an_item_that_names_the_company_later_is_a_message():
    site = adapter(ok(feed()), ok(feed("O Horizonte não emite")), keywords="horizonte")
    first = site.poll({})
    assert not first.events
    event = site.poll(first.cursor).events[0]
    assert isinstance(site.parse(event.payload), Message)


def test_a_name_is_found_across_markup_and_not_inside_it():
    split = feed("O ERP &lt;b&gt;Horizonte&lt;/b&gt;&amp;nbsp;Fiscal")
    assert adapter(ok(split), keywords="erp horizonte fiscal").poll({}).events
    hidden = feed('&lt;i class="horizonte"&gt;Nada&lt;/i&gt;')
    assert not adapter(ok(hidden), keywords="horizonte").poll({}).events


@pytest.mark.parametrize("mark", ["é", "a\r\n b", "\x00", "x" * 501])
def test_a_mark_that_cannot_be_sent_back_is_not_kept(mark):
    assert adapter(ok(feed(), etag=mark)).poll({}).cursor["etag"] == ""


def test_an_address_that_is_none_raises_the_alarm():
    for url in (
        "feed://x.example/",
        "https://",
        "javascript:1",
        "https://u:p@x.example",
    ):
        with pytest.raises(Refused) as error:
            adapter(feed_url=url).poll({})
        assert error.value.alarm
        assert adapter(feed_url=url).poll_place() == ""


def test_the_place_of_a_feed_is_its_host():
    assert adapter().poll_place() == "reclama.example"


BOMB = "<!DOCTYPE rss [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><rss x='&b;'>&b;</rss>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-32"])
def test_entities_are_refused_in_every_encoding(encoding):
    with pytest.raises(Refused):
        document.read(BOMB.encode(encoding), URL)


def test_depth_is_survived(deadline):
    deep = feed("&lt;div&gt;" * 5_000 + "Olá")
    nested = b"<rss>" + b"<item>" * 100_000
    with deadline(10):
        for event in adapter(ok(deep)).poll({}).events:
            adapter().parse(event.payload)
        with contextlib.suppress(Refused):
            adapter(ok(nested)).poll({})


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-8"])
def test_encodings_are_read(encoding):
    text = "<rss><item><title>Emissão &amp; envio</title></item></rss>"
    assert document.read(text.encode(encoding), URL)[0]["title"] == "Emissão & envio"
