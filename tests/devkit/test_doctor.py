"""The diagnosis, over reports as social_helpdesk gives them."""

import pytest

from devkit.doctor import capacity, diagnose


def healthy(**changes):
    modules = ["helpdesk_mgmt", "queue_job", "phone_validation", "portal"]
    facts = {
        "odoo": "19.0",
        "modules": {
            name: {"state": "installed", "version": "19.0.1.0.0"}
            for name in [*modules, "social_helpdesk"]
        },
        "server_wide_modules": ["base", "rpc", "web", "queue_job"],
        "workers": 5,
        "channels": "root:4,root.social_in:2",
        "proxy_mode": True,
        "base_url": "https://desk.example.com",
        "databases_here": ["prod"],
        "unaccent": True,
        "runner": {"overdue": 0, "failed": 0, "last_done": "2026-11-23 10:00:00"},
        "accounts": [
            {
                "name": "Shop",
                "provider": "whatsapp",
                "state": "connected",
                "message": "",
            }
        ],
        "job": "done",
    }
    return facts | changes


def red(facts):
    return [finding for finding in diagnose(facts) if not finding.is_good]


def test_a_healthy_server_is_green_all_over():
    findings = diagnose(healthy())
    assert [finding for finding in findings if not finding.is_good] == []
    texts = "\n".join(finding.text for finding in findings)
    for word in ("Odoo 19.0", "queue_job", "5 workers", "desk.example.com", "Shop"):
        assert word in texts


@pytest.mark.parametrize(
    ("changes", "text", "advice"),
    [
        ({"odoo": "18.0"}, "Odoo 18.0", "made for Odoo 19.0"),
        (
            {"server_wide_modules": ["base", "web"]},
            "not loaded server-wide",
            "server_wide_modules = base,rpc,web,queue_job",
        ),
        ({"job": "pending"}, "left a test job pending", "restart Odoo"),
        (
            {"runner": {"overdue": 3, "failed": 0, "last_done": ""}, "job": None},
            "3 jobs are overdue",
            "restart Odoo",
        ),
        (
            {"runner": {"overdue": 0, "failed": 2, "last_done": ""}},
            "2 jobs failed",
            "requeue",
        ),
        ({"workers": 4}, "4 workers, 4 jobs", "workers to 5 or more"),
        ({"workers": 0, "channels": "root:1"}, "0 workers, 1 jobs", "2 or more"),
        ({"base_url": "http://desk.example.com"}, "cannot reach", "web.base.url"),
        ({"base_url": "https://127.0.0.1"}, "cannot reach", "https address"),
        ({"base_url": "https://10.1.2.3"}, "cannot reach", "https address"),
        ({"base_url": "https://desk"}, "cannot reach", "https address"),
        ({"proxy_mode": False}, "proxy_mode is off behind", "X-Forwarded-Host"),
        ({"databases_here": ["a", "b"]}, "a, b; webhooks find none", "dbfilter"),
        ({"databases_here": []}, "none; webhooks find none", "dbfilter"),
        ({"unaccent": False}, "joao does not find João", "unaccent = True"),
        ({"accounts": []}, "no account", "create one"),
        ({"unknown_webhooks": 7}, "7 requests of a day", "enter the new one there"),
    ],
)
def test_each_fault_is_red_and_says_what_to_do(changes, text, advice):
    [finding] = red(healthy(**changes))
    assert text in finding.text
    assert advice in finding.advice


def test_an_account_in_trouble_speaks_for_itself():
    account = {"name": "Bot", "provider": "telegram", "state": "error"}
    [finding] = red(healthy(accounts=[account | {"message": "The token expired."}]))
    assert finding.text == "Bot (telegram): error"
    assert finding.advice == "The token expired."
    late = account | {"state": "connected", "message": "", "reason": "It ends soon."}
    assert red(healthy(accounts=[late]))[0].advice == "It ends soon."
    [finding] = red(healthy(accounts=[account | {"state": "draft", "message": ""}]))
    assert "press Connect" in finding.advice


@pytest.mark.parametrize(
    ("state", "advice"),
    [
        ("uninstalled", "install it under Apps"),
        (None, "add queue_job to the server's add-ons"),
        ("to upgrade", "-u queue_job"),
    ],
)
def test_a_module_that_is_not_there(state, advice):
    facts = healthy()
    del facts["modules"]["queue_job"]
    if state:
        facts["modules"]["queue_job"] = {"state": state, "version": False}
    [finding] = red(facts)
    assert advice in finding.advice


def test_without_the_report_it_checks_what_it_can():
    facts = healthy()
    del facts["server_wide_modules"]
    facts["modules"]["social_helpdesk"] = {"state": "uninstalled", "version": ""}
    findings = red(facts)
    assert len(findings) == 2
    assert "does not report" in findings[1].text


def test_local_http_needs_no_proxy_mode():
    facts = healthy(base_url="http://127.0.0.1:8069", proxy_mode=False)
    assert [finding.text for finding in red(facts)] == [
        "the public address is http://127.0.0.1:8069, which providers cannot reach"
    ]


@pytest.mark.parametrize(
    ("channels", "jobs"),
    [
        ("root:4", 4),
        ("root:4,root.social_in:2", 4),
        ("root.social_in:2, root:3", 3),
        ("root : 12", 12),
        ("root", 1),
        ("", 1),
        ("root.social_in:2", 1),
    ],
)
def test_capacity(channels, jobs):
    assert capacity(channels) == jobs
