"""Public pages of the open web, watched through their feed.

RSS 2.0 and 1.0, Atom 1.0, JSON Feed 1.1; see :mod:`.document`. Nothing can be sent:
a person answers on the page.
"""

import re
import unicodedata
from functools import cached_property
from html import unescape
from typing import Any, ClassVar

from .. import register
from ..base import Provider
from ..errors import MalformedBody, Refused, RetryLater, Unverified
from ..http import MB, Http, Response
from ..network import origin
from ..types import (
    Check,
    Connection,
    Credential,
    Event,
    File,
    Limits,
    Note,
    Part,
    Polled,
    RawEvent,
    Request,
    Sent,
    Upload,
)
from ..words import BAD_ADDRESS, _
from . import cursors, document, guide, words
from .incoming import parse, raw
from .item import Json

LIMIT = 5 * MB
WORD = re.compile(r"\w+")
TAG = re.compile(r"<[^<>]*>")


@register
class Feed(Provider):
    code = "feed"
    label = "Web feed"
    has_webhook = False
    polls = True
    # a page is answered on the page, by a person
    answers_elsewhere: ClassVar[bool] = True
    limits = Limits(text=10_000, caption=0)
    credentials = (
        Credential(
            "feed_url",
            _("Address of the feed"),
            words.URL_HELP,
            secret=False,
        ),
        Credential(
            "keywords",
            _("Keywords"),
            words.KEYWORDS_HELP,
            secret=False,
            required=False,
        ),
    )
    guide = guide.STEPS
    notes = (*Provider.notes, *words.ALL)

    def verify(self, request: Request) -> None:
        raise Unverified(f"{self.label} has no webhook.")

    def split(self, body: bytes) -> list[RawEvent]:
        raise MalformedBody(f"{self.label} has no webhook.")

    def parse(self, payload: dict[str, Any]) -> Event:
        return parse(payload)

    def poll_place(self) -> str:
        try:
            return origin(self.setting("feed_url"))[1]
        except (ValueError, Unverified):
            return ""

    def poll(self, cursor: dict[str, Any]) -> Polled:
        """An error doubles the wait from 15 minutes to a day; 410 is final.

        See :mod:`.cursors` for what is kept between two polls.
        """
        try:
            answer = self._fetch(cursor)
        except RetryLater as error:
            return cursors.later(cursor, error.seconds)
        if answer.status == 304:
            return Polled((), {**cursor, "errors": 0}, cursors.wait(answer))
        if answer.status != 200:
            return cursors.later(cursor, answer.retry_after)
        items = document.read(answer.body, self.credential("feed_url"))
        seen = cursor.get("seen")
        wanted = [item for item in items if self._wanted(item)]
        fresh = cursors.first(wanted) if seen is None else cursors.changed(wanted, seen)
        following = {
            "seen": cursors.known(items, wanted, seen or {}),
            "etag": cursors.mark(answer, "etag"),
            "modified": cursors.mark(answer, "last-modified"),
            "errors": 0,
        }
        events = [
            raw(item, number, bool(seen and seen.get(item["key"])))
            for number, item in enumerate(fresh)
        ]
        return Polled(tuple(events), following, cursors.wait(answer))

    def _wanted(self, item: Json) -> bool:
        keywords = re.split(r"[,\n]", self.account.settings.get("keywords") or "")
        keywords = [_folded(word) for word in keywords if _folded(word).strip()]
        said = _folded(f"{item['title']} {unescape(TAG.sub(' ', item['html']))}")
        return not keywords or any(word in said for word in keywords)

    def _fetch(self, cursor: dict[str, Any]) -> Response:
        """The state of the last answer is sent over https only.

        :raises Refused: gone for good, too large or no public address
        """
        url = self.credential("feed_url")
        try:
            hosts = (origin(url)[1],)
        except ValueError:
            raise Refused(BAD_ADDRESS, alarm=True) from None
        names = {"etag": "If-None-Match", "modified": "If-Modified-Since"}
        headers = {h: cursor[n] for n, h in names.items() if cursor.get(n)}
        answer = self.http.download(url, headers, limit=LIMIT, hosts=hosts)
        if answer.status == 410:
            raise Refused(words.REMOVED, "410", alarm=True)
        return answer

    # --- answers: written on the page by hand -------------------------------------

    @classmethod
    def is_public(cls, thread: str) -> bool:
        return True

    def plan(
        self, html: str, files: list[File], reply_to: str = "", thread: str = ""
    ) -> list[Part]:
        raise Refused(words.ELSEWHERE)

    def send(
        self, part: Part, recipient: str, upload: Upload | None, correlation: str
    ) -> Sent:
        raise Refused(words.ELSEWHERE)

    # --- account ------------------------------------------------------------------

    def connect(self, webhook_url: str) -> Connection:
        return self.check()

    def check(self) -> Connection:
        answer, url = self._fetch({}), self.credential("feed_url")
        if answer.status != 200:
            values = {"status": str(answer.status)}
            final = 400 <= answer.status < 500 and answer.status != 429
            raise (Refused if final else RetryLater)(words.STATUS, values=values)
        try:
            items = document.read(answer.body, url)
        except Refused:
            found = document.discovered(answer.body, url)
            if not found:
                raise
            values = {"url": found}
            raise Refused(words.DISCOVERED, alarm=True, values=values) from None
        matching = str(sum(map(self._wanted, items)))
        values = {"count": str(len(items)), "matching": matching}
        checks = [Check(Note(words.FOUND, values))]
        if newest := max((item["date"] for item in items), default=""):
            checks.append(Check(Note(words.NEWEST, {"date": newest[:10]})))
        return Connection(origin(url)[1], url, checks=tuple(checks))


def _folded(text: str) -> str:
    """Whole words without accents and case, with spaces around them."""
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(c for c in text if not unicodedata.combining(c))
    return f" {' '.join(WORD.findall(text))} "
