"""pywa reads each golden webhook of WhatsApp and means the same by it.

pywa reads the first item of a body, and expects what the newest versions of the
Cloud API always say (a user id in each contact, the contact beside a status, the name
of a form): so each item goes to both alone, completed by that.
"""

import copy
import hashlib
import hmac
import json

import pytest
import pywa
from providers.errors import Unverified
from providers.types import (
    AccountNotice,
    Deletion,
    Edit,
    Ignored,
    Kind,
    Message,
    NewIdentity,
    Reaction,
    Request,
    StatusUpdate,
)
from providers.whatsapp import words
from providers.whatsapp.incoming import STATUSES
from pywa import types, utils
from pywa.types.groups import GroupMessageStatuses

from tests.unit.providers.golden import SETTINGS, provider

from .cases import body, events, names

# of what it does not know, pywa warns as well
pytestmark = pytest.mark.filterwarnings("ignore:Unknown .* value")
LISTS = ("messages", "statuses", "message_echoes", "calls")
# What pywa raises on, and why. Each has to stay true: what a later pywa learns to
# read is compared like the others.
UNREADABLE = {
    "contact-cards": "a card with the parts of a name alone",
    "contacts-empty": "no cards",
    "edit-without-text": "an edit without its message",
    "field-calls": "a call without its event",
    "flow-result-broken": "answers that are no JSON",
    "media-error": "an error in place of the file",
    "media-missing": "neither file nor error",
    "no-message-id": "no id",
    "no-metadata": "no telephone number",
    "no-type": "no type",
    "reaction-without-target": "a reaction to nothing",
    "text-without-body": "a text without its body",
    "timestamp-impossible": "a time outside of the calendar",
}
# pywa has no such update
UNKNOWN = {
    "broken-neighbours",
    "field-number-quality",
    "field-unknown",
    "protocol-error",
    "protocol-error-passing",
}
# read by pywa all the same, and parked by us
PARKED = {"broken-neighbours", "location-out-of-range", "status-without-id"}
CLIENT = pywa.WhatsApp(filter_updates=False)
KINDS = {
    "audio": Kind.AUDIO,
    "contacts": Kind.CONTACT,
    "document": Kind.DOCUMENT,
    "image": Kind.IMAGE,
    "location": Kind.LOCATION,
    "order": Kind.TEXT,
    "sticker": Kind.STICKER,
    "text": Kind.TEXT,
    "video": Kind.VIDEO,
}


def pieces(name):
    """Bodies with one item each."""
    whole = body("whatsapp", name)
    for entry in objects(whole.get("entry")):
        for change in objects(entry.get("changes")):
            value = change["value"] if isinstance(change.get("value"), dict) else {}
            found = [(n, item) for n in LISTS for item in objects(value.get(n))]
            rest = {n: v for n, v in value.items() if n not in LISTS}
            for alone in [{n: [item]} for n, item in found] or [{}]:
                one = {**change, "value": _completed({**rest, **alone})}
                yield {**whole, "entry": [{**entry, "changes": [one]}]}


def objects(value):
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def _completed(value):
    value = copy.deepcopy(value)
    (item,) = next((value[n] for n in LISTS if n in value), [{}])
    who = item.get("from") or item.get("recipient_id") or item.get("to")
    contacts = [c for c in value.get("contacts", ()) if c.get("wa_id") == who]
    value["contacts"] = contacts or value.get("contacts") or [{"wa_id": who}]
    user = item.get("recipient_participant_user_id", "BR.13491208655302741918")
    value["contacts"][0].setdefault("user_id", user)
    if form := item.get("interactive", {}).get("nfm_reply"):
        form.setdefault("name", "flow")
    return value


def read(piece):
    data = json.dumps(piece).encode()
    update = types.RawUpdate(data, hmac_header=None, update_hash="")
    handler = CLIENT._get_handler_type(update)
    return handler and CLIENT._handlers_to_updates[handler].from_update(CLIENT, update)


@pytest.mark.parametrize("name", names("whatsapp"))
def test_webhook(name):
    refused = unknown = parked = False
    for piece in pieces(name):
        found = events("whatsapp", json.dumps(piece).encode())
        try:
            theirs = read(piece)
        except (KeyError, IndexError, TypeError, ValueError, OSError, OverflowError):
            refused = True
            continue
        unknown |= theirs is None
        parked |= bool(theirs and not found)
        for ours in found if theirs else ():
            assert _is_for_another(ours) or COMPARERS[type(theirs)](theirs, ours)
    assert refused == (name in UNREADABLE)
    assert unknown == (name in UNKNOWN)
    assert parked == (name in PARKED)


@pytest.mark.parametrize("code", ["whatsapp", "facebook", "instagram"])
def test_signature(code):
    """Meta signs all its webhooks alike."""
    for name in names(code):
        data = json.dumps(body(code, name)).encode()
        secret = SETTINGS[code]["app_secret"].encode()
        given = "sha256=" + hmac.new(secret, data, hashlib.sha256).hexdigest()
        for sent in (data, data + b" "):
            verdict = utils.webhook_updates_validator(secret.decode(), sent, given)
            assert _accepted(code, given, sent) == verdict == (sent == data)


def _accepted(code, given, sent):
    headers = {"x-hub-signature-256": given}
    try:
        provider(code).verify(Request("POST", "", headers, {}, sent))
    except Unverified:
        return False
    return True


def test_every_exception_is_a_golden_file():
    assert UNKNOWN | PARKED | set(UNREADABLE) <= set(names("whatsapp"))


def _is_for_another(ours):
    return isinstance(ours, Ignored) and ours.reason.startswith("For another")


# Each comparer asserts, and says that it has compared.


def _message(theirs, ours):
    if theirs.type == types.MessageType.REACTION:
        return _reaction(theirs, ours)
    if theirs.type == types.MessageType.REQUEST_WELCOME:
        return type(ours) is Ignored
    _said_by(theirs, ours)
    assert ours.kind is _kind(theirs)
    assert ours.echo == isinstance(theirs, types.OutgoingMessage)
    assert ours.group == (theirs.chat.id if theirs.chat.type == "GROUP" else "")
    quoted = theirs.reply_to_message
    assert ours.reply_to == (quoted.id if quoted else "")
    _circumstances(theirs, [note.text for note in ours.notes])
    return _content(theirs, ours)


def _said_by(theirs, ours):
    assert type(ours) is Message
    assert ours.external_id == theirs.id or len(theirs.id) > 200
    assert ours.occurred_at == theirs.timestamp
    user = theirs.from_user
    assert {user.wa_id, user.bsuid} <= {ours.sender.id, *ours.sender.other_ids, None}
    assert ours.sender.username == (user.username or "").removeprefix("@")
    shown, said = ours.sender.name.removesuffix("…"), (user.name or "").split()
    assert shown[-9:] in " ".join(said) and bool(shown) == bool(said)


def _kind(theirs):
    if theirs.audio and theirs.audio.voice:
        return Kind.VOICE
    return KINDS.get(theirs.type.value, Kind.UNSUPPORTED)


def _circumstances(theirs, said):
    assert (words.FORWARDED_OFTEN in said) == theirs.forwarded_many_times
    often = theirs.forwarded_many_times
    assert (words.FORWARDED in said) == (theirs.forwarded and not often)
    assert (words.ADVERTISEMENT in said) == bool(theirs.referral)
    quoted = theirs.reply_to_message
    assert (words.PRODUCT in said) == bool(quoted and quoted.referred_product)


def _content(theirs, ours):
    if theirs.text:
        invisible = dict.fromkeys(map(ord, "\0\u202e\u202d\u202c\ud83d"))
        shown = theirs.text.translate(invisible)
        assert ours.text == shown or "\u202e" in theirs.text
    if media := theirs.media:
        (file,) = ours.media
        assert (file.ref, file.mime) == (media.id, media.mime_type)
        assert ours.text == (theirs.caption or "")
        given = getattr(media, "filename", None)
        assert file.name == (given or "") or "/" in given
    if place := theirs.location:
        found = (ours.location.latitude, ours.location.longitude)
        assert found == (place.latitude, place.longitude)
        assert (place.name or "").startswith(ours.location.name)
        assert ours.location.address == (place.address or "")
    if order := theirs.order:
        lines = ours.text.splitlines()[bool(order.text) :]
        assert [p.sku in one for p, one in zip(order.products, lines, strict=True)]
    return True


def _reaction(theirs, ours):
    assert type(ours) is Reaction
    assert ours.target == theirs.reaction.message_id
    return ours.emoji == (theirs.reaction.emoji or "")


def _button(theirs, ours):
    _said_by(theirs, ours)
    assert ours.kind is Kind.CHOICE and ours.text.splitlines()[0] == theirs.title
    if lines := getattr(theirs, "description", None):
        assert ours.text.splitlines()[1] == lines
    quoted = theirs.reply_to_message
    assert ours.reply_to == (quoted.id if quoted else "")
    values = [note.values["value"] for note in ours.notes if "value" in note.values]
    if ours.choice:
        return theirs.data.endswith(ours.choice)
    return values == ([theirs.data] if theirs.data != theirs.title else [])


def _form(theirs, ours):
    _said_by(theirs, ours)
    assert ours.kind is Kind.CHOICE
    named = [line.partition(": ")[0] for line in ours.text.splitlines()]
    return named == list(theirs.response)


def _permission(theirs, ours):
    _said_by(theirs, ours)
    return ours.kind is Kind.UNSUPPORTED


def _identity(theirs, ours):
    _said_by_id(theirs, ours)
    return ours.kind is Kind.SYSTEM and ours.text == theirs.body


def _said_by_id(theirs, ours):
    assert (ours.external_id, ours.occurred_at) == (theirs.id, theirs.timestamp)


def _changed(theirs, ours):
    assert type(ours) is NewIdentity
    return (ours.old_id, ours.person.id) == (theirs.old_wa_id, theirs.new_wa_id)


def _edit(theirs, ours):
    assert type(ours) is Edit and ours.target == theirs.original_message_id
    message = theirs.message
    return ours.text == (message.text or message.caption or "")


def _deletion(theirs, ours):
    return type(ours) is Deletion and ours.target == theirs.original_message_id


def _status(theirs, ours):
    known = STATUSES.get(theirs.status.value)
    if not known:  # a state that pywa does not know either
        return type(ours) is Ignored
    assert type(ours) is StatusUpdate and ours.status is known
    assert ours.external_id == theirs.id
    assert ours.correlation == (theirs.tracker or "")
    assert ours.occurred_at == theirs.timestamp
    assert not ours.recipient or theirs.from_user.wa_id == ours.recipient.id
    if not theirs.error:
        return not ours.code
    assert theirs.error.message in ours.details or theirs.error.title in ours.details
    return ours.code == str(theirs.error.code)


def _statuses(theirs, ours):
    (one,) = theirs.statuses
    return _status(one, ours) and not ours.recipient


def _nothing_to_show(theirs, ours):
    return type(ours) is Ignored


def _call(theirs, ours):
    if theirs.direction.value == "BUSINESS_INITIATED":
        return type(ours) is Ignored
    (note,) = ours.notes
    assert ours.kind is Kind.SYSTEM and ours.occurred_at == theirs.timestamp
    if not theirs.duration:
        return note.text == words.MISSED_CALL
    return note.values == {"seconds": str(theirs.duration)}


def _template(theirs, ours):
    assert type(ours) is AccountNotice and ours.refresh_templates
    assert ours.values["name"] == theirs.template_name
    news = getattr(theirs, "new_status", None) or theirs.new_quality_score
    return ours.values["event"].startswith(news.value)


def _account(theirs, ours):
    assert type(ours) is AccountNotice
    return theirs.event.value in ours.values["event"]


COMPARERS = {
    types.Message: _message,
    types.OutgoingMessage: _message,
    types.CallbackButton: _button,
    types.CallbackSelection: _button,
    types.FlowCompletion: _form,
    types.CallPermissionUpdate: _permission,
    types.IdentityChange: _identity,
    types.PhoneNumberChange: _changed,
    types.EditedMessage: _edit,
    types.DeletedMessage: _deletion,
    types.MessageStatus: _status,
    GroupMessageStatuses: _statuses,
    types.CallConnect: _nothing_to_show,
    types.CallTerminate: _call,
    types.TemplateStatusUpdate: _template,
    types.TemplateQualityUpdate: _template,
    types.AccountUpdate: _account,
    types.UserMarketingPreferences: _nothing_to_show,
}
