"""A web site's RSS feed, ``/feed/<account's id>``, with the account's things as items.

https://www.rssboard.org/rss-specification
https://www.rfc-editor.org/rfc/rfc9110#name-conditional-requests
"""

import hashlib
from datetime import datetime, timezone
from xml.etree import ElementTree

from flask import Blueprint, Response, request

from . import base
from .base import FamilyAccount, sent

CODES = ("feed",)
ITEM = ("title", "link", "description", "author", "pubDate")

feed = Blueprint("feed", __name__, url_prefix="/feed")


def seal(_account: FamilyAccount, _url: str, _body: bytes) -> dict[str, str]:
    """A feed is fetched; nothing of it is posted to anybody."""
    return {}


@feed.get("/<name>")
def serve(name: str) -> Response:
    """The whole feed, or 304 to who has it; ``GET outbox`` says which it was."""
    account = next((a for a in base.accounts(*CODES) if a.id == name), None)
    if account is None:
        return Response("There is no such feed.", 404, mimetype="text/plain")
    answer = Response(_rss(account), mimetype="application/rss+xml")
    answer.set_etag(hashlib.sha256(answer.get_data()).hexdigest()[:16])
    answer.last_modified = datetime.fromtimestamp(account.changed, timezone.utc)
    answer.make_conditional(request)
    kind = "unchanged" if answer.status_code == 304 else "feed"
    sent(account, kind, name, "", dict(request.headers))
    return answer


def _rss(account: FamilyAccount) -> bytes:
    rss = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(rss, "channel")
    ElementTree.SubElement(channel, "title").text = account.name
    for identity, known in account.things.items():
        item = ElementTree.SubElement(channel, "item")
        ElementTree.SubElement(item, "guid", isPermaLink="false").text = identity
        for field in ITEM:
            if known.get(field):
                ElementTree.SubElement(item, field).text = str(known[field])
    return ElementTree.tostring(rss, "utf-8", xml_declaration=True)
