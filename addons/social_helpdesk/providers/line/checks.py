"""What a test of the account found, line by line.

https://developers.line.biz/en/reference/messaging-api/#webhook-settings
https://developers.line.biz/en/reference/messaging-api/#get-quota
"""

from collections.abc import Callable, Iterator

from ..tame import Node
from ..types import Check, Note
from . import words


def of(
    endpoint: Node,
    webhook_url: str,
    test: Node | None,
    *,
    quota: Node,
    used: Node,
    mask: Callable[[str], str],
) -> tuple[Check, ...]:
    """
    :param webhook_url: ours, when it was set just now
    :param test: LINE's own test of it
    """
    found = [Check(Note(words.TOKEN_WELL)), *_webhook(endpoint, webhook_url)]
    if test is not None:
        found.append(_test(test, mask))
    return (*found, *_quota(quota, used))


def _webhook(endpoint: Node, webhook_url: str) -> Iterator[Check]:
    address = endpoint.text("endpoint")
    there = address == webhook_url if webhook_url else bool(address)
    what = words.WEBHOOK_HERE if webhook_url else words.HAS_WEBHOOK
    yield Check(Note(what), None if there else Note(words.SET_WEBHOOK))
    on = endpoint.flag("active")
    yield Check(Note(words.USES_WEBHOOK), None if on else Note(words.TURN_ON))


def _test(test: Node, mask: Callable[[str], str]) -> Check:
    values = {
        "reason": mask(test.name("reason")) or "?",
        "details": mask(test.name("detail")) or test.key("statusCode") or "?",
    }
    well = test.flag("success")
    return Check(Note(words.REACHED), None if well else Note(words.NOT_REACHED, values))


def _quota(quota: Node, used: Node) -> Iterator[Check]:
    limit, count = quota.size("value"), used.size("totalUsage") or 0
    if quota.text("type") != "limited" or limit is None:
        return
    values = {"used": str(count), "limit": str(limit)}
    full = Note(words.QUOTA_USED) if count >= limit else None
    yield Check(Note(words.QUOTA, values), full)
