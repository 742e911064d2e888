import re
import stat

from devkit import paths, state


def test_a_value_is_made_once(home):
    made = iter([1, 2])
    assert state.keep("port", lambda: next(made)) == 1
    assert state.keep("port", lambda: next(made)) == 1


def test_store_replaces(home):
    state.keep("port", lambda: 1)
    state.store("port", 5)
    assert state.load() == {"port": 5}


def test_only_the_owner_reads_it(home):
    state.keep("secret", lambda: "x")
    mode = (paths.HOME / "state.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_a_damaged_file_counts_as_none(home):
    (paths.HOME / "state.json").write_text('{"port": 80')
    assert state.load() == {}
    assert state.keep("port", lambda: 7) == 7


def test_sandbox_secrets_are_kept_and_differ(home):
    first = state.sandbox_secrets()
    assert first == state.sandbox_secrets()
    assert set(first) == set(state.SANDBOX_SECRETS)
    assert len(set(first.values())) == len(first)


def test_the_telegram_token_has_telegrams_shape(home):
    token = state.sandbox_secrets()["SOCIAL_SANDBOX_TELEGRAM_TOKEN"]
    assert re.fullmatch(r"\d{10}:[\w-]{35}", token)
