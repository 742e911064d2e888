"""What an administrator does with an account, on his page in Chromium."""

import pytest
from playwright.sync_api import Page, expect

from .desk import WHATSAPP

ACCOUNTS = "/odoo/social-accounts"
NUMBER = "WhatsApp Suporte"


@pytest.fixture
def form(desk, page_as) -> Page:
    """The WhatsApp account of the demo, in English."""
    page = page_as("admin")
    page.goto(f"{ACCOUNTS}/{number(desk)}")
    expect(page.locator(".o_social_health")).to_be_visible()
    return page


def number(desk) -> int:
    accounts = desk.admin.env["helpdesk.social.account"]
    (found,) = accounts.search([("name", "=", NUMBER)])
    return found


def lines(page: Page, state: str):
    return page.locator(f".o_social_check[data-state={state}]")


def press(page: Page, name: str) -> None:
    page.locator(f".o_form_statusbar button[name={name}]").click()


def test_everything_is_green(form):
    """Also the line that a job fills in, without a reload."""
    press(form, "action_check")
    expect(lines(form, "well").filter(has_text="clock")).to_have_count(1)
    expect(lines(form, "well").filter(has_text="leads to this server")).to_have_count(1)
    expect(lines(form, "busy")).to_have_count(0)
    expect(lines(form, "not")).to_have_count(0)


def test_a_token_that_ended_is_red_until_it_works_again(desk, form):
    """The list shows it with the reason, somebody has a task; both end."""
    desk.misbehave("expired_token", provider=WHATSAPP)
    press(form, "action_check")
    expect(lines(form, "not")).to_have_count(1)
    expect(form.locator(".o_social_health")).to_have_attribute("data-level", "red")
    expect(form.locator(".o-mail-Activity")).to_have_count(1)
    form.goto(ACCOUNTS)
    row = form.locator(".o_data_row").filter(has_text=NUMBER)
    expect(row.locator("[data-level=red]")).to_be_visible()
    expect(row.locator("[name=health_reason]")).not_to_be_empty()

    desk.behave()
    row.locator("[name=address]").click()
    press(form, "action_check")
    expect(form.locator(".o_social_health")).to_have_attribute("data-level", "green")
    expect(form.locator(".o-mail-Activity")).to_have_count(0)


def test_refused_deliveries_are_counted(desk, form):
    """A secret that does not fit any more is seen before a customer complains."""
    for _time in range(3):
        refused = desk.sandbox.post(
            "post", channel=WHATSAPP, json={"entry": []}, sign="wrong"
        )
        assert refused["status"] == 401
    form.reload()
    expect(form.locator("[name=refused]").first).to_have_text("3")
    expect(form.locator("[name=refused_reason]")).to_contain_text("Signature")
    expect(form.locator(".o_social_health")).to_have_attribute("data-level", "red")
    desk.talk(WHATSAPP, "Ari Dias").say("Olá")
    desk.wait_for_row(
        "SELECT 1 FROM helpdesk_social_event e JOIN helpdesk_social_refusal r"
        " ON r.account_id = e.account_id WHERE e.received_at > r.last_at"
    )
    form.reload()
    expect(form.locator(".o_social_health")).to_have_attribute("data-level", "yellow")


def test_a_pause_asks_first_and_holds_answers_back(desk, form):
    talk = desk.talk(WHATSAPP, "Bia Luz")
    talk.say("Bom dia")
    assert talk.conversation
    press(form, "action_pause")
    form.get_by_role("dialog").get_by_role("button", name="Pause").click()
    expect(form.locator("button[name=action_resume]")).to_be_visible()
    talk.answer("Bom dia, Bia!")
    talk.say("Alguém aí?")
    desk.wait("it came in", lambda: talk.heard()[-1:] == ["Alguém aí?"])
    assert talk.received() == []
    press(form, "action_resume")
    desk.wait("it went out", lambda: talk.received() == ["Bom dia, Bia!"])


def test_what_is_pasted_at_the_provider_can_be_copied(page_as):
    """Of a new account: the address, and the token that was made for it."""
    page = page_as("admin")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{ACCOUNTS}/new")
    page.locator("[name=name] input").fill("Segundo número")
    page.locator("[name=provider] input").click()
    page.locator(".o_select_menu_item").get_by_text("WhatsApp", exact=True).click()
    page.locator(".o_form_button_save").click()
    for place in ("div[name=webhook_url]", "td[name=to_copy]"):
        shown = page.locator(place).filter(has=page.locator(".o_clipboard_button"))
        shown.locator(".o_clipboard_button").click()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert len(copied) > 30
        expect(shown).to_contain_text(copied)
