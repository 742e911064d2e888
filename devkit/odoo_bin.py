"""Odoo's command as a file: with workers, Odoo starts its web socket server by
running the file that it was started from itself, which ``python -m`` breaks."""

import sys

# Nothing of this folder may be taken for a library of Odoo's.
sys.path.pop(0)

from odoo.cli.command import main

main()
