"""Everything that the sandbox knows, in memory, behind one lock."""

import itertools
import threading
import time
from collections import deque
from collections.abc import Callable

from .accounts import Account
from .faults import FaultBook
from .live import Live
from .media import MediaStore
from .messages import Conversation, Message
from .people import Customer, cast, same_line
from .settings import Settings
from .timers import Timers
from .webhooks import Postman


class World:
    """Take ``lock`` around everything that reads and then writes."""

    def __init__(
        self,
        accounts: list[Account] | None = None,
        first_number: Callable[[], int] = lambda: 1,
    ) -> None:
        """``first_number`` gives the number of a chat's first message."""
        self.first_number = first_number
        self.lock = threading.RLock()
        self.settings = Settings()
        self.live = Live()
        self.timers = Timers()
        self.postman = Postman(self.settings)
        self.postman.on_change = self._tell_webhooks
        self._telling = False
        self.faults = FaultBook()
        self.media = MediaStore()
        self.accounts: dict[tuple[str, str], Account] = {}
        self.customers: dict[str, Customer] = {}
        self.conversations: dict[tuple[tuple[str, str], str], Conversation] = {}
        #: everything the business sent, in the order it was accepted
        self.outbox: list[dict] = []
        self.violations: deque[dict] = deque(maxlen=1000)
        self.flood = None
        self.serial = itertools.count(1)
        for account in accounts or []:
            self.accounts[account.key] = account
        self._people()

    def reset(self) -> None:
        """Back to the start; accounts and their webhooks stay."""
        with self.lock:
            if self.flood:
                self.flood.stop()
            self.flood = None
            self.timers.clear()
            self._telling = False
            self.postman.reset()
            self.faults.clear()
            self.media.clear()
            self.conversations.clear()
            self.outbox.clear()
            self.violations.clear()
            for account in self.accounts.values():
                account.forget()
            self._people()
        self.live.tell("reset")

    def account(self, provider: str, account_id: str | None = None) -> Account:
        """The account named, or the provider's first.

        :raises LookupError: there is none
        """
        for account in list(self.accounts.values()):
            if account.provider == provider and account_id in (None, "", account.id):
                return account
        raise LookupError(
            f"There is no {provider or 'such'} account"
            + (f" “{account_id}”" if account_id else "")
            + ". Register it with POST /sandbox/accounts."
        )

    def customer(self, who: str) -> Customer:
        """A customer by id, phone number, WhatsApp id or Telegram id.

        :raises LookupError: nobody is called that
        """
        if who in self.customers:
            return self.customers[who]
        for customer in list(self.customers.values()):
            if who == str(customer.telegram_id) or self.reaches(who, customer):
                return customer
        raise LookupError(f"There is no customer “{who}”. See GET /sandbox/customers.")

    @staticmethod
    def reaches(number: str, customer: Customer) -> bool:
        """Does ``number`` ring this customer's telephone?"""
        if not any(c.isdigit() for c in number) or "." in number:
            return False
        return same_line(number, customer.phone) or same_line(number, customer.wa_id)

    def conversation(self, account: Account, customer: Customer) -> Conversation:
        key = (account.key, customer.id)
        if key not in self.conversations:
            self.conversations[key] = Conversation(
                account.key, customer.id, next_id=self.first_number()
            )
        return self.conversations[key]

    def window_open(self, conversation: Conversation) -> bool:
        """May the business write freely? (WhatsApp's 24 hours)"""
        if conversation.window is not None:
            return conversation.window
        return time.time() - conversation.last_incoming() < self.settings.window

    def show(self, conversation: Conversation, message: Message) -> None:
        """Tell the open pages that a message is new or has changed."""
        provider, account_id = conversation.account_key
        self.live.tell(
            "message",
            channel=provider,
            account=account_id,
            customer=conversation.customer_id,
            message=message.view(),
        )

    def sent_by_business(
        self, conversation: Conversation, message: Message, **more
    ) -> None:
        """Keep a line for ``GET /sandbox/outbox``."""
        provider, account_id = conversation.account_key
        self.outbox.append(
            {
                "provider": provider,
                "account": account_id,
                "customer": conversation.customer_id,
                "at": time.time(),
                "message": message,
                **more,
            }
        )

    def _tell_webhooks(self) -> None:
        """Tell the pages that deliveries moved, a few times a second at most."""
        if self._telling:
            return
        self._telling = True

        def tell() -> None:
            self._telling = False
            self.live.tell("webhook")

        self.timers.after(0.25, tell)

    def _people(self) -> None:
        self.customers = {customer.id: customer for customer in cast()}
