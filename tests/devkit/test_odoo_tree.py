import hashlib
from collections import namedtuple

import pytest

from devkit import odoo_tree, paths
from devkit.errors import DevError

TARGETS = """\
http://archive.example/debian-security/ bookworm-security main
http://third.example/linux/debian/ bookworm stable
http://third.example/node_20.x/ nodistro main
http://archive.example/debian/ bookworm-updates main
http://archive.example/debian/ bookworm contrib
http://archive.example/debian/ bookworm main
http://other.example/debian/ trixie main
"""
URIS = """\
'http://a.example/odoo-19_19.0%2b1_all.deb' odoo-19_19.0+dfsg-1_all.deb 122 SHA256:ab12
W: something
'http://a.example/l/libjs_1_all.deb' libjs_1_all.deb 7 SHA512:cd
"""


def test_the_mirror_is_the_machines_own_archive():
    mirror = odoo_tree.machine_mirror(TARGETS)
    assert mirror == ("http://archive.example/debian/", "bookworm")


@pytest.mark.parametrize("targets", ["", "\n", "http://u.example/ubuntu noble main"])
def test_without_an_archive_it_says_what_to_do(targets):
    with pytest.raises(DevError, match="ODOO_PATH="):
        odoo_tree.machine_mirror(targets)


def test_parse_uris():
    assert odoo_tree.parse_uris(URIS) == [
        ("odoo-19_19.0+dfsg-1_all.deb", 122, "SHA256:ab12"),
        ("libjs_1_all.deb", 7, "SHA512:cd"),
    ]


def test_a_damaged_download_is_removed_and_told(tmp_path):
    path = tmp_path / "odoo.deb"
    path.write_bytes(b"half")
    with pytest.raises(DevError, match="damaged"):
        odoo_tree._verify(path, "SHA256:" + hashlib.sha256(b"whole").hexdigest())
    assert not path.exists()


def test_a_whole_download_stays(tmp_path):
    path = tmp_path / "odoo.deb"
    path.write_bytes(b"whole")
    odoo_tree._verify(path, "SHA256:" + hashlib.sha256(b"whole").hexdigest())
    assert path.exists()


def make_odoo(root, version="(19, 0, 0, FINAL, 0, '')"):
    (root / "odoo").mkdir(parents=True)
    (root / "odoo" / "release.py").write_text(f"version_info = {version}\n")
    return root


def test_a_source_tree_brings_its_addons(tmp_path):
    root = make_odoo(tmp_path / "src")
    (root / "addons").mkdir()
    found = odoo_tree.given(root)
    assert found == odoo_tree.Odoo(root, [root / "addons"])


@pytest.mark.parametrize("inner", ["", "odoo"])
def test_an_installed_package_is_found_by_itself_or_its_parent(tmp_path, inner):
    root = make_odoo(tmp_path / "dist-packages")
    assert odoo_tree.given(root / inner) == odoo_tree.Odoo(root, [])


def test_a_folder_without_odoo_is_refused(tmp_path):
    with pytest.raises(DevError, match=r"no Odoo \(no odoo/release.py\)"):
        odoo_tree.given(tmp_path / "nothing")


def test_another_version_is_refused(tmp_path):
    root = make_odoo(tmp_path / "old", "(18, 0, 0, FINAL, 0, '')")
    with pytest.raises(DevError, match="not Odoo 19"):
        odoo_tree.given(root)


def test_odoo_path_is_used_instead_of_a_download(tmp_path, home, monkeypatch):
    root = make_odoo(tmp_path / "src")
    monkeypatch.setenv("ODOO_PATH", str(root))
    assert odoo_tree.ensure().imports == root
    assert not paths.TREE.exists()


def test_the_fingerprint_follows_the_tree(tmp_path):
    one = odoo_tree.given(make_odoo(tmp_path / "one"))
    two = odoo_tree.given(make_odoo(tmp_path / "two"))
    assert one.fingerprint == one.fingerprint
    assert one.fingerprint != two.fingerprint


def test_a_full_disk_is_refused_before_anything_is_fetched(home, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(
        odoo_tree.shutil, "disk_usage", lambda _: usage(10**10, 10**10, 10**8)
    )
    with pytest.raises(DevError, match=r"Only 0\.1 GB are free .* needed"):
        odoo_tree.check_space()


@pytest.fixture
def apt_answers(home, monkeypatch):
    """apt-get that answers with given words."""
    answers = {"indextargets": TARGETS}

    def run(command, what, **_):
        verb = next(word for word in command[1:] if not word.startswith("-"))
        answer = answers[verb]
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(odoo_tree.shell, "run", run)
    return answers


def test_apts_state_is_our_own_and_survives_spaces(home, apt_answers):
    folder = home / "cache" / "apt"
    apt = odoo_tree.Apt(folder)
    config = (folder / "apt.conf").read_text()
    assert f'Dir::State::Lists "{folder}/lists";' in config
    assert " " in str(folder)
    sources = (folder / "sources.list").read_text().splitlines()
    assert [line.split()[-2] for line in sources] == ["unstable", "bookworm"]
    assert apt.env["APT_CONFIG"] == str(folder / "apt.conf")


@pytest.mark.parametrize(
    "answer",
    [
        "W: Failed to fetch http://a.example  Temporary failure resolving\n",
        "Err:1 http://a.example unstable InRelease\n",
    ],
)
def test_an_update_that_failed_in_silence_is_a_failure(home, apt_answers, answer):
    apt_answers["update"] = answer
    apt = odoo_tree.Apt(home / "cache" / "apt")
    with pytest.raises(DevError, match="Is the network up"):
        apt.run("update", "Reading the lists")


def test_a_download_cut_in_the_middle_leaves_no_tree(home, apt_answers):
    apt_answers |= {"update": "ok", "download": DevError("Downloading failed: cut.")}
    with pytest.raises(DevError, match="cut"):
        odoo_tree.ensure()
    assert not paths.TREE.exists()
