"""Locks and checkpoints for jobs that commit while they run.

The job functions that use them have ``allow_commit``: ``queue_job`` gives them
a cursor of their own, so a commit here never releases the job's own lock.
"""

from contextlib import contextmanager

from psycopg2 import InterfaceError, OperationalError, errors

from odoo import modules
from odoo.service.model import PG_CONCURRENCY_ERRORS_TO_RETRY

from odoo.addons.queue_job.exception import RetryableJobError

CONFLICTS = 5  # tries of one piece of work when others write the same rows
OUTAGE_SECONDS = 5  # until a job that lost its database is tried again


def checkpoint(env) -> None:
    """Make durable what was done so far; from here on it is never done again.

    A test runs in one transaction that is rolled back at its end, as in
    ``mail.mail``'s sending.
    """
    if modules.module.current_test:
        env.flush_all()
    else:
        env.cr.commit()  # pylint: disable=invalid-commit


def undo(env) -> None:
    """Back to the last checkpoint, with a new snapshot of the database."""
    if not modules.module.current_test:
        env.cr.rollback()
    env.invalidate_all(flush=False)


@contextmanager
def only_one(env, name: str):
    """Yield whether this process is the only one inside ``name`` now.

    A session lock, not a transaction lock: it has to outlive the commits of
    the work it protects. Its own statement ends a transaction at once, because
    in REPEATABLE READ whoever reads in the transaction that waited for a lock
    reads a snapshot older than the lock. A killed process loses its connection
    and with it the lock.

    :raises RetryableJobError: the database went away; the lock went with it
    """
    cr = env.cr
    with retried_after_outage():
        cr.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        (mine,) = cr.fetchone()
        checkpoint(env)
        try:
            yield mine
        finally:
            if mine:
                undo(env)
                cr.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])
                checkpoint(env)


def is_running(env, name: str) -> bool:
    """Whether another process is inside :func:`only_one` of ``name`` now. If none
    is, none gets in before this transaction ends."""
    env.cr.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [name])
    return not env.cr.fetchone()[0]


@contextmanager
def retried_after_outage():
    """A job that loses its database goes on when it is back; ``queue_job``
    itself would count that as the job's failure."""
    try:
        yield
    except Exception as error:
        if not is_outage(error) or is_conflict(error):
            raise
        raise RetryableJobError(
            "The database went away", seconds=OUTAGE_SECONDS, ignore_retry=True
        ) from error


def is_outage(error: Exception) -> bool:
    """The database is gone or unwell: what was being worked on is not to blame."""
    return isinstance(error, (InterfaceError, OperationalError))


def is_conflict(error: Exception) -> bool:
    """Somebody else wrote or deleted the same rows: do it again, it is nobody's
    fault."""
    if isinstance(error, (errors.UniqueViolation, errors.ForeignKeyViolation)):
        return True
    return (
        isinstance(error, OperationalError)
        and error.pgcode in PG_CONCURRENCY_ERRORS_TO_RETRY
    )
