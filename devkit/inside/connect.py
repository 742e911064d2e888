"""``python -m devkit.inside.connect URL DATABASE``: connect the demo accounts."""

import sys

from devkit.inside import rpc

MODEL = "helpdesk.social.account"


def main(url: str, database: str) -> str:
    """Connect every account that is not connected; a line that says how many."""
    odoo = rpc.connect(url, database, "admin", "admin")
    if not odoo.env["ir.model"].search([("model", "=", MODEL)]):
        return "no accounts in this version"
    accounts = odoo.env[MODEL]
    ids = accounts.search([("state", "!=", "connected")])
    if ids:
        accounts.browse(ids).action_connect()
    return f"{accounts.search_count([('state', '=', 'connected')])} connected"


if __name__ == "__main__":
    print(main(*sys.argv[1:3]))
