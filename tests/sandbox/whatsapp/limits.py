"""What WhatsApp takes as a file.

https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types
"""

from .errors import GraphError

MB = 1024 * 1024

_OFFICE = "application/vnd.openxmlformats-officedocument."
#: kind -> (bytes, MIME types)
TYPES: dict[str, tuple[int, frozenset[str]]] = {
    "audio": (
        16 * MB,
        frozenset(("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg")),
    ),
    "document": (
        100 * MB,
        frozenset(
            (
                "text/plain",
                "application/pdf",
                "application/msword",
                "application/vnd.ms-excel",
                "application/vnd.ms-powerpoint",
                _OFFICE + "wordprocessingml.document",
                _OFFICE + "spreadsheetml.sheet",
                _OFFICE + "presentationml.presentation",
            )
        ),
    ),
    "image": (5 * MB, frozenset(("image/jpeg", "image/png"))),
    "sticker": (500 * 1024, frozenset(("image/webp",))),
    "video": (16 * MB, frozenset(("video/mp4", "video/3gpp"))),
}


def check_upload(mime: str, size: int) -> None:
    """Judge an upload, of which only the type tells what it will be used for.

    :raises GraphError: 100 for the type, 131053 for the size
    """
    plain = bare(mime)
    kinds = [kind for kind, (_, types) in TYPES.items() if plain in types]
    if not kinds:
        allowed = sorted(t for _, types in TYPES.values() for t in types)
        raise GraphError(
            100,
            message="(#100) Param file must be a file with one of the following "
            f"types: {', '.join(allowed)}. Received file of type '{plain}'.",
        )
    limit = max(TYPES[kind][0] for kind in kinds)
    if size > limit:
        raise GraphError(
            131053,
            f"File size {size} exceeds the limit of {limit} bytes for {kinds[0]}.",
        )
    if not size:
        raise GraphError(100, message="(#100) Param file must not be empty.")


def fits(kind: str, mime: str, size: int) -> bool:
    """May a file be sent as ``kind``? Any type may go as a document."""
    limit, types = TYPES[kind]
    return size <= limit and (kind == "document" or bare(mime) in types)


def bare(mime: str) -> str:
    """``"audio/ogg; codecs=opus"`` -> ``"audio/ogg"``."""
    return mime.split(";", maxsplit=1)[0].strip().lower()
