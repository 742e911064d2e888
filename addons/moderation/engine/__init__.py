"""The gate's engine: a text and rules go in, findings come out. No Odoo here.

>>> rules = compile_rules([WordRule("w", "insult", words=(Word("bobo"),))])
>>> [finding.read_as for finding in scan(Content(body="seu b<i>.o.</i>b.o"), rules)]
['bobo']
"""

from .compiled import Compiled, compile_rules
from .markup import plain_text
from .mask import mark, mask
from .scan import scan
from .sentences import advise, explain
from .types import (
    AnyRule,
    Author,
    ConfidentialRule,
    Content,
    Earlier,
    EverythingRule,
    Finding,
    PatternRule,
    Rule,
    RuleError,
    Severity,
    SolicitationRule,
    Space,
    Span,
    SpamRule,
    TermRule,
    TrickRule,
    Word,
    WordRule,
)
