"""E-mail addresses as people write them."""

import re

# What a person types, not all that RFC 5322 allows; bounded, so that a hostile text
# of any length is searched in the time it takes to read it.
PATTERN = r"[\w.+-]{1,64}@[a-zA-Z0-9-]{1,63}(?:\.[a-zA-Z0-9-]{1,63}){1,4}"
_ADDRESS = re.compile(PATTERN)


def address(text: str) -> str:
    """``text`` in lower case if it is one address and nothing else, else ""."""
    clean = text.strip().lower()
    return clean if _ADDRESS.fullmatch(clean) else ""
