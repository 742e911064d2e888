import pytest

from devkit import database, paths
from devkit.database import Databases, addon_parts
from devkit.errors import DevError
from devkit.odoo_tree import Odoo
from devkit.postgres import Server


@pytest.fixture
def addons(tmp_path):
    for path in (
        "a/__manifest__.py",
        "a/models/thing.py",
        "a/views/thing.xml",
        "a/i18n/pt_BR.po",
        "a/static/src/thing.xml",
        "a/static/src/thing.js",
        "a/tests/test_thing.py",
        "a/readme/DESCRIPTION.md",
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    return tmp_path


@pytest.mark.parametrize(
    "path", ["a/models/thing.py", "a/views/thing.xml", "a/i18n/pt_BR.po"]
)
def test_what_shapes_a_database_changes_its_name(addons, path):
    before = addon_parts(addons)
    (addons / path).write_text("changed")
    assert addon_parts(addons) != before


@pytest.mark.parametrize(
    "path",
    [
        "a/static/src/thing.xml",
        "a/static/src/thing.js",
        "a/tests/test_thing.py",
        "a/readme/DESCRIPTION.md",
    ],
)
def test_what_does_not_shape_a_database_does_not(addons, path):
    before = addon_parts(addons)
    (addons / path).write_text("changed")
    assert addon_parts(addons) == before


class FakeServer(Server):
    """PostgreSQL as far as names go."""

    name = "fake"
    prefix = ""

    def __init__(self):
        self.databases = {"postgres"}


class FakeDatabases(Databases):
    """Databases without PostgreSQL and Odoo; keeps what was asked."""

    def __post_init__(self):
        super().__post_init__()
        self.installed = []

    def sql(self, query, database="postgres"):
        words = query.replace('"', "").split()
        names = self.server.databases
        if query.startswith("SELECT datname"):
            return [[name] for name in names]
        if query.startswith("DROP"):
            names.discard(words[4])
        elif query.startswith("CREATE"):
            assert words[4] in names, "no such template"
            names.add(words[2])
        elif query.startswith("ALTER"):
            names.remove(words[2])
            names.add(words[5])
        return []

    def odoo_run(self, name, log, say, *arguments):
        self.installed.append((name, arguments[1]))
        self.server.databases.add(name)
        (self.filestore(name) / "ab").mkdir(parents=True, exist_ok=True)
        return ""


@pytest.fixture
def databases(home, addons, monkeypatch):
    monkeypatch.setattr(paths, "ADDONS", addons)
    monkeypatch.setattr(database.addon_parts, "__defaults__", (addons,))
    release = home / "tree" / "odoo"
    release.mkdir(parents=True)
    (release / "release.py").write_text("")
    return FakeDatabases(FakeServer(), Odoo(home / "tree", []))


def test_a_template_is_made_in_two_layers_once(databases):
    name = databases.template()
    assert name == databases.template_name()
    [(base, first), (ours, second)] = databases.installed
    assert first == ",".join(database.BASE_MODULES)
    assert second == "a"
    assert (base, ours) == (f"{databases.base_name()}_part", f"{name}_part")
    databases.template()
    assert len(databases.installed) == 2
    assert databases.server.databases == {"postgres", databases.base_name(), name}
    assert databases.filestore(name).is_dir()


def test_an_edit_pays_for_our_layer_only(databases, addons):
    old = databases.template()
    (addons / "a" / "models" / "thing.py").write_text("edited")
    new = databases.template()
    assert old not in databases.names()
    assert [modules for _, modules in databases.installed[2:]] == ["a"]
    assert not databases.filestore(old).exists()
    assert databases.names() == {"postgres", databases.base_name(), new}


def test_a_half_made_template_is_made_again(databases, monkeypatch):
    whole = databases.odoo_run

    def killed(name, *rest):
        whole(name, *rest)
        raise DevError("killed")

    monkeypatch.setattr(databases, "odoo_run", killed)
    with pytest.raises(DevError):
        databases.template()
    monkeypatch.setattr(databases, "odoo_run", whole)
    name = databases.template()
    assert databases.names() == {"postgres", databases.base_name(), name}


def test_without_addons_the_base_is_the_template(databases, addons):
    (addons / "a" / "__manifest__.py").unlink()
    assert databases.template() == databases.base_name()


def test_a_copy_brings_its_files(databases):
    template = databases.template()
    (databases.filestore(template) / "ab" / "abcd").write_text("attachment")
    databases.copy(template, "demo")
    assert (databases.filestore("demo") / "ab" / "abcd").read_text() == "attachment"
    databases.drop("demo")
    assert not databases.filestore("demo").exists()
    assert "demo" not in databases.names()


def test_on_a_strangers_server_only_our_names_are_ours(databases):
    databases.server.prefix = "dev_0123abcd_"
    databases.server.databases |= {"demo", "tpl_their_own", "dev_ffff0000_tpl_x"}
    name = databases.template()
    assert name.startswith("dev_0123abcd_tpl_")
    assert databases.named("demo") == "dev_0123abcd_demo"
    assert databases.names() == {databases.base_name(), name}
    assert {"demo", "tpl_their_own"} < databases.server.databases
