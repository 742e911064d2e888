import os

import pytest

from devkit import apt
from devkit.errors import DevError

HERE = {"here": lambda: True}
ABSENT = {"one": lambda: False, "here": lambda: True, "two": lambda: False}


@pytest.fixture
def ran(monkeypatch, home):
    """The commands that would have been run; apt-get and sudo are there."""
    commands = []
    monkeypatch.setattr(
        apt.shell, "run", lambda command, what, **_: commands.append((command, what))
    )
    monkeypatch.setattr(apt.shutil, "which", lambda name: f"/usr/bin/{name}")
    return commands


def test_only_what_is_missing():
    assert apt.missing(ABSENT) == ["one", "two"]


def test_nothing_missing_asks_nobody(ran, capsys):
    apt.ensure(HERE)
    assert ran == []
    assert capsys.readouterr().out == ""


def test_says_what_before_it_installs(ran, capsys, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    apt.ensure(ABSENT)
    assert capsys.readouterr().out.startswith("Installing Debian packages: one, two\n")
    [(command, _)] = ran
    assert command[:3] == ["sh", "-c", apt.INSTALL]
    assert command[-2:] == ["one", "two"]


def test_a_normal_user_installs_with_sudo(ran, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(apt.sys.stdin, "isatty", lambda: False, raising=False)

    class Done:
        returncode = 0

    monkeypatch.setattr(apt.subprocess, "run", lambda *_, **__: Done)
    apt.ensure(ABSENT)
    [(command, _)] = ran
    assert command[:2] == ["sudo", "-n"]


def test_without_a_right_to_sudo_it_gives_the_command(ran, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(apt.sys.stdin, "isatty", lambda: False, raising=False)

    class Refused:
        returncode = 1

    monkeypatch.setattr(apt.subprocess, "run", lambda *_, **__: Refused)
    with pytest.raises(DevError, match=r"run: sudo apt-get install one two$"):
        apt.ensure(ABSENT)
    assert ran == []


def test_without_sudo_it_gives_the_command_for_root(ran, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(
        apt.shutil, "which", lambda name: None if name == "sudo" else "/usr/bin/x"
    )
    with pytest.raises(DevError, match="run as root: apt-get install one two"):
        apt.ensure(ABSENT)


def test_without_apt_it_names_the_packages(ran, monkeypatch):
    monkeypatch.setattr(apt.shutil, "which", lambda _: None)
    with pytest.raises(DevError, match=r"lacks one, two .* no apt-get"):
        apt.ensure(ABSENT)


def test_the_installation_forbids_the_systems_cluster_and_only_then():
    lines = apt.INSTALL.splitlines()
    forbid = next(i for i, line in enumerate(lines) if "create_main_cluster" in line)
    install = next(i for i, line in enumerate(lines) if " install -y" in line)
    assert forbid < install
    assert any(line.startswith("trap 'rm -f ") for line in lines[:forbid])


def test_the_script_is_one_that_sh_takes(tmp_path):
    script = apt.INSTALL.replace("/etc/postgresql-common", str(tmp_path / "etc"))
    stub = tmp_path / "bin" / "apt-get"
    stub.parent.mkdir()
    stub.write_text(
        f'#!/bin/sh\necho "$@" >> {tmp_path}/calls\n'
        f"ls {tmp_path}/etc/createcluster.d >> {tmp_path}/calls\n"
    )
    stub.chmod(0o755)
    env = {"PATH": f"{stub.parent}:{os.environ['PATH']}"}
    from devkit import shell

    shell.run(["sh", "-c", script, "sh", "pkg"], "Installing", env=env)
    calls = (tmp_path / "calls").read_text().splitlines()
    assert calls[2:] == [
        "-q -o DPkg::Lock::Timeout=300 install -y --no-install-recommends pkg",
        "odoo-dev.conf",
    ]
    assert os.listdir(tmp_path / "etc" / "createcluster.d") == []
