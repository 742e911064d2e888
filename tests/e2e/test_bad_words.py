"""HTML in every field that a customer or his provider fills: shown as words,
executed nowhere, neither on the agent's pages nor on the customer's portal."""

import pytest
from playwright.sync_api import Page, expect

from .desk import TELEGRAM, WHATSAPP, Talk
from .pages import TICKETS, Ticket

SETS = "window.pwned=1"
# Runs in text, in an attribute, in a link and out of a script or title.
EVIL = (
    f"<img src=x onerror={SETS}>"
    f"<script>{SETS}</script><svg onload={SETS}><details open ontoggle={SETS}>"
    f"\"'><iframe srcdoc='<script>parent.{SETS}</script>'></iframe>"
    f'</title></textarea></script><a href="javascript:{SETS}">click</a>'
    f"{{{{constructor.constructor('{SETS}')()}}}}<t t-out='1' t-esc=\"{SETS}\"/>"
)
# What it would have become.
LIVING = (
    "img[src=x], iframe[srcdoc], [onerror*=pwned], [onload*=pwned],"
    " [ontoggle*=pwned], a[href^='javascript:window']"
)
SHORT = f"<img src=x onerror={SETS}>"
ANA = "ana-beatriz-conceicao"


def speak_evil(talk: Talk) -> str:
    """One message of every kind; the id of the last."""
    first = talk.say(EVIL)
    talk.say(EVIL, reply_to=first)
    talk.say(EVIL, kind="image", media={"sample": "photo", "name": f"{SHORT}.jpg"})
    talk.say(
        EVIL, kind="document", media={"sample": "document", "name": f"{SHORT}.pdf"}
    )
    talk.say(kind="location", name=EVIL, address=EVIL, url=f"javascript:{SETS}")
    talk.say(kind="contact", contacts=[card()])
    talk.say(kind="reaction", target=first, text="👍")
    talk.say(EVIL + " edited", kind="edit", target=first)
    return talk.say(f"The end {EVIL}")


def card() -> dict:
    return {
        "name": {"formatted_name": EVIL, "first_name": EVIL, "last_name": EVIL},
        "org": {"company": EVIL, "title": EVIL},
        "phones": [{"phone": EVIL, "wa_id": "1", "type": EVIL}],
        "emails": [{"email": EVIL, "type": EVIL}],
        "urls": [{"url": f"javascript:{SETS}", "type": EVIL}],
    }


def speak_evil_on_whatsapp(talk: Talk) -> None:
    """What only WhatsApp has: choices, orders, advertisements, odd kinds."""
    reply = {"type": "button_reply", "button_reply": {"id": EVIL, "title": EVIL}}
    row = {"id": EVIL, "title": EVIL, "description": EVIL}
    flow = {"name": EVIL, "body": EVIL, "response_json": '{"a": "' + SHORT + '"}'}
    advert = {"headline": EVIL, "body": EVIL, "source_url": f"javascript:{SETS}"}
    item = {"product_retailer_id": EVIL, "quantity": EVIL, "item_price": 1}
    error = {"code": 131051, "title": EVIL, "error_data": {"details": EVIL}}
    for raw in (
        {"type": "interactive", "interactive": reply},
        {
            "type": "interactive",
            "interactive": {"type": "list_reply", "list_reply": row},
        },
        {
            "type": "interactive",
            "interactive": {"type": "nfm_reply", "nfm_reply": flow},
        },
        {"type": "button", "button": {"text": EVIL, "payload": EVIL}},
        {"type": "order", "order": {"text": EVIL, "product_items": [item]}},
        {"type": "unsupported", "errors": [error]},
        {"type": EVIL, EVIL: {"body": EVIL}},
        {"type": "text", "text": {"body": EVIL}, "referral": advert},
    ):
        talk.say("…", raw=raw)
    talk.say(EVIL, raw_contact={"profile": {"name": EVIL, "username": EVIL}})


@pytest.mark.parametrize("channel", [WHATSAPP, TELEGRAM])
def test_html_never_executes(desk, page_as, channel):
    """The ticket, the lists and the records behind it, then the portal."""
    evil = desk.talk(channel, f"Eva {SHORT}")
    known = desk.known(channel, ANA)
    for talk in (evil, known):
        if channel == WHATSAPP:
            speak_evil_on_whatsapp(talk)
        speak_evil(talk)

    agent = page_as("agent")
    alarms = watch(agent)
    for talk in (evil, known):
        ticket = Ticket(agent, talk_ticket(talk))
        expect(ticket.message("The end")).to_contain_text("<img src=x onerror=")
        assert_unharmed(agent)
        ticket.start_message()
        assert_unharmed(agent)
    agent.goto(TICKETS)
    expect(agent.locator(".o_data_row").first).to_be_visible()
    assert_unharmed(agent)

    # An agent recognises her, also where she has no telephone number.
    (ana,) = desk.admin.env["res.users"].search([("login", "=", "customer")])
    partner = desk.admin.env["res.users"].browse(ana).partner_id.id
    desk.admin.execute(
        "helpdesk.ticket", "write", [known.ticket], {"partner_id": partner}
    )
    customer = page_as("customer")
    alarms += watch(customer)
    customer.goto(f"/my/ticket/{known.ticket}")
    expect(customer.get_by_text("The end").first).to_be_visible()
    assert_unharmed(customer)
    assert alarms == []


def test_html_in_what_the_administrator_sees(desk, page_as):
    """Contacts, raw messages and events show the same words."""
    talk = desk.talk(WHATSAPP, f"Rui {SHORT}")
    talk.say(EVIL)
    talk.say("…", raw={"type": EVIL, EVIL: EVIL, "id": EVIL})
    assert talk.conversation
    admin = page_as("admin")
    alarms = watch(admin)
    for model in ("contact", "message", "event", "conversation"):
        newest = desk.admin.env[f"helpdesk.social.{model}"].search(
            [], limit=1, order="id desc"
        )
        action = f"/odoo/action-social_helpdesk.helpdesk_social_{model}_action"
        for address in (action, f"{action}/{newest[0]}"):
            admin.goto(address)
            expect(admin.locator(".o_list_view, .o_form_view").first).to_be_visible()
            assert_unharmed(admin)
    assert alarms == []


def watch(page: Page) -> list[str]:
    """The dialogs that the page opens from now on."""
    alarms: list[str] = []

    def seen(dialog) -> None:
        alarms.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", seen)
    return alarms


def assert_unharmed(page: Page) -> None:
    """Nothing of it ran, and nothing of it became an element that could."""
    assert page.evaluate("window.pwned") is None
    expect(page.locator(LIVING)).to_have_count(0)


def talk_ticket(talk: Talk) -> int:
    assert talk.conversation
    return talk.ticket
