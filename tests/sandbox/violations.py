"""Requests that break a provider's description, kept for the test that asks."""

import time
from typing import Any

from .world import World

MASK = "•••"


def record(
    world: World, provider: str, line: str, problems: list[str], request: Any
) -> None:
    """:param line: method and path; secrets are masked before it is kept"""
    hide = [s for account in list(world.accounts.values()) for s in account.secrets()]
    world.violations.append(
        {
            "at": time.time(),
            "provider": provider,
            "line": masked(line, hide),
            "problems": problems,
            "request": masked(request, hide),
        }
    )
    world.live.tell("violation", provider=provider, problems=problems[:3])


def masked(value: Any, secrets: list[str]) -> Any:
    """A copy without any of ``secrets``, however deep they are."""
    if isinstance(value, str):
        for secret in secrets:
            value = value.replace(secret, MASK)
        return value
    if isinstance(value, dict):
        return {key: masked(item, secrets) for key, item in value.items()}
    if isinstance(value, list):
        return [masked(item, secrets) for item in value]
    return value
