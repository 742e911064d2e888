"""What people see: the customer's phone and the agent's pages in Chromium.

Words are looked for as they stand on the screen; what can be in two languages
(the agent's and the source's) is found by its role or state.
"""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from .desk import Talk

SOON = 3000  # ms: how long a new ticket may take to reach an open list
# All else may be slow on a machine that does other things meanwhile.
expect.set_options(timeout=20_000)
TICKETS = "/odoo/helpdesk-tickets"


class Phone:
    """The sandbox's page, opened at one customer's conversation."""

    def __init__(self, page: Page, talk: Talk) -> None:
        self.page = page
        page.goto(f"{talk.desk.stack.sandbox_url}/#{talk.channel}/{talk.customer}")
        expect(page.locator("body")).to_have_attribute("data-ready", "true")

    def write(self, text: str) -> None:
        """Type a message and send it."""
        self.page.get_by_role("textbox", name="Message").fill(text)
        self.page.get_by_role("button", name="Send", exact=True).click()

    def send_photo(self) -> None:
        """Send the photo that the page offers."""
        self.page.get_by_role("button", name="Attach").click()
        self.page.get_by_role("button", name="Photo of the error").click()

    def bubble(self, text: str) -> Locator:
        """The message with these words (a file's name is one of them)."""
        return self.page.get_by_role("log").locator("[data-message-id]", has_text=text)


class TicketList:
    """The agent's list of tickets, never reloaded."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.goto(TICKETS)
        expect(page.locator(".o_list_view .o_data_row").first).to_be_visible()
        page.evaluate("window.neverReloaded = true")

    def row(self, text: str) -> Locator:
        """The line of the ticket with these words."""
        return self.page.get_by_role("row").filter(has_text=text)

    def is_the_same(self) -> bool:
        """Whether the page is still the one that was opened."""
        return self.page.evaluate("window.neverReloaded === true")


class Ticket:
    """A ticket's form with its chatter, as an agent sees it."""

    def __init__(self, page: Page, ticket: int | None = None) -> None:
        self.page = page
        if ticket:
            page.goto(f"{TICKETS}/{ticket}")
        self.chatter = page.locator(".o-mail-Chatter")
        expect(self.chatter.locator(".o-mail-Message").first).to_be_visible()

    @property
    def composer(self) -> Locator:
        """Where the agent writes, when he has chosen to."""
        return self.chatter.locator(".o-mail-Composer")

    def message(self, text: str) -> Locator:
        """The line in the chatter with these words."""
        return self.chatter.locator(".o-mail-Message").filter(has_text=text).first

    def delivery(self, text: str) -> Locator:
        """The ticks under an answer; ``data-state`` says how far it came."""
        return self.message(text).locator(".o_social_delivery")

    def expect_state(self, text: str, state: str) -> None:
        """Wait for an answer to reach ``state``."""
        expect(self.delivery(text)).to_have_attribute("data-state", state)

    def start_message(self) -> None:
        """Press "Send message"."""
        self.chatter.get_by_role("button", name="Enviar mensagem").click()
        expect(self.composer).to_be_visible()

    def start_note(self) -> None:
        """Press "Log note"."""
        self.chatter.get_by_role("button", name="Notas internas").click()
        expect(self.composer).to_be_visible()

    def submit(self, text: str, files: list[Path] | None = None) -> None:
        """Fill the open composer and send; return when the line is there."""
        if files:
            with self.page.expect_file_chooser() as chooser:
                self.composer.get_by_role("button", name="Anexar arquivos").click()
            chooser.value.set_files(files)
            for file in files:
                card = self.composer.locator(".o-mail-AttachmentContainer")
                expect(card.filter(has_text=file.stem)).to_be_visible()
                expect(card.locator(".fa-spin, .fa-spinner")).to_have_count(0)
        self.composer.get_by_role("textbox").fill(text)
        self.composer.locator(".o-mail-Composer-send").click()
        expect(self.message(text)).to_be_visible()

    def answer(self, text: str, files: list[Path] | None = None) -> None:
        """Write to the customer."""
        self.start_message()
        self.submit(text, files)

    def note(self, text: str) -> None:
        """Write to colleagues only."""
        self.start_note()
        self.submit(text)


class Queue:
    """A moderator's list of cases."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open_case(self, text: str) -> None:
        self.page.goto("/odoo/moderation-queue")
        self.page.locator(".o_data_row").filter(has_text=text).first.click()
        expect(self.page.locator(".o_moderation_decide")).to_be_visible()

    def decide(self, key: str, reason: str) -> None:
        """One key, a reason, done."""
        self.page.keyboard.press(key)
        wizard = self.page.locator(".modal")
        text = wizard.locator("[name=reason] textarea")
        text.click()
        text.press_sequentially(reason)
        text.press("Tab")
        wizard.locator("button[name=action_decide]").click()
        expect(wizard).to_have_count(0)

    def overturn(self, text: str, answer: str) -> None:
        self.page.goto("/odoo/moderation-appeals")
        self.page.locator(".o_data_row").filter(has_text=text).first.click()
        self.page.locator("button[name=action_answer]").click()
        wizard = self.page.locator(".modal")
        wizard.locator("[name=answer] textarea").fill(answer)
        wizard.locator("button[name=action_overturn]").click()
        expect(wizard).to_have_count(0)
