"""Who may call: signatures and handshakes."""

import hashlib
import hmac

import pytest
from providers.errors import Unverified
from providers.types import Request

from .golden import SETTINGS, provider

BODY = b'{"object": "whatsapp_business_account"}'


def _whatsapp(signature=None, body=BODY):
    headers = {} if signature is None else {"x-hub-signature-256": signature}
    return Request("POST", "https://desk.example/", headers, {}, body)


def _signed(body=BODY, secret=SETTINGS["whatsapp"]["app_secret"]):
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def test_whatsapp_signature():
    provider("whatsapp").verify(_whatsapp(_signed()))


@pytest.mark.parametrize(
    "signature",
    [
        None,
        "",
        "sha256=",
        "sha1=" + "0" * 40,
        "sha256=" + "0" * 64,
        _signed().removeprefix("sha256="),
        _signed().upper(),
        _signed() + " ",
        _signed(secret="another"),
        _signed(BODY + b" "),
        "sha256=é\udcff",
    ],
)
def test_whatsapp_wrong_signature(signature):
    with pytest.raises(Unverified):
        provider("whatsapp").verify(_whatsapp(signature))


def test_whatsapp_signature_covers_the_raw_bytes():
    with pytest.raises(Unverified):
        provider("whatsapp").verify(_whatsapp(_signed(), BODY.replace(b" ", b"")))


def _challenge(**query):
    names = {f"hub.{name}": value for name, value in query.items()}
    return Request("GET", "https://desk.example/", {}, names, b"")


def test_whatsapp_handshake():
    request = _challenge(
        mode="subscribe", verify_token="a-verify-token", challenge="1158201444"
    )
    assert provider("whatsapp").handshake(request) == "1158201444"


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"mode": "subscribe", "challenge": "1"},
        {"mode": "subscribe", "verify_token": "wrong", "challenge": "1"},
        {"mode": "subscribe", "verify_token": "é", "challenge": "1"},
        {"mode": "unsubscribe", "verify_token": "a-verify-token", "challenge": "1"},
        {"mode": "subscribe", "verify_token": "a-verify-token"},
        {"mode": "subscribe", "verify_token": "a-verify-token", "challenge": "<x>"},
    ],
)
def test_whatsapp_wrong_handshake(query):
    with pytest.raises(Unverified):
        provider("whatsapp").handshake(_challenge(**query))


def test_telegram_has_no_handshake():
    with pytest.raises(Unverified):
        provider("telegram").handshake(_challenge(mode="subscribe"))


def _telegram(**headers):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Request("POST", "https://desk.example/", names, {}, b"{}")


def test_telegram_secret():
    provider("telegram").verify(
        _telegram(x_telegram_bot_api_secret_token="a_webhook-secret")
    )


@pytest.mark.parametrize(
    "secret", [None, "", "a_webhook-secre", "A_WEBHOOK-SECRET", "é"]
)
def test_telegram_wrong_secret(secret):
    headers = {} if secret is None else {"x_telegram_bot_api_secret_token": secret}
    with pytest.raises(Unverified):
        provider("telegram").verify(_telegram(**headers))


@pytest.mark.parametrize("code", ["whatsapp", "telegram"])
def test_a_secret_pasted_with_a_line_end_still_works(code):
    name = {"whatsapp": "app_secret", "telegram": "webhook_secret"}[code]
    adapter = provider(code, **{name: f" {SETTINGS[code][name]}\n"})
    secret = {"x_telegram_bot_api_secret_token": "a_webhook-secret"}
    adapter.verify(_whatsapp(_signed()) if code == "whatsapp" else _telegram(**secret))


@pytest.mark.parametrize("code", ["whatsapp", "telegram"])
def test_a_blank_secret_is_a_missing_one(code):
    name = {"whatsapp": "app_secret", "telegram": "webhook_secret"}[code]
    adapter = provider(code, **{name: "  "})
    signature = _signed(secret="") if code == "whatsapp" else ""
    with pytest.raises(Unverified):
        adapter.verify(_whatsapp(signature))
