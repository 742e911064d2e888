"""One webhook of WhatsApp with 1,000 updates of all sorts, the most that Meta sends at
once: what 300 customers wrote, changed and reacted to, and ticks of messages that are
not ours.

https://developers.facebook.com/docs/graph-api/webhooks/getting-started#event-notifications
"""

import random
from collections.abc import Iterator
from typing import Any

PEOPLE = 300
ITEMS = 1000
CHANGES = 10  # that the items are spread over
Item = dict[str, Any]


def name(person: int) -> str:
    return f"Lote {person:03d}"


def text(person: int) -> str:
    return f"A nota {person} foi rejeitada"


def edited(person: int) -> str:
    return f"{text(person)} (corrigida)"


def lines(person: int) -> list[str]:
    """What stands in the ticket in the end, without its formatting."""
    if person % 3 == 0:
        before = f"Editada pelo cliente. Antes: “{text(person)}”"
        return [f"{edited(person)}{before}"]
    unknown = ["Mensagem sem suporte: hologram"] if has_unknown(person) else []
    return [text(person), "Alguém responde?", *unknown]


def has_unknown(person: int) -> bool:
    return person % 3 == 1


def reacts(person: int) -> bool:
    return person % 2 == 0


def body(run: str, phone_number_id: str, start: int) -> dict[str, Any]:
    """
    :param run: makes its ids and its people's numbers other than another run's;
        digits
    :param start: seconds since 1970 of each customer's first item
    """
    items = [item for n in range(PEOPLE) for item in _of_person(run, n, start)]
    assert len(items) == ITEMS
    random.Random(1000).shuffle(items)
    return body_of(items, phone_number_id)


def edit_before_message(phone_number_id: str, start: int) -> list[dict[str, Any]]:
    """Two bodies: the customer's edit, and the message that it is about."""
    message, edit, *_more = _of_person("99", 0, start)
    return [body_of([item], phone_number_id) for item in (edit, message)]


def body_of(items: list[tuple[str, Item, Item]], phone_number_id: str) -> Item:
    size = -(-len(items) // CHANGES)
    changes = [
        _change(items[at : at + size], phone_number_id)
        for at in range(0, len(items), size)
    ]
    entry = {"id": "102290129340398", "changes": changes}
    return {"object": "whatsapp_business_account", "entry": [entry]}


def _of_person(run: str, n: int, start: int) -> Iterator[tuple[str, Item, Item]]:
    """(list's name, its item, the contact beside it)"""
    phone = f"5511{run}{n:03d}".ljust(13, "0")
    contact = {"profile": {"name": name(n)}, "wa_id": phone}
    first = f"wamid.lote{run}.{n}"

    def message(at: int, kind: str, content: Item) -> tuple[str, Item, Item]:
        own = first if at == 0 else f"{first}.{at}"
        head = {"from": phone, "id": own, "timestamp": str(start + at), "type": kind}
        return "messages", {**head, kind: content}, contact

    yield message(0, "text", {"body": text(n)})
    if n % 3:
        yield message(1, "text", {"body": "Alguém responde?"})
    else:
        new = {"type": "text", "text": {"body": edited(n)}}
        yield message(1, "edit", {"original_message_id": first, "message": new})
    if reacts(n):
        yield message(2, "reaction", {"message_id": first, "emoji": "🙏"})
    else:
        tick = {"id": f"{first}.alheia", "status": "read", "recipient_id": phone}
        yield "statuses", {**tick, "timestamp": str(start)}, contact
    if has_unknown(n):
        yield message(3, "hologram", {"depth": 3})


def _change(items: list[tuple[str, Item, Item]], phone_number_id: str) -> Item:
    value: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": "551140028922",
            "phone_number_id": phone_number_id,
        },
        "contacts": list({c["wa_id"]: c for _, _, c in items}.values()),
    }
    for kind, item, _contact in items:
        value.setdefault(kind, []).append(item)
    return {"field": "messages", "value": value}


def counts() -> dict[str, int]:
    """How many there are of what, in Odoo in the end."""
    people = range(PEOPLE)
    written = sum(len(lines(n)) for n in people)
    reactions = sum(map(reacts, people))
    return {"tickets": PEOPLE, "messages": written, "reactions": reactions}
