"""The community as its members see it in Chromium, and the people in it.

Elements are found by what they do (``data-act``, names of fields), so that a test
reads the same in both languages.
"""

import itertools
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, TimeoutError, expect

from devkit.inside.browser import Visitor
from devkit.inside.live import Live

from .session import admin, person

FEED = "/my/community"
OFFICE = "/odoo/action-community_portal"
SIZES = pytest.mark.parametrize("mobile", [False, True], ids=["desktop", "telephone"])
# The smallest thing that a program takes for an MP4 video.
VIDEO = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0\0\0\x08mdat" + b"\0" * 64


class Room:
    """Makes the people and spaces of a test; each test has its own."""

    _numbers = itertools.count(1)

    def __init__(self, stack: Live) -> None:
        self.stack = stack
        self.env = admin(stack)
        self.number = next(self._numbers)

    def company(self, name: str) -> int:
        """A customer; its id."""
        return self.env["res.partner"].create(
            {"name": f"{name} {self.number}", "is_company": True}
        )

    def rivals(self, one: int, other: int) -> None:
        """Two companies that compete with one another."""
        self.env["community.competition"].create(
            {"organisation_id": one, "rival_id": other}
        )

    def member(self, login: str, name: str, company: int, **values) -> str:
        """A customer's employee who has agreed to the house rules; his login. He has
        no password, see ``session``."""
        login = f"{login}{self.number}"
        partner = self.env["res.partner"].create(
            {
                "name": name,
                "parent_id": company,
                "email": f"{login}@example.com",
                "lang": "pt_BR",
                "tz": "America/Sao_Paulo",
            }
        )
        users = self.env["res.users"].with_context(no_reset_password=True)
        user = users.create(
            {
                "partner_id": partner,
                "login": login,
                "group_ids": [(6, 0, [self._id_of("base", "group_portal")])],
            }
        )
        self.env["community.member"].create(
            {"user_id": user, "rules_version": 1000} | values
        )
        return login

    def space(self, name: str, **values) -> int:
        """A space of questions, unless ``values`` say otherwise; its id."""
        values = {"name": f"{name} {self.number}", "icon": "🧾"} | values
        return self.env["community.space"].create(values)

    def post_of(self, title: str) -> dict:
        """A post as it stands in the database, whoever may see it."""
        columns = ["id", "is_solved", "approval", "moderation_state", "accepted_id"]
        [found] = self.stack.psql(
            f"SELECT {', '.join(columns)} FROM community_post WHERE title = %s", title
        )
        return dict(zip(columns, found, strict=True))

    def solved(self, title: str, answer: str, asker: str, helper: str) -> int:
        """A question of one member that another one has answered; its id."""
        asker, helper = person(self.stack, asker), person(self.stack, helper)
        post = asker.ask(title, self.fiscal)
        asker.accept(helper.reply(answer, post))
        return post

    def let_pass(self, title: str, hours: int) -> None:
        """Bring a question's hour nearer by ``hours``."""
        self.stack.psql(
            "UPDATE community_post SET escalate_at = escalate_at - %s * interval '1 h'"
            " WHERE title = %s",
            hours,
            title,
        )

    def tickets_of(self, login: str) -> list[int]:
        """The tickets of a member, by their ids."""
        found = self.stack.psql(
            "SELECT t.id FROM helpdesk_ticket t JOIN res_users u"
            " ON u.partner_id = t.partner_id WHERE u.login = %s",
            login,
        )
        return [ticket for (ticket,) in found]

    def company_name(self, company: int) -> str:
        [found] = self.env["res.partner"].read([company], ["name"])
        return found["name"]

    def run_cron(self, name: str) -> None:
        """Run a scheduled action of the add-on now."""
        cron = self._id_of("community_portal", name)
        self.env["ir.cron"].browse(cron).method_direct_trigger()

    def _id_of(self, module: str, name: str) -> int:
        """The id of the record that a module calls ``name``."""
        [found] = self.env["ir.model.data"].search_read(
            [("module", "=", module), ("name", "=", name)], ["res_id"]
        )
        return found["res_id"]


class Member:
    """One person's browser in the room."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, path: str = FEED) -> "Member":
        self.page.goto(path)
        expect(self.page.locator(".o_community")).to_be_visible()
        # Odoo's own sign that a page's script has come: presses are heard from now on.
        expect(self.page.locator("body[is-ready=true]")).to_be_attached()
        return self

    # --- writing ----------------------------------------------------------------------

    @property
    def composer(self) -> Locator:
        return self.page.locator("form.o_community_composer")

    def compose(self) -> Locator:
        """Open the composer of the page."""
        opener = self.page.locator("[data-compose]:visible").first
        self.press_until(opener.click, self.composer)
        expect(self.composer.locator("[contenteditable=true]")).to_be_visible()
        return self.composer

    def fill(self, text: str, title: str = "", files: list[Path] | None = None) -> None:
        if title:
            self.composer.locator("[name=title]").fill(title)
        editor = self.composer.locator("[contenteditable=true]")
        editor.click()
        editor.press_sequentially(text)
        for file in files or []:
            self.composer.locator("input[type=file]").set_input_files(file)
            # Not while it is still on its way: it is not sent then.
            attached = self.composer.locator(".o_community_attached [data-file]")
            expect(attached.filter(has_text=file.name)).to_be_visible()

    def send(self) -> None:
        self.composer.locator("button[type=submit]").click()

    def ask(self, title: str, text: str, space: int, audience: str = "") -> None:
        """Begin a thread and see it in the list."""
        self.open(f"{FEED}/space/{space}")
        self.compose()
        self.fill(text, title)
        if audience:
            self.composer.locator("[name=audience]").select_option(audience)
        self.send()
        expect(self.card(title)).to_be_visible()

    def reply(self, text: str, files: list[Path] | None = None) -> None:
        """Answer in the thread that is open."""
        self.compose()
        self.fill(text, files=files)
        self.send()
        expect(self.post(text)).to_be_visible()

    # --- reading ----------------------------------------------------------------------

    def card(self, text: str) -> Locator:
        """A thread in a list."""
        return self.page.locator("[data-post]").filter(has_text=text).first

    def post(self, text: str) -> Locator:
        """A post of the thread that is open."""
        return self.page.locator("[data-post]").filter(has_text=text).last

    def act(self, text: str, what: str, key: str = "") -> None:
        """Press what one can do with a post."""
        chosen = f"[data-act={what}]" + (f"[data-key={key}]" if key else "")
        self.post(text).locator(chosen).first.click()

    def sees_nothing_of(self, text: str, path: str) -> None:
        self.open(path)
        expect(self.page.locator("body")).not_to_contain_text(text)

    def from_menu(self, text: str, what: str) -> None:
        """Press what a post's menu offers."""
        menu = self.post(text).locator(".o_community_menu").first
        entry = menu.locator(f"[data-act={what}]")
        self.press_until(menu.locator("[data-bs-toggle]").click, entry)
        entry.click()

    def press_until(self, press: Callable[[], None], shown: Locator) -> None:
        """Press what shows something; again, if that was before the script came."""
        press()
        try:
            shown.wait_for(timeout=3000)
        except TimeoutError:
            press()
        expect(shown).to_be_visible()


class Office:
    """One of the vendor's people in the back office."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wizard = page.locator(".modal")

    def open(self, action: str, record: int | str) -> "Office":
        """A record by the name of the action that shows it, or a "new" one."""
        self.page.goto(f"{OFFICE}.{action}/{record}")
        expect(self.page.locator(".o_form_view")).to_be_visible()
        return self

    def task(self, words: str) -> None:
        """What a form's head offers; on a telephone most of it behind a button.

        :param words: a pattern for what stands on it, in either language
        """
        head = self.page.locator(".o_statusbar_buttons")
        button = self.page.locator("button", has_text=re.compile(words))
        expect(head).to_be_visible()
        if not button.count():
            head.locator(".dropdown-toggle").click()
        # A wizard opened before is shown as it was, and then filled anew: who saves in
        # between, faster than any hand, is told that his record is gone.
        with self.page.expect_response(re.compile("/onchange")) as filled:
            button.click()
        filled.value.finished()
        expect(self.wizard).to_be_visible()

    def press(self, name: str) -> None:
        """A button of the wizard that is open, which closes it."""
        self.wizard.locator(f"button[name={name}]").click()
        expect(self.wizard).to_have_count(0)

    def choose(self, place: Locator, field: str, text: str) -> None:
        """Take a record for a field; a telephone shows all there are instead of
        letting one type."""
        box = place.locator(f"[name={field}] input")
        box.click()
        if box.is_editable():
            box.fill(text)
            offered = self.page.locator(".o-autocomplete--dropdown-item")
        else:
            offered = self.wizard.locator(".o_kanban_record")
        offered.filter(has_text=text).first.click()


def forgive_missing(visitor: Visitor, count: int) -> None:
    """Chromium writes to its console that a page was not there."""
    told = [error for error in visitor.errors if "404" in error]
    assert len(told) == count
    visitor.errors[:] = [error for error in visitor.errors if error not in told]
