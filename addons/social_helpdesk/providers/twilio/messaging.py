"""Messages through Twilio's REST API.

https://www.twilio.com/docs/messaging/api/message-resource
"""

import base64
import re
from typing import Any, ClassVar
from urllib.parse import quote, urlencode

from ..base import Provider
from ..errors import Refused, RetryLater, Uncertain
from ..http import MB, Response
from ..tame import Node
from ..types import (
    PHONE,
    Check,
    Connection,
    Credential,
    Download,
    Event,
    Media,
    Note,
    Part,
    RawEvent,
    Request,
    Sent,
    Upload,
)
from ..words import GONE, _
from . import faults, signature, words
from .envelope import split
from .incoming import parse

SERVICE = re.compile(r"MG[0-9a-fA-F]{32}", re.ASCII)
ADDRESS = re.compile(r"\+?[0-9A-Za-z ]{3,20}", re.ASCII)
FILE = 20 * MB


class TwilioProvider(Provider):
    default_api_url = "https://api.twilio.com"
    has_receipts = True
    takes_links = True
    # the carrier names the number a message comes from; who answers, answers there
    # https://www.twilio.com/docs/messaging/guides/webhook-request
    proves = (PHONE,)
    # any text in the answer would be sent to the customer
    receipt = ('<?xml version="1.0" encoding="UTF-8"?><Response/>', "text/xml")
    prefix: ClassVar[str] = ""  # before a number: "whatsapp:"
    rich: ClassVar[bool] = False
    credentials = (
        Credential(
            "account_sid",
            _("Account SID"),
            _("On the first page of Twilio's console: AC and 32 signs."),
            secret=False,
        ),
        Credential(
            "auth_token",
            _("Auth token"),
            _("Beside the account SID. Proves that a message is from Twilio."),
        ),
        Credential(
            "sender",
            _("Sender"),
            _("Your number as +5511…, or a messaging service (MG and 32 signs)."),
            secret=False,
        ),
    )
    notes = (*Provider.notes, *words.ALL)

    # --- webhook ----------------------------------------------------------------

    def verify(self, request: Request) -> None:
        signature.verify(self.setting("auth_token"), request)

    def split(self, body: bytes) -> list[RawEvent]:
        return split(body)

    def parse(self, payload: dict[str, Any]) -> Event:
        return parse(payload, self.rich)

    def fetch(self, media: Media) -> Download:
        """With our credentials to Twilio, which leads on to its store without them.

        https://www.twilio.com/docs/messaging/api/media-resource
        """
        if not media.ref:
            raise Refused(words.NO_FILE)
        file = self.http.download(media.ref, self._headers(), FILE)
        if file.status in (400, 401, 403, 404, 410):
            raise Refused(GONE, values={"status": str(file.status)})
        if file.status != 200:
            raise RetryLater(words.AGAIN, seconds=file.retry_after)
        mime = media.mime or file.headers.get("content-type", "")
        return Download(media.name, mime, file.body)

    # --- answers ----------------------------------------------------------------

    def send(
        self, part: Part, recipient: str, upload: Upload | None, correlation: str
    ) -> Sent:
        form = {**self._to(recipient), **self._from(), **self._content(part, upload)}
        if self.account.webhook_url:
            form["StatusCallback"] = self.account.webhook_url
        answer = self._post("Messages.json", form, sends=True)
        sid = Node(answer.json).key("sid")
        if not sid:
            raise Uncertain(words.NO_SID)
        return Sent(sid)

    def _content(self, part: Part, upload: Upload | None) -> dict[str, str]:
        form = {"Body": part.text} if part.text else {}
        if upload is not None:
            if not upload.url.startswith("https://") and not self._is_gateway():
                raise Refused(words.NO_LINK, alarm=True)
            form["MediaUrl"] = upload.url
        return form

    def _is_gateway(self) -> bool:
        """Not Twilio itself: what it can reach is its own matter."""
        return self.api_url != self.default_api_url

    def _to(self, recipient: str) -> dict[str, str]:
        if not ADDRESS.fullmatch(recipient):
            raise Refused(words.BAD_RECIPIENT)
        return {"To": self.prefix + recipient}

    def _from(self) -> dict[str, str]:
        sender = self.credential("sender")
        if SERVICE.fullmatch(sender):
            return {"MessagingServiceSid": sender}
        return {"From": self.prefix + sender.removeprefix(self.prefix)}

    # --- account ----------------------------------------------------------------

    def connect(self, webhook_url: str) -> Connection:
        """A number of one's own is told the address; anything else by hand."""
        sid = self._number().key("sid")
        if sid and not self.prefix:
            form = {"SmsUrl": webhook_url, "SmsMethod": "POST"}
            self._post(f"IncomingPhoneNumbers/{quote(sid)}.json", form)
        return self._connection(webhook_url)

    def check(self) -> Connection:
        return self._connection(self.account.webhook_url)

    def _connection(self, webhook_url: str) -> Connection:
        account = Node(self._get("").json)
        state = account.key("status").lower()
        if state != "active":
            values = {"status": account.key("status") or "?"}
            raise Refused(words.SUSPENDED, alarm=True, values=values)
        checks = [Check(Note(words.ACCOUNT)), *self._checks(webhook_url)]
        warnings = [check.todo for check in checks if check.todo]
        if account.key("type").lower() == "trial":
            warnings.append(Note(words.TRIAL))
        name, sender = account.name("friendly_name"), self.credential("sender")
        return Connection(name, sender, tuple(warnings), tuple(checks))

    def _checks(self, webhook_url: str):
        sender = self.credential("sender")
        by_hand = Note(words.WEBHOOK_BY_HAND)
        if SERVICE.fullmatch(sender) or self.prefix:
            yield Check(Note(words.WEBHOOK), by_hand)
            return
        number = self._number()
        missing = Note(words.NUMBER_MISSING, {"sender": sender})
        yield Check(Note(words.NUMBER), None if number else missing)
        if number:
            url = number.text("sms_url")
            elsewhere = Note(words.WEBHOOK_ELSEWHERE, {"url": url or "-"})
            there = not webhook_url or url == webhook_url
            yield Check(Note(words.WEBHOOK), None if there else elsewhere)

    def _number(self) -> Node:
        """https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource"""
        sender = self.credential("sender")
        if SERVICE.fullmatch(sender) or self.prefix:
            return Node({})
        found = Node(self._get("IncomingPhoneNumbers.json", PhoneNumber=sender).json)
        numbers = found.nodes("incoming_phone_numbers")
        return numbers[0] if numbers else Node({})

    # --- requests ---------------------------------------------------------------

    def _url(self, path: str) -> str:
        sid = quote(self.credential("account_sid"), safe="")
        root = f"{self.api_url}/2010-04-01/Accounts/{sid}"
        return f"{root}/{path}" if path else f"{root}.json"

    def _headers(self) -> dict[str, str]:
        pair = f"{self.credential('account_sid')}:{self.credential('auth_token')}"
        return {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}

    def secrets(self) -> tuple[str, ...]:
        """Also as it is in the header."""
        settings = self.account.settings
        pair = f"{settings.get('account_sid', '')}:{settings.get('auth_token', '')}"
        coded = base64.b64encode(pair.encode()).decode()
        return (*super().secrets(), *((coded,) if settings.get("auth_token") else ()))

    def _get(self, path: str, **params: str) -> Response:
        answer = self.http.get(self._url(path), params, self._headers())
        return self._accepted(answer)

    def _post(self, path: str, form: dict[str, str], sends: bool = False) -> Response:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = self.http.post(
            self._url(path),
            data=urlencode(form).encode(),
            headers={**self._headers(), **kind},
            sends=sends,
        )
        if sends and answer.status >= 500:
            raise Uncertain(words.NO_SID, code=str(answer.status))
        return self._accepted(answer)

    def _accepted(self, answer: Response) -> Response:
        """:raises: as :mod:`.faults` says"""
        if answer.status >= 300:
            raise faults.failure(answer, self.http)
        return answer
