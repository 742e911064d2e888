import subprocess
import sys
import time

import pytest

from devkit import launch, paths, shell
from devkit.errors import DevError


def test_run_returns_both_outputs():
    assert shell.run(["sh", "-c", "echo a; echo b >&2"], "It") == "a\nb\n"


def test_run_gives_input_environment_and_folder(tmp_path):
    command = ["sh", "-c", 'cat; echo "$WORD"; pwd']
    output = shell.run(command, "It", stdin="in\n", env={"WORD": "w"}, cwd=tmp_path)
    assert output == f"in\nw\n{tmp_path}\n"


def test_run_shows_each_line_as_it_comes():
    seen = []
    shell.run(["sh", "-c", "echo a; echo b"], "It", on_line=seen.append)
    assert seen == ["a", "b"]


def test_a_failure_is_a_sentence_with_the_reason_and_the_log(tmp_path):
    log = tmp_path / "log"
    script = "echo start; echo 'E: Unable to locate package x'; echo bye; exit 100"
    with pytest.raises(DevError) as caught:
        shell.run(["sh", "-c", script], "Installing x", log=log)
    assert str(caught.value) == (
        "Installing x failed: E: Unable to locate package x. "
        f"The whole output is in {log}."
    )
    assert log.read_text().startswith("start\n")


def test_a_silent_failure_names_its_exit_code():
    with pytest.raises(DevError, match=r"^It failed: exit code 3\.$"):
        shell.run(["sh", "-c", "exit 3"], "It")


def test_a_full_disk_is_called_by_its_name():
    script = "echo 'cp: error writing: No space left on device'; exit 1"
    with pytest.raises(DevError, match="the disk is full"):
        shell.run(["sh", "-c", script], "Copying")


def test_a_killed_dev_leaves_nothing_running(tmp_path):
    script = (
        "from devkit import shell; "
        f"shell.run(['sh', '-c', 'echo $$ > {tmp_path}/pid; sleep 60'], 'It')"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=paths.ROOT)
    end = time.monotonic() + 10
    pid_file = tmp_path / "pid"
    while not (pid_file.exists() and pid_file.read_text()):
        assert time.monotonic() < end
        time.sleep(0.02)
    parent.kill()
    parent.wait()
    while launch.start_time(int(pid_file.read_text())):
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_missing_program_is_named():
    with pytest.raises(DevError, match="no-such-program is not there"):
        shell.run(["no-such-program"], "It")


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("a\nb\n", "b"),
        ("", ""),
        (
            "2026-01-01 ERROR db odoo: boom\nstopping\n",
            "2026-01-01 ERROR db odoo: boom",
        ),
        (
            "Traceback\n  File x\nodoo.tools.convert.ParseError: bad view\nClosed\n",
            "odoo.tools.convert.ParseError: bad view",
        ),
        ("FATAL:  password authentication failed\n", None),
    ],
)
def test_last_words(output, words):
    expected = output.strip() if words is None else words
    assert shell.last_words(output) == expected
