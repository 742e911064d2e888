"""Private keys, whole or cut."""

import pytest

from . import asking

BODY = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\nVJTUt9Us8cKj\n"


def pem(name: str, body: str = BODY) -> str:
    return f"-----BEGIN {name}-----\n{body}-----END {name}-----"


NAMES = [
    *("PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY"),
    *("ENCRYPTED PRIVATE KEY", "PGP PRIVATE KEY BLOCK", "DSA PRIVATE KEY"),
]


@pytest.mark.parametrize("name", NAMES)
def test_from_the_first_line_to_the_last(name):
    text = f"segue a chave:\n{pem(name)}\nobrigado"
    [finding] = asking.found(text)
    assert (finding.kind, asking.written(text, finding)) == ("private_key", pem(name))
    assert BODY[:10] not in finding.read_as


def test_two_keys():
    text = f"{pem(NAMES[0])}\n e \n{pem(NAMES[1])}"
    assert asking.kinds(text) == ["private_key"] * 2


def test_without_its_end():
    text = f"-----BEGIN PRIVATE KEY-----\n{BODY}"
    [finding] = asking.found(text, "private_key")
    assert BODY.strip() in asking.written(text, finding)


def test_dashes_of_a_word_processor():
    assert asking.kinds(pem(NAMES[0]).replace("-----", "—–—"), "private_key")


def test_in_paragraphs():
    html = "".join(f"<p>{line}</p>" for line in pem(NAMES[0]).splitlines())
    assert asking.kinds(html, "private_key", is_html=True) == ["private_key"]


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
        "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
        "onde fica a private key do servidor?",
    ],
)
def test_what_is_public(text):
    assert asking.kinds(text, "private_key") == []
