"""Every page of the room by axe's rules of WCAG 2.2 AA, at a desk and in a hand."""

import pytest
from playwright.sync_api import Page, expect

from devkit import lint

from .room import FEED, SIZES, Member

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = ("", "/saved", "/boards", "/roadmap", "/notices", "/settings", "/search?q=nota")


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe-core, of the version that is locked."""
    lint.ensure_node()
    return (lint.NODE / "node_modules" / "axe-core" / "axe.min.js").read_text()


def violations(page: Page, axe: str) -> list[str]:
    """What axe finds wrong with the page as it is now, in words."""
    page.evaluate(axe)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [
        f"{one['id']}: {one['help']}: {node['html'][:200]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@SIZES
def test_pages_are_for_everybody(room, page_as, axe, mobile):
    company, space = room.company("Metalúrgica Ipê"), room.space("Fiscal")
    login = room.member("lia", "Lia Castro", company)
    lia = Member(page_as(login, mobile=mobile))
    title = f"Nota rejeitada {room.number}"
    lia.ask(title, "Rejeição 539.", space)
    for path in PAGES:
        lia.open(f"{FEED}{path}")
        assert violations(lia.page, axe) == [], path
    lia.open(f"{FEED}/post/{room.post_of(title)['id']}")
    lia.compose()
    assert violations(lia.page, axe) == []


@SIZES
def test_the_composer_is_for_everybody(room, page_as, axe, mobile):
    company = room.company("Metalúrgica Ipê")
    room.space("Fiscal")
    lia = Member(page_as(room.member("lia", "Lia Castro", company), mobile=mobile))
    lia.open()
    lia.compose()
    assert violations(lia.page, axe) == []


def test_a_keyboard_is_enough(room, page_as):
    """From the feed to a published question without a mouse."""
    company, space = room.company("Metalúrgica Ipê"), room.space("Fiscal")
    lia = Member(page_as(room.member("lia", "Lia Castro", company)))
    lia.open(f"{FEED}/space/{space}")
    keyboard = lia.page.keyboard
    lia.page.locator("[data-compose]").focus()
    lia.press_until(lambda: keyboard.press("Enter"), lia.composer)
    expect(lia.page.locator("[name=title]")).to_be_focused()
    expect(lia.composer.locator("[contenteditable=true]")).to_be_visible()
    title = f"Só com o teclado {room.number}"
    keyboard.type(title)
    keyboard.press("Tab")
    expect(lia.composer.locator("[contenteditable=true]")).to_be_focused()
    keyboard.type("Funciona.")
    keyboard.press("Control+Enter")
    expect(lia.card(title)).to_be_visible()
