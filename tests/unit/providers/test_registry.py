import subprocess
import sys
from pathlib import Path

import providers
import pytest
from providers.base import Provider
from providers.errors import Refused, Unverified
from providers.types import Account, Kind, Media, Request, Template

from .golden import CODES, provider

ADDON = Path(providers.__file__).parents[1]


@pytest.fixture
def pigeon():
    from .example_channel import Pigeon

    providers.register(Pigeon)
    yield Pigeon
    providers.unregister("pigeon")


def test_every_channel_is_found():
    assert set(CODES) <= set(providers.known())


def test_a_third_channel_is_one_short_file(pigeon):
    source = Path(sys.modules[pigeon.__module__].__file__).read_text()
    assert source.count("\n") < 60
    adapter = providers.get("pigeon")(Account({"ring": "r-1"}))
    adapter.verify(Request("POST", "/", {"x-ring": "r-1"}, {}, b""))
    raw = adapter.split(b'{"id": 1, "loft": "3", "at": 1763900000, "text": "coo"}')
    event = adapter.parse(raw[0].payload)
    assert (event.thread, event.text, event.kind) == ("3", "coo", Kind.TEXT)


def test_what_a_small_channel_does_not_have_is_said_in_words(pigeon):
    adapter = pigeon(Account({"ring": "r-1"}))
    with pytest.raises(Unverified, match="handshake"):
        adapter.handshake(Request("GET", "/", {}, {}, b""))
    with pytest.raises(Refused, match="cannot fetch image"):
        adapter.fetch(Media(Kind.IMAGE))
    with pytest.raises(Refused, match="no message templates"):
        adapter.template_part(Template("1", "n", "en", "", "approved", ""), {})
    assert adapter.templates() == []


def test_two_channels_with_one_code_are_refused(pigeon):
    class Other(Provider):
        code = "pigeon"

    with pytest.raises(ValueError, match="pigeon"):
        providers.register(Other)


def test_the_package_needs_no_odoo():
    program = (
        f"import sys; sys.path.insert(0, {str(ADDON)!r}); import providers;"
        "assert not any(m.split('.')[0] == 'odoo' for m in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


@pytest.mark.parametrize("code", CODES)
def test_a_missing_secret_refuses_and_never_lets_through(code):
    adapter = providers.get(code)(Account({}))
    with pytest.raises(Unverified):
        adapter.verify(Request("POST", "/", {}, {}, b"{}"))


@pytest.mark.parametrize("code", CODES)
def test_a_missing_token_raises_the_alarm_before_anything_is_sent(code):
    adapter = providers.get(code)(Account({}, "http://127.0.0.1:9"))
    with pytest.raises(Refused, match="has no value") as caught:
        adapter.check()
    assert caught.value.alarm


@pytest.mark.parametrize("code", CODES)
def test_an_account_never_shows_its_credentials(code):
    adapter = provider(code)
    shown = repr(adapter.account) + repr(adapter) + repr(vars(adapter.http.line))
    for secret in adapter.secrets():
        assert secret not in shown
    # whoever is written to has to know who writes
    assert adapter.secrets() or not adapter.has_webhook
