"""Channels. Each file here that defines a :class:`Provider` is one channel.

To add a channel: one file here, its fixtures in ``tests/unit/providers``, its
icon in ``static/img/channels``. Nothing else has to be told.
"""

import importlib
import pkgutil

from .base import Provider

_classes: dict[str, type[Provider]] = {}


def register(cls: type[Provider]) -> type[Provider]:
    """Class decorator: make a provider known under its ``code``.

    :raises ValueError: another class already has the code
    """
    known = _classes.get(cls.code)
    if known and known.__qualname__ != cls.__qualname__:
        raise ValueError(f"Two providers with the code {cls.code!r}")
    _classes[cls.code] = cls
    return cls


def unregister(code: str) -> None:
    """Forget a provider (tests of an example channel)."""
    _classes.pop(code, None)


def get(code: str) -> type[Provider]:
    """:raises KeyError: no such channel (its add-on was removed)"""
    return _classes[code]


def known() -> dict[str, type[Provider]]:
    """All channels, by code."""
    return dict(_classes)


for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")
