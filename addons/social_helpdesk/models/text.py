"""Strings from outside, made fit for the database and for a title."""

import hashlib

from odoo.tools.mail import html_to_inner_content

QUOTE_LENGTH = 120  # of a message that is quoted, answered or was edited


def storable(text):
    """A string PostgreSQL takes: no null byte, no lone surrogate."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def fits(text, length=255):
    """A storable string that is not endless; a longer id keeps its uniqueness
    through a digest."""
    clean = storable(text)
    if len(clean) <= length:
        return clean
    digest = hashlib.sha256(clean.encode()).hexdigest()[:32]
    return f"{clean[: length - 33]}~{digest}"


def excerpt(html, length):
    """The first words of a message, in one line, without its formatting."""
    return shorten(" ".join(html_to_inner_content(html).split()), length)


def shorten(text, length):
    """Cut at a word, and show that something was cut."""
    if len(text) <= length:
        return text
    head = text[: length - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[length // 2 :] else head) + "…"
