"""As what a file goes out, and how long a text is.

https://developers.facebook.com/docs/messenger-platform/instagram/features/send-message
"""

import re

from ..errors import Refused
from ..planning import mime_type
from ..text import Styled, plain
from ..types import File
from . import faults, words

KINDS = {
    "image/jpeg": "image",
    "image/png": "image",
    "image/gif": "image",
    "audio/aac": "audio",
    "audio/mp4": "audio",
    "audio/x-m4a": "audio",
    "audio/wav": "audio",
    "audio/x-wav": "audio",
    "video/mp4": "video",
    "video/ogg": "video",
    "video/x-msvideo": "video",
    "video/quicktime": "video",
    "video/webm": "video",
}
# https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-comment/replies
LINK = re.compile(r"https?://(?:www\.)?|\bwww\.", re.IGNORECASE)
HASHTAG = re.compile(r"#\w")
HASHTAGS = 4


def length(runs: Styled) -> int:
    """Instagram's 1,000 are bytes of UTF-8."""
    return len(plain(runs).encode())


def kind_of(file: File, kind: str) -> str:
    """:raises Refused: of documents it takes PDF only, and no picture as one"""
    if kind == "document" and mime_type(file.mime) != "application/pdf":
        raise Refused(faults.MEDIA.text)
    return kind


def check_comment(text: str) -> None:
    """:raises Refused: what Instagram takes for spam in public"""
    if len(LINK.findall(text)) > 1 or len(HASHTAG.findall(text)) > HASHTAGS:
        raise Refused(words.COMMENT_LINKS)
    if text.isupper():
        raise Refused(words.COMMENT_CAPITALS)
