"""``python -m tests.sandbox --port N``"""

import argparse
import contextlib
import os
import sys

from .accounts import from_environment
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


def main() -> int:
    options = arguments()
    try:
        accounts = [] if options.bare else from_environment(os.environ)
        server = listen(World(accounts), options.host, options.port)
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
