"""``./dev doctor`` against a running server: what is fit, and what is not."""

import subprocess

import pytest

from devkit import paths

from .desk import TELEGRAM, Desk


@pytest.fixture
def password_file(tmp_path) -> str:
    path = tmp_path / "password"
    path.write_text("admin\n")
    return str(path)


@pytest.fixture
def settled(desk, unrefused) -> None:
    """An administrator has seen to what other tests broke on purpose."""
    desk.stack.psql(
        "UPDATE helpdesk_social_event SET state = 'ignored' WHERE state = 'failed'"
    )


def doctor(desk: Desk, password_file: str, *more: str) -> subprocess.CompletedProcess:
    """Run it as an administrator does."""
    command = [str(paths.ROOT / "dev"), "doctor", "--url", desk.stack.url]
    return subprocess.run(
        [*command, "--db", desk.stack.db, "--password-file", password_file, *more],
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


def marked(output: str, mark: str) -> list[str]:
    return [line for line in output.splitlines() if line.startswith(mark)]


def test_a_server_that_is_fit_but_for_its_address(desk, settled, password_file):
    """The stack of the tests lacks what only the open Internet has."""
    done = doctor(desk, password_file)
    assert "Traceback" not in done.stderr
    red = marked(done.stdout, "✗")
    assert not [
        line for line in red if "social_helpdesk" in line or "queue_job" in line
    ]
    green = "\n".join(marked(done.stdout, "✓"))
    for word in ("Odoo 19", "social_helpdesk", "queue_job", "WhatsApp", "Telegram"):
        assert word in green, done.stdout
    assert done.returncode == (1 if red else 0)


def test_an_account_in_alarm_is_red(desk, password_file):
    """A token that the provider no longer takes: which account, and what to do."""
    talk = desk.talk(TELEGRAM, "Téo Prates")
    talk.say("Oi")
    assert talk.conversation
    desk.misbehave("expired_token", provider=TELEGRAM)
    talk.answer("Bom dia")
    desk.wait("the alarm", lambda: talk.states() == {"Bom dia": "failed"})
    try:
        done = doctor(desk, password_file)
    finally:
        desk.behave()
        accounts = desk.admin.env["helpdesk.social.account"]
        accounts.browse(accounts.search([("state", "=", "alarm")])).action_check()
    assert done.returncode == 1
    assert [line for line in marked(done.stdout, "✗") if "Telegram" in line]
    assert "token" in done.stdout


def test_what_cannot_be_asked(desk, password_file, tmp_path):
    """One sentence each, never a traceback."""
    wrong = tmp_path / "wrong"
    wrong.write_text("not it")
    with desk.stack.trouble():  # Odoo logs a database that is not there
        answers = (
            doctor(desk, str(wrong)),
            doctor(desk, password_file, "--db", "nosuch"),
            doctor(desk, password_file, "--url", "http://127.0.0.1:1"),
        )
    for done in answers:
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert done.stderr.startswith("dev: ")
