"""``python -m devkit.inside.connect URL DATABASE``: connect the demo accounts."""

import sys

from devkit.inside import rpc

MODEL = "helpdesk.social.account"
# How the demo's accounts name their provider's address.
SANDBOX = "env:SOCIAL_SANDBOX_URL"


def main(url: str, database: str) -> str:
    """Connect the demo's accounts, each time: a sandbox that was restarted knows
    no webhook any more, whatever Odoo remembers. A line that says how many."""
    odoo = rpc.connect(url, database, "admin", "admin")
    if not odoo.env["ir.model"].search([("model", "=", MODEL)]):
        return "no accounts in this version"
    accounts = odoo.env[MODEL]
    ids = accounts.search([("api_url", "=", SANDBOX)])
    if ids:
        accounts.browse(ids).action_connect()
    return f"{len(ids)} connected"


if __name__ == "__main__":
    print(main(*sys.argv[1:3]))
