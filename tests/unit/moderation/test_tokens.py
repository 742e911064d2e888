"""Tokens and API keys. All of these are made up, or the providers' own examples;
those that a secret scanner would report are put together here."""

import base64
import secrets

import pytest
from engine.confidential.tokens import entropy, looks_random
from hypothesis import given
from hypothesis import strategies as st

from . import asking

LETTERS = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY"
JWT = (
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0"
    ".dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
)
KNOWN = {
    "JWT": JWT,
    "AWS": "AKIA" + "IOSFODNN7EXAMPLE",
    "GitHub": "ghp_" + LETTERS + "aB3d",
    "GitHub, fine": "github_pat_" + LETTERS,
    "GitLab": "glpat-" + LETTERS[:20],
    "Slack": "xoxb-" + "1234567890-" + LETTERS,
    "Slack hook": "https://hooks.slack.com/services/T0000/B0000/" + LETTERS[:24],
    "Google": "AIza" + LETTERS + "abc",
    "Stripe": "sk_live_" + LETTERS,
    "Stripe, test": "rk_test_" + LETTERS,
    "Meta": "EAA" + LETTERS * 2,
    "Telegram": "123456789:AA" + LETTERS + "x",
    "OpenAI": "sk-proj-" + LETTERS,
    "Mercado Pago": "APP_USR-" + "1234567890123456-112326-" + LETTERS,
    "Asaas": "$aact_" + LETTERS,
    "Django": "django-insecure-" + "4x!k2#a9s8d7f6g5h4j3k2l1",
    "SendGrid": "SG." + LETTERS[:22] + "." + LETTERS,
}


@pytest.mark.parametrize("provider", KNOWN)
def test_each_provider(provider):
    text = f"o acesso: {KNOWN[provider]} ok"
    [finding] = asking.found(text, "token")
    assert KNOWN[provider].endswith(asking.written(text, finding))
    assert finding.read_as.endswith("•" * 8)


@given(st.binary(min_size=24, max_size=64))
def test_what_stands_behind_a_name(data):
    value = base64.urlsafe_b64encode(data).decode().rstrip("=")
    for text in (
        f"api_key={value}",
        f'"client_secret": "{value}"',
        f"Authorization: Bearer {value}",
        f"chave da API: {value}",
        f"o token é {value}",
    ):
        expected = ["token"] if looks_random(value) else []
        assert asking.kinds(text, "token") == expected


def test_odoos_own_keys():
    key = "9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f0a"
    assert asking.kinds(f"Odoo API key: {key}", "token") == ["token"]
    assert asking.kinds(f"no commit {key} isso mudou", "token") == []


@pytest.mark.parametrize(
    "text",
    [
        *("o token expirou", "gere uma chave de API nas configurações", "api_key="),
        *("api_key=ir.config_parameter.value", "token: xxxxxxxxxxxxxxxxxxxxxxxx"),
        *(
            "secret: aaaaaaaaaaaaaaaaaaaaaaaa",
            "https://odoo.com/documentation/19.0/api",
        ),
        *("o módulo l10n_br_account_product_nfe_import", "eyJ", "AKIA123", "sk-12"),
        *("token: <seu-token-de-acesso-aqui>", "UPDATE_2026_11_23_RELATORIO_FISCAL"),
    ],
)
def test_what_is_no_token(text):
    assert asking.kinds(text, "token") == []


def test_a_token_cut_by_markup_or_invisible_signs():
    html = f"{JWT[:9]}<b>{JWT[9:]}</b>"
    assert asking.kinds(html, "token", is_html=True) == ["token"]
    assert asking.kinds("\u200b".join(JWT), "token") == ["token"]


def test_what_was_drawn_by_lot_mixes_more_than_words():
    assert entropy("aaaa") == 0
    assert entropy("ab") == 1
    assert looks_random(secrets.token_hex(20) + "a1")
    assert not looks_random("configuracao_do_servidor_1")
