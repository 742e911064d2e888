import logging
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

# Counters that may be folded, by model; nothing else is ever written by a tally.
COUNTERS = {
    "community.post": {
        "score",
        "reply_count",
        "reaction_count",
        "idea_votes",
        "helpful_yes",
        "helpful_no",
    },
    "community.member": {"points", "open_points", "post_count", "open_post_count"},
}
FOLD_AFTER = 2  # seconds that changes are gathered before they are folded
BATCH = 5_000  # rows folded in one transaction


class CommunityTally(models.Model):
    """Changes of counters that wait to be added up.

    Two hundred people who vote on one post at once would all have to write its row,
    and PostgreSQL lets only one of them (``REPEATABLE READ``). So everybody inserts
    a row here, which disturbs nobody, and one of them at a time adds up what has
    gathered. The rows are deleted in the transaction that adds them: each counts
    once, whatever is killed in between.
    """

    _name = "community.tally"
    _description = "Change of a Counter"
    _log_access = False

    model = fields.Char(required=True)
    res_id = fields.Many2oneReference(required=True, model_field="model")
    counter = fields.Char(required=True)
    delta = fields.Integer(required=True)
    moment = fields.Datetime(required=True, default=fields.Datetime.now)

    _target_idx = models.Index("(model, res_id)")

    @api.model
    def _add(self, model, res_id, counter, delta):
        """Count ``delta`` more, from the end of this transaction on."""
        self._add_all([(model, res_id, counter, delta)])

    @api.model
    def _add_all(self, changes, moment=None):
        """The same for many: (model, res_id, counter, delta).

        :param moment: when it happened, if that was not now (an import)
        """
        changes = [change for change in changes if change[3]]
        if not changes:
            return
        for model, _res_id, counter, _delta in changes:
            if counter not in COUNTERS.get(model, ()):
                raise ValueError(f"{counter} of {model} is no counter")
        now = SQL("date_trunc('second', now() AT TIME ZONE 'UTC')")
        when = SQL("%s", moment) if moment else now
        rows = SQL(", ").join(
            SQL("(%s, %s, %s, %s, %s)", *change, when) for change in changes
        )
        # Whoever adds a change hears whether others have waited long enough, which
        # spares him another look.
        self.env.cr.execute(
            SQL(
                "INSERT INTO community_tally (model, res_id, counter, delta, moment) "
                "VALUES %s RETURNING EXISTS ("
                "SELECT 1 FROM community_tally WHERE id = "
                "(SELECT min(id) FROM community_tally) "
                "AND moment < (now() AT TIME ZONE 'UTC') - %s * interval '1 s')",
                rows,
                FOLD_AFTER,
            )
        )
        if self.env.cr.fetchone()[0]:
            self._fold_after_commit()

    @api.model
    def _pending(self, model, ids):
        """What is not folded yet.

        :return: {(id, counter): delta}
        """
        if not ids:
            return {}
        self.env.cr.execute(
            SQL(
                "SELECT res_id, counter, SUM(delta) FROM community_tally "
                "WHERE model = %s AND res_id = ANY(%s) GROUP BY res_id, counter",
                model,
                list(ids),
            )
        )
        return {(row[0], row[1]): row[2] for row in self.env.cr.fetchall()}

    # --- folding ----------------------------------------------------------------------

    @api.model
    def _fold_after_commit(self):
        postcommit = self.env.cr.postcommit
        if not postcommit.data.get(self._name):
            postcommit.data[self._name] = True
            postcommit.add(self._fold_soon)

    @api.model
    def _fold_soon(self):
        """What goes wrong here concerns nobody's request: the rows are still there
        for the next one."""
        try:
            with self._apart() as tally:
                tally._fold()
        except Exception:
            _logger.exception("Counters of the community could not be folded")

    @contextmanager
    def _apart(self):
        """The model in a transaction of its own. Each statement sees what others
        committed meanwhile, so that adding never conflicts; it takes the place of a
        retry."""
        with self.env.registry.cursor() as cr:
            cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            yield self.with_env(self.env(cr=cr))

    @api.model
    def _fold(self):
        """Add up what has gathered.

        :return: number of rows folded; 0 also while somebody else is at it
        """
        cr = self.env.cr
        cr.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended('community.tally', 0))"
        )
        if not cr.fetchone()[0]:
            return 0
        self.env["community.post"].flush_model()
        self.env["community.member"].flush_model()
        cr.execute(
            "DELETE FROM community_tally WHERE id IN (SELECT id FROM community_tally "
            "ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED) "
            "RETURNING model, counter, res_id, delta, moment",
            [BATCH],
        )
        rows = cr.fetchall()
        for (model, counter), changes in self._sums(rows).items():
            self._add_up(model, counter, changes)
        return len(rows)

    @api.model
    def _sums(self, rows):
        sums = {}
        for model, counter, res_id, delta, moment in rows:
            of_counter = sums.setdefault((model, counter), {})
            before, latest = of_counter.get(res_id, (0, moment))
            of_counter[res_id] = (before + delta, max(latest, moment))
        return dict(sorted(sums.items()))

    @api.model
    def _add_up(self, model, counter, changes):
        """In the order of ids: two transactions that lock several rows in the same
        order wait for one another and never in a ring."""
        records = self.env[model]
        if counter not in COUNTERS.get(model, ()) or counter not in records._fields:
            return
        column, table = SQL.identifier(counter), SQL.identifier(records._table)
        values = [(key, *changes[key]) for key in sorted(changes)]
        # A reply is what makes a thread move up; taking one away does not.
        bump = SQL("")
        if counter == "reply_count":
            bump = SQL(
                ", last_activity = GREATEST(t.last_activity, "
                "CASE WHEN v.delta > 0 THEN v.moment ELSE t.last_activity END)"
            )
        self.env.cr.execute(
            SQL(
                "UPDATE %s t SET %s = COALESCE(t.%s, 0) + v.delta%s "
                "FROM (VALUES %s) v (id, delta, moment) WHERE t.id = v.id",
                table,
                column,
                column,
                bump,
                SQL(", ").join(
                    SQL("(%s::int, %s::int, %s::timestamp)", *value) for value in values
                ),
            )
        )
        records.browse(changes).invalidate_recordset(
            [counter, "last_activity"] if bump.code else [counter]
        )

    @api.model
    def _cron_fold(self):
        """What nobody folded after his own action."""
        folded = True
        while folded:
            with self._apart() as tally:
                folded = tally._fold()
            if not self.env["ir.cron"]._commit_progress(folded):
                break
