"""The postman: brings webhooks to the business and does not give up.

WhatsApp's are posted side by side and in no order. Telegram's stand in a lane
per bot: the next one is not tried before the one ahead was accepted.
"""

import heapq
import itertools
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import requests

from .guard import is_loopback
from .settings import Settings

#: The deliveries log keeps this many.
LOG_LENGTH = 1000


@dataclass
class Attempt:
    at: float
    status: int | None
    ms: float
    error: str = ""


@dataclass
class Delivery:
    """One webhook body on its way."""

    url: str
    body: bytes = field(repr=False)
    headers: dict[str, str] = field(repr=False)
    provider: str = ""
    account: str = ""
    about: list[str] = field(default_factory=list)  # "message wamid...", "status ..."
    lane: str = ""  # deliveries of one lane keep their order
    retry: bool = True
    on_try: Callable[["Delivery", Attempt], None] | None = field(
        default=None, repr=False
    )
    attempts: list[Attempt] = field(default_factory=list)
    id: int = 0

    @property
    def accepted(self) -> bool:
        return bool(self.attempts) and ok(self.attempts[-1])

    def view(self) -> dict:
        last = self.attempts[-1] if self.attempts else None
        return {
            "id": self.id,
            "provider": self.provider,
            "account": self.account,
            "url": self.url,
            "about": self.about,
            "bytes": len(self.body),
            "accepted": self.accepted,
            "attempts": len(self.attempts),
            "status": last.status if last else None,
            "ms": round(last.ms, 1) if last else None,
            "error": last.error if last else "",
            "history": [
                {"at": a.at, "status": a.status, "ms": round(a.ms, 1)}
                for a in self.attempts[-20:]
            ],
        }


def ok(attempt: Attempt) -> bool:
    return attempt.status is not None and 200 <= attempt.status < 300


def gap(settings: Settings, failures: int) -> float:
    """Seconds to wait after the ``failures``-th failure in a row.

    Meta repeats for days, Telegram for a day; the sandbox never gives up."""
    return min(settings.retry_base * 2 ** min(failures - 1, 20), settings.retry_max)


class Postman:
    """Threads that post deliveries as they fall due."""

    def __init__(self, settings: Settings, workers: int = 8) -> None:
        self.settings = settings
        self.log: deque[Delivery] = deque(maxlen=LOG_LENGTH)
        self.counters = {"deliveries": 0, "attempts": 0, "accepted": 0, "refused": 0}
        self._wake = threading.Condition()
        self._due: list[tuple[float, int, int, Delivery]] = []
        self._lanes: dict[str, deque[Delivery]] = {}
        self._count = itertools.count(1)
        self._round = 0  # grows with every reset; what is under way then is void
        self._busy = 0
        #: called after every queueing and every attempt
        self.on_change: Callable[[], None] = lambda: None
        for number in range(workers):
            threading.Thread(
                target=self._work, name=f"postman-{number}", daemon=True
            ).start()

    def send(self, delivery: Delivery) -> Delivery:
        """Queue a delivery for now, or behind its lane."""
        with self._wake:
            delivery.id = next(self._count)
            self.log.append(delivery)
            self.counters["deliveries"] += 1
            if delivery.lane:
                lane = self._lanes.setdefault(delivery.lane, deque())
                lane.append(delivery)
            if not delivery.lane or len(lane) == 1:
                self._push(delivery, 0)
        self.on_change()
        return delivery

    def reset(self) -> None:
        """Forget everything that waits, and the log."""
        with self._wake:
            self._round += 1
            self._due.clear()
            self._lanes.clear()
            self.log.clear()
            self.counters = dict.fromkeys(self.counters, 0)

    def redirect(self, provider: str, account: str, url: str) -> None:
        """The account has a new callback: what still waits goes there."""
        with self._wake:
            for delivery in self.log:
                if (delivery.provider, delivery.account) == (provider, account):
                    delivery.url = delivery.url if delivery.accepted else url

    def recall(self, lane: str) -> list[Delivery]:
        """Take back what waits in a lane, in its order."""
        with self._wake:
            waiting = self._lanes.pop(lane, deque())
            self._due = [item for item in self._due if item[3].lane != lane]
            heapq.heapify(self._due)
            return list(waiting)

    def in_lane(self, lane: str) -> int:
        with self._wake:
            return len(self._lanes.get(lane, ()))

    def waiting(self) -> int:
        """How many deliveries are not accepted yet."""
        with self._wake:
            queued = sum(len(lane) - 1 for lane in self._lanes.values() if lane)
            return len(self._due) + self._busy + queued

    def _push(self, delivery: Delivery, seconds: float) -> None:
        due = time.monotonic() + seconds
        heapq.heappush(self._due, (due, delivery.id, self._round, delivery))
        self._wake.notify()

    def _work(self) -> None:
        session = requests.Session()
        session.trust_env = False  # a proxy must never see loopback traffic
        while True:
            delivery, round_ = self._next()
            attempt = self._post(session, delivery)
            with self._wake:
                self._busy -= 1
                if round_ == self._round:
                    self._settle(delivery, attempt)
            if delivery.on_try:
                delivery.on_try(delivery, attempt)
            self.on_change()

    def _next(self) -> tuple[Delivery, int]:
        with self._wake:
            while True:
                wait = self._due[0][0] - time.monotonic() if self._due else None
                if wait is not None and wait <= 0:
                    _, _, round_, delivery = heapq.heappop(self._due)
                    self._busy += 1
                    return delivery, round_
                self._wake.wait(wait)

    def _settle(self, delivery: Delivery, attempt: Attempt) -> None:
        delivery.attempts.append(attempt)
        self.counters["attempts"] += 1
        done = ok(attempt)
        self.counters["accepted" if done else "refused"] += 1
        if not done and delivery.retry and not self._recalled(delivery):
            self._push(delivery, gap(self.settings, len(delivery.attempts)))
        elif lane := self._lanes.get(delivery.lane):
            lane.popleft()
            if lane:
                self._push(lane[0], 0)

    def _recalled(self, delivery: Delivery) -> bool:
        lane = self._lanes.get(delivery.lane)
        return bool(delivery.lane) and (not lane or lane[0] is not delivery)

    def _post(self, session: requests.Session, delivery: Delivery) -> Attempt:
        started = time.time()
        status, error = None, ""
        if not is_loopback(delivery.url):
            error = "Not sent: the sandbox posts webhooks to this machine only."
        else:
            try:
                status = session.post(
                    delivery.url,
                    data=delivery.body,
                    headers=delivery.headers,
                    timeout=self.settings.webhook_timeout,
                    allow_redirects=False,
                ).status_code
            except requests.RequestException as problem:
                error = f"{type(problem).__name__}: nobody answered at {delivery.url}"
        ms = (time.time() - started) * 1000
        return Attempt(started, status, ms, error)
