"""Two hundred people at once, each with a session of his own."""

import base64
import json
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import requests

from devkit.inside.live import Live

from .room import Room

CONNECTIONS = 40
WAITING = "the crowd has all workers, a job waits until it is asked for twice"
BETWEEN = "two transactions met on a row; the second is repeated and nobody sees it"


class Person:
    """One customer's session."""

    def __init__(self, stack: Live, user: int, session: str) -> None:
        self.url = stack.http_url
        self.user = user
        self.headers = {"Cookie": f"session_id={session}"}

    def call(self, path: str, **params):
        """The route's answer; a refusal of any kind fails the test."""
        answer = self._post(path, params)
        assert "error" not in answer, f"{path}: {str(answer)[:1000]}"
        return answer["result"]

    def refusal(self, path: str, **params) -> str:
        """What the person is told whom the route refuses, "" if it does not."""
        error = self._post(path, params).get("error")
        return error["data"]["message"] if error else ""

    def ask(self, title: str, space: int) -> int:
        """Begin a thread; its id."""
        asked = {"space_id": space, "title": title, "body": "<p>Quem já resolveu?</p>"}
        return self.call("/my/community/ask", audience="everybody", **asked)["id"]

    def reply(self, text: str, post: int) -> int:
        return self.call(f"/my/community/post/{post}/reply", body=f"<p>{text}</p>")[
            "id"
        ]

    def vote(self, post: int, value: int = 1) -> None:
        self.call(f"/my/community/post/{post}/vote", value=value)

    def accept(self, reply: int) -> None:
        self.call(f"/my/community/post/{reply}/accept")

    def _post(self, path: str, params: dict) -> dict:
        # Each over a connection of its own: a kept one may be closed by the server
        # just as it is used again.
        payload = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = requests.post(
            f"{self.url}{path}", json=payload, headers=self.headers, timeout=300
        )
        assert answer.ok, f"{path}: {answer.status_code}"
        return answer.json()


class Crowd(Room):
    """Makes many people as quickly as Odoo can."""

    def __init__(self, stack: Live) -> None:
        super().__init__(stack)
        for table in ("post", "member", "search", "notice"):
            stack.allow_log(r"^odoo\.sql_db$", f"community_{table}", BETWEEN)
        stack.allow_log(r"\.queue_job\.", "Re-queued dead job", WAITING)
        stack.allow_log(r"\.queue_job\.", "was requested to run job", WAITING)

    def people(self, name: str, count: int, employer: int = 0) -> list[Person]:
        """``count`` customers who have agreed to the house rules, logged in; each
        works alone, or all for ``employer``."""
        portal = self._id_of("base", "group_portal")
        users = self.env["res.users"].with_context(no_reset_password=True)
        made = users.create(
            [
                {
                    "name": f"{name} {number}",
                    "login": f"{name.lower()}{number}x{self.number}",
                    "email": f"{name.lower()}{number}x{self.number}@example.com",
                    "parent_id": employer or False,
                    "group_ids": [(6, 0, [portal])],
                }
                for number in range(count)
            ]
        )
        self.env["community.member"].create(
            [{"user_id": user, "rules_version": 1000} for user in made]
        )
        return [Person(self.stack, *pair) for pair in self._sessions(made)]

    def waited_in_a_ring(self) -> bool:
        """Whether two transactions have waited for each other, and one had to go."""
        return "deadlock detected" in self.stack.log_text()

    def _sessions(self, users: list[int]) -> list[tuple[int, str]]:
        """Their sessions, as after logging in: to make and then check a password
        costs Odoo half a second for each of them."""
        keys = [(user, _new_session()) for user in users]
        tokens = self._run(
            "[env['res.users'].browse(user)._compute_session_token(key)"
            f" for user, key in {keys}]"
        )
        for (user, key), token in zip(keys, tokens, strict=True):
            file = self.stack.stack.databases.data / "sessions" / key[:2] / key
            file.parent.mkdir(parents=True, exist_ok=True)
            session = {"db": self.stack.db, "uid": user, "session_token": token}
            file.write_text(json.dumps(session))
        return keys

    def _run(self, expression: str):
        """The value of a Python expression, as a server action computes it."""
        [model] = self.env["ir.model"].search([("model", "=", "res.users")])
        values = {"name": "Crowd", "model_id": model, "state": "code"}
        action = self.env["ir.actions.server"].create(
            {**values, "code": f"action = {expression}"}
        )
        found = self.env["ir.actions.server"].run([action])
        self.env["ir.actions.server"].unlink([action])
        return found


def _new_session() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(63)).decode()


def at_once(what: Callable[[int], object], count: int) -> list:
    """``what(number)`` of all numbers: many times more at once than Odoo has workers,
    and not so many that this program is too slow to send what it began (Odoo waits
    two seconds for that)."""
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        return list(pool.map(what, range(count)))
