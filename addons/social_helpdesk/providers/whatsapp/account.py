"""What an account's test looks at.

https://developers.facebook.com/docs/whatsapp/business-management-api
"""

from collections.abc import Iterator

from ..tame import Node
from ..types import Check, Note
from . import words

FIELDS = (
    "verified_name,display_phone_number,quality_rating,name_status,"
    "code_verification_status,webhook_configuration,throughput"
)
PERMISSIONS = ("whatsapp_business_messaging", "whatsapp_business_management")


def warnings(number: Node) -> Iterator[Note]:
    rating = number.name("quality_rating").upper()
    if rating in ("YELLOW", "RED"):
        yield Note(words.LOW_QUALITY, {"rating": rating})
    status = number.name("code_verification_status").upper()
    if status in ("NOT_VERIFIED", "UNVERIFIED", "EXPIRED"):
        yield Note(words.NOT_VERIFIED, {"status": status})
    status = number.name("name_status").upper()
    if status in ("DECLINED", "EXPIRED", "PENDING_REVIEW"):
        yield Note(words.NAME_NOT_APPROVED, {"status": status})


def checks(number: Node, subscribed: bool, webhook_url: str) -> Iterator[Check]:
    """
    :param number: of :data:`FIELDS`
    :param subscribed: an app gets the business account's events
    :param webhook_url: where they should come to; empty: not known
    """
    todo = list(warnings(number))
    yield Check(Note(words.NUMBER_WELL), todo[0] if todo else None)
    yield Check(
        Note(words.SUBSCRIBED), None if subscribed else Note(words.NOT_SUBSCRIBED)
    )
    configured = number.node("webhook_configuration")
    address = configured.text("phone_number") or configured.text("application")
    if webhook_url and address:
        elsewhere = Note(words.ELSEWHERE, {"url": address[:200]})
        yield Check(
            Note(words.DELIVERED_HERE), None if address == webhook_url else elsewhere
        )
