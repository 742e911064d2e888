"""What an adapter wants to find again the next time it sends."""

from collections.abc import MutableMapping
from contextlib import contextmanager

from odoo import fields, models

from ..database import is_conflict


class HelpdeskSocialMemory(models.Model):
    """A name and its value, of one account: a cache that nobody looks at."""

    _name = "helpdesk.social.memory"
    _description = "Social Memory"
    _log_access = False

    account_id = fields.Many2one(
        "helpdesk.social.account", required=True, ondelete="cascade"
    )
    name = fields.Char(required=True)
    value = fields.Char(required=True)

    _name_unique = models.UniqueIndex("(account_id, name)")


class Memory(MutableMapping):
    """:attr:`Account.memory` in the database. What somebody else remembers or forgets
    in the same moment stands: either will do."""

    def __init__(self, account):
        # sudo: it is the adapter's and nobody else's
        self.records = account.env["helpdesk.social.memory"].sudo()
        self.account_id = account.id

    def _find(self, *domain):
        return self.records.search([("account_id", "=", self.account_id), *domain])

    @contextmanager
    def _unless_somebody_else(self):
        """The message that is being sent does not fail with it."""
        try:
            with self.records.env.cr.savepoint():
                yield
        except Exception as error:
            if not is_conflict(error):
                raise

    def __getitem__(self, name):
        found = self._find(("name", "=", name))
        if not found:
            raise KeyError(name)
        return found.value

    def __setitem__(self, name, value):
        with self._unless_somebody_else():
            self.records.env.cr.execute(
                """
                INSERT INTO helpdesk_social_memory (account_id, name, value)
                VALUES (%s, %s, %s)
                ON CONFLICT (account_id, name) DO UPDATE SET value = EXCLUDED.value
                """,
                [self.account_id, name, value],
            )
        self.records.invalidate_model(["value"])

    def __delitem__(self, name):
        found = self._find(("name", "=", name))
        if not found:
            raise KeyError(name)
        with self._unless_somebody_else():
            found.unlink()

    def __iter__(self):
        return iter(self._find().mapped("name"))

    def __len__(self):
        return len(self._find())
