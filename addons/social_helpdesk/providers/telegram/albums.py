"""Several files that Telegram shows as one.

https://core.telegram.org/bots/api#sendmediagroup

An album is one :class:`Part`: one request, which Telegram takes as a whole or
not at all. Each of its files is a message of its own there, with its own number,
which edits, deletions, reactions and replies name.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..errors import Refused
from ..http import MB
from ..planning import mime_type
from ..tame import Node
from ..types import File, Part, Upload
from . import words

MOST = 10
# Of one request: Telegram's bound for a file, which its servers have for the body
# of a request as well. It also bounds what we hold in memory.
TOGETHER = 50 * MB
# pictures and videos mix, the others stay among themselves, a voice note is alone
FAMILIES = {
    "image": "seen",
    "video": "seen",
    "document": "document",
    "audio": "audio",
}
TYPES = {"image": "photo"}  # ours that Telegram calls otherwise
# "failed to send message #2 with the error message "PHOTO_INVALID_DIMENSIONS""
NUMBER = re.compile(r"message #(\d{1,2})\b", re.ASCII)


def gathered(parts: Sequence[Part], files: Sequence[File]) -> list[Part]:
    """The same files in as few messages as possible. What belongs together is
    shown where its first file stands, which has the caption and the quote."""
    sizes = {file.index: file.size for file in files}
    albums: list[list[Part]] = []
    latest: dict[str, list[Part]] = {}  # family -> its album that may have room
    for part in parts:
        family = FAMILIES.get(part.kind, "")
        if family in latest and _has_room(latest[family], part, sizes):
            latest[family].append(part)
            continue
        albums.append([part])
        if family:
            latest[family] = albums[-1]
    return [replace(first, album=tuple(others)) for first, *others in albums]


def _has_room(album: list[Part], part: Part, sizes: Mapping[int | None, int]) -> bool:
    together = sum(sizes.get(p.file, 0) for p in (*album, part))
    return len(album) < MOST and together <= TOGETHER


def request(part: Part, upload: Upload) -> tuple[dict[str, Any], dict[str, Any]]:
    """Parameters and files: ``attach://`` names the file of the same request."""
    media, files = [], {}
    uploads = (upload, *upload.album)
    for number, (item, given) in enumerate(
        zip((part, *part.album), uploads, strict=True)
    ):
        name = f"file{number}"
        described = {"type": TYPES.get(item.kind, item.kind)}
        described["media"] = f"attach://{name}"
        if item.text:
            described |= {"caption": item.text, "parse_mode": "HTML"}
        media.append(described)
        files[name] = (given.name, given.content, mime_type(given.mime))
    return {"media": json.dumps(media)}, files


def numbers(sent: Sequence[Node]) -> list[str]:
    """The id of each message, as :class:`Sent` has it, in their order."""
    found = ((one.node("chat").key("id"), one.key("message_id")) for one in sent)
    return [f"{chat}:{message}" for chat, message in found if chat and message]


def refusal(error: Refused, upload: Upload) -> Refused:
    """The same with the name of the file, where Telegram counts to it."""
    names = [one.name for one in (upload, *upload.album)]
    told = NUMBER.search(error.details.lower())
    place = int(told[1]) if told else 0
    if not 1 <= place <= len(names):
        return error
    values = {"name": names[place - 1], "place": str(place), "count": str(len(names))}
    return Refused(
        words.BAD_ITEM,
        error.code,
        alarm=error.alarm,
        values=values,
        details=error.details,
    )
