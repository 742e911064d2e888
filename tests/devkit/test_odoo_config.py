import configparser
import stat

import pytest

from devkit import odoo_config, paths
from devkit.errors import DevError
from devkit.odoo_tree import Odoo


@pytest.fixture
def odoo(home, monkeypatch):
    monkeypatch.delenv("ODOO_RC", raising=False)
    monkeypatch.setattr(paths, "ADDONS", home / "none")
    return Odoo(home, [home / "src addons"])


def written(path, section="options"):
    config = configparser.RawConfigParser()
    config.read(path)
    return dict(config[section])


def test_what_every_server_here_has(odoo, home):
    path = odoo_config.write(home / "odoo.conf", odoo, db_name="demo", workers=2)
    options = written(path)
    assert options["server_wide_modules"] == "base,rpc,web,queue_job"
    assert options["list_db"] == "False"
    assert options["unaccent"] == "True"
    assert options["http_interface"] == "127.0.0.1"
    assert options["db_name"] == "demo"
    assert len(options["admin_passwd"]) > 30
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_workers_outnumber_jobs():
    from devkit.doctor import capacity

    assert capacity(odoo_config.CHANNELS) < odoo_config.WORKERS


def test_the_channels_are_configured(odoo, home):
    path = odoo_config.write(home / "odoo.conf", odoo)
    assert written(path, "queue_job")["channels"] == odoo_config.CHANNELS


def test_our_addons_join_the_path_when_there_are_any(odoo, home, monkeypatch):
    path = odoo_config.write(home / "odoo.conf", odoo)
    assert written(path)["addons_path"] == str(home / "src addons")
    ours = home / "our addons"
    (ours / "a").mkdir(parents=True)
    (ours / "a" / "__manifest__.py").write_text("{}")
    monkeypatch.setattr(paths, "ADDONS", ours)
    path = odoo_config.write(home / "odoo.conf", odoo)
    assert written(path)["addons_path"] == f"{home / 'src addons'},{ours}"


def test_the_administrators_configuration_is_the_base(odoo, home, monkeypatch):
    base = home / "base.conf"
    base.write_text(
        "[options]\naddons_path = /opt/a\nlimit_request = 7\nworkers = 9\n"
        "smtp_password = 100%sure\n[queue_job]\nchannels = root:2\n"
    )
    monkeypatch.setenv("ODOO_RC", str(base))
    path = odoo_config.write(home / "odoo.conf", odoo, workers=3)
    options = written(path)
    assert options["limit_request"] == "7"
    assert options["smtp_password"] == "100%sure"
    assert options["workers"] == "3"
    assert options["addons_path"].startswith("/opt/a,")
    assert written(path, "queue_job")["channels"] == "root:2"


@pytest.mark.parametrize("text", [None, "no section\n"])
def test_a_base_that_cannot_be_read_is_named(odoo, home, monkeypatch, text):
    base = home / "base.conf"
    if text:
        base.write_text(text)
    monkeypatch.setenv("ODOO_RC", str(base))
    with pytest.raises(DevError, match=r"ODOO_RC names .*base\.conf"):
        odoo_config.write(home / "odoo.conf", odoo)


def test_the_database_server_is_not_in_it(odoo, home):
    path = odoo_config.write(home / "odoo.conf", odoo)
    assert not [key for key in written(path) if key.startswith("db_")]
