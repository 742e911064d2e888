"""Passwords in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..regions import finditer
from .connection import is_placeholder
from .match import HIDDEN, Match
from .text import Text

HINTS = (
    "senha",
    "password",
    "passwd",
    "pwd",
    "contrase",
    "clave",
    "passcode",
    "pass:",
    "pass =",
    "pin:",
    "pin =",
)
_LOGINS = ("login", "acesso", "usu", "user", "credenc")
ALL_HINTS = (*HINTS, *_LOGINS)
_WORD = (
    r"(?<![a-z0-9_])(?:senhas?|passwords?|passwd|pwd|contrase(?:ñ|n|nh)as?|claves?"
    r"|passcode|(?:pass|pin)(?=\s?[:=]))"
)
# "a senha do banco de produção é", "password for the admin user is": a few words
# between, which a colon, an equals sign or a verb ends.
_BETWEEN = r"((?:[ \t]{1,2}[^\s:=,;.!?]{1,20}){0,5}?)"
_VERB = (
    r"(?:[ \t]{0,3}[:=→]+>?|[ \t]{1,3}(?:é|e'|eh|is|es|era|was|será|ficou|tá|está"
    r"|agora é|->|-|virou|foi (?:alterada|trocada|mudada) para"
    r"|mudou para|(?:has been )?(?:set|changed) to))"
)
_VALUE = r"[ \t]{0,3}(?:[a-z]{0,4}[:=][ \t]?)?([\"'“”‘’`«]?)(\S{3,128})"
_SAID = re.compile(_WORD + _BETWEEN + _VERB + _VALUE, re.I)
# "login joao senha Mudar@123", "usuário/senha: joao/1234"
_BARE = re.compile(_WORD + r"[ \t]{1,2}([\"'“”‘’`«]?)(\S{4,128})", re.I)
_NEXT_LINE = re.compile(
    _WORD + r"[ \t]{0,2}:?[ \t]{0,2}\n{1,2}(\S{4,128})(?=\n|$)", re.I
)
_LONGEST = (0, 400)  # characters of a match behind the word
# "acesso: admin / Mudar123"
_LOGIN = re.compile(
    r"(?:login|acesso|usu[áa]rio|user(?:name)?|credenciais)[ ]?[:=][ ]?[^\s/|]{2,64}"
    r"[ ]?[/|][ ]?([^\s/|]{5,64})(?!\S)",
    re.I,
)
_ENDS = ".,;:!?)]}\"'“”‘’`»"
_LETTER, _DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"[0-9]")
_SIGN = re.compile(r"[!@#$%&*+=?^~]")
_WHOSE = re.compile(r"\s+(?:d[aeo]s?|del?[ea]?|of|for|nova|atual|provis\w+)\b", re.I)
# What is said about a password that is not the password itself.
_ABOUT = re.compile(
    r"(?:\w*(?:ad[ao]s?|id[ao]s?|óri[ao]s?|ori[ao]s?|[íi]ve(?:l|is)|ant?e|ente|ente"
    r"|al|os[ao]|iv[ao]|ic[ao]|ong[ao]|urt[ao]|ndo|mente|[çs][ãa]o|ed|ing|ible|able"
    r"|ory|ive|ong|ct|ly|ar|er|ir)"
    r"|a|o|as|os|um|uma|uns|the|el|la|los|las|un|una|que|qual|quem|como|quando|onde"
    r"|por|para|pra|de|do|da|dos|das|em|no|na|com|sem|só|so|se|e|ou|muito|mais|menos"
    r"|bem|tão|meu|minha|seu|sua|esta|essa|este|esse|isto|isso|aquela|aquele|cada|toda"
    r"|todo|não|nao|nunca|sempre|ainda|já|ja|aqui|ali|algo|nada|nova|novo|mesm[ao]"
    r"|outr[ao]|diferente|igual|antig[ao]|atual|padr[ãa]o|fraca|forte|errada|certa"
    r"|correta|incorret[ao]s?|inv[áa]lid[ao]s?|simples|secreta|nula|vazia|única|pessoal|minúscula|mínimo|minimo|máximo"
    r"|caracteres|dígitos|digitos|letras|números|numeros|vezes|dias|horas|minutos"
    r"|obrigatório|teste|exemplo|admin|usuário|usuario|login|senha|password|pass|sim"
    r"|user|username|email|e-mail|link|token|pin|null|none|true|false|undefined"
    r"|is|was|are|to|for|of|in|on|at|and|or|not|too|very|that|this|your|my|our|it|an"
    r"|never|always|only|just|now|here|new|old|same|wrong|weak|long|short|valid|empty"
    r"|missing|case|least|characters|digits|change|changed|reset|policy|must|should"
    r"|incorrecta|correcta|nueva|vieja|misma|débil|larga|corta|muy|mi|tu|su|con|sin"
    r"|sha-?\d+|md5|aes-?\d+|bcrypt|oauth2?|2fa|base64|utf-?8|ldap|http\S*)",
    re.I,
)
_HARMLESS_BEFORE = re.compile(
    r"(?:esqueci|esqueceu|perdi|trocar|alterar|mudar|redefin\w+|recuper\w+|reset\w*"
    r"|forgot|change|recover|olvid\w+|cambiar|restablec\w+)"
    r"(?: (?:a|o|as|minha|sua|my|your|the|la|mi|su|de))*\s?$",
    re.I,
)


def password(text: Text) -> Iterator[Match]:
    """What follows "a senha é", "senha:", "the password is", "la contraseña es", and
    does not merely talk about a password."""
    seen: set[int] = set()
    if any(hint in text.lower for hint in HINTS):
        yield from _said(text, seen)
    yield from _of_login(text, seen)


def _said(text: Text, seen: set[int]) -> Iterator[Match]:
    for found in _finditer(_SAID, text):
        value = _trimmed(found[3])
        if found[2] or _is_said(text.text, found, value):
            yield from _once(found.start(3), value, seen)
    for found in _finditer(_NEXT_LINE, text):
        if _is_strong(value := _trimmed(found[1])):
            yield from _once(found.start(1), value, seen)
    for found in _finditer(_BARE, text):
        value = _trimmed(found[2])
        if _is_strong(value) and not text.before(_HARMLESS_BEFORE, found.start()):
            yield from _once(found.start(2), value, seen)


def _of_login(text: Text, seen: set[int]) -> Iterator[Match]:
    """The second of ``acesso: admin / Mudar123``."""
    if "/" not in text.lower and "|" not in text.lower:
        return
    for found in finditer(_LOGIN, text.text, text.lower, _LOGINS, (0, 200)):
        value = _trimmed(found[1])
        if _is_strong(value) and _LETTER.search(value):
            yield from _once(found.start(1), value, seen)


def _finditer(pattern: re.Pattern[str], text: Text) -> Iterator[re.Match[str]]:
    return finditer(pattern, text.text, text.lower, HINTS, _LONGEST)


def _once(start: int, value: str, seen: set[int]) -> Iterator[Match]:
    if start not in seen and len(value) >= 3 and not is_placeholder(value):
        seen.add(start)
        yield Match(start, start + len(value), value, HIDDEN * 8)


def _trimmed(value: str) -> str:
    """Without the end of the sentence."""
    return value.rstrip(_ENDS) or value


def _is_said(text: str, found: re.Match[str], value: str) -> bool:
    """Whether ``value`` is the password rather than a word about it: it is mixed
    as passwords are, or the sentence is about whose it is and ends with it."""
    if _ABOUT.fullmatch(value):
        return False
    if _is_strong(value):
        return True
    if found[1] and not _WHOSE.match(found[1]):
        return False
    end = found.start(3) + len(value)
    rest = text[end : end + 3].lstrip(_ENDS + " \t")
    return (
        (not rest or rest[0] == "\n")
        and value.isalnum()
        and len(value) >= 3 + value.isalpha()
    )


def _is_strong(value: str) -> bool:
    """Letters with digits or signs, or a row of digits."""
    if _ABOUT.fullmatch(value) or "://" in value or len(value) < 4:
        return False
    letters, digits = _LETTER.search(value), _DIGIT.search(value)
    if digits:
        return bool(letters) or value.isdigit()
    return bool(letters and _SIGN.search(value[1:-1]) and len(value) >= 5)
