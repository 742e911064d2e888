"""``python -m devkit.inside.shot URL FILE --base URL …``: one screenshot."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import odoorpc
from playwright.sync_api import Error, sync_playwright

from devkit.errors import DevError
from devkit.inside import browser as chromium
from devkit.inside import caller, rpc


def main(options: argparse.Namespace) -> None:
    """Take the screenshot ``options`` describe; the file is PNG."""
    with language(options, options.login), sync_playwright() as playwright:
        windows = chromium.Windows(chromium.launch(playwright), options.base)
        visitor = chromium.Visitor(windows)
        page = visitor.page(options.login, mobile=options.mobile, lang=options.lang)
        page.goto(options.url)
        chromium.settle(page)
        page.screenshot(path=caller.path(options.file), full_page=options.full)
        for error in visitor.errors:
            print(f"the page complains: {error}", file=sys.stderr)


@contextmanager
def language(options: argparse.Namespace, login: str) -> Iterator[None]:
    """Odoo shows its pages in the user's language: change it for this picture."""
    if not options.lang or login == "none":
        yield
        return
    users = rpc.connect(options.base, options.database, "admin", "admin").env[
        "res.users"
    ]
    ids = users.search([("login", "=", login)])
    before = users.read(ids, ["lang"])[0]["lang"]
    users.write(ids, {"lang": options.lang})
    try:
        yield
    finally:
        users.write(ids, {"lang": before})


def parser() -> argparse.ArgumentParser:
    """The arguments, most of them as ``./dev shot`` got them."""
    made = argparse.ArgumentParser(prog="./dev shot")
    made.add_argument("url", help="an address, or a path of the demo's Odoo")
    made.add_argument("file", help="where the PNG goes")
    made.add_argument("--login", default="none", help="admin, agent, customer, none")
    made.add_argument("--mobile", action="store_true", help="a phone's screen")
    made.add_argument("--full", action="store_true", help="the whole page's height")
    made.add_argument("--lang", choices=["pt_BR", "en_US"], help="the user's language")
    made.add_argument("--base", help=argparse.SUPPRESS)
    made.add_argument("--database", help=argparse.SUPPRESS)
    return made


if __name__ == "__main__":
    try:
        main(parser().parse_args())
    except (Error, OSError, DevError, odoorpc.error.Error) as error:
        first = str(error).splitlines()[0]
        sys.exit(f"dev: the page cannot be shown: {first}. Is the demo up? (./dev up)")
