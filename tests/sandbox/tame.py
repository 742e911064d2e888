"""Small readers for what others send: the wanted type, or a sentence."""

import math
from typing import Any


def obj(value: Any) -> dict[str, Any]:
    """The object, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def objs(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; everything else is left out."""
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def text(value: Any) -> str:
    """The words, or "" for what carries none."""
    return str(value) if isinstance(value, str | int | float) and value else ""


def number(
    values: dict[str, Any],
    name: str,
    default: float,
    least: float = 0,
    most: float = math.inf,
) -> float:
    """:raises ValueError: not a number, or out of bounds"""
    value = values.get(name)
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"“{name}” is a number.")
    if not least <= value <= most:
        raise ValueError(f"“{name}” is from {least} to {most}.")
    return float(value)


def whole(
    values: dict[str, Any], name: str, default: int, least: int = 0, most: int = 10**6
) -> int:
    """:raises ValueError: not a whole number, or out of bounds"""
    result = number(values, name, default, least, most)
    if result != int(result):
        raise ValueError(f"“{name}” is a whole number.")
    return int(result)
