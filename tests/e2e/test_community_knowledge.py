"""What was solved once helps who asks next: while he types his question, and before
he writes a ticket."""

import re

from playwright.sync_api import expect

from .room import FEED, SIZES, Member, Office

ANSWER = "Use Recuperar XML no menu da nota."


def solved(steel):
    """A question that two customers have solved; (its id, its title)."""
    ana = steel.member("ana", "Ana Prates", steel.one)
    gil = steel.member("gil", "Gil Nunes", steel.other)
    title = f"Duplicidade de chave na devolução {steel.number}"
    return steel.solved(title, ANSWER, ana, gil), title


def made_in_the_office(page, question):
    """An agent makes the article on the question's form."""
    agent = Office(page).open("action_posts", question)
    agent.task("Criar um artigo")
    agent.press("action_apply")
    expect(agent.page.locator("[name=source_id]")).to_be_visible()


def made_on_the_page(page, question):
    """An agent makes the article where he reads the answer."""
    agent = Member(page).open(f"{FEED}/post/{question}")
    agent.from_menu(ANSWER, "article")
    expect(agent.page.locator(".o_community_helpful")).to_be_visible()


@SIZES
def test_what_is_solved_comes_up_while_one_types(steel, page_as, mobile):
    question, title = solved(steel)
    bia = Member(page_as(steel.member("bia", "Bia Rocha", steel.other), mobile=mobile))
    bia.open(f"{FEED}/space/{steel.fiscal}")
    bia.compose()
    # As one types in a hurry: no accents, and a letter is missing.
    bia.composer.locator("[name=title]").press_sequentially(
        f"duplicidade de chave devolucao {steel.number}"
    )
    similar = bia.page.locator(".o_community_similar a").filter(has_text=title)
    expect(similar.locator(".fa-check")).to_be_visible()
    with bia.page.expect_popup() as opened:
        similar.click()
    accepted = opened.value.locator(".o_accepted")
    expect(accepted).to_contain_text(ANSWER)
    assert opened.value.url.endswith(f"/post/{question}")


@SIZES
def test_an_answer_becomes_knowledge_and_saves_a_ticket(steel, page_as, mobile):
    question, title = solved(steel)
    make = made_on_the_page if mobile else made_in_the_office
    make(page_as("agent", mobile=mobile), question)

    login = steel.member("dora", "Dora Lins", steel.one)
    dora = page_as(login, mobile=mobile)
    dora.goto("/new/ticket")
    dora.locator("[name=subject]").press_sequentially(title)
    # The article itself, beside the question that it was made from and others like it.
    article = dora.locator(".o_community_ticket_found li").filter(
        has=dora.locator(".fa-book"), has_text=re.compile(rf"{title}(?!\d)")
    )
    article.locator("[data-solved]").click()
    expect(dora.locator(".o_community_ticket_found [role=status]")).to_be_visible()
    assert steel.tickets_of(login) == []

    boss = steel.member("boss", "Clara Dias", steel.one, is_manager=True)
    boss = Member(page_as(boss, mobile=mobile)).open(f"{FEED}/company")
    expect(boss.page.locator("[data-value=avoided]")).to_have_text("1")
