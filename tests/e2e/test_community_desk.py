"""The vendor's people and the room: an agent answers what nobody else did, a
moderator decides on what was reported, the administrator opens a space."""

from playwright.sync_api import expect

from .pages import Queue, Ticket
from .room import FEED, SIZES, Member, Office, forgive_missing
from .session import person


@SIZES
def test_what_nobody_answers_becomes_a_ticket(steel, page_as, mobile):
    space = steel.space("Impressão", escalate_hours=8)
    login = steel.member("ana", "Ana Prates", steel.one)
    ana = Member(page_as(login, mobile=mobile))
    title = f"Etiqueta sai cortada {steel.number}"
    ana.ask(title, "Desde a troca da bobina.", space)
    steel.let_pass(title, hours=8)
    steel.run_cron("cron_escalate")

    [ticket] = steel.tickets_of(login)
    page = page_as("agent", mobile=mobile)
    page.goto("/odoo/helpdesk-tickets")
    page.locator(".o_data_row, .o_kanban_record").filter(has_text=title).first.click()
    desk = Ticket(page)
    answer = f"Calibre o sensor da etiqueta {steel.number}."
    desk.answer(answer)
    office = Office(page)
    office.task("Responder na comunidade")
    office.wizard.locator("[name=confirmed] input").check()
    with page.expect_popup() as opened:
        office.press("action_reply")
    expect(opened.value.locator(".o_community_thread")).to_contain_text(answer)

    ana.open(f"{FEED}/post/{steel.post_of(title)['id']}")
    reply = ana.post(answer)
    expect(reply.locator(".o_community_badge.o_agent")).to_be_visible()
    assert steel.tickets_of(login) == [ticket]


@SIZES
def test_what_is_reported_is_decided(steel, visitor, page_as, mobile):
    login = steel.member("ana", "Ana Prates", steel.one)
    title = f"Compre curtidas comigo {steel.number}"
    post = person(steel.stack, login).ask(title, steel.fiscal)
    address = f"{FEED}/post/{post}"
    bia = Member(page_as(steel.member("bia", "Bia Rocha", steel.other), mobile=mobile))
    bia.open(address)
    bia.from_menu(title, "report")
    dialog = bia.page.locator(".o_moderation_report")
    dialog.locator("input[type=radio]").first.check()
    dialog.locator(".btn-primary").click()
    expect(dialog).to_have_count(0)

    queue = Queue(page_as("moderator"))
    queue.open_case(title)
    queue.decide("h", "Isto é propaganda")

    ana = Member(page_as(login, mobile=mobile)).open(address)
    why = ana.post(title).locator("a[href='/my/moderation']")
    expect(why).to_be_visible()
    why.click()
    expect(ana.page.locator("body")).to_contain_text("Isto é propaganda")
    assert bia.page.goto(address).status == 404
    forgive_missing(visitor, 1)


@SIZES
def test_a_space_for_one_company(steel, visitor, page_as, mobile):
    name = f"Projeto reservado {steel.number}"
    office = Office(page_as("admin", mobile=mobile)).open("action_space", "new")
    form = office.page.locator(".o_form_view")
    form.locator("[name=name] input").fill(name)
    # Without a line everybody sees it; a new line begins with that right.
    lines = form.locator("[name=access_ids]")
    lines.locator(".o_field_x2many_list_row_add a").click()
    row = lines.locator(".o_selected_row")
    office.choose(row, "organisation_id", steel.company_name(steel.one))
    form.locator(".o_form_button_save").click()
    expect(form.locator(".o_form_button_save")).not_to_be_visible()
    [[space]] = steel.stack.psql(
        "SELECT id FROM community_space WHERE name->>'en_US' = %s", name
    )

    ana = Member(page_as(steel.member("ana", "Ana Prates", steel.one), mobile=mobile))
    bia = Member(page_as(steel.member("bia", "Bia Rocha", steel.other), mobile=mobile))
    ana.open(f"{FEED}/space/{space}")
    expect(ana.page.locator("h1")).to_have_text(name)
    bia.sees_nothing_of(name, FEED)
    assert bia.page.goto(f"{FEED}/space/{space}").status == 404
    forgive_missing(visitor, 1)
