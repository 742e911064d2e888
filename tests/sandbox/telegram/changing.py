"""The methods with which a bot changes what it said, and its other gestures."""

from ..messages import Conversation, Message
from ..tame import objs, text
from . import objects
from .errors import bad_request
from .sending import CAPTION_LIMIT, TEXT_LIMIT, Call

#: https://core.telegram.org/bots/api#reactiontypeemoji
_ALLOWED = """
❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌
🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓
🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡
🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀
😡
"""
#: The only reactions a bot may set.
REACTIONS = frozenset(_ALLOWED.split())


def _target(call: Call, conversation: Conversation, what: str) -> Message:
    message = conversation.find(call.params.text("message_id"))
    if message is None or message.deleted:
        raise bad_request(f"message to {what} not found")
    return message


def edit_message_text(call: Call) -> dict:
    return _edit(call, "text", TEXT_LIMIT)


def edit_message_caption(call: Call) -> dict:
    return _edit(call, "caption", CAPTION_LIMIT)


def _edit(call: Call, name: str, limit: int) -> dict:
    customer, conversation = call.chat()
    message = _target(call, conversation, "edit")
    if message.direction == "in":
        raise bad_request("message can't be edited")
    if bool(message.media) != (name == "caption"):
        raise bad_request(f"there is no {name} in the message to edit")
    words, entities = call.formatted(name, limit)
    if name == "text" and not words.strip():
        raise bad_request("message text is empty")
    if (words, entities) == (message.text, message.extra.get("entities")):
        raise bad_request(
            "message is not modified: specified new message content and reply markup "
            "are exactly the same as a current content and reply markup of the message"
        )
    message.text, message.edited = words, True
    message.extra["entities"] = entities
    call.world.show(conversation, message)
    return objects.message(
        call.account, customer, conversation, message, call.world.media
    )


def delete_message(call: Call) -> bool:
    _, conversation = call.chat()
    message = _target(call, conversation, "delete")
    message.deleted = True
    call.world.show(conversation, message)
    return True


def set_message_reaction(call: Call) -> bool:
    _, conversation = call.chat()
    message = _target(call, conversation, "react")
    wanted = objs(call.params.data("reaction"))
    if len(wanted) > 1:
        raise bad_request("too many reactions specified")
    emoji = text(wanted[0].get("emoji")) if wanted else ""
    if emoji and emoji.rstrip("\ufe0f") not in REACTIONS:
        raise bad_request("REACTION_INVALID")
    if emoji:
        message.reactions["business"] = emoji
    else:
        message.reactions.pop("business", None)
    gesture = Message("", "out", "reaction", message.time, emoji, reply_to=message.id)
    call.world.sent_by_business(conversation, gesture)
    call.world.show(conversation, message)
    return True


def answer_callback_query(call: Call) -> bool:
    query = call.params.text("callback_query_id")
    if not (query.isascii() and query.isdigit()):
        raise bad_request(
            "query is too old and response timeout expired or query ID is invalid"
        )
    call.world.live.tell(
        "notice",
        channel="telegram",
        account=call.account.id,
        text=call.params.text("text"),
    )
    return True


def send_chat_action(call: Call) -> bool:
    customer, _ = call.chat()
    if not call.params.text("action"):
        raise bad_request("wrong parameter action in request")
    call.world.live.tell(
        "typing", channel="telegram", account=call.account.id, customer=customer.id
    )
    return True
