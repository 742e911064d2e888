"""Keywords with which people stop messages, want them again, or ask for help.

https://help.twilio.com/articles/223134027 (English); Brazilian operators' own words.
Only a whole message counts: "cancelar a nota 4581" is a question.
"""

from ..choices import words_of

STOP = frozenset(
    (
        *("stop", "stopall", "unsubscribe", "cancel", "end", "quit", "optout"),
        *("revoke", "parar", "pare", "sair", "cancelar", "descadastrar", "remover"),
    )
)
START = frozenset(("start", "unstop", "voltar", "iniciar", "comecar", "retomar"))
HELP = frozenset(("help", "info", "ajuda"))
TYPES = {"STOP": False, "START": True}


def wish(form: dict[str, str]) -> bool:
    """Whether the message says that messages are (not) wanted."""
    return allowed(form) is not None


def allowed(form: dict[str, str]) -> bool | None:
    """None: it says nothing about it. Twilio's own verdict comes first."""
    verdict = TYPES.get(form.get("OptOutType", "").upper())
    if verdict is not None:
        return verdict
    word = keyword(form)
    return False if word in STOP else True if word in START else None


def asks_help(form: dict[str, str]) -> bool:
    return form.get("OptOutType", "").upper() == "HELP" or keyword(form) in HELP


def keyword(form: dict[str, str]) -> str:
    """The one word of a message, in lower case and without accents."""
    body = form.get("Body", "")
    said = words_of(body) if len(body) < 40 else []
    return said[0] if len(said) == 1 else ""
