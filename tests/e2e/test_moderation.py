"""A customer, two moderators and an agent, each in a Chromium of his own: from the
text that must not stand there to the appeal that was right."""

import re

import pytest
from playwright.sync_api import Page, expect

from .pages import Queue, Ticket
from .session import admin

CPF = "529.982.247-25"
TOKEN = "ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
# What is clicked and read, in both languages of the add-on.
WORDS = {
    "pt_BR": {
        "mask": "Mascarar e enviar",
        "held": "Aguardando um moderador",
        "undone": "Desfeita",
    },
    "en_US": {
        "mask": "Mask and send",
        "held": "Waiting for a moderator",
        "undone": "Undone",
    },
}
PEOPLE = ("rafael", "moderator", "moderator2")


class Customer:
    """A customer's ticket on the portal."""

    def __init__(self, page: Page, ticket: int) -> None:
        self.page = page
        self.address = f"/my/ticket/{ticket}"
        self.open()

    def open(self) -> None:
        self.page.goto(self.address)
        expect(self.input).to_be_visible()

    @property
    def input(self):
        return self.page.locator(".o-mail-Composer-input").first

    @property
    def dialog(self):
        return self.page.locator(".o_moderation_coach")

    def write(self, text: str) -> None:
        self.input.fill(text)
        self.page.locator(".o-mail-Composer-send").first.click()

    def message(self, text: str):
        return self.page.locator(".o-mail-Message").filter(has_text=text)


@pytest.fixture(params=("pt_BR", "en_US"))
def lang(request, stack) -> str:
    """Everybody's language; the demo's is Portuguese."""
    users = admin(stack)["res.users"]
    ids = users.search([("login", "in", PEOPLE)])
    users.write(ids, {"lang": request.param})
    yield request.param
    users.write(ids, {"lang": "pt_BR"})


@pytest.fixture
def ticket(stack) -> int:
    """A ticket of the demo's customer, in the agent's hands."""
    env = admin(stack)
    [rafael] = env["res.users"].search_read([("login", "=", "rafael")], ["partner_id"])
    agent = env["res.users"].search([("login", "=", "agent")])
    # Whatever he wrote in other tests: this one is not about pace.
    stack.psql(
        "UPDATE mail_message SET create_date = create_date - interval '1 day'"
        " WHERE author_id = %s",
        rafael["partner_id"][0],
    )
    return env["helpdesk.ticket"].create(
        {
            "name": "Boleto não registra no banco",
            "description": "<p>Desde a atualização o retorno vem vazio.</p>",
            "partner_id": rafael["partner_id"][0],
            "user_id": agent[0],
        }
    )


def test_from_the_coach_to_the_appeal(page_as, ticket, lang):
    words = WORDS[lang]
    customer = Customer(page_as("rafael", lang=lang), ticket)

    # He is about to give away what nobody should know, and is told before.
    customer.write(f"Meu CPF é {CPF} e o token da API é {TOKEN}")
    expect(customer.dialog).to_be_visible()
    expect(customer.dialog.locator("mark")).to_have_text([CPF, TOKEN])
    customer.dialog.get_by_role("button", name=words["mask"]).click()
    expect(customer.dialog).to_have_count(0)
    masked = customer.message("Meu CPF é")
    expect(masked).to_be_visible()
    expect(masked).not_to_contain_text(CPF)
    expect(masked).not_to_contain_text(TOKEN)

    # A word that he took pains to disguise waits, and only he sees it.
    customer.write("Esse sistema é um p.a.u., ninguém resolve")
    expect(customer.message("p.a.u.")).to_contain_text(words["held"])
    customer.open()
    expect(customer.message("p.a.u.")).to_contain_text(words["held"])
    agent = Ticket(page_as("agent"), ticket)
    expect(agent.message("Meu CPF é")).to_be_visible()
    expect(agent.message("p.a.u.")).to_have_count(0)

    # A moderator reads it in its context and decides with one key.
    queue = Queue(page_as("moderator"))
    queue.open_case("p.a.u., ninguém resolve")
    expect(queue.page.locator("main mark")).to_have_text("p.a.u")
    queue.decide("h", "Ofensa disfarçada")

    # The customer reads why, and appeals.
    customer.page.goto("/my/moderation")
    decided = customer.page.locator("a[href*='/my/moderation/decision/']")
    decided.filter(has_text="Ofensa disfarçada").first.click()
    customer.page.locator("#appeal_text").fill("Pau é erro de sistema, ora!")
    customer.page.locator("form[action$='/appeal'] button[type=submit]").click()
    expect(customer.page.locator(".alert-info")).to_be_visible()

    # Who decided does not decide again; somebody else overturns it.
    second = Queue(page_as("moderator2"))
    second.overturn("Pau é erro de sistema", "Você tem razão.")
    customer.page.reload()
    expect(customer.page.locator(".alert-success")).to_contain_text("Você tem razão.")
    expect(customer.page.get_by_text(words["undone"]).first).to_be_visible()


def test_insisting_is_held(page_as, ticket):
    """Who will not mask it may send it: a moderator reads it first."""
    customer = Customer(page_as("rafael", mobile=True, lang="pt_BR"), ticket)
    customer.write(f"Preciso mesmo informar o CPF {CPF}.")
    expect(customer.dialog).to_be_visible()
    buttons = customer.dialog.get_by_role("button")
    buttons.filter(has_text=re.compile("moderador|moderator")).click()
    expect(customer.message("Preciso mesmo")).to_contain_text(WORDS["pt_BR"]["held"])
    agent = Ticket(page_as("agent"), ticket)
    expect(agent.message("Preciso mesmo")).to_have_count(0)


def test_a_coached_author_keeps_his_text(page_as, ticket):
    """Nothing of what he wrote is lost when he goes back to change it."""
    customer = Customer(page_as("rafael", lang="pt_BR"), ticket)
    text = f"Segue o CPF {CPF} do motorista."
    customer.write(text)
    expect(customer.dialog).to_be_visible()
    customer.dialog.locator(".o_moderation_change").click()
    expect(customer.dialog).to_have_count(0)
    expect(customer.input).to_have_value(text)
    customer.write("Segue o CPF do motorista por telefone.")
    expect(customer.message("por telefone")).to_be_visible()


def test_an_angry_customer_is_helped(stack, page_as, ticket):
    """Criticism stays where it is, and somebody takes care of its author."""
    customer = Customer(page_as("rafael", lang="pt_BR"), ticket)
    customer.write("Vocês são incompetentes, vou cancelar o contrato!")
    expect(customer.message("vou cancelar")).to_be_visible()
    agent = Ticket(page_as("agent"), ticket)
    expect(agent.message("vou cancelar")).to_be_visible()
    [[outreach]] = stack.psql(
        "SELECT count(*) FROM helpdesk_ticket t JOIN moderation_case c"
        " ON c.id = t.moderation_case_id"
        " WHERE c.document_model = 'helpdesk.ticket' AND c.document_id = %s",
        ticket,
    )
    assert outreach == 1
