import ast

from devkit import paths

SOURCE = paths.ROOT / "devkit" / "inside" / "odoo_lint.py"
TRACE = """\
Traceback (most recent call last):
  File "x.py", line 3, in test_a
    self.fail(msg)
    ~~~~~~~~~^^^^^
AssertionError: The following fields should be indexed
helpdesk.ticket.partner_id (inverse of res.partner.ticket_ids)
"""


def message():
    """The function alone: its module imports Odoo, which this run has not."""
    tree = ast.parse(SOURCE.read_text())
    [node] = [n for n in tree.body if getattr(n, "name", "") == "message"]
    namespace = {}
    code = compile(ast.Module([node], []), str(SOURCE), "exec")
    exec(code, namespace)
    return namespace["message"]


def test_the_message_without_its_traceback():
    assert message()(TRACE) == [
        "AssertionError: The following fields should be indexed",
        "helpdesk.ticket.partner_id (inverse of res.partner.ticket_ids)",
    ]
