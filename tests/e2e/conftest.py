"""What every end-to-end test starts from, and what none may leave behind."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from .desk import Desk
from .room import Room
from .session import person


@pytest.fixture(scope="package")
def desk(stack) -> Desk:
    """The shared stack with both demo accounts connected to the sandbox."""
    made = Desk(stack)
    made.connect()
    for table in ("mail_notification", "helpdesk_social_message", "community_notice"):
        # In REPEATABLE READ the second of two writers is refused and repeated;
        # Odoo's database layer calls that an error first.
        stack.allow_log(r"^odoo\.sql_db$", f'UPDATE "{table}"', "two meet on a row")
    for logger in (r"\.iap\.tools", r"\.partner_autocomplete\."):
        stack.allow_log(logger, "partner-autocomplete", "Odoo asks its makers' server")
    return made


@pytest.fixture(scope="module", autouse=True)
def descriptions_kept(desk) -> Iterator[None]:
    """No request of a module's tests breaks a provider's description."""
    yield
    assert desk.violations() == []


@pytest.fixture(autouse=True)
def well_behaved(desk) -> Iterator[None]:
    """The providers work again after each test, and are as quick as before."""
    yield
    desk.behave()


@pytest.fixture
def unrefused(desk) -> Iterator[None]:
    """Nothing was refused before, and nobody hears of it afterwards: for an hour the
    account would not be well."""
    desk.stack.psql("DELETE FROM helpdesk_social_refusal")
    yield
    desk.stack.psql("DELETE FROM helpdesk_social_refusal")


@pytest.fixture
def page_as(stack, visitor) -> Callable:
    """As elsewhere, without the time that Odoo takes to check a password."""

    def open_page(login: str, **how) -> Page:
        page = visitor.page(**how)
        if login != "none":
            key = person(stack, login).session
            cookie = {"name": "session_id", "value": key, "url": stack.url}
            page.context.add_cookies([cookie])
        return page

    return open_page


@pytest.fixture
def room(stack) -> Room:
    """The community, empty for each test."""
    return Room(stack)


@pytest.fixture
def steel(room) -> Room:
    """Two rival companies, and a space in which both ask."""
    room.one, room.other = (
        room.company("Metalúrgica Pinhal"),
        room.company("Aços Iguaçu"),
    )
    room.rivals(room.one, room.other)
    room.fiscal = room.space("Fiscal")
    return room
