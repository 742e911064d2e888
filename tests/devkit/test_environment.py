import re

import pytest

from devkit import environment, paths
from devkit.odoo_tree import Odoo
from devkit.steps import Step

LOCK = paths.LOCKED.read_text()
PINNED = re.compile(r"^([a-z0-9.-]+)==(\S+)", re.M)


def test_the_lock_names_no_host():
    assert "://" not in LOCK
    assert "index-url" not in LOCK


def test_every_package_is_pinned_with_hashes():
    blocks = re.split(r"\n(?=\S)", LOCK.strip())
    assert len(blocks) > 80
    for block in blocks:
        assert PINNED.match(block), block
        assert block.count("--hash=sha256:") >= 1, block


def test_what_is_asked_for_is_locked():
    asked = paths.LOCKED.with_suffix(".in").read_text()
    names = {
        re.split(r"[=<>]", line)[0]
        for line in asked.splitlines()
        if line and not line.startswith("#")
    }
    locked = {name for name, _ in PINNED.findall(LOCK)}
    assert names - locked == set()


def test_odoo_itself_is_not_in_the_lock():
    assert not re.search(r"^odoo==", LOCK, re.M)


def test_one_version_of_each_package_for_this_python():
    versions = {}
    for line in LOCK.splitlines():
        if found := PINNED.match(line):
            marker = line.partition(";")[2]
            versions.setdefault(found[1], []).append(marker)
    for name, markers in versions.items():
        assert len(markers) == 1 or all(markers), name


@pytest.fixture
def odoo(home):
    imports = home / "odoo-19" / "packages"
    imports.mkdir(parents=True)
    return Odoo(imports, [])


@pytest.fixture
def built(home, monkeypatch):
    """The environment's builds, which only make its folder here."""
    builds = []
    monkeypatch.setattr(paths, "VENV", home / "venv")

    def build():
        builds.append(1)
        environment.site_packages().mkdir(parents=True, exist_ok=True)

    monkeypatch.setattr(environment, "_build", build)
    monkeypatch.setattr(environment, "_complete_tree", lambda odoo: None)
    return builds


def test_it_is_built_once_and_points_to_odoo(odoo, built):
    environment.ensure(odoo)
    environment.ensure(odoo)
    assert built == [1]
    pth = environment.site_packages() / "odoo-tree.pth"
    assert pth.read_text() == f"{odoo.imports}\n"


def test_another_odoo_only_moves_the_pointer(odoo, built, tmp_path):
    environment.ensure(odoo)
    environment.ensure(Odoo(tmp_path, []))
    assert built == [1]
    pth = environment.site_packages() / "odoo-tree.pth"
    assert pth.read_text() == f"{tmp_path}\n"


def test_another_lock_builds_anew(odoo, built, home, monkeypatch):
    environment.ensure(odoo)
    other = home / "requirements.txt"
    other.write_text("x==1\n")
    monkeypatch.setattr(paths, "LOCKED", other)
    environment.ensure(odoo)
    assert built == [1, 1]


def test_a_build_killed_halfway_is_begun_again(odoo, built, monkeypatch):
    halfway = environment._build

    def killed():
        halfway()
        raise KeyboardInterrupt

    monkeypatch.setattr(environment, "_build", killed)
    with pytest.raises(KeyboardInterrupt):
        environment.ensure(odoo)
    monkeypatch.setattr(environment, "_build", halfway)
    environment.ensure(odoo)
    assert built == [1, 1]


def test_progress_names_the_package(monkeypatch):
    said = []
    step = Step("x")
    monkeypatch.setattr(step, "progress", said.append)
    environment._say_package("Collecting lxml==6.1 (from -r r.txt (line 1))", step)
    environment._say_package("  Using cached lxml.whl", step)
    assert said == ["lxml"]


def test_npm_trusts_what_the_system_trusts(home, monkeypatch, tmp_path):
    seen = {}
    monkeypatch.delenv("NODE_EXTRA_CA_CERTS", raising=False)
    bundle = tmp_path / "bundle.crt"
    bundle.write_text("")
    monkeypatch.setattr(environment, "SYSTEM_CAS", bundle)
    monkeypatch.setattr(
        environment.shell, "run", lambda command, what, **options: seen.update(options)
    )
    environment.npm("ci", cwd=tmp_path)
    assert seen["env"]["NODE_EXTRA_CA_CERTS"] == str(bundle)
    monkeypatch.setenv("NODE_EXTRA_CA_CERTS", "/mine")
    environment.npm("ci", cwd=tmp_path)
    assert "NODE_EXTRA_CA_CERTS" not in seen["env"]
