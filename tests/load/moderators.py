"""The moderators' queue with 100,000 cases over 1,000,000 past texts, side by side
in one run with the same queue when it is nearly empty.

Server times are of whole JSON requests as the web client makes them, to one Odoo on
the same machine. A trial of a rule over the whole history is started, stopped, taken
up again and watched until it has tried enough to tell its pace.
"""

import statistics
import time
from collections.abc import Callable

import requests

from devkit.inside.live import Live, live

TEXTS, CASES = 1_000_000, 100_000
TICKETS = 20_000
ROUNDS = 15
TRIAL_SECONDS = 30
QUEUE_FIELDS = (
    *("display_name", "severity", "category_id", "excerpt", "document_name"),
    *("author_id", "content_state", "deadline", "user_id", "state", "overdue"),
)


def run(say=print) -> dict[str, float]:
    """:return: flat figures, for ``--json``"""
    with live("bench-moderators") as running:
        desk = Desk(running)
        figures = desk.measure("small")
        grow(running)
        say(f"{TEXTS:,} texts, {CASES:,} cases")
        figures |= desk.measure("large")
        figures |= trial(running)
    for name in ("queue", "kanban", "case", "scan"):
        figures[f"{name}_growth"] = figures[f"{name}_large_ms"] / max(
            figures[f"{name}_small_ms"], 0.001
        )
    for name, value in figures.items():
        say(f"{name:<28}{value:>12.2f}")
    return figures


class Desk:
    """A moderator's browser, without the browser."""

    def __init__(self, running: Live) -> None:
        self.running = running
        self.web = requests.Session()
        self.login("moderator")

    def login(self, login: str) -> None:
        params = {"db": self.running.db, "login": login, "password": login}
        self.call("/web/session/authenticate", **params)

    def call(self, path: str, **params):
        answer = self.web.post(
            f"{self.running.http_url}{path}",
            json={"jsonrpc": "2.0", "method": "call", "params": params},
            timeout=120,
        ).json()
        if "error" in answer:
            raise AssertionError(answer["error"]["data"]["message"])
        return answer["result"]

    def kw(self, model: str, method: str, *args, **kwargs):
        return self.call(
            f"/web/dataset/call_kw/{model}/{method}",
            model=model,
            method=method,
            args=args,
            kwargs=kwargs,
        )

    def measure(self, name: str) -> dict[str, float]:
        """Opening the list, the kanban and one case; scanning one text."""
        return {
            f"queue_{name}_ms": median(self.queue),
            f"kanban_{name}_ms": median(self.kanban),
            f"case_{name}_ms": median(self.case),
            f"scan_{name}_ms": median(self.scan),
        }

    def queue(self) -> list[dict]:
        """The first page, as the list view asks for it."""
        return self.kw(
            "moderation.case",
            "web_search_read",
            domain=[("state", "in", ("waiting", "claimed"))],
            specification={name: {} for name in QUEUE_FIELDS},
            limit=80,
            count_limit=10_001,
        )["records"]

    def kanban(self) -> None:
        """The columns with their first cards."""
        self.kw(
            "moderation.case",
            "web_read_group",
            domain=[("state", "in", ("waiting", "claimed"))],
            groupby=["state"],
            aggregates=["__count"],
            auto_unfold=True,
            unfold_read_specification={name: {} for name in QUEUE_FIELDS},
            unfold_read_default_limit=40,
        )

    def case(self) -> None:
        """One case with its context and its author's record."""
        worst = self.queue()[0]["id"]
        fields = ("context_html", "author_cases", "author_against", "company_cases")
        self.kw(
            "moderation.case",
            "web_read",
            [worst],
            specification={name: {} for name in fields},
        )

    def scan(self) -> None:
        """A customer's text is refused: the whole request, with all rules."""
        body = {"body": "Meu CPF é 529.982.247-25", "subtype_xmlid": "mail.mt_comment"}
        answer = self.customer.post(
            f"{self.running.http_url}/mail/message/post",
            json={
                "jsonrpc": "2.0",
                "method": "call",
                "params": {
                    "thread_model": "helpdesk.ticket",
                    "thread_id": self.ticket,
                    "post_data": body,
                },
            },
            timeout=60,
        ).json()
        if not answer["error"]["data"]["name"].endswith(".Coached"):
            raise AssertionError(answer)

    @property
    def customer(self) -> requests.Session:
        if not hasattr(self, "_customer"):
            self._customer = requests.Session()
            params = {"db": self.running.db, "login": "rafael", "password": "rafael"}
            self._customer.post(
                f"{self.running.http_url}/web/session/authenticate",
                json={"jsonrpc": "2.0", "method": "call", "params": params},
                timeout=60,
            )
        return self._customer

    @property
    def ticket(self) -> int:
        [[ticket]] = self.running.psql(
            "SELECT t.id FROM helpdesk_ticket t JOIN res_users u"
            " ON u.partner_id = t.partner_id WHERE u.login = 'rafael' LIMIT 1"
        )
        return ticket


def median(what: Callable) -> float:
    """Milliseconds; the first call is left out, it fills caches."""
    what()
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        what()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def grow(running: Live) -> None:
    """Years of tickets, texts and cases, written by the database: every tenth
    case is open, the others are history."""
    running.psql(
        f"""
        WITH team AS (
            SELECT company_id, team_id, stage_id FROM helpdesk_ticket
             WHERE stage_id IS NOT NULL LIMIT 1
        ), partner AS (
            INSERT INTO res_partner (name, active, type, complete_name, create_date,
                                     partner_share)
            SELECT 'Cliente ' || n, true, 'contact', 'Cliente ' || n, now(), true
              FROM generate_series(1, {TICKETS}) n
            RETURNING id
        )
        INSERT INTO helpdesk_ticket (number, name, description, partner_id,
            company_id, team_id, stage_id, active, priority, sequence,
            moderation_state, create_date, write_date)
        SELECT 'H' || partner.id, 'Nota rejeitada', 'Erro 539', partner.id,
               team.company_id, team.team_id, team.stage_id, true, '1', 10,
               'published', now(), now()
          FROM partner, team
        """
    )
    for first in range(0, TEXTS, 100_000):
        running.psql(_texts(first, first + 100_000))
    running.psql(_cases())
    running.psql(_findings())
    tables = ("mail_message", "moderation_case", "moderation_finding", "res_partner")
    for table in (*tables, "helpdesk_ticket"):
        running.psql(f"ANALYZE {table}")


def _texts(first: int, last: int) -> str:
    return f"""
        WITH ticket AS (
            SELECT id, partner_id, row_number() OVER (ORDER BY id) - 1 AS place
              FROM helpdesk_ticket WHERE number LIKE 'H%'
        )
        INSERT INTO mail_message (model, res_id, author_id, body, message_type, date,
                                  create_date, message_id, subtype_id)
        SELECT 'helpdesk.ticket', ticket.id, ticket.partner_id,
               '<p>A nota ' || n || ' foi rejeitada, o boleto venceu e ninguém '
               || 'responde.</p>',
               'comment', now(), now() - interval '1 day', 'm' || n,
               (SELECT res_id FROM ir_model_data
                 WHERE module = 'mail' AND name = 'mt_comment')
          FROM generate_series({first}, {last - 1}) n
          JOIN ticket ON place = n % {TICKETS}
    """


def _cases() -> str:
    return f"""
        INSERT INTO moderation_case (res_model, res_id, document_model, document_id,
            author_id, author_company_id, company_id, state, content_state, origin,
            severity, deadline, create_date, write_date)
        SELECT 'mail.message', id, 'helpdesk.ticket', res_id, author_id, author_id,
               (SELECT id FROM res_company ORDER BY id LIMIT 1),
               CASE WHEN id % 10 = 0 THEN 'waiting' ELSE 'decided' END,
               'published', 'gate', (1 + id % 4)::text, now() + interval '1 day',
               now(), now()
          FROM mail_message WHERE message_id LIKE 'm%'
         ORDER BY mail_message.id LIMIT {CASES}
    """


def _findings() -> str:
    return """
        INSERT INTO moderation_finding (case_id, severity, kind, part, start, spans,
                                        read_as, disguised, secret)
        SELECT c.id, c.severity, 'word', 'body', 5, '[[5, 9]]', 'nota', false, false
          FROM moderation_case c
         WHERE NOT EXISTS (SELECT 1 FROM moderation_finding f WHERE f.case_id = c.id)
    """


def trial(running: Live) -> dict[str, float]:
    """A new rule over the whole history: progress, stop, going on."""
    env = running.odoo().env
    rule_set = env["moderation.rule.set"].search([], limit=1)
    category = env["moderation.category"].search([("code", "=", "other")])
    rule = env["moderation.rule"].create(
        {
            "name": "Boletos",
            "set_id": rule_set[0],
            "kind": "word",
            "category_id": category[0],
            "term_ids": [(0, 0, {"text": "xispeteó", "role": "word"})],
        }
    )
    started = time.monotonic()
    action = env["moderation.rule"].browse(rule).action_try()
    sampled = time.monotonic() - started
    number = action["res_id"]
    trials = env["moderation.trial"]

    def seen() -> tuple[int, str]:
        [row] = trials.read([number], ["seen", "state"])
        return row["seen"], row["state"]

    trials.browse(number).action_search_all()
    before, begin = seen()[0], time.monotonic()
    running.wait("the trial has gone on", lambda: seen()[0] > before + 2000, 120)
    time.sleep(TRIAL_SECONDS)
    after, seconds = seen()[0], time.monotonic() - begin
    trials.browse(number).action_stop()
    time.sleep(2)
    stopped = seen()[0]
    time.sleep(3)
    if seen() != (stopped, "stopped"):
        raise AssertionError(f"stopped at {stopped}, but {seen()}")
    trials.browse(number).action_search_all()
    running.wait("it goes on", lambda: seen()[0] > stopped, 120)
    trials.browse(number).action_stop()
    return {
        "trial_sample_s": sampled,
        "trial_texts_per_s": (after - before) / seconds,
        "trial_stopped_and_resumed": 1.0,
    }
