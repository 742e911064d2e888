"""Page comments, stories, SMS, mentions and any program: from what the customer does
to the agent's answer, on an agent's pages in Chromium, in Portuguese."""

import os
import re
import subprocess
import sys
from email.utils import formatdate
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from .desk import WHATSAPP
from .families import CREDENTIALS, Family
from .pages import Ticket

README = Path(__file__).parents[2] / "README.md"
POST = "102934857610293_5550001"
PHONE = "+5511987650001"


@pytest.fixture(scope="module")
def family(desk):
    """``family("sms")``: its account, connected when first asked for."""
    made = {}

    def connected(code: str) -> Family:
        if code not in made:
            made[code] = Family.connected(desk, code)
        return made[code]

    return connected


@pytest.fixture
def open_ticket(page_as):
    """``open_ticket(number)``: the ticket's form, as the agent sees it."""
    return lambda number: Ticket(page_as("agent"), number)


def red(warning: Locator) -> bool:
    """Whether its words are red to the eye."""
    colour = warning.evaluate("element => getComputedStyle(element).color")
    red, green, blue = map(int, re.findall(r"\d+", colour)[:3])
    return red > 1.5 * max(green, blue)


def test_a_page_comment_becomes_private(family, open_ticket):
    """Comment, public reply, private reply, Messenger: all in one ticket."""
    page = family("facebook")
    page.knows(POST, message="Chegou a versão 12 do ERP Horizonte!")
    who = {"id": "24681357", "name": "Ana Beatriz Conceição"}
    comment = page.comment(POST, who, "A NF-e continua rejeitada. Alguém responde?")
    ticket = open_ticket(page.ticket(who["name"]))
    expect(ticket.message("A NF-e continua rejeitada")).to_be_visible()

    ticket.start_message()
    public = ticket.chatter.locator(".o_social_public")
    expect(public).to_contain_text("Todos podem ler esta resposta")
    expect(public).to_contain_text("Chegou a versão 12")
    assert red(public)
    send = ticket.composer.locator(".o-mail-Composer-send")
    expect(send).to_have_text("Publicar no Facebook")
    ticket.submit("Olá, Ana! Já estamos vendo.")
    (reply,) = page.sent("comment")
    assert (reply["customer"], reply["text"]) == (
        comment,
        "Olá, Ana! Já estamos vendo.",
    )
    ticket.expect_state("Já estamos vendo.", "sent")

    ticket.start_message()
    ticket.chatter.get_by_role("button", name="Responder em particular").click()
    dialog = ticket.page.get_by_role("dialog")
    dialog.locator("[name=text] textarea").fill("Qual é o número da nota?")
    dialog.locator("button[name=action_send]").click()
    expect(dialog).to_have_count(0)
    (private,) = page.sent("private_reply")
    assert private["request"]["body"]["recipient"] == {"comment_id": comment}

    page.direct(private["customer"], text="É a 4581, série 2.")
    expect(ticket.message("É a 4581, série 2.")).to_be_visible()
    expect(public).to_have_count(0)
    ticket.submit("Corrigida: pode emitir.")
    (answer,) = page.sent("message")
    assert answer["customer"] == private["customer"]
    ticket.expect_state("Corrigida: pode emitir.", "delivered")


def test_an_instagram_story_mentions_us(family, open_ticket):
    """Told with the story's link, whose picture is not kept; answered in private."""
    account = family("instagram")
    customer = "1234567890123456"
    account.knows(customer, name="Lia Torres", username="liatorres")
    story = "https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=172"
    mention = {"type": "story_mention", "payload": {"url": story}}
    account.direct(customer, attachments=[mention])
    ticket = open_ticket(account.ticket("Lia Torres"))
    expect(ticket.message("Mencionou a conta em um story")).to_contain_text(story)
    ticket.answer("Obrigada pelo carinho, Lia!")
    (answer,) = account.sent("message")
    assert (answer["customer"], answer["text"]) == (
        customer,
        "Obrigada pelo carinho, Lia!",
    )


def test_an_sms_counts_and_stops(family, open_ticket):
    """The agent sees what is paid for; after PARAR nothing goes out, and why."""
    account = family("sms")
    account.sms(PHONE, "A nota 4581 foi rejeitada")
    ticket = open_ticket(account.ticket(PHONE))
    ticket.start_message()
    words = ticket.composer.get_by_role("textbox")
    count = ticket.chatter.locator(".o_social_length")
    words.fill("Qual é o erro?")
    expect(count).to_have_text("1 SMS")
    words.fill("Não é possível sem o certificado. " * 3)
    expect(count).to_have_text(re.compile("^2 SMS: acentos"))
    ticket.submit("Qual é o erro?")
    (answer,) = account.sent("message")
    assert (answer["customer"], answer["text"]) == (PHONE, "Qual é o erro?")
    ticket.expect_state("Qual é o erro?", "delivered")

    account.sms(PHONE, "PARAR")
    expect(ticket.message("PARAR")).to_be_visible()
    ticket.start_message()
    why = ticket.chatter.locator(".o_social_opted_out")
    expect(why).to_contain_text("não quer mensagens")
    words.fill("Mais uma coisa")
    expect(ticket.composer.locator(".o-mail-Composer-send")).to_be_disabled()
    words.fill("")
    assert len(account.sent("message")) == 1


def test_an_sms_goes_on_in_the_ticket_of_whatsapp(desk, family, open_ticket):
    """Two channels of one person in one ticket, and apart again."""
    account = family("sms")
    talk = desk.talk(WHATSAPP, "Célia Prado")
    talk.say("O caixa não abre")
    first = talk.ticket
    account.sms(talk.number, "E no WhatsApp ninguém responde?")
    by_sms = desk.wait_for_row(
        "SELECT ticket_id FROM helpdesk_social_message m"
        " JOIN helpdesk_social_contact c ON c.id = m.contact_id"
        " WHERE c.external_id = %s AND ticket_id IS NOT NULL",
        talk.number,
    )[0]
    assert by_sms != first
    ticket = open_ticket(first)
    ticket.start_message()
    offer = ticket.chatter.locator(".o_social_joinable")
    expect(offer).to_contain_text("também escreve por SMS")
    offer.get_by_role("button", name="Trazer para cá").click()
    line = ticket.message("ninguém responde?")
    expect(line).to_be_visible()
    expect(line.get_by_role("img", name="SMS")).to_be_visible()

    ticket.chatter.get_by_role("button", name="Responder por SMS").click()
    send = ticket.composer.locator(".o-mail-Composer-send")
    expect(send).to_have_text("Enviar no SMS")
    text = "Já vi as duas mensagens, Célia."
    ticket.submit(text)
    desk.wait("an SMS", lambda: text in [m["text"] for m in account.sent("message")])
    talk.say("Obrigada!")
    expect(ticket.message("Obrigada!")).to_be_visible()

    ticket.start_message()
    ticket.chatter.get_by_role("button", name="Separar").click()
    expect(ticket.message("ninguém responde?")).to_have_count(0)
    expect(ticket.message("Obrigada!")).to_be_visible()
    expect(offer).to_be_visible()


def test_a_mention_on_x_is_answered_in_public(family, open_ticket):
    account = family("x")
    who = {"id_str": "7001", "name": "Rui Paiva", "screen_name": "ruipaiva"}
    post = account.mention(who, "@erphorizonte o caixa não abre desde ontem")
    ticket = open_ticket(account.ticket("Rui Paiva"))
    expect(ticket.message("o caixa não abre desde ontem")).to_be_visible()
    ticket.start_message()
    public = ticket.chatter.locator(".o_social_public")
    expect(public).to_contain_text("Todos podem ler esta resposta")
    assert red(public)
    ticket.submit("Oi, Rui! Qual é a mensagem de erro?")
    (reply,) = account.sent("post")
    assert reply["request"]["body"] == {
        "text": "Oi, Rui! Qual é a mensagem de erro?",
        "reply": {"in_reply_to_tweet_id": post},
    }


def test_an_item_of_a_feed_is_a_mention(family, open_ticket):
    """Of a complaint site: who names us has a ticket with the way there, and what has
    not changed is not fetched again."""
    site = family("feed")
    page = "https://queixas.example/4581"
    site.knows("q1", title="Só elogios para o ERP Vizinho", link=f"{page}0")
    site.knows(
        "q2",
        title="ERP Horizonte parado",
        description="Desde ontem <b>nenhuma</b> nota sai.",
        link=page,
        author="Beto Lima",
        pubDate=formatdate(),
    )
    site.asks()
    ticket = open_ticket(site.ticket("Beto Lima"))
    line = ticket.message("nenhuma nota sai")
    expect(line).to_contain_text("ERP Horizonte parado")
    assert line.locator("a").first.get_attribute("href") == page
    site.asks()
    assert site.sent("unchanged")


def test_a_program_of_twenty_lines(family, open_ticket, tmp_path):
    """The README's program writes; the answer comes to it signed."""
    account = family("program")
    script = tmp_path / "example.py"
    script.write_text(
        re.search(r'```python\n("""Writes.*?)```', README.read_text(), re.S)[1]
    )
    secret = CREDENTIALS["program"]["secret"]
    done = subprocess.run(
        [sys.executable, script, account.address, "A nota foi rejeitada"],
        env={**os.environ, "SECRET": secret, "NO_PROXY": "*"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.startswith("200")
    ticket = open_ticket(account.ticket("Ana Souza"))
    expect(ticket.message("A nota foi rejeitada")).to_be_visible()
    ticket.answer("Já corrigimos a série.")
    # what is signed wrongly would be refused there, and a violation
    (answer,) = account.sent("message")
    assert (answer["customer"], answer["text"]) == (
        "app-1042",
        "Já corrigimos a série.",
    )
    ticket.expect_state("Já corrigimos a série.", "sent")
