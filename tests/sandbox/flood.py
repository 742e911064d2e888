"""Many customers at once: ``POST /sandbox/flood``.

Texts are numbered per customer ("#0007 of +5511...") and their provider times
grow by a second each, so that a test can tell exactly what is missing, doubled
or out of order. The same seed makes the same flood.
"""

import random
import threading
import time
from dataclasses import dataclass
from typing import Any

from .accounts import Account
from .messages import Message
from .people import Customer, new_customer
from .say import CHANNELS
from .tame import number, text, whole
from .webhooks import Attempt, Delivery, ok
from .world import World

#: Events change places within this many neighbours.
SHUFFLE_WINDOW = 50
#: Meta puts up to this many updates in one body.
BIGGEST_BATCH = 1000


@dataclass
class Plan:
    """What was ordered. ``rate`` is messages per second, 0 for all at once."""

    channel: str
    customers: int = 50
    messages: int = 1000
    batch: int = 1
    shuffle: bool = False
    duplicates: float = 0.0
    seed: int = 1
    rate: float = 0.0

    @classmethod
    def read(cls, order: dict[str, Any]) -> "Plan":
        """:raises ValueError: with the number that is out of bounds"""
        if text(order.get("channel")) not in CHANNELS:
            raise ValueError("Say on which “channel”: whatsapp or telegram.")
        return cls(
            channel=order["channel"],
            customers=whole(order, "customers", 50, 1, 10_000),
            messages=whole(order, "messages", 1000, 1, 1_000_000),
            batch=whole(order, "batch", 1, 1, BIGGEST_BATCH),
            shuffle=bool(order.get("shuffle")),
            duplicates=number(order, "duplicates", 0, most=1),
            seed=whole(order, "seed", 1),
            rate=number(order, "rate", 0),
        )


class Flood:
    """One running flood and its figures."""

    def __init__(self, world: World, account: Account, plan: Plan) -> None:
        self.world = world
        self.account = account
        self.plan = plan
        self.expected: dict[str, list[str]] = {}
        self.figures = {"sent": 0, "accepted": 0, "attempts": 0, "duplicates": 0}
        self.deliveries = 0
        self.delivered = 0
        self.started = time.time()
        self.finished: float | None = None
        self._lock = threading.Lock()
        self._stopped = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._run, name="flood", daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()

    def view(self) -> dict:
        end = self.finished or time.time()
        return {
            "running": self.finished is None and not self._stopped.is_set(),
            **vars(self.plan),
            **self.figures,
            "deliveries": self.deliveries,
            "delivered": self.delivered,
            "seconds": round(end - self.started, 3),
        }

    def _run(self) -> None:
        rng = random.Random(self.plan.seed)
        with self.world.lock:
            people = self._people()
            events = self._events(people)
        events = self._disorder(events, rng)
        size = 1 if self.plan.channel == "telegram" else self.plan.batch
        batches = [events[i : i + size] for i in range(0, len(events), size)]
        self.deliveries = len(batches)
        for batch in batches:
            if self._stopped.is_set():
                return
            self._send(batch)
            if self.plan.rate:
                self._stopped.wait(len(batch) / self.plan.rate)

    def _people(self) -> list[Customer]:
        """Numbers of every Brazilian kind, the same in every flood."""
        people = []
        for index in range(self.plan.customers):
            area = (11, 21, 41, 81)[index % 4]
            tail = f"{70000000 + index:08d}"
            digits = f"55{area}9{tail}"
            customer = new_customer(
                {
                    "id": f"flood-{index + 1}",
                    "name": f"Cliente {index + 1:03d}",
                    "phone": digits,
                    # above area 28 the id has no ninth digit
                    "wa_id": digits if area < 30 else f"55{area}{tail}",
                    "telegram_id": 600_000_000 + index,
                    "from_flood": True,
                },
                index,
            )
            people.append(self.world.customers.setdefault(customer.id, customer))
        return people

    def _events(self, people: list[Customer]) -> list[Any]:
        rounds = -(-self.plan.messages // len(people))
        began = int(time.time()) - rounds
        return [
            self._event(people[i % len(people)], i // len(people), began)
            for i in range(self.plan.messages)
        ]

    def _event(self, customer: Customer, index: int, began: int) -> Any:
        channel = CHANNELS[self.plan.channel]
        conversation = self.world.conversation(self.account, customer)
        text = f"#{index + 1:04d} of {customer.phone}"
        message = Message(
            id=channel.message_id(customer, conversation),
            direction="in",
            kind="text",
            time=began + index,
            text=text,
            status="sent",
        )
        conversation.messages.append(message)
        self.expected.setdefault(customer.id, []).append(text)
        return channel.event(
            self.world, self.account, customer, conversation, message, {}
        )

    def _disorder(self, events: list[Any], rng: random.Random) -> list[Any]:
        """Doubles, then a shuffle. Telegram repeats, but keeps its order."""
        result: list[Any] = []
        for event in events:
            result.append(event)
            if rng.random() < self.plan.duplicates:
                result.append(event)
                self.figures["duplicates"] += 1
        if self.plan.shuffle and self.plan.channel == "whatsapp":
            for start in range(0, len(result), SHUFFLE_WINDOW):
                window = result[start : start + SHUFFLE_WINDOW]
                rng.shuffle(window)
                result[start : start + SHUFFLE_WINDOW] = window
        return result

    def _send(self, batch: list[Any]) -> None:
        channel = CHANNELS[self.plan.channel]
        delivery = channel.prepare(self.world, self.account, batch)
        first = delivery.on_try

        def tried(done: Delivery, attempt: Attempt) -> None:
            if first:
                first(done, attempt)
            self._count(len(batch), attempt)

        delivery.on_try = tried
        with self._lock:
            self.figures["sent"] += len(batch)
        self.world.postman.send(delivery)

    def _count(self, size: int, attempt: Attempt) -> None:
        with self._lock:
            self.figures["attempts"] += 1
            if ok(attempt):
                self.figures["accepted"] += size
                self.delivered += 1
                if self.delivered == self.deliveries:
                    self.finished = time.time()


def start(world: World, order: dict[str, Any]) -> Flood:
    """:raises ValueError: nonsense, no webhook yet, or one is running already"""
    plan = Plan.read(order)
    account = world.account(plan.channel, text(order.get("account")))
    if not account.callback_url:
        raise ValueError("No webhook is registered for this account: connect it first.")
    with world.lock:
        if world.flood and world.flood.view()["running"]:
            raise ValueError("A flood is running already. Wait, or reset the sandbox.")
        world.flood = Flood(world, account, plan)
    world.flood.start()
    return world.flood
