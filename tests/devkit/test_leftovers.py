import os
import subprocess

import pytest

from devkit import leftovers, paths


@pytest.mark.parametrize(
    ("name", "pid"),
    [
        ("run_12", 12),
        ("run_12-gw0", 12),
        ("dev_0123abcd_run_12-gw0", 12),
        ("dev_0123abcd_demo", None),
        ("e2e-34-shared", 34),
        ("e2e_34_shared", 34),
        ("e2e-34-shared-odoo.pid", 34),
        ("demo", None),
        ("tpl_12", None),
        ("main", None),
        ("my_run_12", None),
    ],
)
def test_the_owner_is_in_the_name(name, pid):
    assert leftovers.owner(name) == pid


@pytest.fixture
def dead():
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


class Databases:
    """The databases of a server, and what was dropped of them."""

    def __init__(self, data, names):
        self.data = data
        self.there = set(names)

    def names(self):
        return set(self.there)

    def drop(self, name):
        self.there.remove(name)


def test_only_what_dead_runs_left_goes(home, dead, monkeypatch):
    monkeypatch.setattr(leftovers.postgres, "clusters", list)
    alive = os.getppid()
    names = [f"run_{dead}", f"run_{dead}-gw0", f"run_{alive}", "demo", "tpl_1"]
    data = home / "data" / "test"
    for name in (f"run_{dead}", f"run_{alive}", "demo"):
        (data / "filestore" / name).mkdir(parents=True)
    (home / "data" / f"e2e-{dead}-shared").mkdir()
    (paths.RUN / f"run_{dead}.conf").write_text("")
    (paths.RUN / "demo.conf").write_text("")
    databases = Databases(data, names)

    leftovers.remove(databases)

    assert databases.there == {f"run_{alive}", "demo", "tpl_1"}
    assert sorted(os.listdir(data / "filestore")) == ["demo", f"run_{alive}"]
    assert os.listdir(paths.RUN) == ["demo.conf"]
    assert os.listdir(home / "data") == ["test"]


def test_a_run_cleans_up_its_own(home):
    databases = Databases(home, ["run_7", "run_7-gw1", "run_77", "demo"])
    (paths.RUN / "run_7.conf").write_text("")
    leftovers.drop_run(databases, 7)
    assert databases.there == {"run_77", "demo"}
    assert os.listdir(paths.RUN) == []


def test_servers_of_dead_runs_are_ended(home, dead, monkeypatch):
    from devkit.process import Daemon

    monkeypatch.setattr(leftovers.postgres, "clusters", list)
    orphan = Daemon(f"e2e-{dead}-shared-odoo")
    process = orphan.start(["/bin/sleep", "60"], {}, cwd=home)
    while not orphan.pid():
        pass
    leftovers.remove(Databases(home / "data", []))
    assert process.wait(5) < 0
