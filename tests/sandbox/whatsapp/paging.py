"""Graph's pages of a list, and the fields of a node that were asked for."""

import base64
from typing import Any

from flask import request

from .errors import GraphError

PAGE_SIZE = 25


def page(items: list[dict]) -> dict:
    """Graph's pages: cursors both ways, and ``next`` while there is more.

    https://developers.facebook.com/docs/graph-api/results
    """
    limit = max(1, min(request.args.get("limit", PAGE_SIZE, int), 100))
    start = _cursor(request.args.get("after"))
    page = items[start : start + limit]
    result: dict[str, Any] = {"data": page}
    if page:
        end = start + len(page)
        result["paging"] = {"cursors": {"before": _mark(start), "after": _mark(end)}}
        if end < len(items):
            result["paging"]["next"] = (
                f"{request.base_url}?limit={limit}&after={_mark(end)}"
            )
    return result


def _mark(position: int) -> str:
    return base64.urlsafe_b64encode(f"at:{position}".encode()).decode()


def _cursor(mark: str | None) -> int:
    if not mark:
        return 0
    try:
        return int(base64.urlsafe_b64decode(mark).decode().removeprefix("at:"))
    except ValueError:
        raise GraphError(100, message="(#100) Invalid cursor.") from None


def fields(node: dict, defaults: tuple[str, ...]) -> dict:
    wanted = request.args.get("fields")
    names = [n.strip() for n in wanted.split(",")] if wanted else list(defaults)
    for name in names:
        if name not in node:
            raise GraphError(
                100,
                message=f"(#100) Tried accessing nonexisting field ({name}) on node "
                "type (WhatsAppBusinessPhoneNumber)",
            )
    return {name: node[name] for name in dict.fromkeys([*names, "id"])}
