import pytest

from devkit import odoo_tree, paths, word_list
from devkit.errors import DevError
from tests.devkit.test_odoo_tree import TARGETS

URIS = "'http://a.example/w_1_all.deb' w_1_all.deb 5 SHA256:%s\n"
DIGEST = (
    "dba36bffa5cab0f922d087a3aeb179f9d4e745df40b323e1b1471402848c8a3e"  # of b"words"
)


@pytest.fixture
def debian(home, monkeypatch):
    """apt and dpkg that do their work without Debian; what they were asked."""
    monkeypatch.setattr(paths, "WORD_LIST", home / "wbrazilian" / "brazilian")
    asked = []

    def run(command, what, cwd=None, **_):
        asked.append(what)
        if "--print-uris" in command:
            return URIS % DIGEST
        if "download" in command:
            (cwd / "w_1_all.deb").write_bytes(b"words")
        if command[0] == "dpkg":
            command[-1].mkdir()
            (command[-1] / "brazilian").write_text("abacate\n")
        return TARGETS if "indextargets" in command else ""

    monkeypatch.setattr(odoo_tree.shell, "run", run)
    return asked


def test_it_is_fetched_once_and_nothing_else_stays(home, debian):
    assert word_list.ensure().read_text() == "abacate\n"
    debian.clear()
    assert word_list.ensure() == paths.WORD_LIST
    assert not debian
    assert not (home / "cache" / "wbrazilian").exists()
    assert not (home / "wbrazilian.part").exists()


def test_a_damaged_download_leaves_no_list(home, debian, monkeypatch):
    monkeypatch.setitem(globals(), "DIGEST", "0" * 64)
    with pytest.raises(DevError, match="damaged"):
        word_list.ensure()
    assert not paths.WORD_LIST.exists()
