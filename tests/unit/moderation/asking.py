"""What the tests of confidential data ask the engine, and what they feed it."""

from engine import ConfidentialRule, Content, Finding, compile_rules, scan
from engine.confidential import DETECTORS
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.br import cnpj

EVERYTHING = compile_rules(
    [ConfidentialRule("r", "confidential", detectors=tuple(DETECTORS))]
)


def found(text: str, *detectors: str, allowed=(), is_html=False) -> list[Finding]:
    """What these detectors (all, if none is named) find in a body."""
    rules = EVERYTHING
    if detectors or allowed:
        names = detectors or tuple(DETECTORS)
        rule = ConfidentialRule("r", "c", detectors=names, allowed=tuple(allowed))
        rules = compile_rules([rule])
    return scan(Content(body=text, is_html=is_html), rules)


def kinds(text: str, *detectors: str, **options) -> list[str]:
    return [finding.kind for finding in found(text, *detectors, **options)]


def written(text: str, finding: Finding) -> str:
    """The found characters of the original."""
    return "".join(text[start:end] for start, end in finding.spans)


# --- numbers with right check digits ---

DIGIT = st.sampled_from("0123456789")


def digits(size: int):
    return st.text(DIGIT, min_size=size, max_size=size).filter(
        lambda d: len(set(d)) > 2
    )


def groups(number: str, *cuts: int) -> list[str]:
    edges = [0, *cuts, len(number)]
    return [number[a:b] for a, b in zip(edges, edges[1:], strict=False)]


def with_cpf_digits(base: str) -> str:
    """Nine digits and the two that check them: weights 10 to 2, then 11 to 2."""
    for _ in range(2):
        total = sum(int(d) * (len(base) + 1 - n) for n, d in enumerate(base))
        base += str(-total % 11 % 10 if -total % 11 < 10 else 0)
    return base


CPFS = digits(9).map(with_cpf_digits)
CNPJS = digits(12).map(lambda base: base + cnpj.calc_check_digits(base))
LETTERED_CNPJS = (
    st.text("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", min_size=8, max_size=8)
    .filter(lambda root: not root.isdigit())
    .map(lambda root: f"{root}0001{cnpj.calc_check_digits(f'{root}0001')}")
)
CARDS = (
    st.sampled_from(["4", "51", "55", "2221", "6011", "506699", "606282"])
    .flatmap(lambda prefix: digits(15 - len(prefix)).map(lambda rest: prefix + rest))
    .map(lambda base: base + luhn.calc_check_digit(base))
)


def nfe_key(state: str, month: int, issuer: str, rest: str) -> str:
    """43 characters and their check digit, worked out as the manual says: weights 2
    to 9 from the right, 11 less the rest, 0 for a rest below 2."""
    base = f"{state}26{month:02}{issuer}55{rest}"
    total = sum(
        (ord(sign) - 48) * (2 + place % 8) for place, sign in enumerate(reversed(base))
    )
    rest_of = total % 11
    return base + str(0 if rest_of < 2 else 11 - rest_of)


STATES = st.sampled_from(["35", "31", "33", "41", "53"])
MONTHS = st.integers(1, 12)
NFE_KEYS = st.builds(nfe_key, STATES, MONTHS, CNPJS, digits(21))
LETTERED_NFE_KEYS = st.builds(nfe_key, STATES, MONTHS, LETTERED_CNPJS, digits(21))

# --- ways of writing them ---

SEPARATORS = st.sampled_from(["", " ", ".", "-", "/", " - ", "_", "–", " / "])
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
BOLD = str.maketrans("0123456789", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
CIRCLED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
DISGUISES = {
    "full-width": lambda number: number.translate(FULL_WIDTH),
    "arabic": lambda number: number.translate(ARABIC),
    "mathematical": lambda number: number.translate(BOLD),
    "circled": lambda number: number.translate(CIRCLED),
    "keycaps": lambda number: "".join(f"{digit}\ufe0f\u20e3" for digit in number),
    "spaced": lambda number: " ".join(number),
    "dotted": lambda number: ".".join(number),
    "dashed": lambda number: "-".join(number),
    "one a line": lambda number: "\n".join(number),
    "invisible": lambda number: "\u200b".join(number),
    "letters": lambda number: number.replace("0", "O", 2).replace("1", "l", 1),
}
HTML_SPLITS = {
    "bold": lambda number: f"{number[:4]}<b>{number[4:7]}</b>{number[7:]}",
    "comment": lambda number: f"{number[:5]}<!-- x -->{number[5:]}",
    "entities": lambda number: "".join(f"&#{ord(digit)};" for digit in number),
    "one span each": lambda number: "".join(f"<i>{digit}</i>" for digit in number),
}
