"""A customer's phone and an agent's ticket, both open in Chromium."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .desk import TELEGRAM, WHATSAPP
from .pages import SOON, Phone, Ticket, TicketList

SAMPLES = Path(__file__).parents[1] / "sandbox" / "samples"
# Telegram tells nobody what was read.
LAST_TICK = {WHATSAPP: "read", TELEGRAM: "sent"}


@pytest.mark.parametrize("channel", [WHATSAPP, TELEGRAM])
def test_from_the_phone_to_the_ticket_and_back(desk, page_as, tmp_path, channel):
    """Words and a photo in, words and a file out, ticks as far as they go; the
    agent's page is never reloaded."""
    manual = tmp_path / f"manual-{channel}.pdf"
    shutil.copy(SAMPLES / "document.pdf", manual)
    talk = desk.talk(channel, "Lia Torres")
    tickets = TicketList(page_as("agent"))
    phone = Phone(page_as("none"), talk)

    phone.write("Bom dia! A nota foi rejeitada.")
    expect(tickets.row(talk.name)).to_be_visible(timeout=SOON)
    tickets.row(talk.name).get_by_text("Bom dia! A nota").click()
    ticket = Ticket(tickets.page)
    phone.send_photo()
    photo = ticket.chatter.locator(".o-mail-Message img[src*='/web/image/']")
    expect(photo.filter(visible=True).first).to_be_visible()

    ticket.answer("Segue o passo a passo.", [manual])
    expect(phone.bubble("Segue o passo a passo.")).to_be_visible()
    expect(phone.bubble(manual.name)).to_be_visible()
    ticket.expect_state("Segue o passo a passo.", LAST_TICK[channel])
    assert tickets.is_the_same()


def test_ticks_follow_the_phone(desk, page_as):
    """Delivered while the phone lies on the table, read once it is looked at."""
    talk = desk.talk(WHATSAPP, "Nair Melo")
    talk.say("Tem alguém?")
    ticket = Ticket(page_as("agent"), talk_ticket(talk))
    ticket.answer("Tem sim.")
    ticket.expect_state("Tem sim.", "delivered")
    talk.look()
    ticket.expect_state("Tem sim.", "read")
    expect(ticket.delivery("Tem sim.")).to_have_text(re.compile("Lid[ao]|Read"))


def test_a_note_stays_inside(desk, page_as):
    """ "Log note" says so and reaches nobody outside."""
    talk = desk.talk(WHATSAPP, "Olga Reis")
    talk.say("Vocês estão demorando!")
    ticket = Ticket(page_as("agent"), talk_ticket(talk))
    ticket.note("Cliente impaciente, ligar hoje.")
    expect(ticket.delivery("Cliente impaciente")).to_have_count(0)
    ticket.answer("Desculpe a demora.")
    ticket.expect_state("Desculpe a demora.", "delivered")
    assert talk.received() == ["Desculpe a demora."]


def test_closed_window_asks_for_a_template(desk, page_as):
    """After 24 hours nothing can be written freely; a template can be sent, and
    when it is answered so can everything."""
    talk = desk.talk(WHATSAPP, "Rui Paiva")
    talk.say("Até amanhã")
    number = talk_ticket(talk)
    talk.close_window()
    ticket = Ticket(page_as("agent"), number)
    ticket.start_message()
    ticket.composer.get_by_role("textbox").fill("Bom dia")
    expect(ticket.composer.locator(".o-mail-Composer-send")).to_be_disabled()
    ticket.chatter.get_by_role("alert").get_by_role("button").click()
    send_template(ticket, "retomar_atendimento")

    desk.wait("the template", talk.received)
    (text,) = talk.received()
    assert text.startswith("Olá, Rui! Temos uma resposta para o seu chamado *HT00042*")
    ticket.expect_state("Temos uma resposta", "delivered")
    desk.sandbox.post("window", channel=WHATSAPP, customer=talk.customer, open=None)
    talk.say("Pode falar")
    expect(ticket.message("Pode falar")).to_be_visible()
    ticket.composer.get_by_role("textbox").fill("Está resolvido")
    expect(ticket.composer.locator(".o-mail-Composer-send")).to_be_enabled()


def send_template(ticket: Ticket, name: str) -> None:
    dialog = ticket.page.get_by_role("dialog")
    dialog.get_by_role("combobox").fill(name)
    ticket.page.get_by_role("option", name=re.compile(name)).click()
    expect(dialog.get_by_text("Podemos continuar por aqui?")).to_be_visible()
    dialog.get_by_role("row").filter(has_text="2").locator("[name=value]").click()
    dialog.locator("[name=value] input").fill("HT00042")
    ticket.page.keyboard.press("Tab")
    expect(dialog.locator("[name=preview]")).to_contain_text("HT00042")
    dialog.locator("button[name=action_send]").click()
    expect(dialog).to_have_count(0)


def test_failed_says_why_and_can_be_retried(desk, page_as):
    """What WhatsApp refuses is shown with the reason and a button."""
    talk = desk.talk(WHATSAPP, "Sara Dias")
    talk.say("Cadê meu boleto?")
    ticket = Ticket(page_as("agent"), talk_ticket(talk))
    desk.misbehave("status", status=400, code=131026, path="/messages$")
    ticket.answer("Segue o boleto.")
    ticket.expect_state("Segue o boleto.", "failed")
    trouble = ticket.delivery("Segue o boleto.").get_by_role("alert")
    expect(trouble).to_contain_text("WhatsApp")
    assert talk.received() == []
    desk.behave()
    trouble.get_by_role("button").click()
    ticket.expect_state("Segue o boleto.", "delivered")
    assert talk.received() == ["Segue o boleto."]


@pytest.mark.parametrize("channel", [WHATSAPP, TELEGRAM])
def test_reaction_edit_and_quotes(desk, page_as, channel):
    """What a customer does with messages is shown on them; answers quote."""
    talk = desk.talk(channel, "Davi Luz")
    first = talk.say("O caixa não abre")
    page = page_as("agent")
    ticket = Ticket(page, talk_ticket(talk))

    ticket.message("O caixa não abre").hover()
    ticket.message("O caixa não abre").locator("[name='social-reply']").click()
    ticket.submit("Qual é a mensagem de erro?")
    ticket.expect_state(
        "Qual é a mensagem de erro?", "delivered" if channel == WHATSAPP else "sent"
    )
    (answer,) = [m for m in talk.phone() if m["direction"] == "out"]
    assert answer["reply_to"] == first

    talk.say(kind="reaction", target=answer["id"], text="👍")
    reaction = ticket.message("Qual é a mensagem de erro?").get_by_text("👍")
    expect(reaction).to_be_visible()
    talk.say("Erro 214", reply_to=answer["id"])
    quoting = ticket.message("Erro 214")
    expect(quoting).to_contain_text("Qual é a mensagem de erro?")
    talk.say("O caixa dois não abre", kind="edit", target=first)
    expect(ticket.message("O caixa dois não abre")).to_be_visible()


def test_deletion_is_shown(desk, page_as):
    """A message that the customer took back leaves a line without its words."""
    talk = desk.talk(WHATSAPP, "Edu Vaz")
    talk.say("Bom dia")
    secret = talk.say("O ramal do caixa é 1234")
    ticket = Ticket(page_as("agent"), talk_ticket(talk))
    expect(ticket.message("1234")).to_be_visible()
    talk.say(kind="delete", target=secret)
    expect(ticket.chatter.get_by_text("1234")).to_have_count(0)
    expect(ticket.message("Bom dia")).to_be_visible()


def test_portal_customer_goes_on_as_before(desk, page_as):
    """A customer with a portal login reads and writes in the same ticket, sees
    no ticks, and what he writes there does not go to his phone."""
    talk = desk.known(WHATSAPP, "ana-beatriz-conceicao")
    talk.say("Pelo WhatsApp: o boleto venceu")
    number = talk_ticket(talk)
    agent = Ticket(page_as("agent"), number)
    agent.answer("Já emito outro.")
    agent.expect_state("Já emito outro.", "delivered")

    page = page_as("customer")
    page.goto(f"/my/ticket/{number}")
    chatter = page.locator("#discussion, .o_portal_chatter").first
    expect(chatter.get_by_text("Já emito outro.").first).to_be_visible()
    expect(chatter.get_by_text("o boleto venceu").first).to_be_visible()
    expect(page.locator(".o_social_delivery")).to_have_count(0)
    chatter.get_by_role("textbox").fill("Pelo portal: obrigada")
    chatter.locator(".o-mail-Composer-send").click()
    expect(agent.message("Pelo portal: obrigada")).to_be_visible()
    expect(agent.delivery("Pelo portal: obrigada")).to_have_count(0)
    agent.answer("De nada.")
    agent.expect_state("De nada.", "delivered")
    assert talk.received()[-2:] == ["Já emito outro.", "De nada."]


def talk_ticket(talk) -> int:
    """The ticket's id, as soon as there is one."""
    assert talk.conversation
    return talk.ticket
