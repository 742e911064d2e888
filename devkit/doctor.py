"""What ./dev doctor thinks of a server, from facts gathered elsewhere
(``devkit.inside.doctor``): each check says green or red, and what to do."""

import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

NEEDED = ("helpdesk_mgmt", "queue_job", "phone_validation", "portal")
SUITE = ("social_helpdesk", "community_portal", "moderation")
Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Finding:
    """One line of the diagnosis; ``advice`` is empty when all is well."""

    text: str
    advice: str = ""

    @property
    def is_good(self) -> bool:
        return not self.advice


def diagnose(facts: Facts) -> list[Finding]:
    """All findings. ``facts`` has ``odoo`` (version), ``modules`` (name to state
    and version) and ``base_url``; when social_helpdesk is there also what its
    ``doctor_report`` says, and ``job`` (state of a test job, None if it could not
    be made)."""
    findings = [_version(facts), *_modules(facts)]
    if "server_wide_modules" not in facts:
        findings += _base_url(facts)
        findings.append(
            Finding(
                "social_helpdesk does not report",
                "install it in this database; the checks of the job runner, the "
                "workers and the accounts need its report",
            )
        )
        return findings
    for check in CHECKS:
        findings += check(facts)
    return findings


def _version(facts: Facts) -> Finding:
    version = facts["odoo"]
    text = f"Odoo {version}"
    if re.match(r"(saas~)?19\b", version):
        return Finding(text)
    return Finding(text, "the suite is made for Odoo 19.0; upgrade, or use its branch")


def _modules(facts: Facts) -> list[Finding]:
    known = facts["modules"]
    findings = []
    for name in (*NEEDED, *SUITE):
        state = known.get(name, {}).get("state", "absent")
        version = known.get(name, {}).get("version") or ""
        if state == "installed":
            findings.append(Finding(f"{name} {version}"))
        elif name in NEEDED or name == "social_helpdesk":
            findings.append(Finding(f"{name}: {state}", _install_advice(name, state)))
    return findings


def _install_advice(name: str, state: str) -> str:
    if state == "uninstalled":
        return "install it under Apps"
    if state == "absent":
        return (
            f"add {name} to the server's add-ons, update the list of apps, install it"
        )
    return f"restart Odoo with -u {name}: an upgrade was begun and not finished"


def _server_wide(facts: Facts) -> list[Finding]:
    if "queue_job" in facts["server_wide_modules"]:
        return [Finding("queue_job is loaded server-wide")]
    return [
        Finding(
            "queue_job is not loaded server-wide: no job ever runs",
            "set server_wide_modules = base,rpc,web,queue_job and restart Odoo",
        )
    ]


def _runner(facts: Facts) -> list[Finding]:
    runner, job = facts["runner"], facts.get("job")
    advice = (
        "restart Odoo (the runner knows only databases that had queue_job when it "
        "started) and look for queue_job in its log"
    )
    if job and job != "done":
        return [Finding(f"the job runner left a test job {job}", advice)]
    if runner["overdue"]:
        return [Finding(f"{runner['overdue']} jobs are overdue", advice)]
    if runner["failed"]:
        return [
            Finding(
                f"{runner['failed']} jobs failed",
                "look at them under Job Queue > Jobs, mend the cause, requeue them",
            )
        ]
    how = "it has just run one" if job else f"last: {runner['last_done'] or 'never'}"
    return [Finding(f"the job runner is alive ({how})")]


def capacity(channels: str) -> int:
    """Jobs at once in ``root:4,root.social_in:2``; 1 when root has no number."""
    found = re.search(r"(?:^|,)\s*root\s*:\s*(\d+)", channels)
    return int(found[1]) if found else 1


def _workers(facts: Facts) -> list[Finding]:
    workers, jobs = facts["workers"], capacity(facts["channels"])
    text = f"{workers} workers, {jobs} jobs at once"
    if workers > jobs:
        return [Finding(text)]
    return [
        Finding(
            text,
            f"jobs take workers from people; set workers to {jobs + 1} or more, or "
            f"lower root in the channels ({facts['channels']})",
        )
    ]


def _base_url(facts: Facts) -> list[Finding]:
    url = facts["base_url"]
    if urlsplit(url).scheme == "https" and _is_public(urlsplit(url).hostname or ""):
        return [Finding(f"the public address is {url}")]
    return [
        Finding(
            f"the public address is {url}, which providers cannot reach",
            "set web.base.url to the https address that the internet knows, and "
            "web.base.url.freeze to True",
        )
    ]


def _is_public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".localhost", ".internal"))


def _proxy(facts: Facts) -> list[Finding]:
    if facts["proxy_mode"]:
        return [Finding("proxy_mode is on")]
    if urlsplit(facts["base_url"]).scheme != "https":
        return [Finding("proxy_mode is off, and no proxy is in use")]
    return [
        Finding(
            "proxy_mode is off behind an https address",
            "set proxy_mode = True, and let the proxy send X-Forwarded-Host",
        )
    ]


def _databases(facts: Facts) -> list[Finding]:
    found = facts["databases_here"]
    if len(found) == 1:
        return [Finding(f"one database answers to this host name ({found[0]})")]
    names = ", ".join(found) or "none"
    return [
        Finding(
            f"databases for this host name: {names}; webhooks find none of them",
            "set db_name, or a dbfilter that leaves one database per host name",
        )
    ]


def _unaccent(facts: Facts) -> list[Finding]:
    if facts["unaccent"]:
        return [Finding("searches ignore accents (unaccent)")]
    return [
        Finding(
            "searches do not ignore accents: joao does not find João",
            "set unaccent = True, create the extension in the database and restart",
        )
    ]


def _accounts(facts: Facts) -> list[Finding]:
    findings = []
    for account in facts["accounts"]:
        text = f"{account['name']} ({account['provider']}): {account['state']}"
        reason = account.get("reason") or account["message"]
        healthy = account["state"] == "connected" and not reason
        advice = reason or "open the account and press Connect"
        findings.append(Finding(text, "" if healthy else advice))
    if not findings:
        advice = "create one under Helpdesk > Configuration > Social Accounts"
        findings.append(Finding("no account is connected", advice))
    return findings


def _strays(facts: Facts) -> list[Finding]:
    number = facts.get("unknown_webhooks", 0)
    if not number:
        return []
    return [
        Finding(
            f"{number} requests of a day came to a webhook address that no account has",
            "a provider may still have the address of an account that was deleted or "
            "archived: enter the new one there",
        )
    ]


CHECKS: list[Callable[[Facts], list[Finding]]] = [
    *(_server_wide, _runner, _workers, _base_url, _proxy, _databases, _unaccent),
    _accounts,
    _strays,
]
