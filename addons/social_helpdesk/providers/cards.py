"""A contact card where there is none, and as the file that telephones know."""

from html import escape

from .types import Card

NEW_LINE = "\r\n"


def as_html(card: Card) -> str:
    """For channels that show no cards: a line each."""
    lines = filter(None, (card.name, card.organisation, *card.phones, *card.emails))
    return "<p>" + "<br/>".join(map(escape, lines)) + "</p>"


def vcard(card: Card) -> str:
    """https://www.rfc-editor.org/rfc/rfc2426"""
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:;{_value(card.name)};;;"]
    lines.append(f"FN:{_value(card.name)}")
    if card.organisation:
        lines.append(f"ORG:{_value(card.organisation)}")
    lines += [f"TEL:{_value(phone)}" for phone in card.phones]
    lines += [f"EMAIL:{_value(email)}" for email in card.emails]
    return NEW_LINE.join((*lines, "END:VCARD")) + NEW_LINE


def _value(text: str) -> str:
    """On one line, with the signs that mean something there escaped."""
    text = " ".join(text.split()).replace("\\", "\\\\")
    return text.replace(",", "\\,").replace(";", "\\;")
