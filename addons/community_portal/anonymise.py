"""What in a customer's text says whose it is: plain Python, no database.

The moderation engine finds the data (documents, addresses, telephones, passwords)
and the names, in whatever way they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree, html

from odoo.addons.moderation import engine
from odoo.addons.moderation.engine.confidential import DETECTORS
from odoo.addons.moderation.engine.types import (
    ConfidentialRule,
    Content,
    Finding,
    TermRule,
)

LEAST = 3  # letters of a name; "de" and "da" are in every text
MOST = 2_000  # names of one customer
NAMES = "names"  # key of the rule
PARTICLES = {"das", "dos", "del", "van", "von", "der", "den", "los", "las", "the"}
# How a company is written is not its name: "Padaria Sol Ltda." is "Padaria Sol".
_LEGAL_FORM = re.compile(
    r"[\s,]+(ltda|s\.?/?a|me|epp|eireli|mei|inc|llc|ltd|gmbh)\.?$", re.IGNORECASE
)

# An address hides in a link, a face in a picture: only what can be read goes on.
_GONE = re.compile(
    "audio|embed|head|iframe|img|math|object|picture|script|style|svg|video"
)
_KEPT = re.compile(
    "b|blockquote|br|code|div|em|h[1-6]|hr|i|li|ol|p|pre|s|span|strong|table|tbody|td"
    "|th|thead|tr|u|ul"
)


@dataclass(frozen=True)
class Found:
    """A title and a body with what was found in them.

    ``title`` and ``body`` have it masked; ``findings`` are the engine's.
    """

    title: str
    body: str
    findings: tuple[Finding, ...]


def names_of(people: Iterable[str], companies: Iterable[str]) -> tuple[str, ...]:
    """The names to look for: people also by each of their names, as they sign."""
    names = []
    for person in people:
        words = re.findall(r"[^\W\d_]+", person or "")
        names += [" ".join((person or "").split()), *words]
    for company in companies:
        whole = " ".join((company or "").split())
        names += [whole, _LEGAL_FORM.sub("", whole)]
    return tuple(dict.fromkeys(name for name in names if _is_telling(name)))[:MOST]


def bare(body: str) -> str:
    """HTML with its words and paragraphs alone: no attribute, link or picture."""
    if not (body or "").strip():
        return ""
    root = html.fragment_fromstring(body, create_parent="div")
    etree.strip_elements(
        root, etree.Comment, etree.ProcessingInstruction, with_tail=False
    )
    for node in list(root.iterdescendants()):
        node.attrib.clear()
        if _GONE.fullmatch(node.tag):
            node.drop_tree()
        elif not _KEPT.fullmatch(node.tag):
            node.drop_tag()
    inner = html.tostring(root, encoding="unicode")
    return inner[len("<div>") : -len("</div>")]


def search(title: str, body: str, names: Iterable[str]) -> Found:
    """Look through a title (plain) and a body (HTML).

    :param names: from :func:`names_of`
    """
    content = Content(title=title, body=body)
    findings = tuple(engine.scan(content, _rules(tuple(names))))
    spans = {"title": [], "body": []}
    for finding in findings:
        spans[finding.part] += finding.spans
    return Found(
        engine.mask(title, spans["title"]), engine.mask(body, spans["body"]), findings
    )


def sentences(findings: Iterable[Finding], lang: str, name: str) -> list[str]:
    """What was found, for a person; each thing once and none of it repeated.

    :param name: the sentence about a name, with ``%s`` for what it begins with
    """
    told = (
        name % finding.read_as
        if finding.rule == NAMES
        else engine.explain(finding, lang)
        for finding in findings
    )
    return list(dict.fromkeys(told))


def _rules(names: tuple[str, ...]):
    rules = [ConfidentialRule("data", "personal", detectors=tuple(DETECTORS))]
    if names:
        rules.append(TermRule(NAMES, "reserved", terms=names))
    return engine.compile_rules(rules)


def _is_telling(name: str) -> bool:
    letters = re.sub(r"[\W_]", "", name)
    return len(letters) >= LEAST and len(name) <= 200 and name.lower() not in PARTICLES
