"""A real cluster: PostgreSQL's own programs, a folder of the test's own."""

import getpass
import os
import shutil
import signal
import socket
import tempfile
import time
from pathlib import Path

import pytest

from devkit import paths, pg_host, postgres, state
from devkit.errors import DevError
from devkit.postgres import Cluster, Server


@pytest.fixture
def cluster(home, monkeypatch):
    for variable in (*postgres.GIVEN, postgres.OURS):
        monkeypatch.delenv(variable, raising=False)
    made = Cluster("test")
    yield made
    made.remove()


def query(cluster, sql="SELECT 1"):
    program = postgres.program("psql")
    command = [program, "-XAtqc", sql, "postgres"]
    return postgres.shell.run(command, "psql", env=cluster.env()).strip()


def test_life_of_a_cluster(cluster, capsys):
    assert not cluster.is_running()
    cluster.ensure_running()
    assert query(cluster) == "1"
    assert " " in str(cluster.folder)
    said = capsys.readouterr().out
    cluster.ensure_running()
    assert capsys.readouterr().out == ""
    assert f"port {cluster.port}" in said
    cluster.stop()
    assert not cluster.is_running()
    cluster.stop()


def test_it_lets_in_nobody_without_the_password(cluster):
    cluster.ensure_running()
    program = postgres.program("psql")
    env = cluster.env() | {"PGPASSWORD": "wrong"}
    with pytest.raises(DevError, match="password authentication failed"):
        postgres.shell.run([program, "-Atqc", "SELECT 1", "postgres"], "psql", env=env)


def test_it_listens_here_and_nowhere_else(cluster):
    cluster.ensure_running()
    assert query(cluster, "SHOW listen_addresses") == "127.0.0.1"
    assert query(cluster, "SHOW unix_socket_directories") == ""


def test_test_clusters_do_not_wait_for_the_disk_but_lose_no_commit(cluster):
    cluster.ensure_running()
    assert query(cluster, "SHOW fsync") == "off"
    assert query(cluster, "SHOW synchronous_commit") == "on"
    assert "fsync" not in Cluster("main")._settings()


def test_a_killed_server_is_started_again(cluster):
    cluster.ensure_running()
    os.kill(cluster._pid(), signal.SIGKILL)
    end = time.monotonic() + 10
    while cluster.is_running() and time.monotonic() < end:
        time.sleep(0.05)
    assert (cluster.folder / "postmaster.pid").exists()
    time.sleep(0.5)
    cluster.ensure_running()
    assert query(cluster) == "1"


def test_a_stale_pid_file_with_a_living_number_is_no_server(cluster):
    cluster.ensure_running()
    cluster.stop()
    pid_file = cluster.folder / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{cluster.folder}\n")
    cluster._give(pid_file)
    assert not cluster.is_running()
    cluster.ensure_running()
    assert query(cluster) == "1"


def test_a_creation_killed_halfway_is_begun_again(cluster):
    half = cluster.folder.with_name("test.part")
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("15\n")
    cluster.ensure_running()
    assert query(cluster) == "1"
    assert not half.exists()


def test_a_taken_port_is_exchanged_while_it_is_stopped(cluster):
    cluster.ensure_running()
    cluster.stop()
    before = cluster.port
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", before))
        taken.listen()
        cluster.ensure_running()
    assert cluster.port != before
    assert query(cluster) == "1"


def test_a_refusal_is_told_with_postgresqls_reason(cluster, monkeypatch):
    cluster.ensure_running()
    cluster.stop()
    monkeypatch.setattr(cluster, "_settings", lambda: "no_such_setting = 1\n")
    with pytest.raises(DevError, match=r"does not start: .*FATAL.*Its log is"):
        cluster.ensure_running()


def test_a_crash_and_restart_keeps_what_was_committed(cluster):
    cluster.ensure_running()
    query(cluster, "CREATE TABLE kept AS SELECT 42 AS x")
    cluster.restart()
    assert query(cluster, "SELECT x FROM kept") == "42"


def test_a_clone_has_the_contents_and_a_life_of_its_own(cluster):
    cluster.ensure_running()
    query(cluster, "CREATE TABLE kept AS SELECT 42 AS x")
    clone = postgres.Clone("e2e-1-shared", cluster)
    try:
        clone.ensure_running()
        assert query(clone, "SELECT x FROM kept") == "42"
        assert clone.port != cluster.port
        query(clone, "DROP TABLE kept")
        clone.restart()
    finally:
        clone.remove()
    assert query(cluster, "SELECT x FROM kept") == "42"
    assert not clone.folder.exists()
    assert "postgres_e2e-1-shared_port" not in state.load()


def test_clusters_are_found_on_the_disk(cluster):
    assert postgres.clusters() == []
    cluster.ensure_running()
    (cluster.folder.with_name("main.part")).mkdir()
    (cluster.folder.with_name(".gone-1-main")).mkdir()
    assert [found.name for found in postgres.clusters()] == ["test"]


def test_a_root_checkout_that_postgres_cannot_enter(home, monkeypatch):
    monkeypatch.setattr(postgres, "unprivileged_user", lambda: "postgres")
    monkeypatch.setattr(postgres, "can_enter", lambda folder, user: False)
    place = Cluster("main").folder
    assert place == postgres.OUTSIDE / paths.checkout_id() / "main"


def test_it_can_live_outside_the_checkout(home, cluster, monkeypatch):
    outside = Path(tempfile.mkdtemp(prefix="var lib "))
    outside.chmod(0o755)
    monkeypatch.setattr(postgres, "OUTSIDE", outside)
    me = getpass.getuser()
    monkeypatch.setattr(postgres, "can_enter", lambda folder, user: False)
    if me == "root":
        home.chmod(0o700)
        shutil.chown(outside, "postgres")
    else:
        monkeypatch.setattr(Cluster, "_place", lambda self: outside / "id" / self.name)
    made = Cluster("main")
    made.ensure_running()
    assert query(made) == "1"
    assert made.log.is_relative_to(outside)
    postgres.remove_all()
    assert not made.folder.parent.exists()
    outside.rmdir()


@pytest.mark.parametrize("variable", postgres.GIVEN)
def test_pg_variables_name_the_callers_server(monkeypatch, variable):
    monkeypatch.delenv(postgres.OURS, raising=False)
    monkeypatch.setenv(variable, "x")
    found = postgres.server("main")
    assert type(found) is Server
    assert found.env() == {}
    found.stop()


def test_our_own_variables_are_not_the_callers(cluster, monkeypatch):
    for key, value in cluster.env().items():
        monkeypatch.setenv(key, value)
    assert postgres.is_ours()


def test_a_given_server_that_refuses_is_quoted(monkeypatch):
    monkeypatch.setenv("PGHOST", "127.0.0.1")
    monkeypatch.setenv("PGPORT", "9")
    with pytest.raises(DevError, match=r"your PG\* variables failed: .*refused"):
        Server().ensure_running()


def test_a_program_that_is_nowhere(monkeypatch):
    monkeypatch.setattr(pg_host.shutil, "which", lambda _: None)
    with pytest.raises(DevError, match="install Debian's postgresql"):
        postgres.program("no_such_program")
