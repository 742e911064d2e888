"""Odoo's log: what may be in it at WARNING or above, and why."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LINE = re.compile(
    r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ (?P<level>[A-Z]+) \S+ (?P<logger>\S+): (?P<text>.*)",
    re.DOTALL,
)
LEVELS = {"WARNING", "ERROR", "CRITICAL"}


@dataclass(frozen=True)
class Allowed:
    """A complaint that is not ours: its logger, its text (both searched as
    regular expressions) and why it may stay."""

    logger: str
    text: str
    reason: str


ALLOWED = [
    Allowed(
        r"^py\.warnings$",
        r"/odoo/(addons|tools|service|orm|http|models|fields|cli|modules|netsvc)\b"
        r"|/site-packages/",
        "Odoo's and the libraries' own deprecations; our files lie elsewhere",
    ),
    Allowed(
        r"^odoo\.addons\.rpc\.controllers\.jsonrpc$",
        r"endpoints are deprecated in Odoo 19",
        "odoorpc, which plays the program outside, has no other way in yet",
    ),
    Allowed(
        r"^odoo\.addons\.base\.models\.ir_cron$",
        r"(?s)'Mail: Email Queue Manager'.* failed\s.*could not serialize",
        "Odoo's queue met whoever had just written the mail, and runs again by itself",
    ),
    Allowed(
        r"^odoo\.sql_db$",
        r"could not serialize access due to",
        "two requests wrote one row: Odoo logs the first try and repeats it by itself",
    ),
]


def complaints(lines: Iterable[str], allowed: Iterable[Allowed] = ()) -> list[str]:
    """The log lines at WARNING or above that nothing allows."""
    rules = [*ALLOWED, *allowed]
    matches = filter(None, map(LINE.match, _records(lines)))
    return [
        match.string.partition("\n")[0].rstrip()
        for match in matches
        if match["level"] in LEVELS
        and not is_allowed(match["logger"], match["text"], rules)
    ]


def _records(lines: Iterable[str]) -> Iterator[str]:
    """Log records, each with the lines that follow its first one."""
    record: list[str] = []
    for line in lines:
        if record and LINE.match(line):
            yield "\n".join(record)
            record = []
        record.append(line)
    if record:
        yield "\n".join(record)


def is_allowed(logger: str, text: str, rules: Iterable[Allowed] = ALLOWED) -> bool:
    """Whether a rule lets this complaint pass."""
    return any(
        re.search(rule.logger, logger) and re.search(rule.text, text) for rule in rules
    )
