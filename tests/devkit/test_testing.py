import pytest

from devkit import paths, testing

ROOT = paths.ROOT


@pytest.mark.parametrize(
    ("arguments", "plain"),
    [
        ([], False),
        (["-x"], False),
        ([f"{ROOT}/tests/unit"], True),
        ([f"{ROOT}/tests/unit", "-k", "a"], True),
        ([f"{ROOT}/tests/devkit/test_x.py::test_a"], True),
        ([f"{ROOT}/tests/unit", f"{ROOT}/tests/e2e"], False),
        ([f"{ROOT}/tests"], False),
        ([f"{ROOT}/addons/a/tests"], False),
    ],
)
def test_plain_runs_need_no_odoo(arguments, plain):
    assert testing.is_plain(arguments) is plain


def test_paths_are_the_callers_first(tmp_path, monkeypatch):
    (tmp_path / "tests").mkdir()
    monkeypatch.chdir(tmp_path)
    assert testing._resolve("tests") == str(tmp_path / "tests")


def test_paths_are_the_projects_from_anywhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    resolved = testing._resolve("tests/devkit/test_testing.py::test_a[x]")
    assert resolved == f"{ROOT}/tests/devkit/test_testing.py::test_a[x]"


@pytest.mark.parametrize("argument", ["-x", "-k", "webhook and not slow", "--co"])
def test_anything_else_is_pytests(argument):
    assert testing._resolve(argument) == argument


def test_a_plain_run_prepares_no_database(monkeypatch):
    called = []
    monkeypatch.setattr(testing, "_run_plain", lambda a: called.append(a) or 0)
    monkeypatch.setattr(testing, "_run_all", lambda a: 1)
    assert testing.run(["tests/devkit", "-k", "x"]) == 0
    assert called == [[f"{ROOT}/tests/devkit", "-k", "x"]]
