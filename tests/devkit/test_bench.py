import argparse
import json

import pytest

from devkit.errors import DevError
from devkit.inside import bench


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "quick.py").write_text(
        '"""How quick.\n\nMore."""\ndef run():\n    return {"rps": 5.0}\n'
    )
    (tmp_path / "client.py").write_text('"""A help."""\n')
    monkeypatch.setattr(bench, "FOLDER", tmp_path)
    monkeypatch.setenv("DEV_CALLER", str(tmp_path))
    return tmp_path


def options(name=None, json=None):
    return argparse.Namespace(name=name, json=json)


def test_only_files_that_measure_are_benchmarks(folder):
    assert bench.benchmarks() == {"quick": "How quick."}


def test_without_a_name_they_are_listed(folder, capsys):
    bench.main(options())
    assert capsys.readouterr().out.split(maxsplit=1) == ["quick", "How quick.\n"]


def test_an_unknown_one_is_refused_with_the_known(folder):
    with pytest.raises(DevError, match="no benchmark slow; there are: quick"):
        bench.main(options("slow"))


def test_the_figures_go_to_the_callers_file(folder, monkeypatch):
    class Module:
        @staticmethod
        def run():
            return {"rps": 5.0}

    monkeypatch.setattr(bench.importlib, "import_module", lambda name: Module)
    bench.main(options("quick", "figures.json"))
    assert json.loads((folder / "figures.json").read_text()) == {"rps": 5.0}
