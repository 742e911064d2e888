"""What an administrator does with an account, on his page in Chromium."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from devkit.inside.browser import settle

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


@pytest.fixture
def app_secret(desk) -> Iterator[int]:
    """The account's credential that signs; it is put back."""
    credentials = desk.admin.env["helpdesk.social.credential"]
    (key,) = credentials.search(
        [("account_id", "=", number(desk)), ("name", "=", "app_secret")]
    )
    [[stored]] = desk.stack.psql(
        "SELECT value FROM helpdesk_social_credential WHERE id = %s", key
    )
    yield key
    credentials.browse(key).new_value = stored
    credentials.browse(key).action_end_former()


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


def test_refused_deliveries_are_counted(desk, unrefused, form):
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


def test_a_secret_is_changed_without_losing_a_message(
    desk, app_secret, unrefused, form
):
    """What is still signed with the old one comes in until somebody ends that."""
    form.get_by_role("tab", name="Set-up").click()
    settle(form)
    row = form.locator("[name=credential_ids] .o_data_row").filter(has_text="secret")
    row.locator("[name=new_value]").click()
    row.locator("[name=new_value] input").fill("what Meta gives us tomorrow")
    form.locator(".o_form_button_save").click()
    former = row.locator("td[name=former_until]")
    expect(former).not_to_be_empty()
    expect(row).not_to_contain_text("tomorrow")
    talk = desk.talk(WHATSAPP, "Caio Reis")
    talk.say("Com a assinatura antiga")
    assert talk.conversation

    row.locator("button[name=action_end_former]").click()
    expect(former).to_be_empty()
    refused = desk.sandbox.post("post", channel=WHATSAPP, json={"entry": []})
    assert refused["status"] == 401


def test_a_parked_event_is_worked_off_again(desk, form):
    """With its reason in the list; what is here already is not there twice."""
    talk = desk.talk(WHATSAPP, "Davi Rosa")
    lost, kept = talk.say("O boleto não abre"), talk.say("Alguém pode ver?")
    desk.wait("both are in", lambda: len(talk.heard()) == 2)
    desk.stack.psql(
        "UPDATE helpdesk_social_event SET state = 'failed', reason = 'Sem espaço'"
        " WHERE external_id = ANY(%s)",
        [lost, kept],
    )
    desk.stack.psql("DELETE FROM helpdesk_social_message WHERE external_id = %s", lost)
    form.reload()
    form.locator("button[name=action_parked]").click()
    rows = form.locator(".o_data_row").filter(has_text="Sem espaço")
    expect(rows).to_have_count(2)
    for row in rows.all():
        row.locator("input[type=checkbox]").check()
    form.get_by_role("button", name="Work off again").click()
    expect(form.locator(".o_notification")).to_contain_text("2 events")
    desk.wait("worked off", lambda: set(desk.events([lost, kept]).values()) == {"done"})
    assert sorted(talk.heard()) == ["Alguém pode ver?", "O boleto não abre"]


def test_raw_data_ends_and_what_was_said_stays(desk, form):
    """After as many days as the administrator enters."""
    talk = desk.talk(WHATSAPP, "Eva Pires")
    event = talk.say("Como fecho o mês?")
    desk.wait("it is in", lambda: desk.events([event]) == {event: "done"})
    desk.stack.psql(
        "UPDATE helpdesk_social_event SET received_at = received_at"
        " - interval '31 days' WHERE external_id = %s",
        event,
    )
    form.get_by_role("tab", name="Options").click()
    form.locator("[name=keep_days] input").fill("30")
    form.locator(".o_form_button_save").click()
    expect(form.locator(".o_form_button_save")).to_be_hidden()
    try:
        desk.run_cron("social_helpdesk.cron_purge")
        desk.wait("it is deleted", lambda: not desk.events([event]))
    finally:
        accounts = desk.admin.env["helpdesk.social.account"]
        accounts.browse(number(desk)).keep_days = 90
    assert talk.heard() == ["Como fecho o mês?"]

    desk.sandbox.post("redeliver")  # a provider who repeats it after all that time
    desk.wait("it is here again", lambda: desk.events([event]) == {event: "done"})
    assert talk.heard() == ["Como fecho o mês?"]
