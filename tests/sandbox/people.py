"""The customers: who they are and how the providers know them."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from .tame import text, whole

_COLOURS = ("#d9663b", "#2a8c82", "#7a5bb5", "#c14479", "#3f7cc4", "#8a8f2f")


@dataclass
class Customer:
    """``wa_id`` is what WhatsApp calls him, which is not always his number:
    Brazilian accounts made before the ninth digit came keep the shorter id."""

    id: str
    name: str
    phone: str  # as he would write it himself, with + and the country
    wa_id: str
    telegram_id: int
    username: str = ""
    company: str = ""
    city: str = ""
    language: str = "pt-br"
    colour: str = _COLOURS[0]
    on_whatsapp: bool = True
    from_flood: bool = False
    #: providers on which he has blocked the business
    blocked: set[str] = field(default_factory=set)

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def last_name(self) -> str:
        return " ".join(self.name.split(" ")[1:])

    @property
    def user_id(self) -> str:
        """WhatsApp's business-scoped user id, for those who hide their number."""
        country = {"55": "BR", "54": "AR", "35": "PT"}.get(self.wa_id[:2], "US")
        digest = hashlib.sha256(self.wa_id.encode()).hexdigest()
        return f"{country}.{int(digest[:14], 16)}"

    @property
    def initials(self) -> str:
        words = [w for w in self.name.split() if w[0].isupper()] or [self.name]
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()

    def view(self) -> dict:
        return {
            "id": self.id,
            "name": self.name,
            "initials": self.initials,
            "colour": self.colour,
            "phone": self.phone,
            "wa_id": self.wa_id,
            "user_id": self.user_id,
            "telegram_id": self.telegram_id,
            "username": self.username,
            "company": self.company,
            "city": self.city,
            "language": self.language,
            "blocked": sorted(self.blocked),
            "from_flood": self.from_flood,
        }


def same_line(a: str, b: str) -> bool:
    """Do two numbers reach the same telephone?

    WhatsApp accepts a Brazilian mobile with and without the ninth digit and an
    Argentinian one with and without the 9 after the country code.
    https://developers.facebook.com/docs/whatsapp/cloud-api/reference/phone-numbers
    """
    return _canonical(a) == _canonical(b)


def _canonical(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    if re.fullmatch(r"55\d{2}9\d{8}", digits):
        return digits[:4] + digits[5:]
    if re.fullmatch(r"549\d{10}", digits):
        return "54" + digits[3:]
    return digits


def new_customer(values: dict[str, Any], number: int) -> Customer:
    """Make a customer from ``{"name", "phone", ...}``.

    :param number: how many there are already, for his colour and Telegram id
    :raises ValueError: no name or no phone number
    """
    name = text(values.get("name")).strip()
    digits = re.sub(r"\D", "", text(values.get("phone")))
    if not name:
        raise ValueError("A customer needs a name.")
    if not 8 <= len(digits) <= 15:
        raise ValueError("A customer needs a phone number of 8 to 15 digits.")
    return Customer(
        id=text(values.get("id")) or slug(name),
        name=name,
        phone="+" + digits,
        wa_id=re.sub(r"\D", "", text(values.get("wa_id")) or digits),
        telegram_id=whole(values, "telegram_id", 500_000_000 + number, 1, 2**52),
        username=text(values.get("username")),
        company=text(values.get("company")),
        city=text(values.get("city")),
        language=text(values.get("language")) or "pt-br",
        colour=text(values.get("colour")) or _COLOURS[number % len(_COLOURS)],
        on_whatsapp=values.get("on_whatsapp", True) is not False,
        from_flood=bool(values.get("from_flood")),
    )


def slug(name: str) -> str:
    """``"Antônio d'Ávila"`` -> ``"antonio-d-avila"``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "customer"


#: Areas up to 28 carry the ninth digit in their WhatsApp id, the others do not.
_CAST = (
    {
        "name": "Ana Beatriz Conceição",
        "phone": "+55 11 98765-4321",
        "company": "Padaria Pão & Arte",
        "city": "São Paulo",
        "username": "anabea",
    },
    {
        "name": "João Gonçalves",
        "phone": "+55 11 97654-3210",
        "company": "Padaria Pão & Arte",
        "city": "São Paulo",
    },
    {
        "name": "Márcia Nuñez de Araújo",
        "phone": "+55 41 99876-5432",
        "wa_id": "554198765432",
        "company": "Auto Peças Iguaçu",
        "city": "Curitiba",
        "username": "marcia_iguacu",
    },
    {
        "name": "Antônio Luís d'Ávila",
        "phone": "+55 81 98888-7766",
        "wa_id": "558188887766",
        "company": "Tecidos Capibaribe",
        "city": "Recife",
        "username": "tonico",
    },
    {
        "name": "Inês Magalhães",
        "phone": "+351 912 345 678",
        "company": "Conservas do Tejo",
        "city": "Lisboa",
        "language": "pt",
        "username": "ines_tejo",
    },
    {
        "name": "Martín Echeverría",
        "phone": "+54 9 11 2345-6789",
        "company": "Bodega Los Álamos",
        "city": "Buenos Aires",
        "language": "es",
    },
)


def cast() -> list[Customer]:
    """The customers that a fresh sandbox has."""
    return [new_customer(values, number) for number, values in enumerate(_CAST)]
