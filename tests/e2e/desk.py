"""What a test says to the two ends of the wire: the customers' phones (the
sandbox) and the agents' desk (Odoo)."""

import base64
import html
import http.client
import itertools
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import odoorpc
import requests

from devkit.inside.live import Live

from .session import logged_in

WHATSAPP, TELEGRAM = "whatsapp", "telegram"


class Sandbox:
    """The provider sandbox's control addresses, see its README.

    Everything raises AssertionError with the sandbox's own sentence when it is
    refused.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._session = requests.Session()
        self._session.trust_env = False  # a proxy must never see loopback traffic

    def get(self, path: str, /, **params: Any) -> Any:
        """The JSON of ``GET /sandbox/<path>``."""
        return self._call("GET", path, params=params)

    def post(self, path: str, /, **body: Any) -> Any:
        """The JSON of ``POST /sandbox/<path>``."""
        return self._call("POST", path, json=body)

    def delete(self, path: str, /, **params: Any) -> Any:
        """The JSON of ``DELETE /sandbox/<path>``."""
        return self._call("DELETE", path, params=params)

    def _call(self, method: str, path: str, /, **more: Any) -> Any:
        url = f"{self.url}/sandbox/{path}"
        answer = self._session.request(method, url, timeout=60, **more)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text[:500]}"
        return answer.json()


@dataclass(frozen=True)
class Talk:
    """One customer on one channel: his phone, and his ticket in Odoo."""

    desk: "Desk"
    channel: str
    customer: str  # the sandbox's id
    name: str

    @property
    def _who(self) -> dict[str, str]:
        return {"channel": self.channel, "customer": self.customer}

    def say(self, text: str = "", **order: Any) -> str:
        """The customer acts (the sandbox's "say"); the message's id there."""
        order = {"text": text, **order} if text else order
        return self.desk.sandbox.post("say", **self._who, **order)["message_id"]

    def phone(self) -> list[dict]:
        """What stands on the customer's screen, oldest first."""
        return self.desk.sandbox.get("conversation", **self._who)

    def received(self) -> list[str]:
        """The texts that the business sent, as they came to the phone."""
        return [m["text"] for m in self.phone() if m["direction"] == "out"]

    def look(self) -> None:
        """The customer opens the conversation."""
        self.desk.sandbox.post("read", **self._who)

    def close_window(self) -> None:
        """Let more than 24 hours pass, at the provider and in Odoo."""
        self.desk.sandbox.post("window", **self._who, open=False)
        past = "now() AT TIME ZONE 'UTC' - interval '25 hours'"
        self.desk.stack.psql(
            f"UPDATE helpdesk_social_conversation SET last_inbound_at = {past},"
            f" window_ends_at = {past} + interval '24 hours' WHERE id = %s",
            self.conversation,
        )

    @property
    def number(self) -> str:
        """His telephone number, as providers write it: "+5511987650001"."""
        customers = {c["id"]: c for c in self.desk.sandbox.get("customers")}
        return "+" + re.sub(r"\D", "", customers[self.customer]["phone"])

    @cached_property
    def conversation(self) -> int:
        """The conversation's id in Odoo, as soon as there is one."""
        (found,) = self.desk.wait_for_row(
            "SELECT v.id FROM helpdesk_social_conversation v"
            " JOIN helpdesk_social_contact c ON c.id = v.contact_id"
            " JOIN helpdesk_social_account a ON a.id = v.account_id"
            " WHERE c.name = %s AND a.provider = %s AND v.ticket_id IS NOT NULL",
            self.name,
            self.channel,
        )
        return found

    @property
    def ticket(self) -> int:
        """The id of the conversation's present ticket."""
        ((found,),) = self.desk.stack.psql(
            "SELECT ticket_id FROM helpdesk_social_conversation WHERE id = %s",
            self.conversation,
        )
        return found

    def answer(self, text: str, files: Sequence[int] = (), **more: Any) -> int:
        """The agent writes to the customer; the id of the line in the chatter.

        :param files: ids of attachments
        """
        return self.desk.agent.execute_kw(
            "helpdesk.ticket",
            "message_post",
            [[self.ticket]],
            {
                "body": text,
                "attachment_ids": list(files),
                "message_type": "comment",
                "subtype_xmlid": "mail.mt_comment",
                **more,
            },
        )

    def heard(self) -> list[str]:
        """The customer's texts in Odoo, in the conversation's order."""
        return [
            plain(body) for (body,) in self.messages("m.body", "s.direction = 'in'")
        ]

    def answers(self) -> list[tuple[int, str, str]]:
        """Id, state and text of each answer in Odoo, oldest first."""
        found = self.messages("s.id, s.state, m.body", "s.direction = 'out'")
        return [(key, state, plain(body)) for key, state, body in found]

    def states(self) -> dict[str, str]:
        """Text of each answer -> its state in Odoo."""
        return {text: state for _key, state, text in self.answers()}

    def messages(self, columns: str, condition: str = "true") -> list[tuple]:
        """Columns of the social messages ``s`` and their lines ``m``."""
        return self.desk.stack.psql(
            f"SELECT {columns} FROM helpdesk_social_message s"
            " LEFT JOIN mail_message m ON m.id = s.mail_message_id"
            f" WHERE s.conversation_id = %s AND {condition}"
            " ORDER BY s.occurred_at, s.sequence, s.id",
            self.conversation,
        )


class Desk:
    """Sandbox and Odoo of one running stack, connected with each other."""

    def __init__(self, stack: Live) -> None:
        self.stack = stack
        self.sandbox = Sandbox(stack.sandbox_url)
        self._people = itertools.count(len(self.sandbox.get("customers")))

    def connect(self) -> None:
        """What the administrator does with "Connect" on each account."""
        accounts = self.admin.env["helpdesk.social.account"]
        accounts.browse(accounts.search([])).action_connect()
        for account in self.sandbox.get("accounts"):
            assert account["callback_url"], f"not connected: {account}"

    @cached_property
    def admin(self) -> odoorpc.ODOO:
        """The administrator."""
        return logged_in(self.stack, "admin")

    @cached_property
    def agent(self) -> odoorpc.ODOO:
        """The demo's agent."""
        return logged_in(self.stack, "agent")

    def talk(self, channel: str, name: str = "Rita Prado") -> Talk:
        """A customer who has never written before, on ``channel``."""
        number = next(self._people)
        name = f"{name} {number}"
        made = self.sandbox.post(
            "customers", name=name, phone=f"+55 11 96{number:07d}", id=f"e2e-{number}"
        )
        return Talk(self, channel, made["id"], name)

    def known(self, channel: str, customer: str) -> Talk:
        """A customer of the demo's cast, e.g. "ana-beatriz-conceicao"."""
        found = {c["id"]: c for c in self.sandbox.get("customers")}[customer]
        return Talk(self, channel, customer, found["name"])

    def attach(self, name: str, content: bytes) -> int:
        """A file that the agent has uploaded; the attachment's id."""
        return self.agent.env["ir.attachment"].create(
            {
                "name": name,
                "datas": base64.b64encode(content).decode(),
                "res_model": "mail.compose.message",
                "res_id": 0,
            }
        )

    def wait(
        self, what: str, condition: Any, seconds: float = 20.0, every: float = 0.1
    ) -> Any:
        """Call ``condition`` until it returns something true, and return that.

        Raises AssertionError naming ``what`` after ``seconds``.
        """
        end = time.monotonic() + seconds
        while not (found := condition()):
            assert time.monotonic() < end, f"not within {seconds} s: {what}"
            time.sleep(every)
        return found

    def wait_through_deaths(self, what: str, condition: Any, seconds: float) -> None:
        """Wait for jobs whose workers were killed.

        The job runner looks for those whenever it hears of a job, else once a
        minute; so it hears of one every second here.
        """

        def hear() -> Any:
            self.stack.psql("NOTIFY queue_job")
            return condition()

        self.wait(what, hear, seconds, every=1)

    def run_cron(self, xml_id: str) -> None:
        """Let a scheduled action run now, not within its minute; as soon as Odoo
        answers again, after its workers were killed."""
        self.wait(f"{xml_id} can run", lambda: self._ran_cron(xml_id), 60)

    def _ran_cron(self, xml_id: str) -> bool:
        try:
            self.admin.env.ref(xml_id).method_direct_trigger()
        except (OSError, http.client.HTTPException):  # HTTPError is an OSError
            return False
        return True

    def wait_for_row(self, sql: str, *values: Any, seconds: float = 20.0) -> tuple:
        """The first row of a query, as soon as there is one."""
        return self.wait(sql, lambda: self.stack.psql(sql, *values), seconds)[0]

    def events(self, external_ids: Iterable[str]) -> dict[str, str]:
        """Provider's id -> state, of the raw events that are stored."""
        return dict(
            self.stack.psql(
                "SELECT external_id, state FROM helpdesk_social_event"
                " WHERE external_id = ANY(%s)",
                list(external_ids),
            )
        )

    def misbehave(self, kind: str, **more: Any) -> None:
        """Switch a fault of the sandbox on; every test starts without any."""
        self.sandbox.post("faults", kind=kind, **more)

    def behave(self) -> None:
        """Switch all faults off."""
        self.sandbox.delete("faults")

    def violations(self) -> list[dict]:
        """Requests of ours that broke a provider's description."""
        return self.sandbox.get("violations")


def plain(body: str) -> str:
    """The text of a line in the chatter."""
    return html.unescape(re.sub(r"<[^>]*>", "", body or "")).strip()
