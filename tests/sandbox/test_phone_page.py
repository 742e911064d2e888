"""The phone in Chromium: what a newcomer does with it, without Odoo."""

import re

import pytest
import requests

from tests.sandbox.accounts import telegram_account, whatsapp_account
from tests.sandbox.server import start
from tests.sandbox.world import World
from tests.unit.sandbox.conftest import (
    APP_SECRET,
    BOT_TOKEN,
    QUICK,
    VERIFY_TOKEN,
    WHATSAPP_TOKEN,
    Business,
    Sandbox,
    wait_for,
)

ANA = "ana-beatriz-conceicao"
DESKTOP = {"width": 1400, "height": 900}
TELEPHONE = {"width": 390, "height": 844}


@pytest.fixture
def business():
    server = Business()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def sandbox(business):
    secrets = {"app_secret": APP_SECRET, "verify_token": VERIFY_TOKEN}
    number = whatsapp_account({"token": WHATSAPP_TOKEN, **secrets})
    bot = telegram_account({"token": BOT_TOKEN})
    for account in (number, bot):
        account.callback_url = business.url()
    world = World([number, bot])
    world.settings.change(QUICK)
    server = start(world)
    yield Sandbox(world, f"http://127.0.0.1:{server.port}")
    server.shutdown()


@pytest.fixture
def open_page(sandbox, browser):
    """``open_page("#whatsapp/…", locale, viewport)``; errors on the page's
    console fail the test."""
    contexts, errors = [], []

    def visit(address=f"#whatsapp/{ANA}", locale="en-US", viewport=DESKTOP, **more):
        context = browser.new_context(locale=locale, viewport=viewport, **more)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console", lambda m: errors.append(m.text) if m.type == "error" else None
        )
        page.goto(f"{sandbox.url}/{address}")
        page.wait_for_selector("body[data-ready]")
        return page

    yield visit
    for context in contexts:
        context.close()
    assert errors == []


def test_first_words_are_offered_and_sent(open_page, business):
    page = open_page()
    page.get_by_role("button", name="Good morning!").click()
    page.wait_for_selector(".row.mine[data-status=delivered]")
    assert business.messages()[0]["text"]["body"].startswith("Good morning!")


def test_answer_appears_by_itself_and_is_read(open_page, sandbox, business):
    page = open_page()
    sandbox.say(text="oi")
    sandbox.send(type="text", text={"body": "*Bom* dia <b>x</b> https://a.example/"})
    page.wait_for_selector(".row.theirs[data-status=read]")
    bubble = page.locator(".row.theirs .text")
    assert bubble.inner_text() == "Bom dia <b>x</b> https://a.example/"
    assert bubble.locator("strong").inner_text() == "Bom"
    assert bubble.locator("b").count() == 0, "what is written is never markup"
    wait_for(lambda: "read" in {s["status"] for s in business.statuses()})


def test_hidden_conversation_is_not_read(open_page, sandbox, business):
    page = open_page(f"#whatsapp/{ANA}")
    sandbox.say(customer="ines-magalhaes", text="oi")
    sandbox.send(to="351912345678")
    badge = page.locator("[data-customer=ines-magalhaes] .badge")
    badge.wait_for()
    wait_for(lambda: len(business.statuses()) == 2)
    assert {s["status"] for s in business.statuses()} == {"sent", "delivered"}
    page.locator("[data-customer=ines-magalhaes]").click()
    badge.wait_for(state="detached")
    wait_for(lambda: len(business.statuses()) == 3)


@pytest.mark.parametrize(
    ("choice", "kind"),
    [
        ("photo", "image"),
        ("document", "document"),
        ("video", "video"),
        ("voice", "audio"),
        ("location", "location"),
        ("contact", "contacts"),
        ("sticker", "sticker"),
    ],
)
def test_attachments(open_page, business, choice, kind):
    page = open_page()
    page.get_by_role("button", name="Attach").click()
    page.locator(f"[data-attach={choice}]").click()
    page.wait_for_selector(".row.mine[data-status=delivered]")
    assert business.messages()[0]["type"] == kind


def test_own_file(open_page, business, tmp_path):
    (tmp_path / "relatório.txt").write_text("olá")
    page = open_page()
    page.get_by_role("button", name="Attach").click()
    with page.expect_file_chooser() as chooser:
        page.locator("[data-attach=ownFile]").click()
    chooser.value.set_files(tmp_path / "relatório.txt")
    page.get_by_text("relatório.txt").first.wait_for()
    assert wait_for(business.messages)[0]["document"]["filename"] == "relatório.txt"


def test_reply_react_edit_and_delete_by_keyboard(open_page, sandbox, business):
    page = open_page()
    first = sandbox.say(text="um")["message_id"]
    page.wait_for_selector(".row.mine")

    def menu(name):
        page.locator(".bubble-menu").first.focus()
        page.keyboard.press("Enter")
        while page.evaluate("document.activeElement.textContent") != name:
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")

    menu("Reply")
    page.keyboard.type("dois")
    page.keyboard.press("Enter")
    page.locator(".quote").wait_for()
    menu("👍")
    page.locator(".reactions").wait_for()
    menu("Edit")
    page.locator("#text").fill("três")
    page.keyboard.press("Enter")
    page.get_by_text("edited").wait_for()
    menu("Delete")
    page.get_by_text("This message was deleted").first.wait_for()
    wait_for(lambda: len(business.messages()) == 5)
    kinds = {m["type"]: m for m in business.messages()}
    assert kinds["reaction"]["reaction"]["emoji"] == "👍"
    assert kinds["edit"]["edit"]["original_message_id"] == first
    assert kinds["revoke"]["revoke"]["original_message_id"] == first
    assert business.messages()[1]["context"]["id"] == first


def test_buttons_of_an_answer(open_page, sandbox, business):
    page = open_page()
    sandbox.say(text="oi")
    button = {"type": "reply", "reply": {"id": "yes", "title": "Sim"}}
    interactive = {
        "type": "button",
        "body": {"text": "Resolveu?"},
        "action": {"buttons": [button]},
    }
    sandbox.send(type="interactive", interactive=interactive)
    page.get_by_role("button", name="Sim").click()
    wait_for(lambda: len(business.messages()) == 2)
    reply = business.messages()[1]["interactive"]
    assert reply["button_reply"] == {"id": "yes", "title": "Sim"}


def test_failure_is_red_and_says_why(open_page, sandbox):
    page = open_page()
    sandbox.say(text="oi")
    page.get_by_label("24-hour window is closed").check()
    wait_for(lambda: not _window(sandbox)["open"])
    sandbox.send()
    page.wait_for_selector(".row.theirs[data-status=failed]")
    assert "131047" in page.locator(".failure").inner_text()
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert page.get_by_label("24-hour window is closed").is_checked()


def _window(sandbox):
    return sandbox.get("window", channel="whatsapp", customer=ANA).json()


def test_fault_is_switched_on_and_off(open_page, sandbox):
    page = open_page()
    page.get_by_label("Delivers, then hangs up").check()
    (fault,) = wait_for(lambda: sandbox.get("faults").json())
    assert (fault["kind"], fault["provider"]) == ("cut_after", "whatsapp")
    page.locator("body.misbehaving").wait_for()
    page.get_by_label("Delivers, then hangs up").uncheck()
    wait_for(lambda: not sandbox.get("faults").json())


def test_banner_when_nobody_takes_the_messages(open_page, sandbox):
    page = open_page()
    assert page.locator("#banner").is_hidden()
    requests.delete(
        f"{sandbox.url}/v23.0/102290129340398/subscribed_apps",
        headers={"Authorization": f"Bearer {WHATSAPP_TOKEN}"},
        timeout=5,
    )
    page.get_by_text("Odoo is not connected").wait_for()


def test_telephone_shows_list_then_conversation(open_page, sandbox):
    page = open_page("", viewport=TELEPHONE, has_touch=True, is_mobile=True)
    assert page.locator(".phone").is_hidden()
    page.get_by_role("button", name="João Gonçalves").click()
    assert page.locator(".people").is_hidden()
    page.locator("#text").fill("do celular")
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_selector(".row.mine")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= TELEPHONE["width"], "nothing sticks out"
    page.get_by_role("button", name="Back to the list").click()
    assert page.locator(".phone").is_hidden()


def test_message_that_overtakes_its_conversation(open_page, sandbox):
    page, held = open_page(), []
    page.route(
        "**/sandbox/conversation*joao*", lambda r: held.append((r, r.fetch().text()))
    )
    page.get_by_role("button", name="João Gonçalves").click()
    while not held:
        page.wait_for_timeout(10)
    sandbox.say(customer="joao-goncalves", text="cheguei antes")
    chat = {"channel": "whatsapp", "customer": "joao-goncalves"}
    wait_for(
        lambda: sandbox.get("conversation", **chat).json()[0]["status"] == "delivered"
    )
    sandbox.say(customer="ines-magalhaes", text="fui a última")
    page.get_by_text("fui a última").wait_for()
    [(route, old)] = held
    with page.expect_response("**/sandbox/conversation*joao*"):
        route.fulfill(body=old, content_type="application/json")
    page.wait_for_timeout(200)  # it is drawn a frame later
    assert page.locator(".row.mine").get_by_text("cheguei antes").is_visible()


def test_languages(open_page):
    page = open_page(locale="pt-BR")
    assert page.title() == "O celular do cliente"
    page.get_by_role("button", name="English").click()
    assert page.title() == "The customer's phone"
    assert page.locator("#text").get_attribute("placeholder") == "Message"
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert page.title() == "The customer's phone", "the choice is kept"


@pytest.mark.parametrize("locale", ["en-US", "pt-BR"])
def test_every_control_has_a_name(open_page, sandbox, locale):
    for kind in ("text", "image", "voice", "video", "location", "contact", "sticker"):
        sandbox.say(kind=kind, text="x")
    page = open_page(locale=locale)
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("button, input, textarea, video, a")]
            .filter((n) => !(n.getAttribute("aria-label") || n.textContent.trim()
                || n.labels?.length))
            .map((n) => n.outerHTML)"""
    )
    assert nameless == []
    assert not re.search(r"\{\w+\}", page.locator("body").inner_text())


def test_telegram_formatting_and_typing(open_page, sandbox):
    sandbox.say("telegram", text="oi")
    page = open_page(f"#telegram/{ANA}")
    sandbox.bot("sendChatAction", chat_id=500_000_000, action="typing")
    page.get_by_text("typing…").wait_for()
    sandbox.bot(
        "sendMessage",
        chat_id=500_000_000,
        text="😀 <b>um <i>dois</i></b> &lt;x&gt;",
        parse_mode="HTML",
    )
    page.wait_for_selector(".row.theirs")
    text = page.locator(".row.theirs .text")
    assert text.inner_text() == "😀 um dois <x>"
    assert text.locator("strong em").inner_text() == "dois"
