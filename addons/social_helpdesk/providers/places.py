"""A place as people pass it on: a link to a map, or two numbers.

Nothing is asked of anybody's server: what a link does not say by itself (a
shortened one) is not known.
"""

import re
from collections.abc import Iterator
from html import escape
from urllib.parse import SplitResult, parse_qs, unquote_plus, urlsplit

from .text import one_line
from .types import Location

NUMBER = r"[+-]?\d{1,3}(?:\.\d{1,20})?"
PAIR = re.compile(rf"\s*({NUMBER})\s*[,;~/\s]\s*({NUMBER})\s*", re.ASCII)
# as they write numbers in Brazil and most of Europe: "-23,55; -46,63"
COMMA = re.compile(
    r"\s*([+-]?\d{1,3},\d{1,20})\s*(?:;|,\s|\s)\s*([+-]?\d{1,3},\d{1,20})\s*", re.ASCII
)
# Google's own place in the path, then the middle of the picture, which may be
# somewhere else
PIN = re.compile(rf"!3d({NUMBER})!4d({NUMBER})", re.ASCII)
VIEW = re.compile(rf"/@({NUMBER}),({NUMBER})", re.ASCII)
IN_PATH = re.compile(
    rf"/(?:search|place|dir/[^/]*)/({NUMBER}),[\s+]*({NUMBER})", re.ASCII
)
NAMED = re.compile(r"/place/([^/@]{1,300})(?:/|$)")
OPENSTREETMAP = re.compile(rf"map=\d{{1,2}}(?:\.\d+)?/({NUMBER})/({NUMBER})", re.ASCII)
# where Google, Apple, Waze, Bing and Here write it; what is meant goes before
# what is merely looked at
FIELDS = ("q", "query", "destination", "daddr", "ll", "center", "cp", "map", "sll")
LONGEST = 4000  # characters of a link

MAP = "https://www.openstreetmap.org/?mlat=%s&mlon=%s#map=17/%s/%s"


def map_link(place: Location) -> str:
    """Where the place is shown on a map."""
    latitude, longitude = f"{place.latitude:.6f}", f"{place.longitude:.6f}"
    return MAP % (latitude, longitude, latitude, longitude)


def as_html(place: Location) -> str:
    """For channels that show no map: name, address, and the way to one."""
    link = f'<a href="{escape(map_link(place))}">{escape(map_link(place))}</a>'
    lines = filter(None, (escape(place.name), escape(place.address), link))
    return "<p>" + "<br/>".join(lines) + "</p>"


def read_place(said: str) -> Location | None:
    """What a pasted link or two numbers mean; None if there is no place in it.

    ``name`` is filled where the link has one.
    """
    said = said.strip()
    if len(said) > LONGEST:
        return None
    if said.lower().startswith("geo:"):  # https://www.rfc-editor.org/rfc/rfc5870
        return _geo(said)
    if "://" not in said:
        return _pair(said) or _pair_with_commas(said)
    try:
        link = urlsplit(said)
    except ValueError:
        return None
    name = NAMED.search(link.path)
    name = one_line(unquote_plus(name[1])) if name else ""
    for place in _candidates(link):
        if place:
            named = name if not _pair(name) else ""
            return Location(place.latitude, place.longitude, named)
    return None


def _candidates(link: SplitResult) -> Iterator[Location | None]:
    path = unquote_plus(link.path)
    fields = {name: values[0] for name, values in parse_qs(link.query).items()}
    yield _found(PIN.search(path))
    if "mlat" in fields and "mlon" in fields:
        yield _pair(f"{fields['mlat']},{fields['mlon']}")
    for name in FIELDS:
        # "loc:-23.5,-46.6", "-23.5,-46.6 (Loja)", Waze's "ll.-23.5,-46.6"
        value = re.sub(r"^(?:loc:|ll\.)|\s*\(.*$", "", fields.get(name, ""))
        yield _pair(value)
    yield _found(IN_PATH.search(path))
    yield _found(VIEW.search(path))
    yield _found(OPENSTREETMAP.search(link.fragment))


def _geo(said: str) -> Location | None:
    """Android writes "geo:0,0?q=-23.5,-46.6(Loja)"."""
    place, _mark, query = said[4:].partition("?")
    asked = parse_qs(query).get("q", [""])[0]
    pair, _bracket, name = asked.partition("(")
    found = _pair(pair)
    if found:
        return Location(found.latitude, found.longitude, one_line(name.rstrip(") ")))
    return _pair(",".join(place.partition(";")[0].split(",")[:2]))


def _pair(text: str) -> Location | None:
    return _found(PAIR.fullmatch(text))


def _pair_with_commas(text: str) -> Location | None:
    found = COMMA.fullmatch(text)
    return found and _pair(";".join(n.replace(",", ".") for n in found.groups()))


def _found(match: re.Match[str] | None) -> Location | None:
    if not match:
        return None
    latitude, longitude = float(match[1]), float(match[2])
    inside = abs(latitude) <= 90 and abs(longitude) <= 180
    return Location(latitude, longitude) if inside else None
