"""Customers who read: portal users, each with a session of his own."""

import itertools
from collections.abc import Callable
from urllib.parse import urljoin

import requests

from devkit.inside.live import Live
from tests.load import client

READERS = 8


class Readers:
    """Portal users of one server, and the load they make together."""

    def __init__(self, running: Live, logins: list[str] | None = None) -> None:
        self.running = running
        self.logins = logins or _customers(running)
        self.cookies = [self._login(login) for login in self.logins]

    def read(self, address: Callable[[int], str], count: int) -> client.Outcome:
        """Fetch ``count`` pages; ``address(n)`` is the n-th one's.

        Raises SystemExit when one is refused: a page of error is quick.
        """
        pages = [
            client.get(address(number), {"Cookie": f"session_id={cookie}"})
            for number, cookie in zip(range(count), itertools.cycle(self.cookies))
        ]
        outcome = client.fire(self.running.http_url, pages, len(self.cookies))
        if outcome.refused:
            raise SystemExit(f"{outcome.refused} of {count} like {address(0)} refused")
        return outcome

    def fetch(self, url: str, reader: int = 0) -> str:
        """One page's HTML."""
        cookies = {"session_id": self.cookies[reader]}
        answer = requests.get(url, cookies=cookies, timeout=300)
        answer.raise_for_status()
        return answer.text

    def call(self, url: str, reader: int = 0, **params):
        """What a JSON route answers one reader.

        Raises SystemExit with Odoo's own words when it refuses.
        """
        answer = requests.post(
            url,
            json={"jsonrpc": "2.0", "method": "call", "params": params},
            cookies={"session_id": self.cookies[reader]},
            timeout=300,
        ).json()
        if "error" in answer:
            raise SystemExit(f"{url}: {answer['error']['data']['message']}")
        return answer["result"]

    def redirected(self, url: str) -> str:
        """Where a short address leads to, without going there."""
        cookies = {"session_id": self.cookies[0]}
        answer = requests.get(url, cookies=cookies, timeout=60, allow_redirects=False)
        return urljoin(url, answer.headers.get("Location", url))

    def _login(self, login: str) -> str:
        params = {"db": self.running.db, "login": login, "password": login}
        web = requests.Session()
        answer = web.post(
            f"{self.running.http_url}/web/session/authenticate",
            json={"jsonrpc": "2.0", "method": "call", "params": params},
            timeout=60,
        ).json()
        if not answer.get("result", {}).get("uid"):
            raise SystemExit(f"{login} cannot log in: {answer}")
        return web.cookies["session_id"]


def _customers(running: Live) -> list[str]:
    logins = [f"leitor{number}" for number in range(READERS)]
    env = running.odoo().env
    [portal] = running.psql(
        "SELECT res_id FROM ir_model_data"
        " WHERE module = 'base' AND name = 'group_portal'"
    )[0]
    env["res.users"].create(
        [
            {
                "name": login,
                "login": login,
                "password": login,
                "email": f"{login}@cliente.example",
                "group_ids": [(6, 0, [portal])],
            }
            for login in logins
        ]
    )
    return logins
