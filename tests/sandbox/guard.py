"""Loopback only. The sandbox knows no passwords, so nobody else may reach it."""

import ipaddress
from urllib.parse import urlsplit

_NAMES = {"localhost"}


def is_loopback_host(host: str) -> bool:
    """Is ``host`` (a name or an address, no port) this very machine?"""
    host = host.strip("[]").lower()
    if host in _NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_loopback(url: str) -> bool:
    """Does an http or https ``url`` point to this machine?"""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and is_loopback_host(
            parts.hostname or ""
        )
    except ValueError:
        return False


def refusal(host_header: str, origin: str | None) -> str:
    """Why a request must not be served, or "".

    A web page elsewhere can make a browser on this machine post here (its
    ``Origin`` says so) or point its own name to 127.0.0.1 (``Host`` says so).
    """
    if not is_loopback(f"http://{host_header}"):
        return "The sandbox answers to 127.0.0.1 and localhost only."
    if origin and origin != f"http://{host_header}":
        return "The sandbox takes orders from its own page only."
    return ""
