"""How fast messages come in, side by side in one run on one server.

(a) the floor: a bare route with one HMAC and one INSERT,
(b) our webhook,
(c) the webhook of OCA's ``mail_gateway_telegram``,
then webhook and jobs together: accepted at a steady rate until each message is
a line in its ticket; all of it once more with a long history stored.

(a), (b) and (c) are measured with the job runner standing still, in turns, so
that a busy moment of the machine meets all of them. Ratios are what counts.
"""

import json
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from devkit.inside.live import Live
from tests.load import batch, client, history, traffic
from tests.load.server import Cpu, server

ROUNDS = 3
REQUESTS = 1500  # per round, of the floor and of ours
PEER_REQUESTS = 100
BATCHES = 5
STEADY_RATE = 180.0  # messages a second offered to the whole chain
STEADY_SECONDS = 30
SMALL, LARGE = 1_000, 1_000_000


@dataclass
class Desk:
    """Where requests go."""

    running: Live
    webhook: str
    secret: str
    phone_number_id: str
    account_id: int
    floor: str
    peer: str
    peer_secret: str

    def ours(self, run: str, count: int) -> list[bytes]:
        bodies = (traffic.whatsapp(run, n, self.phone_number_id) for n in range(count))
        return traffic.to_webhook(self.webhook, self.secret, bodies)


def run(say=print) -> dict[str, float]:
    """:return: flat figures, for ``--json``"""
    with server() as running:
        desk = prepare(running)
        history.grow(running, SMALL)
        with jobs_stopped(running):
            figures = compare(desk, say)
            figures["batch_1000_ms"] = accept_batches(desk, say)
        figures |= steady(desk, "s", say)
        small = accepted_and_drained(desk, "a", say)
        stored = history.grow(running, LARGE)
        say(f"{stored:,} messages stored")
        large = accepted_and_drained(desk, "b", say)
        figures |= steady(desk, "t", say, prefix="large_")
    figures["growth_1k_to_1m"] = large / small
    report(figures, say)
    return figures


def prepare(running: Live) -> Desk:
    """Find our demo account, and make the peer's."""
    running.psql(
        "CREATE TABLE social_bench_floor (id bigserial PRIMARY KEY, body text)"
    )
    odoo = running.odoo()
    accounts = odoo.env["helpdesk.social.account"]
    [account_id] = accounts.search([("provider", "=", "whatsapp")], limit=1)
    key = accounts.read([account_id], ["key"])[0]["key"]
    [[number]] = running.psql(
        "SELECT value FROM helpdesk_social_credential"
        " WHERE account_id = %s AND name = 'phone_number_id'",
        account_id,
    )
    gateway = odoo.env["mail.gateway"].create(
        {
            "name": "Peer",
            "gateway_type": "telegram",
            "token": "1:peer",
            "webhook_key": "peer",
            "webhook_secret": "peer-secret",
        }
    )
    odoo.env["mail.gateway"].write(
        [gateway], {"integrated_webhook_state": "integrated"}
    )
    base = running.http_url
    return Desk(
        running,
        f"{base}/social/webhook/{key}",
        running.env["SOCIAL_SANDBOX_WHATSAPP_SECRET"],
        number,
        account_id,
        f"{base}/social_bench/floor",
        f"{base}/gateway/telegram/peer/update",
        "peer-secret",
    )


# --- side by side ---


def compare(desk: Desk, say) -> dict[str, float]:
    """Floor, ours and the peer in turns; medians over the rounds."""
    found: dict[str, list[client.Outcome]] = {"floor": [], "webhook": [], "peer": []}
    for round_ in range(ROUNDS + 1):
        runs = {
            "floor": lambda n=round_: client.fire(
                desk.floor, traffic.to_floor(desk.floor, bodies(desk, f"f{n}"))
            ),
            "webhook": lambda n=round_: client.fire(
                desk.webhook, desk.ours(f"c{n}", REQUESTS)
            ),
            "peer": lambda n=round_: client.fire(desk.peer, to_peer(desk, n)),
        }
        for name, fire in runs.items():
            outcome = fire()
            if outcome.refused:
                raise SystemExit(f"{name}: {outcome.refused} requests were refused")
            if round_:  # the first one warms up
                found[name].append(outcome)
    figures = {}
    for name, outcomes in found.items():
        figures[f"{name}_rps"] = statistics.median(o.rps for o in outcomes)
        for percent in (50, 99):
            figures[f"{name}_p{percent}_ms"] = statistics.median(
                o.percentile(percent) for o in outcomes
            )
    figures["webhook_vs_floor"] = statistics.median(
        ours.rps / floor.rps
        for ours, floor in zip(found["webhook"], found["floor"], strict=True)
    )
    figures["webhook_vs_peer"] = figures["webhook_rps"] / figures["peer_rps"]
    say("compared floor, webhook and peer")
    return figures


def bodies(desk: Desk, run: str):
    return (traffic.whatsapp(run, n, desk.phone_number_id) for n in range(REQUESTS))


def to_peer(desk: Desk, round_: int) -> list[bytes]:
    numbers = range(round_ * PEER_REQUESTS, (round_ + 1) * PEER_REQUESTS)
    return traffic.to_peer(
        desk.peer, desk.peer_secret, (traffic.telegram(n) for n in numbers)
    )


def accept_batches(desk: Desk, say) -> float:
    """Until a body with 1,000 updates of all sorts is accepted; the median."""
    start, found = int(time.time()) - 3600, []
    for round_ in range(BATCHES + 1):
        body = batch.body(f"{60 + round_}", desk.phone_number_id, start)
        requests = traffic.to_webhook(
            desk.webhook, desk.secret, [json.dumps(body).encode()]
        )
        outcome = client.fire(desk.webhook, requests, connections=1)
        if outcome.refused:
            raise SystemExit("a body with 1,000 updates was refused")
        if round_:  # the first one warms up
            found += outcome.latencies
    say(f"accepted {BATCHES} bodies with {batch.ITEMS:,} updates each")
    return statistics.median(found) * 1000


@contextmanager
def jobs_stopped(running: Live) -> Iterator[None]:
    """Hold every lane, as a job of another node would."""
    connection = running.connect()
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_lock(hashtextextended("
                "       'social_in:' || id || ':' || lane, 0))"
                "  FROM helpdesk_social_account, generate_series(0, 1) lane"
            )
        yield
    finally:
        connection.close()


# --- webhook and jobs together ---


def steady(desk: Desk, run: str, say, prefix: str = "") -> dict[str, float]:
    """Offer a steady rate; how fast it arrives in the tickets, and how long a
    provider waits for his 200 meanwhile."""
    wait_until_empty(desk)
    count = int(STEADY_RATE * STEADY_SECONDS)
    requests = desk.ours(run, count)
    began = time.monotonic()
    outcome = client.fire(desk.webhook, requests, rate=STEADY_RATE)
    wait_until_empty(desk)
    seconds = time.monotonic() - began
    lines = desk.running.psql(
        "SELECT count(*) FROM helpdesk_social_message JOIN mail_message"
        "    ON mail_message.id = mail_message_id WHERE external_id LIKE %s",
        f"wamid.{run}%",
    )[0][0]
    if lines != count:
        raise SystemExit(f"{lines} of {count} messages arrived in the tickets")
    say(f"{count} messages from webhook to ticket in {seconds:.0f} s")
    return {
        f"{prefix}end_to_end_per_s": count / seconds,
        f"{prefix}accept_p50_ms": outcome.percentile(50),
        f"{prefix}accept_p99_ms": outcome.percentile(99),
    }


def accepted_and_drained(desk: Desk, run: str, say) -> float:
    """Processor milliseconds of Odoo and PostgreSQL for one message, from its
    webhook to its line; the median of two rounds."""
    cpu, costs = Cpu(desk.running), []
    for round_ in range(3):
        wait_until_empty(desk)
        requests = desk.ours(f"{run}{round_}", REQUESTS)
        before = cpu.seconds()
        client.fire(desk.webhook, requests)
        wait_until_empty(desk)
        costs.append((cpu.seconds() - before) / len(requests) * 1000)
    cost = statistics.median(costs[1:])  # the first one warms up
    say(f"{cost:.2f} ms of processor time a message")
    return cost


def wait_until_empty(desk: Desk) -> None:
    desk.running.wait(
        "all events worked off",
        lambda: (
            not desk.running.psql(
                "SELECT 1 FROM helpdesk_social_event WHERE state = 'new' LIMIT 1"
            )
        ),
        300,
    )


# --- the table ---


def report(figures: dict[str, float], say) -> None:
    say("")
    say(f"{'':12}{'requests/s':>12}{'p50 ms':>10}{'p99 ms':>10}")
    for name in ("floor", "webhook", "peer"):
        say(
            f"{name:12}{figures[f'{name}_rps']:12.0f}"
            f"{figures[f'{name}_p50_ms']:10.1f}{figures[f'{name}_p99_ms']:10.1f}"
        )
    say("")
    say(f"webhook / floor            {figures['webhook_vs_floor']:8.2f}")
    say(f"webhook / peer             {figures['webhook_vs_peer']:8.1f}")
    say(f"1,000 updates in one body  {figures['batch_1000_ms']:8.0f} ms")
    say(f"webhook to ticket, per s   {figures['end_to_end_per_s']:8.0f}")
    say(f"accepting meanwhile, p99   {figures['accept_p99_ms']:8.1f} ms")
    say(f"with {LARGE:,} stored      {figures['large_end_to_end_per_s']:8.0f} per s")
    say(f"cost of one, 1k to 1M      {figures['growth_1k_to_1m']:8.2f} times")
