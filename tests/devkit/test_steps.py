import re

import pytest

from devkit import steps


def test_a_step_is_one_line_with_its_time(capsys):
    with steps.step("Odoo 19: unpack") as current:
        current.progress("never shown so soon")
        current.note = "123 MB"
    said = capsys.readouterr().out
    assert re.fullmatch(r"✓ Odoo 19: unpack \(123 MB\) +0\.\d s\n", said)


def test_a_failed_step_has_a_cross(capsys):
    with pytest.raises(ValueError, match="no"), steps.step("It"):
        raise ValueError("no")
    assert re.fullmatch(r"✗ It +0\.\d s\n", capsys.readouterr().out)


def test_without_a_terminal_progress_is_rare(capsys, monkeypatch):
    clock = iter([0.0, 1.0, 6.0, 7.0, 11.5, 12.0])
    monkeypatch.setattr(steps.time, "monotonic", lambda: next(clock))
    with steps.step("Download") as current:
        for text in ("1 MB", "6 MB", "7 MB", "11 MB"):
            current.progress(text)
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["… Download: 6 MB", "… Download: 11 MB"]
    assert len(lines) == 3


def test_on_a_terminal_progress_is_rewritten(capsys, monkeypatch):
    monkeypatch.setattr(steps.sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "40")
    clock = iter([0.0, 1.0, 2.0])
    monkeypatch.setattr(steps.time, "monotonic", lambda: next(clock))
    with steps.step("Download") as current:
        current.progress("x" * 100)
    parts = capsys.readouterr().out.split("\r\x1b[K")
    assert len(parts) == 4
    assert len(parts[2]) == 39
    assert parts[3].startswith("✓ Download")
