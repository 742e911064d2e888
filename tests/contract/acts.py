"""Everything that a channel asks its provider for, by the adapter's method."""

from dataclasses import replace

from providers.base import Provider
from providers.types import Card, Choice, Kind, Location, Media, Part, Upload

from tests.unit.providers.golden import provider
from tests.unit.providers.test_line_sending import _sound

HOOK = "https://desk.example/social/webhook/k"
# methods of an adapter that may ask the provider
ASKING = {
    *("send", "reply_privately", "edit", "unsend", "react", "mark_read", "typing"),
    *("hide", "fetch", "profile", "post", "poll", "connect", "check", "templates"),
}
# the others: they plan, read or say what a channel can
QUIET = {
    *("ask", "contact", "credential", "handshake", "http", "invitation", "is_public"),
    *("limits_of", "parse", "place", "plan", "poll_place", "reactions_of"),
    *("receipt_for", "reply_window", "scope_of", "secrets", "setting", "split"),
    *("template_part", "verify"),
}
LINK = "https://desk.example/f/1"
TAPS = (Choice("s:1", "Sim"), Choice("s:2", "Não"))
ROWS = tuple(Choice(f"s:{n}", f"Opção {n}") for n in range(10))
OPEN = (Choice("l", "Abrir", LINK),)
PLACE = Location(-25.43, -49.27, "Loja", "Rua XV")
SPOT = Location(-25.43, -49.27)
CARD = Card("Ana", ("+5541999990000",), ("ana@x.example",), "Padaria")
TEMPLATE = {
    "name": "retomar",
    "language": {"code": "pt_BR"},
    "components": [{"type": "body", "parameters": [{"type": "text", "text": "Ana"}]}],
}
CONTENT = {"sid": "HX" + "0" * 32, "variables": {"1": "Ana"}}


def file(kind, mime="x/y", content=b"x", text="legenda"):
    return Part(kind, text, 0), Upload("arquivo", mime, content, LINK)


def album(*files):
    (first, upload), *others = files
    parts, uploads = zip(*others, strict=True)
    return replace(first, album=parts), replace(upload, album=uploads)


FILES = [file(k) for k in ("image", "audio", "voice", "video", "document")]
ASKED = [
    (Part("text", "Resolveu?", choices=TAPS), None),
    (Part("text", "Resolveu?", choices=OPEN), None),
]
SHOWN = [(Part("location", location=PLACE), None), (Part("contact", card=CARD), None)]
TEXT = (Part("text", "Olá https://x.example", reply_to="8:70"), None)
ALBUM = album(file("image"), file("video", text=""), file("image", text=""))
PAPERS = album(file("document"), file("document", text=""))
FREE = (Part("text", "Olá", tokens={"reply": "r" * 32, "quote": "q" * 130}), None)
PARTS = {
    "line": [
        (Part("text", "Olá"), None),
        FREE,
        *ASKED,
        *SHOWN,
        file("image", "image/png"),
        file("audio", "audio/mp4", _sound(), ""),
        file("document", "application/pdf"),
    ],
    "sms": [(Part("text", "Olá"), None), file("image"), file("document")],
    "telegram": [
        *(TEXT, *ASKED, *SHOWN, (Part("location", location=SPOT), None)),
        *(*FILES, ALBUM, PAPERS),
    ],
    "whatsapp": [
        TEXT,
        *ASKED,
        (Part("text", "Onde dói?", choices=ROWS), None),
        *SHOWN,
        *FILES,
        file("sticker", "image/webp", text=""),
        (Part("template", template=TEMPLATE), None),
    ],
    "whatsapp_twilio": [
        (Part("text", "Olá"), None),
        *ASKED,
        (Part("text", "Onde dói?", choices=ROWS), None),
        *FILES,
        (Part("template", template=CONTENT), None),
    ],
    "x": [(Part("text", "Olá", reply_to="70"), None), file("image", "image/png")],
}
CHATS = {
    "line": ("U8a4f1c2d3e5b60718293a4b5c6d7e8f9",),
    "sms": ("+5511999998888",),
    "telegram": ("5", "-100123:7", "5@Bc1"),
    "whatsapp": ("5511987654321", "Y2FwaV9ncm91cDox"),
    "whatsapp_twilio": ("+5511999998888",),
    "x": ("7001", "g:7001", "t:7001"),
}
MEDIA = {
    "line": "468789577898262530",
    "telegram": "AgACAgQ",
    "whatsapp": "1003383421387256",
}
PEOPLE = {
    "line": ("U8a4f1c2d3e5b60718293a4b5c6d7e8f9", "C4e5f60718293a4b5c6d7e8f90a1b2c3d")
}
SAID = {"telegram": "5:70"}  # what a message is called
REACTIONS = {"telegram": ("👍", ""), "whatsapp": ("👍", ""), "x": ("❤",)}


def asking(code):
    """Methods of a channel that are its own, not the base's refusal."""
    own = type(provider(code))
    return {n for n in ASKING if getattr(own, n) is not getattr(Provider, n)}


def acts(code):
    """(method, what calls it) of everything that a channel asks for."""
    parts, chats, said = PARTS[code], CHATS[code], SAID.get(code, "70")
    for chat in chats:
        for part, upload in parts:
            yield "send", lambda p, a=(part, chat, upload, "42-abc"): p.send(*a)
        yield "typing", lambda p, c=chat: p.typing(said, c)
        yield "mark_read", lambda p, c=chat: p.mark_read(said, c, "t" * 300)
        yield "edit", lambda p, c=chat: p.edit(said, c, Part("text", "x"))
        yield "unsend", lambda p, c=chat: p.unsend(said, c)
        for emoji in REACTIONS.get(code, ()):
            yield "react", lambda p, c=chat, e=emoji: p.react(said, c, e)
    yield "hide", lambda p: p.hide("70", True)
    yield "fetch", lambda p: p.fetch(_media(code, p.api_url))
    for person in PEOPLE.get(code, ()):
        yield "profile", lambda p, who=person: p.profile(who)
    yield "poll", lambda p: p.poll({})
    yield "poll", lambda p: p.poll({"post": "10", "below": "20", "dm": "5"})
    yield "connect", lambda p: p.connect(HOOK)
    yield "check", lambda p: p.check()
    yield "templates", lambda p: p.templates()


def _media(code, url):
    """Found by its id, else by the link that came with the message."""
    return Media(Kind.VIDEO, MEDIA.get(code) or f"{url}/link/1")


def account(code, url):
    """An adapter whose account has everything switched on."""
    return provider(code, url, **({"poll": "yes"} if code == "x" else {}))
