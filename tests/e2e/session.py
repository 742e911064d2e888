"""People who are logged in already: to make and then to check a password costs Odoo
half a second each."""

import base64
import functools
import json
import secrets
from urllib.parse import urlsplit

import odoorpc
import requests
from odoorpc.env import Environment

from devkit.inside.live import Live


class Person:
    """What one customer's page would send."""

    def __init__(self, stack: Live, user: int, session: str) -> None:
        self.url = stack.http_url
        self.user, self.session = user, session
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


class Session(odoorpc.ODOO):
    """Calls as a browser makes them. With the interface for programs Odoo checks the
    password again whenever it has emptied its caches: half a second, in each of its
    workers."""

    def login(self, db: str, login: str = "admin", password: str = "admin") -> None:
        asked = {"db": db, "login": login, "password": password}
        known = self.json("/web/session/authenticate", asked)["result"]
        context = known["user_context"]
        self._env = Environment(self, db, known["uid"], context=context)
        self._login, self._password = login, password

    def execute_kw(self, model, method, args=None, kwargs=None):
        call = {"model": model, "method": method, "args": args or []}
        path = f"/web/dataset/call_kw/{model}/{method}"
        # what returns nothing has no result
        return self.json(path, call | {"kwargs": kwargs or {}}).get("result")

    def execute(self, model, method, *args):
        return self.execute_kw(model, method, list(args))


@functools.cache
def logged_in(stack: Live, login: str) -> Session:
    """One session for all tests; the demo users' passwords are their logins."""
    place = urlsplit(stack.http_url)
    client = Session(place.hostname, protocol="jsonrpc", port=place.port, timeout=60)
    client.login(stack.db, login, login)
    return client


def admin(stack: Live) -> Environment:
    """The administrator's records."""
    return logged_in(stack, "admin").env


def persons(stack: Live, users: list[int]) -> list[Person]:
    """The users with a session each, as Odoo keeps them after logging in."""
    keys = [(user, _new_session()) for user in users]
    found = _run(
        stack,
        "[(user._compute_session_token(key), dict(user.with_user(user).context_get()))"
        f" for user, key in [(env['res.users'].browse(u), k) for u, k in {keys}]]",
    )
    for (user, key), (token, context) in zip(keys, found, strict=True):
        file = stack.stack.databases.data / "sessions" / key[:2] / key
        file.parent.mkdir(parents=True, exist_ok=True)
        session = {"db": stack.db, "uid": user, "session_token": token}
        file.write_text(json.dumps(session | {"context": context}))
    return [Person(stack, *pair) for pair in keys]


def person(stack: Live, login: str) -> Person:
    """Whoever has this login, with a session of his own."""
    [(user,)] = stack.psql("SELECT id FROM res_users WHERE login = %s", login)
    return persons(stack, [user])[0]


def _new_session() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(63)).decode()


def _run(stack: Live, expression: str):
    """The value of a Python expression, as a server action computes it."""
    env = admin(stack)
    [model] = env["ir.model"].search([("model", "=", "res.users")])
    values = {"name": "Sessions", "model_id": model, "state": "code"}
    actions = env["ir.actions.server"]
    action = actions.create({**values, "code": f"action = {expression}"})
    found = actions.run([action])
    actions.unlink([action])
    return found
