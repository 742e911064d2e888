import subprocess

import pytest

from devkit import lint, paths


def test_a_checker_that_is_content_says_nothing():
    assert lint._judge(["sh", "-c", "echo fine"]) == ""


def test_a_checker_that_is_not_is_quoted():
    assert lint._judge(["sh", "-c", "echo a:1 bad; exit 1"]) == "a:1 bad"
    assert lint._judge(["sh", "-c", "exit 2"]) == "exit code 2"


def test_every_check_runs_and_all_findings_are_printed(monkeypatch, capsys):
    checks = [
        ("one", lambda: "bad\nworse"),
        ("two", lambda: ""),
        ("three", lambda: "x"),
    ]
    found = [lint._run(title, check) for title, check in checks]
    assert found == [("one", "bad\nworse"), None, ("three", "x")]
    marks = [line[:5] for line in capsys.readouterr().out.splitlines()]
    assert marks == ["✗ one", "✓ two", "✗ thr"]


def test_a_warning_while_installing_is_a_finding(home):
    stamp = "2026-11-23 14:20:46,973 15589"
    (paths.LOG / "tpl_1.log").write_text(
        f"{stamp} INFO db odoo.modules.loading: fine\n"
        f"{stamp} WARNING db odoo.addons.social_helpdesk.x: not fine\n"
    )
    assert lint._install_log("tpl_1").endswith("not fine")


def test_odoos_lint_is_compared_with_a_database_without_ours(monkeypatch):
    findings = {
        "tpl_base": {("t", "theirs")},
        "tpl_ours": {("t", "theirs"), ("t", "ours")},
    }
    monkeypatch.setattr(lint, "own_modules", lambda: ["a"])
    monkeypatch.setattr(lint, "_findings", lambda _, template, __: findings[template])

    class Databases:
        def base_name(self):
            return "tpl_base"

    assert lint._test_lint(Databases(), "tpl_ours") == "t: ours"


@pytest.mark.parametrize("tool", ["ruff", "pylint"])
def test_the_tools_are_in_the_environment(tool):
    done = subprocess.run([paths.PYTHON, "-m", tool, "--version"], capture_output=True)
    assert done.returncode == 0


def test_the_javascript_lock_names_no_registry():
    lock = (lint.NODE_SOURCE / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert lock.count('"integrity"') > 50
