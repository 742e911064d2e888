"""Twilio's own library and ours agree on who may speak for Twilio."""

from urllib.parse import parse_qsl

import pytest
from providers.errors import Unverified
from providers.types import Request
from twilio.request_validator import RequestValidator

from tests.unit.providers.golden import SETTINGS, provider, wire_format

from .cases import body, names

URL = "https://odoo.example.com/social/webhook/k3y"
URLS = (URL, URL.replace(".com/", ".com:443/"))  # one address, written in two ways
CASES = [(code, name) for code in ("sms", "whatsapp_twilio") for name in names(code)]


def accepted(code, url, given, data):
    request = Request("POST", url, {"x-twilio-signature": given}, {}, data)
    try:
        provider(code).verify(request)
    except Unverified:
        return False
    return True


@pytest.mark.parametrize(("code", "name"), CASES)
def test_signature(code, name):
    judge = RequestValidator(SETTINGS[code]["auth_token"])
    data = wire_format(code, body(code, name))
    form = dict(parse_qsl(data.decode(), keep_blank_values=True))
    given = judge.compute_signature(URL, form)
    for url in (*URLS, f"{URL}?a=1", f"{URL}x"):
        for fields in (data, data + b"&Body2=x", b""):
            sent = dict(parse_qsl(fields.decode(), keep_blank_values=True))
            verdict = judge.validate(url, sent, given)
            assert accepted(code, url, given, fields) == verdict
            right = fields == data and url in URLS
            assert verdict == right


@pytest.mark.parametrize("code", ["sms", "whatsapp_twilio"])
def test_another_token(code):
    given = RequestValidator("another").compute_signature(URL, {})
    assert not accepted(code, URL, given, b"")
