"""``python -m tests.sandbox --port N``"""

import argparse
import contextlib
import os
import sys
import time

from .accounts import Account, TelegramAccount, from_environment
from .server import listen
from .world import World


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument(
        "--bare", action="store_true", help="start without the two default accounts"
    )
    return parser.parse_args()


def first_number() -> int:
    """Grows from start to start: who remembers the numbers of the last one (the
    demo's database does) must not take new messages for old ones."""
    return int(time.time()) - 1_700_000_000


def default_accounts() -> list[Account]:
    """Those of the environment, with update numbers that were never used."""
    accounts = from_environment(os.environ)
    for account in accounts:
        if isinstance(account, TelegramAccount):
            account.next_update += first_number()
    return accounts


def main() -> int:
    options = arguments()
    try:
        accounts = [] if options.bare else default_accounts()
        world = World(accounts, first_number)
        server = listen(world, options.host, options.port)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    except (OSError, SystemExit) as error:
        # werkzeug prints its own words for a port in use and exits
        print(
            f"The sandbox cannot listen on port {options.port}: another program has "
            f"it. Choose another with --port. ({type(error).__name__})",
            file=sys.stderr,
        )
        return 2
    print(f"Sandbox on http://{options.host}:{server.port}/", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
