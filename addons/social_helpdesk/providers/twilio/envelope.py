"""Cuts a webhook of Twilio into events: it brings one message or one tick, and a
message can be a wish as well (STOP)."""

from ..errors import MalformedBody
from ..tame import digest, key
from ..text import clean
from ..types import RawEvent
from .consent import wish
from .signature import fields

PREFIX = "whatsapp:"


def split(body: bytes) -> list[RawEvent]:
    """:raises MalformedBody: no form of Twilio's"""
    form = {clean(name): clean(value) for name, value in fields(body)}
    if not form.get("AccountSid"):
        raise MalformedBody("The body is not one of Twilio's.")
    if state := status_of(form):
        sid = key(form.get("MessageSid") or form.get("SmsSid"))
        return [_raw(f"status:{sid}:{state}", form.get("To", ""), form, "status")]
    sid = key(form.get("MessageSid") or form.get("SmsMessageSid") or form.get("SmsSid"))
    sender = form.get("From", "")
    raws = [_raw(f"message:{sid}" if sid else "", sender, form, "message")]
    if sid and wish(form):
        raws.append(_raw(f"consent:{sid}", sender, form, "consent"))
    return raws


def _raw(identity: str, address: str, form: dict[str, str], what: str) -> RawEvent:
    """Twilio says no time: it is that of the arrival."""
    identity = identity or digest(form)
    return RawEvent(
        external_id=identity,
        thread=number(address),
        occurred_at=None,
        payload={"id": identity, "what": what, "form": form},
        sequence=1 if what == "consent" else 0,
    )


def status_of(form: dict[str, str]) -> str:
    """The state of a message of ours; "" for one of a customer, which has a body
    or a number of files, if only an empty one."""
    state = form.get("MessageStatus", "")
    if not (state or "Body" in form or "NumMedia" in form):
        state = form.get("SmsStatus", "")
    state = state.lower()
    return "" if state in ("received", "receiving") else key(state[:40])


def number(address: str) -> str:
    """ "whatsapp:+5511…" is known by its number, as "+5511…" is."""
    return key(address.strip().removeprefix(PREFIX))
