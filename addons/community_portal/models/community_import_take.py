import psycopg2

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.queue_job.exception import RetryableJobError

TAKE = 200  # lines that are taken over in one transaction


class CommunityImport(models.Model):
    """Taking over, some lines at a time: what a job did is stored with the lines that
    it dealt with, so that a job that is killed is simply done again."""

    _inherit = "community.import"

    def _take_on(self, run):
        """Job: take over the next lines, then queue what is left."""
        if not self._is_mine(run, "running"):
            return
        self._lock_source()
        lines = self.env["community.import.line"].search(
            [("import_id", "=", self.id), ("state", "=", "new")], limit=TAKE, order="id"
        )
        if not lines:
            self.state = "done"
            self._forget_data()
            return
        kind = lines[0].kind
        lines = lines.filtered(lambda line: line.kind == kind)
        self._safely(lines, getattr(self, f"_take_{kind}"))
        self._enqueue("_take_on")

    def _lock_source(self):
        """Two imports of one source would bring the same twice."""
        self.env.cr.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"community.import {self.source}"],
        )
        if not self.env.cr.fetchone()[0]:
            raise RetryableJobError(
                "Another import of this source is at work",
                seconds=10,
                ignore_retry=True,
            )

    def _safely(self, lines, take):
        """Take lines over; one that fails does not take the others with it.

        :param take: called with lines, possibly again with a part of them
        """
        try:
            with self.env.cr.savepoint():
                take(lines)
        except psycopg2.OperationalError:
            raise  # somebody else was at it: the job is tried again
        except (UserError, psycopg2.Error) as error:
            if len(lines) > 1:
                half = len(lines) // 2
                self._safely(lines[:half], take)
                self._safely(lines[half:], take)
            else:
                lines.write({"state": "failed", "note": self._say_failure(error)})

    def _say_failure(self, error):
        if isinstance(error, UserError):
            return str(error)
        return self.env._("The database refused it: %s", str(error).split("\n")[0])

    def _remember(self, kind, lines):
        """From now on these have come."""
        self.env["community.import.key"].create(
            [
                {
                    "source": self.source,
                    "kind": kind,
                    "external_id": line.external_id,
                    "res_id": line.res_id,
                }
                for line in lines
            ]
        )
