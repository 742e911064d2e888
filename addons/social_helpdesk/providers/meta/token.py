"""What Meta says of an access token.

https://developers.facebook.com/docs/graph-api/reference/debug_token
"""

from collections.abc import Iterable
from datetime import datetime, timezone

from ..tame import Node
from ..types import Check, Note
from . import words


def read_token(
    answer: Node, permissions: Iterable[str]
) -> tuple[tuple[Check, ...], datetime | None]:
    """Lines of the set-up's test, and when the token ends (None: never)."""
    token = answer.node("data")
    if not token:
        return (), None
    works = Note(words.TOKEN_WORKS)
    if not token.flag("is_valid"):
        return (Check(works, Note(words.TOKEN_ENDED)),), None
    scopes = token.raw("scopes")
    granted = scopes if isinstance(scopes, list) else []
    missing = [name for name in permissions if name not in granted]
    lacks = Note(words.MISSING, {"names": ", ".join(missing)}) if missing else None
    checks = (Check(works), Check(Note(words.PERMISSIONS), lacks))
    return checks, _moment(token.whole("expires_at"))


def _moment(seconds: int | None) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, timezone.utc) if seconds else None
    except (OverflowError, ValueError, OSError):
        return None
