"""Telephone numbers as people store them and as WhatsApp says them.

WhatsApp keeps the id that an account was opened with, so its number may differ
from what is dialled today: Brazil put a 9 before mobile numbers (2012-2016),
Argentina and Mexico dial mobiles with an extra 9 or 1 from abroad.
"""

import re

import phonenumbers

# (as it is, the other form). In Brazil only 6-9 began a mobile number before
# the ninth digit; 2-5 is a landline's, which is somebody else.
_TWINS = tuple(
    (re.compile(pattern), other)
    for pattern, other in (
        (r"55(\d\d)9([6-9]\d{7})", r"55\1\2"),
        (r"55(\d\d)([6-9]\d{7})", r"55\g<1>9\2"),
        (r"549(\d{10})", r"54\1"),
        (r"54([1-8]\d{9})", r"549\1"),
        (r"521(\d{10})", r"52\1"),
        (r"52([2-9]\d{9})", r"521\1"),
    )
)


def variants(number: str) -> tuple[str, ...]:
    """All E.164 forms under which ``number`` may be stored, its own first.

    :param number: with its country code: "5511999998888", "+55 11 99999-8888"
    :returns: () if it is no telephone number
    """
    digits = re.sub(r"[\s().+-]", "", number)
    if not re.fullmatch(r"[1-9][0-9]{6,14}", digits):
        return ()
    others = (p.sub(other, digits) for p, other in _TWINS if p.fullmatch(digits))
    return tuple(f"+{form}" for form in (digits, *others))


def twins(identity: str) -> tuple[str, ...]:
    """The other ids of a person whose id is his number, written as it is."""
    others = variants(identity)[1:]
    return others if identity.startswith("+") else tuple(n[1:] for n in others)


def e164(text: str, region: str = "") -> str:
    """``text`` as a person wrote it, in E.164; "" if it is no possible number.

    :param region: ISO country code for a text without a country code
    """
    try:
        number = phonenumbers.parse(text, region or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
