"""``python -m devkit.inside.doctor --url URL --db DB``: gather the facts over RPC
as any administrator could, and print the diagnosis."""

import argparse
import getpass
import re
import sys
import time
import urllib.error
from typing import Any

import odoorpc

from devkit.doctor import NEEDED, SUITE, Finding, diagnose
from devkit.errors import DevError
from devkit.inside import caller, rpc

JOB_SECONDS = 20


def main(options: argparse.Namespace) -> int:
    """Print the diagnosis; 1 when something is red."""
    password = _password(options)
    findings = diagnose(gather(log_in(options, password), options.db, password))
    for finding in findings:
        print(render(finding, sys.stdout.isatty()))
    red = sum(not finding.is_good for finding in findings)
    print(f"\n{red} to mend." if red else "\nFit for the suite.")
    return 1 if red else 0


def render(finding: Finding, colour: bool) -> str:
    """A line with its mark, and what to do below it when it is red."""
    mark, code = ("✓", 32) if finding.is_good else ("✗", 31)
    if colour:
        mark = f"\x1b[{code}m{mark}\x1b[0m"
    advice = f"\n    → {finding.advice}" if finding.advice else ""
    return f"{mark} {finding.text}{advice}"


def log_in(options: argparse.Namespace, password: str) -> odoorpc.ODOO:
    """An administrator's session.

    Raises DevError when nobody answers or the login is refused.
    """
    try:
        return rpc.connect(options.url, options.db, options.user, password)
    except (OSError, ValueError) as error:
        raise DevError(
            f"No Odoo answers at {options.url} ({error}); check the address."
        ) from error
    except odoorpc.error.Error as error:
        raise DevError(
            f"{options.url} does not let {options.user} into database {options.db}; "
            "check the database's name, the login and the password."
        ) from error


def _password(options: argparse.Namespace) -> str:
    if options.password_file:
        return caller.path(options.password_file).read_text().strip()
    return getpass.getpass(f"Password of {options.user} at {options.url}: ")


def gather(odoo: odoorpc.ODOO, database: str, password: str) -> dict[str, Any]:
    """The facts ``devkit.doctor.diagnose`` wants."""
    facts: dict[str, Any] = {"odoo": odoo.version, "modules": _modules(odoo)}
    get = odoo.env["ir.config_parameter"].get_param
    try:
        facts["base_url"] = get("web.base.url")
        if facts["modules"].get("social_helpdesk", {}).get("state") == "installed":
            facts |= odoo.env["helpdesk.social.account"].doctor_report()
            facts["job"] = _try_job(odoo, database, password)
    except odoorpc.error.RPCError as error:
        raise DevError(
            f"This login may not look behind the scenes ({error}); give an "
            "administrator's with --user."
        ) from error
    return facts


def _modules(odoo: odoorpc.ODOO) -> dict[str, dict[str, str]]:
    modules = odoo.env["ir.module.module"]
    rows = modules.search_read(
        [("name", "in", [*NEEDED, *SUITE])], ["name", "state", "latest_version"]
    )
    return {
        row["name"]: {"state": row["state"], "version": row["latest_version"]}
        for row in rows
    }


def _try_job(odoo: odoorpc.ODOO, database: str, password: str) -> str | None:
    """Let queue_job make its own, empty test job and wait for it: its state, or
    None when the route is closed (a careful proxy closes it)."""
    try:
        # RPC carries the password with each call; a page wants a session.
        who = {"db": database, "login": odoo.env.user.login, "password": password}
        odoo.json("/web/session/authenticate", who)
        answer = odoo.http("queue_job/create_test_job?description=doctor").read()
    except (urllib.error.URLError, OSError):
        return None
    found = re.search(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", answer)
    if not found:
        return None
    jobs = odoo.env["queue.job"]
    end = time.monotonic() + JOB_SECONDS
    while True:
        (job,) = jobs.search_read([("uuid", "=", found[0].decode())], ["state"])
        if job["state"] in ("done", "failed") or time.monotonic() > end:
            return job["state"]
        time.sleep(0.5)


def parser() -> argparse.ArgumentParser:
    """The arguments of ``./dev doctor``."""
    made = argparse.ArgumentParser(prog="./dev doctor")
    made.add_argument("--url", required=True, help="the server's address")
    made.add_argument("--db", required=True, help="the database's name")
    made.add_argument("--user", default="admin", help="an administrator's login")
    made.add_argument("--password-file", help="a file with the password (else: asked)")
    return made


if __name__ == "__main__":
    try:
        sys.exit(main(parser().parse_args()))
    except (DevError, OSError) as failure:
        sys.exit(f"dev: {failure}")
