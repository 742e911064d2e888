"""Message ids as WhatsApp makes them: ``wamid.`` and base64 of a small record."""

import base64
import secrets

_INCOMING, _OUTGOING = 0x12, 0x11


def new_id(phone: str, direction: str) -> str:
    """An id never used before.

    :param phone: digits of the customer's number
    :param direction: ``in`` from the customer, ``out`` to him
    """
    mark = _INCOMING if direction == "in" else _OUTGOING
    serial = ("3A" + secrets.token_hex(9)).upper().encode()
    number = phone.encode()
    record = (
        bytes((0x1C, 0x18, len(number)))
        + number
        + bytes((0x15, 0x02, 0x00, mark, 0x18, len(serial)))
        + serial
        + b"\0"
    )
    return "wamid." + base64.b64encode(record).decode()
