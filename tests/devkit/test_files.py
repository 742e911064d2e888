import os
import stat
import subprocess

import pytest

from devkit import files


def test_write_replaces_as_a_whole(tmp_path):
    path = tmp_path / "x"
    files.write(path, "one")
    files.write(path, "two", 0o600)
    assert path.read_text() == "two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["x"]


def test_a_failure_in_the_middle_leaves_the_old(tmp_path, monkeypatch):
    path = tmp_path / "x"
    files.write(path, "old")

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.write(path, "new")
    assert path.read_text() == "old"


def test_remove_takes_files_folders_links_and_nothing(tmp_path):
    (tmp_path / "folder" / "inner").mkdir(parents=True)
    (tmp_path / "kept").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "kept")
    for name in ("folder", "link", "never there"):
        files.remove(tmp_path / name)
    assert os.listdir(tmp_path) == ["kept"]


def test_a_folder_somebody_still_writes_into_is_gone_at_once(tmp_path):
    folder = tmp_path / "busy"
    folder.mkdir()
    script = "i=0; while [ $i -lt 400 ]; do i=$((i+1)); : > $i || exit 0; done; sleep 1"
    writer = subprocess.Popen(["sh", "-c", script], cwd=folder)
    files.remove(folder)
    folder.mkdir()
    writer.wait()
    assert os.listdir(folder) == []
    assert os.listdir(tmp_path) == ["busy"]


def test_what_could_not_be_removed_goes_the_next_time(tmp_path):
    left = tmp_path / ".gone-1-x"
    (left / "inner").mkdir(parents=True)
    (tmp_path / "x").mkdir()
    files.remove(tmp_path / "x")
    assert os.listdir(tmp_path) == []


def test_a_folder_of_somebody_elses_is_an_error(tmp_path, monkeypatch):
    def refuse(_folder):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files.shutil, "rmtree", refuse)
    (tmp_path / "x").mkdir()
    with pytest.raises(PermissionError):
        files.remove(tmp_path / "x")


def test_link_tree_shares_the_contents(tmp_path):
    source = tmp_path / "source"
    (source / "ab").mkdir(parents=True)
    (source / "ab" / "abcd").write_text("contents")
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / "stale").write_text("old")
    files.link_tree(source, tmp_path / "target")
    copy = tmp_path / "target" / "ab" / "abcd"
    assert copy.samefile(source / "ab" / "abcd")
    assert not (tmp_path / "target" / "stale").exists()


def test_link_tree_copies_where_links_do_not_reach(tmp_path, monkeypatch):
    def other_disk(_source, _target):
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", other_disk)
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "x").write_text("contents")
    files.link_tree(tmp_path / "source", tmp_path / "target")
    assert (tmp_path / "target" / "x").read_text() == "contents"


def test_link_tree_of_nothing_is_nothing(tmp_path):
    files.link_tree(tmp_path / "none", tmp_path / "target")
    assert not (tmp_path / "target").exists()
