"""From an agent's answer to parts: what all channels do alike."""

import re
from collections.abc import Callable, Mapping

from .errors import Refused
from .text import Styled, cut, plain
from .types import File, Limits, Part
from .words import EMPTY_FILE, FILE_TOO_LARGE, NOTHING

MB = 1024 * 1024
MIME = re.compile(r"[\w.+-]{1,100}/[\w.+-]{1,100}", re.ASCII)


def plan_parts(
    runs: Styled,
    files: list[File],
    reply_to: str,
    *,
    limits: Limits,
    write: Callable[[Styled], str],
    size: Callable[[Styled], int] | None,
    kind_of: Callable[[File], str],
    captioned: tuple[str, ...],
) -> list[Part]:
    """One part per text of allowed length and per file.

    The text goes along with the first file as its caption where it fits and
    that kind of file has one; else it goes first.

    :param kind_of: the kind as which a file is sent
    :param captioned: kinds that have a caption
    :raises Refused: nothing to send
    """
    if not plain(runs).strip():
        runs = []
    if not runs and not files:
        raise Refused(NOTHING)
    kinds = [kind_of(file) for file in files]
    captions = [""] * len(files)
    texts = [write(piece) for piece in cut(runs, limits.text, size)]
    if texts and kinds and kinds[0] in captioned:
        caption = cut(runs, limits.caption, size)
        if len(caption) == 1:
            captions[0], texts = write(caption[0]), []
    parts = [Part("text", text) for text in texts]
    for file, kind, caption in zip(files, kinds, captions, strict=True):
        parts.append(Part(kind, caption, file.index))
    first, *others = parts
    return [Part(first.kind, first.text, first.file, reply_to), *others]


def mime_type(mime: str) -> str:
    """``mime`` without parameters; what is none is any file's."""
    mime = mime.partition(";")[0].strip().lower()
    return mime if MIME.fullmatch(mime) else "application/octet-stream"


def choose_kind(
    file: File, kinds: Mapping[str, str], limits: Limits, channel: str
) -> str:
    """As what ``file`` is sent: by its type, else as a document.

    A picture that is too large for a picture may still go as a document.

    :param kinds: MIME type -> kind, for what the channel shows by itself
    :raises Refused: empty, or too large even as a document
    """
    if file.size <= 0:
        raise Refused(EMPTY_FILE, values={"name": file.name})
    kind = kinds.get(mime_type(file.mime), "document")
    bound = "audio" if kind == "voice" else kind
    if file.size <= limits.files.get(bound, 0):
        return kind
    limit = limits.files["document"]
    if file.size <= limit:
        return "document"
    values = {
        "name": file.name,
        "size": f"{file.size / MB:.1f}",
        "limit": f"{limit // MB}",
        "channel": channel,
    }
    raise Refused(FILE_TOO_LARGE, values=values)
