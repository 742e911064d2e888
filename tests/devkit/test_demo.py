import socket
from dataclasses import asdict

import pytest

from devkit import demo, state
from devkit.errors import DevError
from devkit.ports import pick
from devkit.postgres import Cluster
from devkit.stack import Ports


@pytest.fixture
def listener():
    """Takes a port until the test ends."""
    opened = []

    def take(port):
        taken = socket.socket()
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
        taken.listen()
        opened.append(taken)

    yield take
    for taken in opened:
        taken.close()


def test_ports_are_chosen_once(home):
    first = demo._ports(None)
    assert demo._ports(None) == first
    assert state.load()["ports"] == asdict(first)


def test_odoos_usual_port_is_preferred(home, monkeypatch):
    usual = pick()
    monkeypatch.setattr(demo, "PREFERRED_PORT", usual)
    assert demo._ports(None).front == usual


def test_a_stranger_on_a_port_moves_the_demo(home, listener):
    first = demo._ports(None)
    listener(first.sandbox)
    second = demo._ports(None)
    assert second.all_free()
    assert second.front == first.front
    assert second != first


def test_a_wanted_port_is_kept(home):
    wanted = pick()
    assert demo._ports(wanted).front == wanted
    assert demo._ports(None).front == wanted


def test_a_wanted_port_that_is_taken_is_refused(home, listener):
    wanted = pick()
    listener(wanted)
    with pytest.raises(DevError, match=f"Port {wanted} is in use by another program"):
        demo._ports(wanted)


def test_before_the_first_up_there_is_no_demo(home):
    with pytest.raises(DevError, match="run ./dev up first"):
        demo.existing()


class Databases:
    server = Cluster("main")

    def __init__(self, names, template="tpl_new"):
        self.there = set(names)
        self.now = template
        self.calls = []

    def names(self):
        return self.there

    def named(self, name):
        return name

    def template_name(self):
        return self.now

    def template(self):
        self.calls.append("template")
        return self.now

    def drop(self, name):
        self.calls.append(f"drop {name}")

    def copy(self, source, target):
        self.calls.append(f"copy {source} {target}")

    def odoo_run(self, name, log, say, *arguments):
        self.calls.append(f"run {name} {' '.join(arguments)}")


@pytest.fixture
def stack(home, monkeypatch):
    monkeypatch.setattr(demo, "own_modules", lambda: ["a", "b"])

    def make(names):
        return demo._stack(Databases(names), Ports(1, 2, 3, 4))

    return make


def test_a_first_demo_is_a_copy_of_the_template(stack):
    made = stack([])
    demo._prepare_database(made, fresh=False)
    assert made.databases.calls == ["template", "drop demo", "copy tpl_new demo"]


def test_an_unchanged_demo_is_left_alone(stack):
    state.store("demo_made_from", "main tpl_new")
    made = stack(["demo"])
    demo._prepare_database(made, fresh=False)
    assert made.databases.calls == []


def test_changed_addons_upgrade_the_demo_and_keep_its_data(stack):
    state.store("demo_made_from", "main tpl_old")
    made = stack(["demo"])
    demo._prepare_database(made, fresh=False)
    assert made.databases.calls == ["run demo --with-demo -i a,b -u a,b"]
    assert state.load()["demo_made_from"] == "main tpl_new"


def test_a_fresh_demo_replaces_the_old(stack):
    state.store("demo_made_from", "main tpl_new")
    made = stack(["demo"])
    demo._prepare_database(made, fresh=True)
    assert made.databases.calls == ["template", "drop demo", "copy tpl_new demo"]


def test_an_upgrade_that_failed_is_tried_again(stack):
    state.store("demo_made_from", "main tpl_old")
    made = stack(["demo"])

    def fail(*_):
        raise DevError("Odoo on database demo failed: bad view.")

    made.databases.odoo_run = fail
    with pytest.raises(DevError):
        demo._prepare_database(made, fresh=False)
    assert state.load()["demo_made_from"] == "main tpl_old"


def test_on_another_server_the_demo_is_checked_again(stack):
    state.store("demo_made_from", "other tpl_new")
    made = stack(["demo"])
    demo._prepare_database(made, fresh=False)
    assert made.databases.calls == ["run demo --with-demo -i a,b -u a,b"]
