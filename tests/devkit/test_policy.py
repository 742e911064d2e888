"""The rules for test runs, tried on runs of their own."""

from pathlib import Path

import pytest

from devkit import paths, policy

pytest_plugins = ["pytester"]


@pytest.fixture
def run(pytester, monkeypatch):
    """Run one test file under the policy, as if it were an add-on's when asked."""

    def run(code, *options, addon=False):
        path = pytester.makepyfile(code)
        if addon:
            monkeypatch.setattr(paths, "ADDONS", path.parent)
        monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
        plugins = ("-p", "devkit.policy", "-p", "no:cacheprovider")
        return pytester.runpytest_inprocess(*plugins, *options)

    return run


def test_a_skip_fails(run):
    result = run("import pytest\ndef test_a(): pytest.skip('no time')")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*test_a was skipped: no time*"])


@pytest.mark.parametrize("mark", ["skip(reason='later')", "skipif(True, reason='x')"])
def test_a_skip_mark_fails(run, mark):
    result = run(f"import pytest\n@pytest.mark.{mark}\ndef test_a(): pass")
    result.assert_outcomes(errors=1)
    assert result.ret == 1


def test_an_accepted_reason_skips(run):
    result = run("import pytest\ndef test_a(): pytest.skip('no descriptions')")
    result.assert_outcomes(skipped=1)


def test_unittests_skips_fail_too(run):
    result = run(
        "import unittest\nclass A(unittest.TestCase):\n"
        "    def test_a(self): self.skipTest('HttpCase without http')"
    )
    result.assert_outcomes(failed=1)


def test_an_unexpected_warning_fails_an_addons_test(run):
    code = "import logging\ndef test_a(): logging.getLogger('odoo.x').warning('bad')"
    result = run(code, addon=True)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*WARNING odoo.x: bad*"])


def test_a_warning_in_a_plain_test_is_its_own_affair(run):
    run(
        "import logging\ndef test_a(): logging.getLogger('odoo.x').warning('bad')"
    ).assert_outcomes(passed=1)


def test_an_expected_warning_does_not(run):
    result = run(
        "import logging, unittest\nclass A(unittest.TestCase):\n"
        "    def test_a(self):\n"
        "        with self.assertLogs('odoo.x', 'WARNING'):\n"
        "            logging.getLogger('odoo.x').warning('bad')",
        addon=True,
    )
    result.assert_outcomes(passed=1)


def test_the_handler_goes_with_its_test(run):
    import logging

    before = list(logging.getLogger().handlers)
    run("def test_a(): pass", addon=True)
    assert logging.getLogger().handlers == before


def test_groups():
    root = paths.ROOT
    e2e = root / "tests" / "e2e"
    assert policy.group_of(e2e / "test_phone.py") == "e2e desk"
    assert policy.group_of(e2e / "deep" / "test_x.py") == "e2e desk"
    assert policy.group_of(e2e / "test_community_pages.py") == "e2e room"
    assert policy.group_of(e2e / "test_moderation.py") == "e2e room"
    assert policy.group_of(root / "tests" / "unit" / "test_x.py") is None
    addon = paths.ADDONS / "a" / "tests" / "test_x.py"
    assert policy.group_of(addon) == str(Path("a") / "tests" / "test_x.py")


def test_a_group_stays_on_one_worker(pytester, monkeypatch):
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    tests = pytester.path / "tests" / "e2e"
    tests.mkdir(parents=True)
    for name in ("one", "two"):
        (tests / f"test_{name}.py").write_text(
            "import pytest\n@pytest.mark.parametrize('i', range(8))\n"
            "def test_a(i, worker_id):\n"
            "    with open('workers', 'a') as f: f.write(worker_id + '\\n')\n"
        )
    (pytester.path / "conftest.py").write_text(
        f"import sys; sys.path.insert(0, {str(paths.ROOT)!r})\n"
        "from pathlib import Path\nfrom devkit import paths\n"
        "paths.ROOT = Path(__file__).parent\n"
        'pytest_plugins = ["devkit.policy"]\n'
    )
    result = pytester.runpytest_subprocess(
        *("-p", "xdist", "-p", "no:cacheprovider"),
        *("-n", "2", "--dist", "loadscope"),
    )
    result.assert_outcomes(passed=16)
    assert len(set((pytester.path / "workers").read_text().split())) == 1
