"""No input makes an adapter raise anything but its own errors."""

import json
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from providers.errors import MalformedBody, MalformedEvent, Unverified
from providers.types import Event, RawEvent, Request

from .golden import CODES, cases, provider, raw_events, wire_format

ADAPTERS = {code: provider(code) for code in CODES}


def _bodies(code):
    for path in cases(code):
        body = json.loads(path.read_text())["body"]
        if isinstance(body, dict):
            yield body


BODIES = {code: list(_bodies(code)) for code in CODES}


def _deep(levels, kind):
    value = 0
    for _level in range(levels):
        value = [value] if kind == "list" else {"x": value}
    return value


DEEP = (_deep(10_000, "list"), _deep(10_000, "dict"), _deep(60, "dict"))
NUMBERS = (0, -1, 2**31, 2**63, 10**400, 1e308, float("nan"), float("inf"), -0.0)
TEXTS = ("", "\0", "\ud800", "x" * 100_000, "\u202e", "-1", "9" * 5000, "../..", "%s")
ODD = st.one_of(
    st.sampled_from([None, True, False, *NUMBERS, *TEXTS, [], {}, [{}], {"id": {}}]),
    st.sampled_from(DEEP),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
        ),
        max_leaves=6,
    ),
)


def _places(value, path=()):
    yield path
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _places(inner, (*path, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _places(inner, (*path, index))


def _changed(value, path, new, delete):
    """A copy of ``value`` with the node at ``path`` replaced or deleted."""
    if not path:
        return new
    first, rest = path[0], path[1:]
    copy = dict(value) if isinstance(value, dict) else list(value)
    if rest or not delete:
        copy[first] = _changed(value[first], rest, new, delete)
    else:
        del copy[first]
    return copy


@st.composite
def _mutated(draw, sources):
    value = draw(st.sampled_from(sources))
    for _time in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(list(_places_above(value))))
        value = _changed(value, path, draw(ODD), draw(st.booleans()))
        if not isinstance(value, (dict, list)):
            break
    return value


def _places_above(value):
    """Places down to a depth, without recursion: it may hold a deep one."""
    stack = [((), value)]
    while stack:
        path, found = stack.pop()
        yield path
        if len(path) > 14:
            continue
        if isinstance(found, dict):
            stack += [((*path, name), inner) for name, inner in found.items()]
        elif isinstance(found, list):
            stack += [((*path, index), inner) for index, inner in enumerate(found)]


def _parse(code, payload):
    try:
        event = ADAPTERS[code].parse(payload)
    except MalformedEvent as error:
        assert error.text and error.note.text in ADAPTERS[code].notes
        return
    assert isinstance(event, Event)
    _check(event)


def _check(event):
    """What a database and a screen can take."""
    for name in ("external_id", "thread", "target"):
        value = getattr(event, name, "x")
        assert isinstance(value, str) and value and len(value) <= 250
    for name in ("text", "html"):
        value = getattr(event, name, "")
        value.encode()
        assert "\0" not in value and "\u202e" not in value
    sender = getattr(event, "sender", None)
    if sender:
        sender.name.encode()
        assert sender.id and len(sender.name) <= 250 and "\n" not in sender.name


def _split(code, body):
    try:
        raws = raw_events(code, body)
    except MalformedBody as error:
        assert error.text
        return
    for raw in raws:
        assert isinstance(raw, RawEvent)
        assert raw.external_id and len(raw.external_id) <= 250
        assert len(raw.thread) <= 450 and 0 <= raw.sequence < 2**31
        stored = json.dumps(raw.payload, allow_nan=False, ensure_ascii=False)
        assert "\\u0000" not in stored and stored.encode()
        _parse(code, json.loads(stored))


QUICK = settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.mark.parametrize("code", CODES)
def test_every_field_of_every_case_of_every_wrong_type(code):
    """Not by chance: each node, replaced by each kind of value; a value that stands
    at the same place of many bodies once. (Left out: see ``test_tolerance``.)"""
    seen = set()
    for body in BODIES[code]:
        for path in list(_places(body)):
            value = _at(body, path)
            if isinstance(value, (dict, list)) or (path, value) not in seen:
                for new in (None, 7, -1.5, True, "x", [], {}, ["x"], {"x": 1}):
                    _split(code, wire_format(code, _changed(body, path, new, False)))
            if not isinstance(value, (dict, list)):
                seen.add((path, value))


def _at(value, path):
    for step in path:
        value = value[step]
    return value


@pytest.mark.parametrize("code", CODES)
@given(data=st.data())
@QUICK
def test_mutated_bodies(code, data):
    value = data.draw(_mutated(BODIES[code]))
    try:
        body = wire_format(code, value)
    except RecursionError:  # json writes no deep ones; they are tested below
        body = b"{}"
    _split(code, body)


def _payloads(code):
    for body in BODIES[code]:
        with suppress(MalformedBody):
            raws = raw_events(code, wire_format(code, body))
            yield from (raw.payload for raw in raws)


PAYLOADS = {code: list(_payloads(code)) for code in CODES}


@pytest.mark.parametrize("code", CODES)
@given(data=st.data())
@QUICK
def test_mutated_events(code, data):
    """Straight into parse: depth, NaN and lone surrogates included."""
    _parse(code, data.draw(_mutated(PAYLOADS[code])))


ANYTHING = st.binary(max_size=200) | st.text(max_size=100).map(
    lambda text: text.encode("utf-8", "replace")
)


@pytest.mark.parametrize("code", CODES)
@given(body=ANYTHING)
@example(body=b"\xef\xbb\xbf{}")
@example(body=b"{}")
@QUICK
def test_any_bytes(code, body):
    _split(code, body)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("pair", [("[", "]"), ('{"a":', "}"), ('[{"a":', "}]")])
@pytest.mark.parametrize("depth", [1_000, 10_000, 200_000])
def test_a_depth_bomb(code, pair, depth):
    opening, closing = pair
    for end in ("", "1" + closing * depth + "}"):
        bomb = '{"entry":' + opening * depth + end
        with pytest.raises(MalformedBody):
            raw_events(code, bomb.encode())


HEADERS = st.dictionaries(
    st.sampled_from(
        [
            *("x-hub-signature-256", "x-telegram-bot-api-secret-token"),
            *("x-line-signature", "x-twilio-signature", "x-social-signature"),
            *("x-twitter-webhooks-signature", "x"),
        ]
    ),
    st.text(),
)


@pytest.mark.parametrize("code", CODES)
@given(headers=HEADERS, query=st.dictionaries(st.text(), st.text()), body=st.binary())
@settings(QUICK, max_examples=60)
def test_any_request_is_unverified(code, headers, query, body):
    request = Request("POST", "https://desk.example/", headers, query, body)
    with pytest.raises(Unverified):
        ADAPTERS[code].verify(request)
    with pytest.raises(Unverified):
        ADAPTERS[code].handshake(request)
