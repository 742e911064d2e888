"""What WhatsApp says about the account: templates, quality, restrictions.

https://developers.facebook.com/docs/graph-api/webhooks/reference/whatsapp-business-account
"""

from ..tame import Node
from ..types import AccountNotice, Event, Ignored
from . import faults, words

TEMPLATES = {
    "message_template_status_update",
    "message_template_quality_update",
    "message_template_components_update",
    "template_category_update",
}
ACCOUNT = {"account_update", "account_alerts", "account_review_update"}
NUMBER = {
    "phone_number_quality_update",
    "phone_number_name_update",
    "business_capability_update",
    "security",
}
# substrings of the events after which nothing may be sent any more
ALARMS = ("VIOLATION", "RESTRICTION", "DISABLE", "DELETED", "BAN", "REJECTED")


def protocol_error(event: Node) -> Event:
    """An error beside the messages, about the account as a whole."""
    error = Node(event.raw("item"), "error")
    known = faults.fault(error.whole("code"))
    alarm = known.then is faults.Then.ALARM
    return AccountNotice(
        external_id=event.need("id"),
        text=words.PROTOCOL_ERROR,
        level="alarm" if alarm else "info",
        values={"details": faults.details(error) or known.text},
    )


def change(event: Node) -> Event:
    field, value = event.name("field"), Node(event.raw("item"), "value")
    external_id = event.need("id")
    if field in TEMPLATES:
        return _template(external_id, value)
    if field in ACCOUNT or field in NUMBER:
        return _account(external_id, field, value)
    return Ignored(external_id, f"Field “{field}” is not a message")


def _template(external_id: str, value: Node) -> Event:
    status = value.name("event") or value.name("new_quality_score")
    status = status or value.name("new_category")
    reason = value.name("reason")
    if reason and reason != "NONE":
        status = f"{status} ({reason})"
    return AccountNotice(
        external_id=external_id,
        text=words.TEMPLATE_CHANGED,
        refresh_templates=True,
        values={"name": value.name("message_template_name"), "event": status},
    )


def _account(external_id: str, field: str, value: Node) -> Event:
    alert = value.node("alert_info")
    happened = value.name("event") or value.name("decision") or alert.name("alert_type")
    # "DISABLED_UPDATE" comes with SCHEDULE_FOR_DISABLE, DISABLE or REINSTATE
    state = value.node("ban_info").name("waba_ban_state")
    alarm = field in ACCOUNT and any(a in (state or happened).upper() for a in ALARMS)
    said = [
        happened,
        state,
        *(r.name("restriction_type") for r in value.nodes("restriction_info")),
        value.node("violation_info").name("violation_type"),
        value.name("current_limit"),
        alert.text("alert_description")[:500],
    ]
    words_said = " ".join(filter(None, said)) or field
    return AccountNotice(
        external_id=external_id,
        text=words.NUMBER_CHANGED if field in NUMBER else words.ACCOUNT_CHANGED,
        level="alarm" if alarm else "info",
        values={"event": words_said},
    )
