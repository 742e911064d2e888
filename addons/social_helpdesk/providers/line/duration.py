"""How long a sound lasts, which LINE wants to be told."""

import struct

HEADER = b"mvhd"  # ISO 14496-12, 8.2.2: one in a file
LONGEST = 24 * 3600 * 1000


def milliseconds(content: bytes) -> int:
    """Of an MP4 or M4A file; 0 if it does not say."""
    at = content.find(HEADER)
    if at < 0:
        return 0
    at += len(HEADER)
    # version 1 has times of 8 bytes, version 0 of 4: created, changed, then these
    form, skip = (">IQ", 20) if content[at : at + 1] == b"\1" else (">II", 12)
    try:
        scale, duration = struct.unpack_from(form, content, at + skip)
    except struct.error:
        return 0
    length = round(duration * 1000 / scale) if scale else 0
    return length if 0 < length <= LONGEST else 0
