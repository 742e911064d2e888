"""Odoo's own conversations as channels: a live chat, a support desk for employees, and
a bot that they write to; each on the pages of both sides in Chromium."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from devkit.inside.browser import Visitor, Windows
from devkit.inside.live import Live

from .pages import TICKETS, Ticket
from .session import admin, person

LIVE_CHAT = "im_livechat"
BOT = "Suporte interno"
DESK = "central-de-ti"


class Conversation:
    """A conversation on somebody's screen, in Discuss or in a small window."""

    def __init__(self, place: Locator) -> None:
        self.place = place

    def message(self, text: str) -> Locator:
        return self.place.locator(".o-mail-Message").filter(has_text=text)

    def write(self, text: str) -> None:
        """Type a line as a person does, and press Enter."""
        box = self.place.locator(".o-mail-Composer-input").first
        box.click()
        box.press_sequentially(text)
        expect(self.place.locator(".o-mail-NavigableList-item")).to_have_count(0)
        box.press("Enter")
        expect(box).to_have_value("")

    def says(self, text: str) -> None:
        """Write something that everybody here will read."""
        self.write(text)
        expect(self.message(text).first).to_be_visible()


def in_discuss(page: Page, name: str) -> Conversation:
    """Open a conversation from Discuss's own list, where the newest is the first."""
    page.goto("/odoo/discuss")
    listed = page.locator(".o-mail-DiscussSidebarChannel")
    listed.filter(has=page.get_by_text(name, exact=True)).first.click()
    return opened(page, name)


def opened(page: Page, name: str) -> Conversation:
    """The conversation of that name, when it is on the screen."""
    title = f"[title='{name}']"
    wide = f".o-mail-DiscussContent-threadName{title}"
    expect(page.locator(f"{wide}, .o-mail-ChatWindow-header {title}")).to_be_visible()
    return Conversation(page.locator(".o-mail-DiscussContent, .o-mail-ChatWindow"))


def ticket_of(stack: Live, channel: int) -> int:
    """The newest ticket of a conversation, as soon as there is one."""
    sql = "SELECT id FROM helpdesk_ticket WHERE discuss_channel_id = %s ORDER BY id"
    found = stack.wait("a ticket", lambda: stack.psql(sql, channel))
    return found[-1][0]


def tickets_of(stack: Live, channel: int) -> int:
    sql = "SELECT count(*) FROM helpdesk_ticket WHERE discuss_channel_id = %s"
    return stack.psql(sql, channel)[0][0]


# --- live chat ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def live_chat(make_stack) -> Live:
    """A stack with Odoo's live chat, which the suite does without."""
    return make_stack("livechat", modules=[LIVE_CHAT])


@pytest.fixture
def open_page(live_chat, browser) -> Iterator[Callable[..., Page]]:
    """``open_page("agent")``, ``open_page()`` for a visitor of the web site."""
    visitor = Visitor(Windows(browser, live_chat.url))

    def opened(login: str = "none", **how) -> Page:
        page = visitor.page(**how)
        if login != "none":
            key = person(live_chat, login).session
            cookie = {"name": "session_id", "value": key, "url": live_chat.url}
            page.context.add_cookies([cookie])
        return page

    yield opened
    visitor.close()
    assert visitor.errors == []


@pytest.fixture(scope="module")
def button(live_chat) -> str:
    """Where the live chat's button stands; the demo's agent answers there."""
    env = admin(live_chat)
    (agent,) = env["res.users"].search([("login", "=", "agent")])
    channels = env["im_livechat.channel"]
    channel = channels.create({"name": "ERP Horizonte", "user_ids": [(6, 0, [agent])]})
    return f"/im_livechat/support/{channel}"


def be_there(stack: Live, page: Page) -> None:
    """The agent is at his desk: only then is the button shown."""
    page.goto(TICKETS)
    sql = (
        "SELECT 1 FROM mail_presence p JOIN res_users u ON u.id = p.user_id"
        " WHERE u.login = 'agent' AND p.status = 'online'"
    )
    stack.wait("the agent is online", lambda: stack.psql(sql), 30)


@pytest.mark.parametrize("mobile", [False, True], ids=["desktop", "telephone"])
def test_a_live_chat_becomes_a_ticket(live_chat, open_page, button, mobile):
    """The visitor's line, /ticket, the answer and the next line, each on the other
    side's screen; the visitor on a telephone as well."""
    agent, visitor = open_page("agent"), open_page(mobile=mobile)
    be_there(live_chat, agent)
    # Odoo's page for the button has no icon
    visitor.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    visitor.goto(button)
    visitor.locator(".o-livechat-LivechatButton").click()
    chat = Conversation(visitor.locator(".o-mail-ChatWindow"))
    problem = f"Rejeição {'539' if mobile else '204'} na minha nota"
    chat.says(problem)

    sql = (
        "SELECT m.res_id, g.name FROM mail_message m"
        " JOIN mail_guest g ON g.id = m.author_guest_id WHERE m.body LIKE %s"
    )
    channel, name = live_chat.wait(
        "the visitor's line", lambda: live_chat.psql(sql, f"%{problem}%")
    )[0]
    desk = in_discuss(agent, name)
    expect(desk.message(problem)).to_be_visible()
    desk.says("Qual é o código do erro?")
    expect(chat.message("Qual é o código do erro?")).to_be_visible()
    desk.write("/ticket NF-e rejeitada")
    ticket = ticket_of(live_chat, channel)
    number = admin(live_chat)["helpdesk.ticket"].read([ticket], ["number"])[0]["number"]
    expect(visitor.locator(".o-mail-ChatWindow")).to_contain_text(number)

    form = Ticket(agent, ticket)
    title = agent.locator("[name=name] input, [name=name] textarea").first
    expect(title).to_have_value("NF-e rejeitada")
    history = form.message(problem)
    expect(history).to_contain_text("Qual é o código do erro?")
    form.start_message()
    expect(form.chatter.locator(".o_social_recipient")).to_contain_text("Chat")
    form.submit("Renovamos o certificado. Tente de novo!")
    expect(chat.message("Renovamos o certificado")).to_be_visible()

    chat.says("Funcionou, obrigada!")
    expect(form.message("Funcionou, obrigada!")).to_be_visible()
    assert tickets_of(live_chat, channel) == 1


# --- internal support -----------------------------------------------------------------


@pytest.fixture(scope="module")
def employee(stack, desk) -> str:
    """The login of somebody who works here and has nothing to do with the desk."""
    env, login = admin(stack), "eva.prado"
    (group,) = stack.psql(
        "SELECT res_id FROM ir_model_data WHERE module = 'base' AND name = 'group_user'"
    )
    values = {"name": "Eva Prado", "login": login, "lang": "pt_BR"}
    env["res.users"].create({**values, "group_ids": [(6, 0, list(group))]})
    return login


@pytest.fixture(scope="module")
def support_desk(stack, employee) -> int:
    """A Discuss channel at which employees are helped, as a manager sets it up."""
    env = admin(stack)
    channels, users = env["discuss.channel"], env["res.users"]
    people = users.search([("login", "in", ["agent", employee])])
    partners = [user["partner_id"][0] for user in users.read(people, ["partner_id"])]
    (team,) = env["helpdesk.ticket.team"].search([("name", "=", "Suporte ERP")])
    members = [(0, 0, {"partner_id": partner}) for partner in partners]
    channel = channels.create({"name": DESK, "channel_member_ids": members})
    channels.write([channel], {"support_desk": True, "helpdesk_team_id": team})
    return channel


@pytest.mark.parametrize("mobile", [False, True], ids=["desktop", "telephone"])
def test_an_employee_asks_at_the_support_desk(
    stack, page_as, employee, support_desk, mobile
):
    device = "telefone" if mobile else "computador"
    page = page_as(employee, mobile=mobile)
    # as from a notification
    page.goto(f"/odoo/discuss?active_id=discuss.channel_{support_desk}")
    here = opened(page, DESK)
    here.says(f"Não consigo imprimir do {device}")
    ticket = ticket_of(stack, support_desk)
    form = Ticket(page_as("agent"), ticket)
    expect(form.message(f"Não consigo imprimir do {device}")).to_be_visible()
    form.answer(f"Reinicie a fila, no {device} também.")
    reply = here.message(f"Reinicie a fila, no {device}")
    expect(reply).to_be_visible()
    expect(reply.locator(".o-mail-MessageInReply")).to_contain_text(device)
    here.says(f"Voltou, no {device}")
    expect(form.message(f"Voltou, no {device}")).to_be_visible()


def test_an_employee_writes_to_the_bot(stack, page_as, employee):
    """Found in Discuss as a colleague is; the ticket is answered there."""
    page = page_as(employee)
    page.goto("/odoo/discuss")
    page.locator(".o-mail-DiscussSearch-inputClickable").click()
    page.locator(".o_command_palette input").fill(BOT)
    page.locator(".o_command", has_text=BOT).first.click()
    here = opened(page, BOT)
    here.says("Preciso de acesso à VPN")
    told = here.message("Você lerá a resposta aqui")
    expect(told).to_contain_text(BOT)

    sql = "SELECT id FROM discuss_channel WHERE channel_type = 'chat' AND support_desk"
    ((channel,),) = stack.psql(sql)
    form = Ticket(page_as("agent"), ticket_of(stack, channel))
    expect(form.message("Preciso de acesso à VPN")).to_be_visible()
    form.start_message()
    expect(form.chatter.locator(".o_social_recipient")).to_contain_text(BOT)
    form.submit("Liberado até sexta.")
    expect(here.message("Liberado até sexta.")).to_be_visible()
    here.says("Perfeito!")
    expect(form.message("Perfeito!")).to_be_visible()
    assert tickets_of(stack, channel) == 1
