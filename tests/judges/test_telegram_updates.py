"""python-telegram-bot reads each golden update and means the same by it."""

import json
from html import escape

import pytest
import telegram
from providers.types import (
    AccountNotice,
    Consent,
    Deletion,
    Edit,
    Ignored,
    Kind,
    Message,
    Moved,
    Reaction,
)
from telegram.ext import filters

from .cases import body, events, names

# What the library refuses, or reads as something else, and why. Each has to stay
# true: a golden file that it learns to read is compared like the others.
UNREADABLE = {
    "date-impossible": "a date outside of the calendar",
    "document-without-id": "a file without its id",
    "message-wrong-type": "a message that is no object",
    "no-message-id": "a message without a number",
    "no-update-id": "an update without a number",
    "text-entities-hostile": "entities that are no entities",
}
# read by the library with a hole in it, and parked by us
PARKED = {"no-chat", "text-wrong-type"}
ATTACHMENTS = {
    telegram.Animation: Kind.VIDEO,
    telegram.Audio: Kind.AUDIO,
    telegram.Contact: Kind.CONTACT,
    telegram.Dice: Kind.TEXT,
    telegram.Document: Kind.DOCUMENT,
    telegram.Location: Kind.LOCATION,
    telegram.Sticker: Kind.STICKER,
    telegram.Venue: Kind.LOCATION,
    telegram.Video: Kind.VIDEO,
    telegram.VideoNote: Kind.VIDEO,
    telegram.Voice: Kind.VOICE,
    tuple: Kind.IMAGE,  # the same picture in several sizes
}
TAGS = {"bold": "b", "italic": "i", "underline": "u", "strikethrough": "s"}


def read(name):
    return telegram.Update.de_json(body("telegram", name), None)


@pytest.mark.parametrize("name", names("telegram"))
def test_update(name):
    if name in UNREADABLE:
        with pytest.raises((TypeError, ValueError, AttributeError, OSError)):
            read(name)
        return
    update, data = read(name), json.dumps(body("telegram", name)).encode()
    found = events("telegram", data)
    assert bool(found) == (name not in PARKED)
    for number, ours in enumerate(found):
        _compare(update, ours, number)


def test_every_exception_is_a_golden_file():
    assert PARKED | set(UNREADABLE) <= set(names("telegram"))


def _compare(update, ours, number):
    message = update.message or update.channel_post or update.business_message
    edited = (
        update.edited_message
        or update.edited_channel_post
        or update.edited_business_message
    )
    if message:
        _message(update, message, ours)
    elif edited:
        _edit(edited, ours)
    elif update.callback_query:
        _callback(update.callback_query, ours)
    elif update.message_reaction:
        _reaction(update.message_reaction, ours)
    elif update.my_chat_member:
        _member(update.my_chat_member, ours)
    elif update.business_connection:
        assert type(ours) is AccountNotice
        on = update.business_connection.is_enabled
        assert ours.level == ("info" if on else "alarm")
    elif deleted := update.deleted_business_messages:
        assert type(ours) is Deletion
        target = f"{deleted.chat.id}:{deleted.message_ids[number]}"
        assert ours.target == target
    else:  # of a kind that neither knows, or that is no message
        assert type(ours) is Ignored


def _message(update, message, ours):
    if filters.StatusUpdate.ALL.check_update(update):
        moved = message.migrate_to_chat_id
        assert type(ours) is (Moved if moved else Ignored)
        assert not moved or ours.new_thread == str(moved)
        return
    if (message.text or "").startswith("/start") or message.sender_business_bot:
        assert type(ours) is Ignored
        return
    assert type(ours) is Message
    assert ours.external_id == f"{message.chat.id}:{message.id}"
    assert ours.thread == _thread(message)
    assert ours.occurred_at == message.date
    assert ours.kind is _kind(message)
    assert ours.sender.id == str(_sender(message).id)
    assert ours.group == (message.chat.title or "")
    assert ours.echo == _is_echo(message)
    _text(message, ours)
    _attached(message, ours)
    reply = message.reply_to_message
    topic = reply and reply.forum_topic_created
    quoted = f"{reply.chat.id}:{reply.id}" if reply and not topic else ""
    assert ours.reply_to == quoted
    forwarded = [note for note in ours.notes if note.text.startswith("Forwarded")]
    assert bool(forwarded) == bool(message.forward_origin)


def _thread(message):
    if message.business_connection_id:
        return f"{message.chat.id}@{message.business_connection_id}"
    if message.is_topic_message:
        return f"{message.chat.id}:{message.message_thread_id}"
    return str(message.chat.id)


def _sender(message):
    if message.business_connection_id:
        return message.chat
    return message.sender_chat or message.from_user or message.chat


def _is_echo(message):
    writer = message.from_user
    return bool(message.business_connection_id and writer.id != message.chat.id)


def _kind(message):
    if message.text == "/end":
        return Kind.SYSTEM
    attached = message.effective_attachment
    if attached is None:
        return Kind.TEXT if message.text else Kind.UNSUPPORTED
    return ATTACHMENTS.get(type(attached), Kind.UNSUPPORTED)


def _text(message, ours):
    words = message.text or message.caption or ""
    if ours.kind is Kind.SYSTEM:
        assert ours.text == ""
        return
    if sticker := message.sticker:
        words = sticker.emoji or ""
    if dice := message.dice:
        words = f"{dice.emoji} {dice.value}"
    assert ours.text == words
    marks = {**message.parse_entities(), **message.parse_caption_entities()}
    for entity, marked in marks.items():
        if tag := TAGS.get(entity.type):
            assert f"<{tag}>" in ours.html
            assert escape(marked[:1]) in ours.html.partition(f"<{tag}>")[2]
        if entity.type == "text_link":
            assert f'href="{escape(entity.url)}"' in ours.html


def _attached(message, ours):
    attached = message.effective_attachment
    if isinstance(attached, tuple):
        attached = max(attached, key=lambda size: size.width * size.height)
    if isinstance(attached, telegram.Sticker) and (
        attached.is_animated or attached.is_video
    ):
        still = attached.thumbnail or attached.api_kwargs.get("thumb")
        attached = still if not isinstance(still, dict) else None
    if file := getattr(attached, "file_id", None):
        (media,) = ours.media
        assert (media.ref, media.size) == (file, attached.file_size)
        for name, given in (("name", "file_name"), ("mime", "mime_type")):
            value = getattr(attached, given, None)
            assert not value or getattr(media, name) == value
    place = getattr(attached, "location", attached)
    if isinstance(place, telegram.Location):
        found = (ours.location.latitude, ours.location.longitude)
        assert found == (place.latitude, place.longitude)
    if isinstance(attached, telegram.Venue):
        found = (ours.location.name, ours.location.address)
        assert found == (attached.title, attached.address)
    if isinstance(attached, telegram.Contact):
        (card,) = ours.cards
        assert card.phones == (attached.phone_number,)


def _edit(edited, ours):
    text = edited.text or edited.caption
    if text is None:
        assert type(ours) is Ignored
        return
    assert type(ours) is Edit
    assert ours.target == f"{edited.chat.id}:{edited.id}"
    assert (ours.text, ours.thread) == (text, _thread(edited))
    assert ours.occurred_at == (edited.edit_date or edited.date)


def _callback(query, ours):
    assert type(ours) is Message and ours.kind is Kind.CHOICE
    assert ours.external_id == f"cb:{query.id}"
    assert ours.sender.id == str(query.from_user.id)
    message = query.message
    labels = [
        button.text
        for row in getattr(
            getattr(message, "reply_markup", None), "inline_keyboard", ()
        )
        for button in row
        if button.callback_data == query.data
    ]
    assert ours.text == (labels or [query.data])[0]
    if message:
        assert ours.reply_to == f"{message.chat.id}:{message.message_id}"


def _reaction(reaction, ours):
    assert type(ours) is Reaction
    assert ours.target == f"{reaction.chat.id}:{reaction.message_id}"
    assert ours.sender.id == str((reaction.user or reaction.actor_chat).id)
    assert ours.occurred_at == reaction.date
    given = [getattr(one, "emoji", "⭐") for one in reaction.new_reaction]
    assert ours.emoji == (given or [""])[-1]


def _member(change, ours):
    if change.chat.type != "private":
        assert type(ours) is Ignored
        return
    assert type(ours) is Consent
    assert ours.allowed == (change.new_chat_member.status == "member")
    assert ours.sender.id == str(change.from_user.id)
