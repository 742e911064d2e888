"""Whether one account's troubles, or work in the background, delay the others.

Messages come in at a steady rate, and an agent answers one a second. Each is timed
until it is a line in its ticket, or has left. That is measured quiet and disturbed,
in turns, with the median over the rounds:

- an account whose provider takes ten seconds a message, one whose provider says
  "in an hour", one whose provider cannot be reached, with 200 answers waiting each,
- a first synchronisation of 2,000 templates,
- the replay of 100,000 events,
- the purge of 100,000 events.
"""

import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from devkit.inside.live import Live, live
from tests.load import bad_provider, client, history, traffic

ROUNDS = 3
RATE = 20.0  # messages a second
SECONDS = 20
EVENTS = 100_000
TEMPLATES = 2000
WAITING = 200  # answers of the neighbour
LOOK = 0.02  # seconds between two looks at the tickets

NEIGHBOURS = ("slow", "limited", "unreachable")
BACKGROUND = ("templates", "replay", "purge")


# What the events of the past say, so that they can be worked off again.
READABLE_EVENTS = """
    UPDATE helpdesk_social_event SET payload = jsonb_build_object(
        'kind', 'message', 'account', '1', 'field', 'messages',
        'metadata', jsonb_build_object('phone_number_id', '1'),
        'contact', jsonb_build_object('wa_id', thread),
        'item', jsonb_build_object('from', thread, 'id', external_id, 'type', 'text',
            'timestamp', '1790000000', 'text', jsonb_build_object('body', 'Oi')),
        'id', external_id, 'thread', thread)::text
     WHERE account_id = %s
"""
NEIGHBOURS_CUSTOMERS = """
    WITH contact AS (
        INSERT INTO helpdesk_social_contact (account_id, external_id, name)
        SELECT %s, 'n' || n, 'Neighbour ' || n FROM generate_series(1, %s) n
        RETURNING id, account_id, external_id
    )
    INSERT INTO helpdesk_social_conversation
        (account_id, contact_id, thread, window_ends_at)
    SELECT account_id, id, external_id, now() + interval '10 days' FROM contact
"""
WAITING_ANSWERS = """
    INSERT INTO helpdesk_social_message (conversation_id, account_id, contact_id,
        direction, kind, state, part, correlation, write_date)
    SELECT id, account_id, contact_id, 'out', 'text', 'queued',
           '{"kind": "text", "text": "Bom dia"}', gen_random_uuid()::text,
           now() - interval '1 day'
      FROM helpdesk_social_conversation WHERE account_id = %s
"""
OPEN_WINDOWS = """
    UPDATE helpdesk_social_conversation
       SET last_inbound_at = now() AT TIME ZONE 'UTC',
           window_ends_at = now() AT TIME ZONE 'UTC' + interval '1 day'
     WHERE id IN (SELECT id FROM helpdesk_social_conversation
                   WHERE account_id = %s AND thread LIKE '55119%%'
                     AND ticket_id IS NOT NULL ORDER BY id LIMIT %s)
    RETURNING ticket_id
"""
OLD_EVENTS = """
    INSERT INTO helpdesk_social_event (account_id, external_id, thread, lane,
        occurred_at, received_at, sequence, payload, state)
    SELECT %s, 'p' || gen_random_uuid(), 'p', 0, now(), now() - interval '200 days',
           0, repeat('x', 500), 'done'
      FROM generate_series(1, %s) n
"""


@dataclass
class Times:
    """Seconds that messages took, of all rounds."""

    incoming: list[float] = field(default_factory=list)
    outgoing: list[float] = field(default_factory=list)

    def p(self, percent: int, side: str = "incoming") -> float:
        """In milliseconds."""
        return client.Outcome(latencies=getattr(self, side)).percentile(percent)


def run(say=print) -> dict[str, float]:
    """:return: flat figures, for ``--json``"""
    with live("bench-isolation") as running:
        desk = Desk(running)
        desk.measure("warm")
        quiet: list[Times] = []
        disturbed: dict[str, list[Times]] = {}
        for number in range(ROUNDS):
            for name in (*NEIGHBOURS, *BACKGROUND):
                desk.prepare(name)
                quiet.append(desk.measure(f"q{number}{name}"))
                with desk.disturbed(name):
                    times = desk.measure(f"d{number}{name}")
                disturbed.setdefault(name, []).append(times)
                say(
                    f"{name:12} incoming p99 {quiet[-1].p(99):6.0f} →"
                    f" {times.p(99):6.0f} ms, outgoing p50"
                    f" {quiet[-1].p(50, 'outgoing'):6.0f} →"
                    f" {times.p(50, 'outgoing'):6.0f} ms"
                )
    return report(quiet, disturbed, say)


class Desk:
    """An account that is measured and a neighbour in trouble."""

    def __init__(self, running: Live):
        self.running = running
        self.odoo = running.odoo()
        accounts = self.odoo.env["helpdesk.social.account"]
        [self.account] = accounts.search([("provider", "=", "whatsapp")], limit=1)
        key = accounts.read([self.account], ["key"])[0]["key"]
        self.webhook = f"{running.http_url}/social/webhook/{key}"
        self.secret = running.env["SOCIAL_SANDBOX_WHATSAPP_SECRET"]
        [[self.number]] = running.psql(
            "SELECT value FROM helpdesk_social_credential"
            " WHERE account_id = %s AND name = 'phone_number_id'",
            self.account,
        )
        history.grow(running, EVENTS)
        running.psql(READABLE_EVENTS, self.account)
        self.provider = bad_provider.start()
        self.neighbour = self._neighbour()

    def _neighbour(self) -> int:
        accounts = self.odoo.env["helpdesk.social.account"]
        port = self.provider.server_address[1]
        account = accounts.create(
            {
                "name": "Neighbour",
                "provider": "whatsapp",
                "api_url": f"http://127.0.0.1:{port}",
                "team_id": accounts.read([self.account], ["team_id"])[0]["team_id"][0],
            }
        )
        secrets = ("access_token", "app_secret", "verify_token")
        values = {name: "neighbour" for name in secrets}
        ids = {"phone_number_id": "2", "waba_id": "3"}
        accounts.set_credentials([account], values | ids)
        self.running.psql(
            "UPDATE helpdesk_social_account SET state = 'connected' WHERE id = %s",
            account,
        )
        self.running.psql(NEIGHBOURS_CUSTOMERS, account, WAITING)
        return account

    # --- measuring ---

    def measure(self, run: str) -> Times:
        """A stretch of messages in and answers out."""
        times = Times()
        requests = traffic.to_webhook(
            self.webhook,
            self.secret,
            (traffic.whatsapp(run, n, self.number) for n in range(int(RATE * SECONDS))),
        )
        tickets = self._answerable()
        stop = threading.Event()
        seen: dict[str, float] = {}
        watcher = threading.Thread(target=self._watch, args=(run, seen, stop))
        agent = threading.Thread(target=self._answer, args=(tickets, times))
        watcher.start()
        agent.start()
        began = time.perf_counter()
        outcome = client.fire(self.webhook, requests, rate=RATE)
        if outcome.refused:
            raise SystemExit(f"{outcome.refused} messages were refused")
        self.running.wait("all in tickets", lambda: len(seen) == len(requests), 120)
        stop.set()
        watcher.join()
        agent.join()
        for number in range(len(requests)):
            due = began + number / RATE
            times.incoming.append(seen[f"wamid.{run}{number:08d}"] - due)
        return times

    def _watch(self, run: str, seen: dict, stop: threading.Event) -> None:
        connection = self.running.connect()
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT max(id) FROM helpdesk_social_message")
            [before] = cursor.fetchone()
            while not stop.is_set():
                cursor.execute(
                    "SELECT external_id FROM helpdesk_social_message"
                    " WHERE id > %s AND external_id LIKE %s AND direction = 'in'",
                    (before, f"wamid.{run}%"),
                )
                now = time.perf_counter()
                for (external_id,) in cursor.fetchall():
                    seen.setdefault(external_id, now)
                time.sleep(LOOK)
        connection.close()

    def _answerable(self) -> list[int]:
        """Tickets that an agent may answer now."""
        found = self.running.psql(OPEN_WINDOWS, self.account, SECONDS)
        return [ticket for (ticket,) in found]

    def _answer(self, tickets: list[int], times: Times) -> None:
        """One a second, timed from the agent's click until it has left."""
        odoo = self.running.odoo()
        for ticket in tickets:
            began = time.perf_counter()
            post = odoo.env["helpdesk.ticket"].message_post(
                [ticket],
                body="Já estou vendo.",
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )
            post = post[0] if isinstance(post, list) else post
            self.running.wait("an answer has left", lambda p=post: self._left(p), 60)
            times.outgoing.append(time.perf_counter() - began)
            time.sleep(max(0.0, began + 1 - time.perf_counter()))

    def _left(self, post: int) -> bool:
        return bool(
            self.running.psql(
                "SELECT 1 FROM helpdesk_social_message WHERE mail_message_id = %s"
                " AND state NOT IN ('queued', 'sending')",
                post,
            )
        )

    # --- disturbing ---

    def prepare(self, name: str) -> None:
        """What a disturbance needs, written before the quiet stretch begins."""
        if name == "purge":
            self.running.psql(OLD_EVENTS, self.account, EVENTS)
            self.running.psql("CHECKPOINT")

    @contextmanager
    def disturbed(self, name: str) -> Iterator[None]:
        start, stop = {
            "templates": (self._sync, self._no_templates),
            "replay": (self._replay, self._drop_jobs),
            "purge": (self._purge, self._drop_jobs),
        }.get(name, (lambda: self._trouble(name), self._no_trouble))
        start()
        time.sleep(1)
        try:
            yield
        finally:
            stop()

    def _trouble(self, mood: str) -> None:
        """Two hundred customers of the neighbour wait for an answer."""
        bad_provider.Graph.mood = mood
        port = self.provider.server_address[1] if mood != "unreachable" else 9
        self.odoo.env["helpdesk.social.account"].write(
            [self.neighbour], {"api_url": f"http://127.0.0.1:{port}"}
        )
        self.running.psql(WAITING_ANSWERS, self.neighbour)
        self._run_cron("cron_wake_answers")

    def _no_trouble(self) -> None:
        self.running.psql(
            "UPDATE helpdesk_social_message SET state = 'failed' WHERE account_id = %s"
            " AND state = 'queued'",
            self.neighbour,
        )
        self._drop_jobs()

    def _sync(self) -> None:
        bad_provider.Graph.templates = TEMPLATES
        self._run_cron("cron_sync_templates")

    def _no_templates(self) -> None:
        self.running.psql(
            "DELETE FROM helpdesk_social_template WHERE account_id = %s", self.neighbour
        )

    def _replay(self) -> None:
        ids = self.running.psql(
            "SELECT id FROM helpdesk_social_event WHERE external_id LIKE 'h%%'"
            " AND account_id = %s ORDER BY id LIMIT %s",
            self.account,
            EVENTS,
        )
        self.odoo.env["helpdesk.social.event"].action_replay([i for (i,) in ids])

    def _purge(self) -> None:
        self._run_cron("cron_purge")

    def _drop_jobs(self) -> None:
        """What is left of the disturbance ends before the next quiet stretch."""
        self.running.psql(
            "UPDATE queue_job SET state = 'cancelled' WHERE state IN"
            " ('pending', 'enqueued') AND method_name IN"
            " ('_replay', '_purge', '_send_slowly', '_send_waiting')"
        )
        self.running.wait(
            "nothing runs any more",
            lambda: (
                not self.running.psql(
                    "SELECT 1 FROM queue_job WHERE state = 'started' AND method_name IN"
                    " ('_replay', '_purge', '_send_slowly') LIMIT 1"
                )
            ),
            90,
        )

    def _run_cron(self, name: str) -> None:
        [record] = self.odoo.env["ir.model.data"].search_read(
            [("module", "=", "social_helpdesk"), ("name", "=", name)], ["res_id"]
        )
        self.odoo.env["ir.cron"].method_direct_trigger([record["res_id"]])


def report(quiet: list[Times], disturbed: dict[str, list[Times]], say) -> dict:
    """Each disturbance against the quiet stretch just before it."""
    figures: dict[str, float] = {}
    names = (*NEIGHBOURS, *BACKGROUND)
    for place, name in enumerate(names):
        before = quiet[place :: len(names)]
        pairs = list(zip(before, disturbed[name], strict=True))
        for side, percent in (("incoming", 99), ("outgoing", 50)):
            changes = [d.p(percent, side) / q.p(percent, side) - 1 for q, d in pairs]
            figures[f"{name}_{side}_change"] = statistics.median(changes)
    figures["quiet_p99_ms"] = statistics.median(q.p(99) for q in quiet)
    figures["p99_change"] = max(figures[f"{n}_incoming_change"] for n in names)
    figures["answer_change"] = max(figures[f"{n}_outgoing_change"] for n in names)
    say("")
    say(f"{'':14}{'incoming p99':>14}{'answers p50':>14}")
    for name in names:
        say(
            f"{name:14}{figures[f'{name}_incoming_change']:+14.0%}"
            f"{figures[f'{name}_outgoing_change']:+14.0%}"
        )
    return figures
