"""Words with some letters starred out: ``m***a``, ``p#rra``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from .fold import ALNUM, BASIC
from .forms import Form

Key = tuple[int, int, int]  # length, first and last letter
SHORTEST = 3
# In words of three letters only these: "p@u" is a name and its domain.
_SHORT = b"*#"

_hint = re.compile(f"[*#@%$!?\xb7](?=[{ALNUM}])".encode("latin-1"))
_masked = re.compile(
    f"(?<![{ALNUM}])[{ALNUM}]+(?:[*#@%$!?\xb7]+[{ALNUM}]+)+".encode("latin-1")
)
_shown = re.compile(f"[{ALNUM}]".encode("latin-1"))
_address = re.compile(f"\\.[{ALNUM}]".encode("latin-1"))


class Index:
    """Forms of one word by their length and their ends."""

    def __init__(self, forms: Iterable[Form]):
        self._forms: defaultdict[Key, list[Form]] = defaultdict(list)
        for form in forms:
            letters = form.letters.translate(BASIC)
            if len(form.tokens) == 1 and len(letters) >= SHORTEST and not form.turned:
                self._forms[len(letters), letters[0], letters[-1]].append(form)

    def find(self, folded: bytes) -> Iterator[tuple[Form, int, int]]:
        """Forms that fit what is shown, and where."""
        if not _hint.search(folded):
            return
        for match in _masked.finditer(folded):
            written = match[0].translate(BASIC_KEEPING_SIGNS)
            forms = self._forms.get((len(written), written[0], written[-1]))
            if forms and not (b"@" in written and _address.match(folded, match.end())):
                for form in forms:
                    if _fits(written, form):
                        yield form, match.start(), match.end()


BASIC_KEEPING_SIGNS = bytes(
    BASIC[byte] if BASIC[byte] != 0x20 else byte for byte in range(256)
)


def _fits(written: bytes, form: Form) -> bool:
    if len(written) == SHORTEST and written[1] not in _SHORT:
        return False
    return all(
        sign == letter or not _shown.match(written, at)
        for at, (sign, letter) in enumerate(
            zip(written, form.letters.translate(BASIC), strict=True)
        )
    )
