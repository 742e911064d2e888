"""An idea, from the first vote to the release that brings it."""

import pytest
from playwright.sync_api import expect

from .room import FEED, SIZES, Member, Office
from .session import person


@pytest.fixture
def ideas(steel):
    """A space of ideas in which everybody has a single vote."""
    return steel.space("Ideias", kind="idea", idea_person_votes=1, icon="💡")


def left(member, whose="person"):
    return member.page.locator(f"[data-left={whose}]")


def vote(member, title):
    up = member.card(title).locator("[data-act=vote]")
    up.click()
    return up


def decide(office, idea, state, **texts):
    """The vendor says what becomes of it."""
    office.open("action_ideas", idea)
    office.task("Decide|Decidir")
    office.wizard.locator(f"[name=state] input[data-value={state}]").check()
    for field, text in texts.items():
        office.wizard.locator(f"[name={field}] input").fill(text)
    office.press("action_decide")


@SIZES
def test_an_idea_is_wanted_planned_and_shipped(steel, page_as, ideas, mobile):
    steel.stack.allow_log(
        r"odoo\.http", "(voto|vote)", "somebody is told: no vote left"
    )
    gil = person(steel.stack, steel.member("gil", "Gil Nunes", steel.other))
    wanted, other = (f"{what} {steel.number}" for what in ("Modo escuro", "Mais cores"))
    idea = gil.ask(wanted, ideas)
    gil.ask(other, ideas)

    # Votes of two companies; who has spent his is told so.
    ana = Member(page_as(steel.member("ana", "Ana Prates", steel.one), mobile=mobile))
    bia = Member(page_as(steel.member("bia", "Bia Rocha", steel.other), mobile=mobile))
    for member in (ana, bia):
        member.open(f"{FEED}/space/{ideas}")
        expect(left(member)).to_have_text("1")
        expect(vote(member, wanted)).to_have_attribute("aria-pressed", "true")
        expect(left(member)).to_have_text("0")
    expect(left(bia, "company")).to_have_text("29")
    vote(ana, other)
    expect(ana.page.locator(".o_notification")).to_be_visible()
    expect(ana.card(other).locator("output")).to_have_text("0")

    # The vendor decides; how far a plan is, those of a higher level see.
    office = Office(page_as("admin", mobile=mobile))
    decide(office, idea, "planned", release="2027.1")
    vendor = Member(office.page).open(f"{FEED}/roadmap")
    planned = vendor.page.locator("section[aria-labelledby=column-planned]")
    expect(planned.locator(f"a[href='/my/community/post/{idea}']")).to_contain_text("2")
    ana.sees_nothing_of(wanted, f"{FEED}/roadmap")

    # It ships: everybody sees it, who voted is told, and the vote comes back.
    decide(office, idea, "shipped")
    ana.open(f"{FEED}/roadmap")
    shipped = ana.page.locator("section[aria-labelledby=column-shipped]")
    expect(shipped).to_contain_text(wanted)
    for member in (ana, bia):
        member.open(f"{FEED}/notices")
        told = member.page.locator(".o_community_notice").filter(has_text=wanted)
        expect(told.first).to_be_visible()
    ana.open(f"{FEED}/space/{ideas}")
    expect(left(ana)).to_have_text("1")
