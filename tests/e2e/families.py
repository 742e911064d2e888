"""Accounts of the channels without a phone page, and what their customers do, written
as the provider's webhook tells it."""

import itertools
import time
from dataclasses import dataclass, field
from typing import Any

from .desk import Desk

CREDENTIALS = {
    "facebook": {
        "access_token": "EAAPpage0123456789",
        "app_secret": "0f8d1b1c8a4e4f0c9d2b7a6e5c4d3b2a",
        "page_id": "102934857610293",
        "app_id": "998877665544332",
        "verify_token": "pagina-horizonte",
    },
    "instagram": {
        "access_token": "EAAIpage9876543210",
        "app_secret": "0f8d1b1c8a4e4f0c9d2b7a6e5c4d3b2a",
        "instagram_id": "17841405822304914",
        "app_id": "998877665544332",
        "verify_token": "instagram-horizonte",
    },
    "sms": {
        "account_sid": "AC00000000000000000000000000004581",
        "auth_token": "5e9f0c1d2b3a4c5d6e7f8091a2b3c4d5",
        "sender": "+551140028922",
    },
    "x": {
        "consumer_key": "xvz1evFS4wEEPTGEFPHBog",
        "consumer_secret": "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
        "access_token": "4200-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
        "access_token_secret": "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
        "user_id": "4200",
        "app_id": "77",
    },
    "program": {"secret": "kR7-segredo-inventado-9fQ2"},
    "feed": {"keywords": "ERP Horizonte"},
}
ROOTS = {
    "facebook": "meta",
    "instagram": "meta",
    "sms": "twilio",
    "x": "x",
    "program": "program/app",
    "feed": "feed/avisos",
}
# Where the partner's address is a credential, its end is the partner's own id.
ADDRESSES = {"program": "callback_url", "feed": "feed_url"}
OBJECTS = {"facebook": "page", "instagram": "instagram"}
OWN = {"facebook": "page_id", "instagram": "instagram_id"}


@dataclass
class Family:
    """One account, at the sandbox and in Odoo."""

    desk: Desk
    code: str
    address: str  # of its webhook
    _ids: itertools.count = field(default_factory=lambda: itertools.count(1000))

    @classmethod
    def connected(cls, desk: Desk, code: str) -> "Family":
        """Made by an administrator, who then presses "Connect"."""
        root = f"{desk.sandbox.url}/{ROOTS[code]}"
        credentials = dict(CREDENTIALS[code])
        values = {"name": f"Horizonte {code}", "provider": code, "lang": "pt_BR"}
        identity = ""
        if code in ADDRESSES:
            credentials[ADDRESSES[code]] = root
            identity = root.rpartition("/")[2]
        if code != "program":
            # what is trusted although it lies on this machine
            values["api_url"] = desk.sandbox.url if code == "feed" else root
        desk.sandbox.post(
            "accounts", provider=code, id=identity, credentials=credentials
        )
        accounts = desk.admin.env["helpdesk.social.account"]
        account = accounts.create(values)
        accounts.browse(account).set_credentials(credentials)
        accounts.browse(account).action_connect()
        found = accounts.read([account], ["webhook_url", "state", "state_message"])[0]
        assert found["state"] == "connected", found["state_message"]
        return cls(desk, code, found["webhook_url"])

    @property
    def own(self) -> str:
        """The account's id at the provider."""
        return CREDENTIALS[self.code][OWN[self.code]]

    def number(self) -> str:
        """An id that was not there before."""
        return str(next(self._ids))

    def post(self, **body: Any) -> None:
        """The provider's webhook, signed; Odoo must take it."""
        answer = self.desk.sandbox.post("post", channel=self.code, **body)
        assert answer["status"] == 200, answer

    def knows(self, identity: str, **fields: Any) -> None:
        """What the provider says when it is asked about an id."""
        self.desk.sandbox.post("things", channel=self.code, id=identity, fields=fields)

    def asks(self) -> None:
        """Let the time pass until the account asks for news again."""
        self.desk.stack.psql(
            "UPDATE helpdesk_social_account SET next_poll_at = NULL"
            " WHERE provider = %s",
            self.code,
        )
        self.desk.run_cron("social_helpdesk.cron_poll")

    def sent(self, kind: str) -> list[dict]:
        """What the business did of that kind, as soon as it did."""

        def lines() -> list[dict]:
            found = self.desk.sandbox.get("outbox", channel=self.code)
            return [line for line in found if line["kind"] == kind]

        return self.desk.wait(f"{kind} at {self.code}", lines)

    def ticket(self, name: str) -> int:
        """The customer's ticket, as soon as there is one."""
        return self.desk.wait_for_row(
            "SELECT v.ticket_id FROM helpdesk_social_conversation v"
            " JOIN helpdesk_social_contact c ON c.id = v.contact_id"
            " JOIN helpdesk_social_account a ON a.id = v.account_id"
            " WHERE c.name = %s AND a.provider = %s AND v.ticket_id IS NOT NULL",
            name,
            self.code,
        )[0]

    # --- what customers do ------------------------------------------------------

    def comment(self, post: str, who: dict[str, str], text: str) -> str:
        """Under a post of the page; the comment's id.

        https://developers.facebook.com/docs/graph-api/webhooks/reference/page
        """
        identity = f"{post.rpartition('_')[2]}_{self.number()}"
        value = {
            "from": who,
            "post": {"id": post, "permalink_url": f"https://www.facebook.com/{post}"},
            "message": text,
            "post_id": post,
            "comment_id": identity,
            "created_time": int(time.time()),
            "item": "comment",
            "parent_id": post,
            "verb": "add",
        }
        self._entry({"changes": [{"field": "feed", "value": value}]})
        return identity

    def direct(self, customer: str, **message: Any) -> str:
        """A message of Messenger or Instagram; its id."""
        mid = f"m_{self.code}_{self.number()}"
        item = {
            "sender": {"id": customer},
            "recipient": {"id": self.own},
            "timestamp": round(time.time() * 1000),
            "message": {"mid": mid, **message},
        }
        self._entry({"messaging": [item]})
        return mid

    def _entry(self, content: dict[str, Any]) -> None:
        entry = {"id": self.own, "time": int(time.time()), **content}
        self.post(json={"object": OBJECTS[self.code], "entry": [entry]})

    def sms(self, phone: str, text: str) -> str:
        """https://www.twilio.com/docs/messaging/guides/webhook-request"""
        sid = f"SM{int(self.number()):032x}"
        form = {
            "AccountSid": CREDENTIALS["sms"]["account_sid"],
            "ApiVersion": "2010-04-01",
            "From": phone,
            "To": CREDENTIALS["sms"]["sender"],
            "NumMedia": "0",
            "NumSegments": "1",
            "MessageSid": sid,
            "SmsSid": sid,
            "SmsStatus": "received",
            "Body": text,
        }
        self.post(form=form)
        return sid

    def mention(self, who: dict[str, str], text: str) -> str:
        """A post on X that names the account; its id.

        https://docs.x.com/x-api/account-activity/introduction
        """
        identity = f"19000000000000{self.number()}"
        now = time.strftime("%a %b %d %H:%M:%S +0000 %Y", time.gmtime())
        post = {"id_str": identity, "created_at": now, "text": text, "user": who}
        own = CREDENTIALS["x"]["user_id"]
        self.post(json={"for_user_id": own, "tweet_create_events": [post]})
        return identity
