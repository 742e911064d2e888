"""What a provider adds, invents or leaves out harms nothing that we understand.

Not by chance: each place of each golden file of each channel.
"""

import json
from contextlib import suppress
from copy import deepcopy

import pytest
from lxml import etree

from .golden import CODES, cases, understood, wire_format
from .needed import NEEDED, TYPES
from .test_hostile import _at, _changed, _places

NEW = {"x_of_the_future": {"type": "hologram", "id": "7", "text": ["x"]}}


def bodies(code):
    """(file's name, body) of those that are understood at all."""
    for path in cases(code):
        case = json.loads(path.read_text())
        if isinstance(case["expected"], list) and case["expected"]:
            yield path.stem, case["body"]


def read(code, body):
    found = understood(code, wire_format(code, body))
    assert isinstance(found, list), body
    return [_settled(one) for one in found]


def _settled(one):
    """Without what a new field may change: the name that we give to what has none
    (a digest of all that came), and to what we do not know."""
    event, raw = dict(one.get("event", {"parked": True})), dict(one["raw"])
    for found in (raw, event):
        found.pop("sequence", None)  # the place in its body
        if "sha256:" in found.get("external_id", ""):
            found["external_id"] = "a digest"
    if event.get("type") == "Ignored":
        return {"type": "Ignored"}
    if event.get("kind") == "unsupported":
        event["notes"] = "unsupported"
    return {**event, "raw": raw}


# --- unknown fields -----------------------------------------------------------------


@pytest.mark.parametrize("code", [code for code in CODES if code != "feed"])
@pytest.mark.parametrize("end", ["first", "last"])
def test_an_unknown_field_anywhere_changes_nothing(code, end):
    new = NEW if code not in ("sms", "whatsapp_twilio") else {"XOfTheFuture": "x"}
    for name, body in bodies(code):
        before = read(code, body)
        for path in _places(body):
            place = _at(body, path)
            if not isinstance(place, dict):
                continue
            more = {**new, **place} if end == "first" else {**place, **new}
            after = read(code, _changed(body, path, more, False))
            assert _without_news(code, path, after) == before, (name, path)


def _without_news(code, path, events):
    """At the top of X's body each name is a kind of event: the new one is kept
    beside the others, and ignored."""
    if code != "x" or path:
        return events
    more = events.index({"type": "Ignored"})
    return events[:more] + events[more + 1 :]


def _documents():
    """Those of the feeds that are XML without a fault."""
    for name, body in bodies("feed"):
        if isinstance(body, dict):
            continue
        with suppress(etree.XMLSyntaxError, ValueError):
            yield name, etree.fromstring(body.encode())


WORDS = {"title", "content", "summary", "description", "encoded"}
DOCUMENTS = dict(_documents())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_unknown_elements_and_attributes_of_a_feed(name):
    root = deepcopy(DOCUMENTS[name])
    before = read("feed", etree.tostring(root).decode())
    for element in list(root.iter(etree.Element)):
        inside = {etree.QName(a).localname for a in element.iterancestors()}
        if inside & WORDS:
            continue  # what stands there is the author's text
        element.set("{urn:future}x", "hologram")
        if len(element) and etree.QName(element).localname not in WORDS:
            for place in (0, len(element)):
                etree.SubElement(element, "{urn:future}hologram").text = "x"
                element.insert(place, element[-1])
        assert read("feed", etree.tostring(root).decode()) == before
    assert before


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_a_feed_leaves_out_or_invents_loses_no_item(name):
    root = DOCUMENTS[name]
    before = len(read("feed", etree.tostring(root).decode()))
    for other in _without_one(root):
        assert len(read("feed", etree.tostring(other).decode())) >= before


def _without_one(root):
    """Copies without one element of an item, and with one type of the future."""
    count = len(list(root.iter(etree.Element)))
    for place in range(count):
        for attribute in (None, "type", "rel"):
            copy = deepcopy(root)
            element = list(copy.iter(etree.Element))[place]
            above = [etree.QName(a).localname for a in element.iterancestors()]
            if attribute and attribute in element.attrib:
                element.set(attribute, "hologram")
                yield copy
            elif not attribute and {"item", "entry"} & set(above):
                element.getparent().remove(element)
                yield copy


# --- unknown types ------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_an_unknown_type_is_kept_and_stops_no_neighbour(code):
    changed = 0
    for name, body in bodies(code):
        if not isinstance(body, dict):
            continue
        before = read(code, body)
        for path in _places(body):
            for new in _unknown(code, body, path):
                after = read(code, new)
                assert len(after) >= len(before), (name, path)
                others = [e for e in before if e in after]
                assert len(others) >= len(before) - _concerned(path, before)
                assert _parked(after) <= _parked(before), (name, path)
                changed += 1
    assert changed or not any(TYPES[code])


def _parked(events):
    return sum("parked" in event for event in events)


def _unknown(code, body, path):
    """Bodies with a type, or the name of a field that is one, of the future."""
    if not path or not isinstance(path[-1], str):
        return
    place = _at(body, path[:-1])
    values, renamed = TYPES[code]
    if path[-1] in values and isinstance(place[path[-1]], str):
        yield _changed(body, path, "hologram", False)
    if path[-1] in renamed and len(path) <= renamed[path[-1]]:
        other = {("hologram" if k == path[-1] else k): v for k, v in place.items()}
        yield _changed(body, path[:-1], other, False)


def _concerned(path, events):
    """How many events a type speaks for: of a list one, else all."""
    return 1 if any(isinstance(step, int) for step in path[1:]) else len(events)


# --- missing fields -----------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_only_what_is_needed_may_not_be_missing(code):
    needed, seen = set(NEEDED[code].split()), set()
    allowed = {p[:n] for p in (tuple(x.split(".")) for x in needed) for n in range(9)}
    for name, body in bodies(code):
        if not isinstance(body, dict):
            continue
        before = _classes(code, body)
        for path in _places(body):
            if not path or isinstance(path[-1], int):
                continue
            after = _classes(code, _changed(body, path, None, True))
            if after != before:
                fields = tuple(step for step in path if isinstance(step, str))
                assert fields in allowed, (name, path, before, after)
                seen.add(".".join(fields))
    assert needed <= seen, f"not needed: {sorted(needed - seen)}"


def _classes(code, body):
    """What each event is; None where it is parked."""
    found = understood(code, wire_format(code, body))
    if isinstance(found, dict):
        return found["error"]
    return [one.get("event", {}).get("type") for one in found]
