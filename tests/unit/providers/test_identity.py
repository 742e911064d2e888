"""What channels prove of people, and how far their ids reach."""

import providers
import pytest
from providers.base import EVERYWHERE
from providers.types import EMAIL, PHONE

from .golden import CODES, SETTINGS, provider

PROVE_PHONES = {"whatsapp", "whatsapp_twilio", "sms", "telegram"}
EVERY_ACCOUNT = {"telegram", "line", "x"}
ONE_VALUE = {
    "whatsapp": "waba_id",
    "facebook": "page_id",
    "instagram": "instagram_id",
}


@pytest.mark.parametrize("code", CODES)
def test_whose_numbers_are_proved(code):
    expected = (PHONE,) if code in PROVE_PHONES else ()
    assert providers.get(code).proves == expected


@pytest.mark.parametrize("code", CODES)
def test_how_far_an_id_reaches(code):
    cls, settings = providers.get(code), SETTINGS[code]
    if code in EVERY_ACCOUNT:
        assert cls.scope_of({}) == cls.scope_of(settings) == EVERYWHERE
    elif code in ONE_VALUE:
        name = ONE_VALUE[code]
        assert cls.scope_of(settings) == settings[name]
        assert cls.scope_of({**settings, name: "other"}) != cls.scope_of(settings)
        assert cls.scope_of({}) == ""
    else:
        assert cls.scope_of(settings) == ""


def sender(**values):
    event = {"type": "message", "id": "m", "conversation": "c", "text": "Oi"}
    event["sender"] = {"id": "ana", **values}
    payload = {"id": "m", "path": "events[0]", "event": event}
    return provider("program").parse(payload).sender


def test_a_program_says_what_it_has_proved():
    person = sender(email=" Ana@Example.com ", phone="+55 11 99999-8888")
    assert (person.email, person.phone) == ("ana@example.com", "+5511999998888")
    assert person.proven == ()
    assert sender(verified=["email"]).proven == (EMAIL,)
    assert sender(verified=["phone", "email", "soul"]).proven == (PHONE, EMAIL)


@pytest.mark.parametrize("said", ["email", {"email": True}, [["email"]], None, 1])
def test_anything_else_proves_nothing(said):
    assert sender(verified=said).proven == ()


@pytest.mark.parametrize(
    "text", ["ana", "ana@", "a b@example.com", "ana@example", "<ana@example.com>"]
)
def test_what_is_no_address(text):
    assert sender(email=text).email == ""
