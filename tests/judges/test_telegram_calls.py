"""python-telegram-bot knows each method that we call, its parameters and objects."""

import inspect
import json
from contextlib import suppress

import pytest
import telegram
from providers.errors import ProviderError
from providers.telegram import METHODS, UPDATES, Telegram, contents
from providers.telegram.outgoing import REACTIONS
from providers.types import Card, Choice, Location, Media, Part, Upload
from telegram import constants

from tests.unit.providers.golden import SETTINGS, provider
from tests.unit.providers.wire import answer

ROOT = f"/bot{SETTINGS['telegram']['bot_token']}/"
TAKEN = answer(200, {"ok": True, "result": {"message_id": 1, "chat": {"id": 5}}})
PICTURE = Upload("f.bin", "x/y", b"x")
ANSWERS = (Choice("1:1", "Nota"), Choice("1:2", "Manual", "https://a.example"))
OBJECTS = {
    "reply_markup": telegram.InlineKeyboardMarkup,
    "reply_parameters": telegram.ReplyParameters,
}
ACTS = {
    "text": lambda t: t.send(Part("text", "<b>x</b>", reply_to="5:7"), "5", None, ""),
    "choices": lambda t: t.send(Part("text", "?", choices=ANSWERS), "-1:7", None, ""),
    "place": lambda t: t.send(
        Part("location", location=Location(-25.4, -49.3)), "5@c", None, ""
    ),
    "venue": lambda t: t.send(
        Part("location", location=Location(-25.4, -49.3, "Loja", "Rua XV")),
        "5",
        None,
        "",
    ),
    "card": lambda t: t.send(
        Part("contact", card=Card("Ana", ("+5541999990000",))), "5", None, ""
    ),
    "typing": lambda t: t.typing("5:70", "5"),
    "react": lambda t: t.react("5:70", "5", "👍"),
    "edit": lambda t: t.edit("5:70", "5", Part("text", "x")),
    "unsend": lambda t: t.unsend("5:70", "5"),
    "unsend in a business chat": lambda t: t.unsend("5:70", "5@c"),
    "read": lambda t: t.mark_read("5:70", "5@c"),
    "fetch": lambda t: t.fetch(Media("image", ref="A")),
    "connect": lambda t: t.connect("https://desk.example/"),
}
for kind in METHODS:
    ACTS[kind] = lambda t, kind=kind: t.send(Part(kind, "c", 0), "5", PICTURE, "")


@pytest.mark.parametrize("name", ACTS)
def test_call(wire, name):
    telegram_ = provider("telegram", wire.url)
    wire.answers = [TAKEN]
    with suppress(ProviderError):  # what the answer means is not asked here
        ACTS[name](telegram_)
    assert wire.received
    for request in wire.received:
        method, given = request.path.removeprefix(ROOT), _given(request)
        _judge(method, given)


def _given(request):
    if not request.headers["content-type"].startswith("multipart"):
        return request.json
    marker = b'Content-Disposition: form-data; name="'
    pieces = request.body.split(marker)[1:]
    return {piece.split(b'"')[0].decode(): None for piece in pieces}


def _judge(method, given):
    parameters = inspect.signature(getattr(telegram.Bot, method)).parameters
    assert set(given) <= set(parameters)
    needed = {
        name
        for name, parameter in parameters.items()
        if parameter.default is parameter.empty and name != "self"
    }
    assert needed <= set(given)
    for name, kind in OBJECTS.items():
        if value := given.get(name):
            read = kind.de_json(value, None)
            assert not read.api_kwargs
            assert json.loads(read.to_json()) == value
    for reaction in given.get("reaction") or ():
        assert type(telegram.ReactionType.de_json(reaction, None)) is (
            telegram.ReactionTypeEmoji
        )


def test_the_judge_refuses():
    _judge("sendMessage", {"chat_id": "5", "text": "x"})
    for wrong in ({"chat_id": "5"}, {"chat_id": "5", "text": "x", "colour": 1}):
        with pytest.raises(AssertionError):
            _judge("sendMessage", wrong)


def test_numbers_and_names_agree():
    limits = Telegram.limits
    assert limits.text == constants.MessageLimit.MAX_TEXT_LENGTH
    assert limits.caption == constants.MessageLimit.CAPTION_LENGTH
    # Telegram says "MB", which the library counts as 1,000,000 bytes
    sizes = constants.FileSizeLimit
    for ours, theirs in (
        (contents.DOWNLOAD_LIMIT, sizes.FILESIZE_DOWNLOAD),
        (limits.files["document"], sizes.FILESIZE_UPLOAD),
        (limits.files["image"], sizes.PHOTOSIZE_UPLOAD),
    ):
        assert ours / 2**20 == theirs / 1e6
    assert set(UPDATES) <= set(telegram.Update.ALL_TYPES)
    known = {emoji.value for emoji in constants.ReactionEmoji}
    assert set(REACTIONS) <= known
