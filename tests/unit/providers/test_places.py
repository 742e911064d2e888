"""What people paste when they mean a place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from providers.errors import Refused
from providers.places import as_html, map_link, read_place
from providers.types import Location, Part

from .golden import CODES, provider

HERE = (-23.5505, -46.6333)
GOOGLE = "https://www.google.com/maps"


@pytest.mark.parametrize(
    "said",
    [
        "https://maps.google.com/?q=-23.5505,-46.6333",
        "https://maps.google.com/maps?q=loc:-23.5505,-46.6333&z=15",
        "https://maps.google.com/?q=-23.5505,+-46.6333+(Loja)",
        f"{GOOGLE}/search/?api=1&query=-23.5505%2C-46.6333",
        f"{GOOGLE}/search/-23.5505,+-46.6333?entry=tts",
        f"{GOOGLE}/dir/?api=1&destination=-23.5505,-46.6333",
        f"{GOOGLE}/@-23.5505,-46.6333,17z?entry=ttu",
        f"{GOOGLE}/place/-23.5505,-46.6333/@-1.0,-2.0,17z",
        f"{GOOGLE}/@?api=1&map_action=map&center=-23.5505,-46.6333",
        "https://www.openstreetmap.org/#map=19/-23.5505/-46.6333",
        "https://www.openstreetmap.org/?mlat=-23.5505&mlon=-46.6333#map=12/1.0/2.0",
        "https://www.openstreetmap.org/node/1#map=19/-23.5505/-46.6333&layers=N",
        "https://maps.apple.com/?ll=-23.5505,-46.6333&z=15",
        "https://waze.com/ul?ll=-23.5505,-46.6333&navigate=yes",
        "https://www.bing.com/maps?cp=-23.5505~-46.6333&lvl=15",
        "geo:-23.5505,-46.6333",
        "geo:-23.5505,-46.6333,760;u=35",
        "geo:0,0?q=-23.5505,-46.6333",
        "-23.5505,-46.6333",
        "  -23.5505 ; -46.6333 ",
        "-23.5505 -46.6333",
        "-23,5505; -46,6333",
        "-23,5505, -46,6333",
        "-23,5505 -46,6333",
    ],
)
def test_a_place(said):
    place = read_place(said)
    assert (place.latitude, place.longitude) == HERE


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (
            f"{GOOGLE}/place/Padaria+S%C3%A3o+Jo%C3%A3o/@1.0,2.0,17z/",
            "Padaria São João",
        ),
        (f"{GOOGLE}/place/-1.0,2.0/@1.0,2.0,17z/", ""),
        ("geo:0,0?q=1.0,2.0(Loja)", "Loja"),
        (f"{GOOGLE}/place/a%0Ab/@1.0,2.0,17z/", "a b"),
    ],
)
def test_its_name(said, name):
    assert read_place(said).name == name


def test_the_pin_counts_and_not_what_the_picture_shows():
    link = (
        f"{GOOGLE}/place/Loja/@-23.0,-46.0,14z/data=!3m1!4b1!4m6!3d-23.5505!4d-46.6333"
    )
    place = read_place(link)
    assert (place.latitude, place.longitude, place.name) == (*HERE, "Loja")


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Rua XV de Novembro, 15",
        "15, 16, 17",
        "-91.0,0.0",
        "0.0,181.0",
        "https://maps.app.goo.gl/AbCd12",
        "https://example.com/?q=shop",
        "https://[bad/?q=1.0,2.0",
        "geo:",
        "geo:?q=shop",
        "javascript:alert(1)",
        "https://maps.google.com/?q=1.0,2.0" + "&x=1" * 2000,
        "١,٢",
    ],
)
def test_no_place(said):
    assert read_place(said) is None


@given(st.text(max_size=200))
def test_any_text(said):
    for text in (said, f"geo:{said}", f"https://maps.google.com/{said}"):
        place = read_place(text)
        assert place is None or (abs(place.latitude) <= 90 >= -place.latitude)


@given(
    st.floats(-90, 90, allow_nan=False),
    st.floats(-180, 180, allow_nan=False),
)
def test_our_own_link_leads_back(latitude, longitude):
    place = read_place(map_link(Location(latitude, longitude)))
    assert abs(place.latitude - latitude) < 1e-6
    assert abs(place.longitude - longitude) < 1e-6


def test_as_text():
    html = as_html(Location(*HERE, "A & B", "Rua <1>"))
    assert html.startswith("<p>A &amp; B<br/>Rua &lt;1&gt;<br/><a href=")
    assert "mlat=-23.550500&amp;mlon=-46.633300#map=17/-23.550500/-46.633300" in html


# --- as the channels send it --------------------------------------------------------

PLACE = Location(*HERE, "Loja", "Rua XV, 1")
THREADS = {"x": "dm:1-2", "instagram": "1", "facebook": "1"}


@pytest.mark.parametrize("code", [c for c in CODES if c != "feed"])
def test_every_channel_sends_a_place(code):
    parts = provider(code).place(PLACE, "m1", THREADS.get(code, ""))
    if "location" in provider(code).shows:
        assert parts == [Part("location", reply_to="m1", location=PLACE)]
    else:
        (part,) = parts
        assert part.kind == "text" and "Loja" in part.text
        assert "openstreetmap.org/?mlat=-23.550500" in part.text


def test_which_channels_show_it_on_a_map():
    shown = {code for code in CODES if "location" in provider(code).shows}
    assert shown == {"whatsapp", "telegram", "line", "program"}


def test_nothing_is_sent_to_a_feed():
    with pytest.raises(Refused):
        provider("feed").place(PLACE)
