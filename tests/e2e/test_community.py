"""Customers of two rival companies, their boss and an agent, each in a Chromium of
his own."""

import re

from playwright.sync_api import expect

from .room import FEED, SIZES, VIDEO, Member, forgive_missing


@SIZES
def test_a_question_is_solved_by_another_customer(steel, page_as, tmp_path, mobile):
    ana = Member(page_as(steel.member("ana", "Ana Prates", steel.one), mobile=mobile))
    gil = Member(page_as(steel.member("gil", "Gil Nunes", steel.other), mobile=mobile))
    title = f"Rejeição 539 na NF-e {steel.number}"
    ana.ask(title, "A nota volta com duplicidade de chave.", steel.fiscal)

    gil.open(f"{FEED}/space/{steel.fiscal}")
    gil.card(title).locator("a", has_text=title).first.click()
    video = tmp_path / "recuperar-xml.mp4"
    video.write_bytes(VIDEO)
    gil.reply("Use Recuperar XML, como no vídeo.", [video])
    expect(gil.page.locator("video")).to_have_count(1)

    post = steel.post_of(title)
    ana.open(f"{FEED}/post/{post['id']}")
    ana.act("Recuperar XML", "vote", "up")
    up = ana.post("Recuperar XML").locator("[data-act=vote][data-key=up]").first
    expect(up).to_have_attribute("aria-pressed", "true")
    ana.act("Recuperar XML", "accept")
    expect(ana.page.locator(".o_accepted").first).to_be_visible()
    assert steel.post_of(title)["is_solved"]


@SIZES
def test_a_competitor_sees_nothing(steel, visitor, page_as, mobile):
    ana = Member(page_as(steel.member("ana", "Ana Prates", steel.one), mobile=mobile))
    bia = Member(page_as(steel.member("bia", "Bia Rocha", steel.other), mobile=mobile))
    title = f"Preço do aço no contrato {steel.number}"
    ana.ask(title, "Como lanço o reajuste?", steel.fiscal, "not_competitors")
    post = steel.post_of(title)["id"]
    for path in (FEED, f"{FEED}/space/{steel.fiscal}", f"{FEED}/search?q=reajuste"):
        bia.sees_nothing_of(title, path)
    there = bia.page.goto(f"{FEED}/post/{post}")
    assert there.status == 404
    text = bia.page.locator(".o_community_content").inner_text()
    never = bia.page.goto(f"{FEED}/post/99999999")
    assert never.status == 404
    assert bia.page.locator(".o_community_content").inner_text() == text
    forgive_missing(visitor, 2)


def test_the_boss_wants_to_see_it_first(steel, page_as):
    boss = Member(
        page_as(steel.member("boss", "Clara Dias", steel.one, is_manager=True))
    )
    ana = Member(page_as(steel.member("ana", "Ana Prates", steel.one)))
    bia = Member(page_as(steel.member("bia", "Bia Rocha", steel.other)))
    boss.open(f"{FEED}/company")
    boss.page.locator("input[name=participation][value=approve]").check()
    boss.page.locator("form[action$='/policy'] button[type=submit]").click()

    title = f"Fechamento mensal trava {steel.number}"
    ana.ask(title, "Alguém fechou o mês em duas filiais?", steel.fiscal)
    assert steel.post_of(title)["approval"] == "waiting"
    bia.sees_nothing_of(title, f"{FEED}/space/{steel.fiscal}")

    boss.open(f"{FEED}/company")
    expect(boss.page.locator("body")).to_contain_text(title)
    boss.page.locator("form[action*='approve'] button").first.click()
    bia.open(f"{FEED}/space/{steel.fiscal}")
    expect(bia.card(title)).to_be_visible()


def test_an_invited_colleague_comes_in(steel, visitor, page_as, stack):
    boss = Member(
        page_as(steel.member("boss", "Clara Dias", steel.one, is_manager=True))
    )
    address = f"novo{steel.number}@example.com"
    boss.open(f"{FEED}/company")
    boss.page.locator("[name=email]").fill(address)
    boss.page.locator("form[action$='/invite'] button[type=submit]").click()
    expect(boss.page.locator("body")).to_contain_text(address)

    link = invitation_link(stack, address)
    page = page_as("none")
    page.goto(link)
    page.locator("form[action$='/accept'] button[type=submit]").click()
    page.locator("[name=name]").fill("Nina Lobo")
    page.locator("[name=password]").fill("uma-senha-bem-longa")
    page.locator("[name=confirm_password]").fill("uma-senha-bem-longa")
    page.locator("[name=confirm_password]").press("Enter")
    page.wait_for_url(re.compile("/my/community"))
    if "join" in page.url:
        page.locator("[name=agree]").check()
        page.locator("form[action$='/rules'] button[type=submit]").click()
    expect(page.locator(".o_community")).to_be_visible()
    page.goto(link)
    expect(page.locator("form[action$='/accept']")).to_have_count(0)
    forgive_missing(visitor, 1)


def invitation_link(stack, address):
    """From the letter, as the guest finds it."""
    [(body,)] = stack.psql(
        "SELECT m.body FROM mail_mail l JOIN mail_message m "
        "ON m.id = l.mail_message_id WHERE l.email_to LIKE %s "
        "OR l.id IN (SELECT r.mail_mail_id FROM mail_mail_res_partner_rel r "
        "JOIN res_partner p ON p.id = r.res_partner_id WHERE p.email = %s) "
        "ORDER BY l.id DESC LIMIT 1",
        f"%{address}%",
        address,
    )
    return re.search(r"/community/invitation/[\w.-]+", body)[0]


def test_what_the_gate_stops_is_not_lost(steel, page_as):
    ana = Member(page_as(steel.member("ana", "Ana Prates", steel.one)))
    ana.open(f"{FEED}/space/{steel.fiscal}")
    ana.compose()
    title = f"Cadastro de sócio {steel.number}"
    ana.fill("O CPF dele é 529.982.247-25 e não grava.", title)
    ana.send()
    coach = ana.page.locator(".o_moderation_coach")
    expect(coach).to_be_visible()
    expect(ana.composer.locator("[name=title]")).to_have_value(title)
    coach.locator(".modal-footer .btn-primary, footer .btn-primary").first.click()
    expect(ana.card(title)).to_be_visible()
    expect(ana.card(title)).not_to_contain_text("529.982")
