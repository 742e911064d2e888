"""Recordings play where they stand, pictures open large, places are on a map; all in
the agent's ticket in Chromium. (For files that do not come see ``test_bad_files``.)"""

import re

import pytest
from playwright.sync_api import Locator, expect

from .desk import TELEGRAM, WHATSAPP
from .pages import Ticket

PLAYABLE = "element => element.readyState >= 1 && element.duration > 0.5"
# Chromium plays without a click as long as nothing is heard.
PLAYS = """async element => {
    element.muted = true;
    await element.play();
    return new Promise(done => {
        element.ontimeupdate = () => element.currentTime > 0 && done(true);
    });
}"""


@pytest.fixture
def recorded(desk, page_as):
    """``recorded("voice", WHATSAPP)``: the player in the ticket of who sent it."""

    def come(kind: str, channel: str, mobile: bool = False) -> Locator:
        talk = desk.talk(channel, "Iara Melo")
        talk.say(kind=kind, media=kind)
        assert talk.conversation
        ticket = Ticket(page_as("agent", mobile=mobile), talk.ticket)
        tag = "video" if kind == "video" else "audio"
        player = ticket.chatter.locator(f".o_social_players {tag}")
        expect(player).to_be_visible()
        return player

    return come


@pytest.mark.parametrize("channel", [WHATSAPP, TELEGRAM])
@pytest.mark.parametrize("kind", ["voice", "video"])
def test_a_recording_plays_in_the_ticket(desk, recorded, kind, channel):
    player = recorded(kind, channel)
    desk.wait("it is loaded", lambda: player.evaluate(PLAYABLE))
    assert player.evaluate(PLAYS)


def test_a_film_fits_a_telephone(desk, recorded):
    player = recorded("video", WHATSAPP, mobile=True)
    desk.wait("it is loaded", lambda: player.evaluate(PLAYABLE))
    box, width = player.bounding_box(), player.page.viewport_size["width"]
    assert box["x"] >= 0 and box["x"] + box["width"] <= width


def test_a_picture_opens_large(desk, page_as):
    talk = desk.talk(WHATSAPP, "Iara Melo")
    talk.say("A tela do erro", kind="image", media="photo")
    assert talk.conversation
    ticket = Ticket(page_as("agent"), talk.ticket)
    small = ticket.message("A tela do erro").locator("img.o-mail-AttachmentImage")
    small.locator("xpath=..").click()
    large = ticket.page.locator(".o-FileViewer img.o-FileViewer-viewImage")
    expect(large).to_be_visible()
    assert large.evaluate("image => image.naturalWidth") == 1280
    assert large.bounding_box()["width"] > small.bounding_box()["width"]


def test_a_place_is_on_a_map(desk, page_as):
    talk = desk.talk(WHATSAPP, "Iara Melo")
    talk.say(kind="location", latitude=-25.43, longitude=-49.27, name="Loja Batel")
    assert talk.conversation
    ticket = Ticket(page_as("agent"), talk.ticket)
    link = ticket.message("Loja Batel").locator("a[href*='openstreetmap.org']")
    expect(link).to_have_attribute("href", re.compile(r"^https://.*-25\.43.*-49\.27"))
    expect(link).to_have_attribute("target", "_blank")
