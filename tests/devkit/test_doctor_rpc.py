"""Gathering the facts, from a server that is played."""

import argparse
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import odoorpc
import pytest

from devkit.doctor import Finding
from devkit.errors import DevError
from devkit.inside import doctor

UUID = "0b5a2d52-6e6e-4d4f-9d3c-0123456789ab"


class Model:
    def __init__(self, **methods):
        self.__dict__.update(methods)


class Page:
    def read(self):
        return f"<p>job uuid: {UUID}</p>".encode()


class FakeOdoo:
    """As much of odoorpc.ODOO as the doctor uses."""

    version = "19.0"

    def __init__(self, installed=True, job="done", page=Page):
        self.asked = []
        self.page = page
        state = "installed" if installed else "uninstalled"
        rows = [{"name": "social_helpdesk", "state": state, "latest_version": "19.0.1"}]
        self.env = {
            "ir.module.module": Model(search_read=lambda *_: rows),
            "ir.config_parameter": Model(get_param=lambda key: "https://a.example"),
            "helpdesk.social.account": Model(doctor_report=lambda: {"workers": 3}),
            "queue.job": Model(search_read=lambda *_: [{"state": job}]),
        }
        self.env = Environment(self.env)

    def json(self, path, params):
        self.asked.append((path, params))

    def http(self, path):
        self.asked.append(path)
        if isinstance(self.page, Exception):
            raise self.page
        return self.page()


class Environment(dict):
    user = Model(login="boss")


def test_facts_of_a_server_with_the_suite():
    odoo = FakeOdoo()
    facts = doctor.gather(odoo, "prod", "pass")
    assert facts["odoo"] == "19.0"
    assert facts["modules"]["social_helpdesk"]["version"] == "19.0.1"
    assert facts["workers"] == 3
    assert facts["job"] == "done"
    who = {"db": "prod", "login": "boss", "password": "pass"}
    assert odoo.asked[0] == ("/web/session/authenticate", who)


def test_facts_of_a_server_without_the_suite():
    odoo = FakeOdoo(installed=False)
    facts = doctor.gather(odoo, "prod", "pass")
    assert "workers" not in facts
    assert odoo.asked == []


def test_a_closed_route_is_no_fault():
    odoo = FakeOdoo(page=OSError("403"))
    assert doctor.gather(odoo, "prod", "pass")["job"] is None


def test_a_page_without_a_job_is_no_fault():
    odoo = FakeOdoo(page=lambda: Model(read=lambda: b"<form>login</form>"))
    assert doctor.gather(odoo, "prod", "pass")["job"] is None


def test_a_job_that_nobody_runs(monkeypatch):
    monkeypatch.setattr(doctor, "JOB_SECONDS", 0)
    assert doctor.gather(FakeOdoo(job="pending"), "prod", "p")["job"] == "pending"


def test_a_login_without_rights_is_told():
    odoo = FakeOdoo()

    def refuse():
        raise odoorpc.error.RPCError("You are not allowed")

    odoo.env["helpdesk.social.account"] = Model(doctor_report=refuse)
    with pytest.raises(DevError, match="administrator's with --user"):
        doctor.gather(odoo, "prod", "pass")


def options(url, tmp_path):
    secret = tmp_path / "password"
    secret.write_text("top secret\n")
    return argparse.Namespace(
        url=url, db="prod", user="admin", password_file=str(secret)
    )


def test_nobody_at_the_address(tmp_path):
    given = options("http://127.0.0.1:9", tmp_path)
    with pytest.raises(DevError, match="No Odoo answers at http://127"):
        doctor.log_in(given, "x")


def test_a_refused_login_names_no_password(tmp_path):
    class Refusing(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            fault = {"message": "Access Denied", "data": {"message": "Access Denied"}}
            answer = {"error": fault}
            if self.path.endswith("version_info"):
                answer = {"result": {"server_version": "19.0"}}
            body = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    given = options(f"http://127.0.0.1:{server.server_port}", tmp_path)
    with pytest.raises(DevError) as caught:
        doctor.log_in(given, "top secret")
    server.shutdown()
    assert "does not let admin into database prod" in str(caught.value)
    assert "top secret" not in str(caught.value)


def test_the_password_comes_from_the_callers_file(tmp_path, monkeypatch):
    given = options("http://x", tmp_path)
    given.password_file = "password"
    monkeypatch.setenv("DEV_CALLER", str(tmp_path))
    assert doctor._password(given) == "top secret"


def test_the_exit_code_tells_green_from_red(tmp_path, monkeypatch, capsys):
    findings = [Finding("good")]
    monkeypatch.setattr(doctor, "log_in", lambda *_: None)
    monkeypatch.setattr(doctor, "gather", lambda *_: None)
    monkeypatch.setattr(doctor, "diagnose", lambda _: findings)
    assert doctor.main(options("http://x", tmp_path)) == 0
    findings.append(Finding("bad", "mend it"))
    assert doctor.main(options("http://x", tmp_path)) == 1
    said = capsys.readouterr().out
    assert "✓ good\n✗ bad\n    → mend it\n" in said
    assert said.endswith("1 to mend.\n")


def test_colour_only_where_it_shows():
    assert "\x1b[" in doctor.render(Finding("x"), colour=True)
    assert doctor.render(Finding("x", "y"), colour=False) == "✗ x\n    → y"
