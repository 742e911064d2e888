"""The launcher itself, as a shell runs it."""

import os
import subprocess

import pytest

from devkit import paths

DEV = paths.ROOT / "dev"


def run(*arguments, path=None, cwd=None, dev=DEV):
    env = {**os.environ, **({"PATH": path} if path else {})}
    return subprocess.run(
        ["/bin/sh", dev, *arguments], env=env, cwd=cwd, capture_output=True, text=True
    )


@pytest.fixture
def tools(tmp_path):
    """A PATH with what the launcher needs and no Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("readlink", "dirname"):
        (folder / name).symlink_to(f"/usr/bin/{name}")
    return folder


def fake_python(folder, name, code):
    program = folder / name
    program.write_text(f"#!/bin/sh\n{code}\n")
    program.chmod(0o755)


def test_from_any_folder(tmp_path):
    done = run("--help", cwd=tmp_path)
    assert done.returncode == 0
    assert "usage: ./dev" in done.stdout


def test_through_a_link_on_a_path_with_spaces(tmp_path):
    link = tmp_path / "my dev"
    link.symlink_to(DEV)
    done = run("--help", cwd=tmp_path, dev=link)
    assert done.returncode == 0


def test_without_python_it_says_so(tools):
    done = run("up", path=str(tools))
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Python 3.10 or newer is needed" in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_old_python_is_passed_over(tools):
    fake_python(tools, "python3", "exit 1")
    done = run("up", path=str(tools))
    assert "Python 3.10 or newer is needed" in done.stderr
    fake_python(tools, "python3.12", '[ "$1" = -c ] || echo "new: $*"')
    done = run("up", "--port", "1", path=str(tools))
    assert done.stdout == f"new: {paths.ROOT}/devkit/__main__.py up --port 1\n"


def test_a_wrong_command_has_its_exit_code(tmp_path):
    assert run("fly", cwd=tmp_path).returncode == 2


def test_ci_runs_what_the_readme_says():
    lines = (paths.ROOT / ".ci" / "run").read_text().splitlines()
    assert "./dev lint" in lines
    assert "./dev test" in lines
    assert lines.index("./dev lint") < lines.index("./dev test")
    assert os.access(paths.ROOT / ".ci" / "run", os.X_OK)


@pytest.mark.parametrize(
    ("lint", "test", "code"), [(0, 0, 0), (1, 0, 1), (0, 1, 1), (1, 5, 5)]
)
def test_ci_fails_when_either_fails(tmp_path, lint, test, code):
    (tmp_path / ".ci").mkdir()
    script = tmp_path / ".ci" / "run"
    script.write_text((paths.ROOT / ".ci" / "run").read_text())
    fake_python(
        tmp_path,
        "dev",
        f'case "$1" in lint) exit {lint};; test) echo "5 passed"; exit {test};; esac',
    )
    done = subprocess.run(["bash", script], capture_output=True, text=True)
    assert done.returncode == code
    assert done.stdout.splitlines()[-1] == "5 passed"
