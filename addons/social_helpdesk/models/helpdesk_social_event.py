import hashlib
import json
import logging

from odoo import api, fields, models

from ..database import is_conflict, is_outage
from ..providers.errors import MalformedEvent
from ..wording import say
from .text import fits

_logger = logging.getLogger(__name__)

# Conversations of one account are spread over so many lanes; a lane is one
# queue, worked off by one job at a time. Order inside a conversation is kept
# because a conversation always falls into the same lane, and the cost of a job
# and of a transaction is shared by all that waits in the lane. As many as there
# are jobs at once (``root.social_in:2``): a lane more would wait for its turn.
LANES = 2
BATCH = 50  # events per transaction: about a quarter of a second of work


class HelpdeskSocialEvent(models.Model):
    """What a webhook brought, raw. Nothing is ever dropped from here."""

    _name = "helpdesk.social.event"
    _description = "Social Event"
    _order = "id desc"
    _log_access = False
    _rec_name = "external_id"

    account_id = fields.Many2one(
        "helpdesk.social.account", required=True, ondelete="cascade"
    )
    external_id = fields.Char(string="External ID", required=True, readonly=True)
    thread = fields.Char(required=True, readonly=True)
    lane = fields.Integer(readonly=True)
    occurred_at = fields.Datetime(readonly=True)
    received_at = fields.Datetime(readonly=True)
    sequence = fields.Integer(readonly=True)
    # Text, not jsonb: PostgreSQL's jsonb refuses \u0000 and lone surrogates,
    # which customers' phones do send.
    payload = fields.Text(readonly=True)
    state = fields.Selection(
        [
            ("new", "Waiting"),
            ("done", "Done"),
            ("ignored", "Ignored"),
            ("failed", "Failed"),
        ],
        required=True,
        readonly=True,
        default="new",
    )
    reason = fields.Char(readonly=True)
    message_id = fields.Many2one(
        "helpdesk.social.message", readonly=True, index="btree_not_null"
    )

    # The message that this is about, while it is not here: providers retry, so an
    # edit can come before what it changes.
    waits_for = fields.Char(readonly=True)

    _external_unique = models.UniqueIndex("(account_id, external_id)")
    _waiting_idx = models.Index("(account_id, lane, id) WHERE state = 'new'")
    _received_idx = models.Index("(account_id, received_at)")
    _waits_idx = models.Index("(account_id, waits_for) WHERE waits_for IS NOT NULL")
    _failed_idx = models.Index("(account_id, id) WHERE state = 'failed'")

    # --- storing: called by the webhook --------------------------------------------

    @api.model
    def _store(self, account_id, raws, state="new", reason=None):
        """Keep each event once. One statement, whatever their number.

        In the order of the provider's time: a large body is worked off in pieces,
        and an edit must not come in an earlier one than what it changes.

        :return: lanes in which one of these events waits
        """
        rows = sorted(map(self._row, raws), key=in_time)
        columns = list(zip(*rows, strict=True))
        self.env.cr.execute(
            """
            INSERT INTO helpdesk_social_event (
                account_id, state, reason, received_at,
                external_id, thread, lane, occurred_at, sequence, payload, tokens)
            SELECT %s, %s, %s, now() AT TIME ZONE 'UTC', *
              FROM unnest(%s::varchar[], %s::varchar[], %s::int[],
                          %s::timestamp[], %s::int[], %s::text[], %s::jsonb[])
            ON CONFLICT (account_id, external_id) DO NOTHING
            RETURNING lane
            """,
            [account_id, state, reason, *map(list, columns)],
        )
        stored = [lane for (lane,) in self.env.cr.fetchall()]
        if len(stored) == len(raws):
            return set(stored)
        return set(stored) | self._still_waiting(account_id, columns[0])

    @api.model
    def _still_waiting(self, account_id, external_ids):
        """Lanes of events that came before and have not been worked off: the
        first delivery may have died before it could wake anybody."""
        self.env.cr.execute(
            """
            SELECT DISTINCT lane FROM helpdesk_social_event
             WHERE account_id = %s AND external_id = ANY(%s) AND state = 'new'
            """,
            [account_id, list(external_ids)],
        )
        return {lane for (lane,) in self.env.cr.fetchall()}

    @api.model
    def _row(self, raw):
        at = raw.occurred_at and raw.occurred_at.replace(tzinfo=None, microsecond=0)
        return (
            fits(raw.external_id),
            fits(raw.thread),
            lane_of(raw.thread),
            at,
            min(max(raw.sequence, -(2**31)), 2**31 - 1),
            json.dumps(raw.payload),
            json.dumps(dict(raw.tokens)) if raw.tokens else None,
        )

    @api.model
    def _wake(self, account_id, lanes):
        """One job per lane that has none waiting.

        To be called after the events are committed. Then a job found waiting
        starts later than they were stored, and sees them; in the storing
        transaction it could start, find nothing and end before they are there.
        """
        keys = {f"social_in:{account_id}:{lane}": lane for lane in lanes}
        self.env.cr.execute(
            """
            SELECT identity_key FROM queue_job
             WHERE identity_key = ANY(%s)
               AND state IN ('pending', 'enqueued', 'wait_dependencies')
            """,
            [list(keys)],
        )
        for (key,) in self.env.cr.fetchall():
            keys.pop(key, None)
        account = self.env["helpdesk.social.account"].browse(account_id)
        for key, lane in keys.items():
            account.with_delay(
                identity_key=key, max_retries=0, description=f"Social messages {key}"
            )._drain(lane)

    @api.model
    def _cron_wake(self):
        """Whatever waits without a job, for example after a crash between
        storing and waking, or because jobs were deleted by hand."""
        self.env.cr.execute(
            """
            SELECT account_id, array_agg(DISTINCT lane) FROM helpdesk_social_event
             WHERE state = 'new' GROUP BY account_id
            """
        )
        for account_id, lanes in self.env.cr.fetchall():
            self._wake(account_id, lanes)

    # --- draining: called by the job -------------------------------------------------

    @api.model
    def _next(self, account, lane):
        return self.search(
            [
                ("account_id", "=", account.id),
                ("lane", "=", lane),
                ("state", "=", "new"),
            ],
            order="id",
            limit=BATCH,
        )

    def _at(self):
        """The provider's time, or the arrival's where he gave none."""
        return self.occurred_at or self.received_at

    def _process(self):
        """Understand and apply these events, each conversation in its order."""
        account = self.account_id._inbound_env()
        provider = account._provider()
        parsed = []
        for event in self.sorted(lambda e: (e._at(), e.sequence, e.id)):
            try:
                parsed.append((event, provider.parse(json.loads(event.payload))))
            except MalformedEvent as error:
                event._park(say(account.env, error.note))
            except Exception as error:
                event._park_crash(error)
        inbound = account.env["helpdesk.social.inbound"]
        try:
            with self.env.cr.savepoint():
                inbound._apply(account, parsed)
        except Exception as error:
            if is_conflict(error) or is_outage(error):
                raise
            self._process_singly(account, parsed)

    def _process_singly(self, account, parsed):
        """One of them is bad: find it, park it, and let its neighbours pass."""
        inbound = account.env["helpdesk.social.inbound"]
        for event, understood in parsed:
            try:
                with self.env.cr.savepoint():
                    inbound._apply(account, [(event, understood)])
            except Exception as error:
                if is_conflict(error) or is_outage(error):
                    raise
                event._park_crash(error)

    def _park_crash(self, error):
        """A mistake of ours: the lane goes on, and the log says where to look."""
        _logger.warning(
            "Social event %s of account %s is parked: %s",
            self.id,
            self.account_id.id,
            type(error).__name__,
            exc_info=error,
        )
        self._park(f"{type(error).__name__}: {error}")

    def _park(self, reason):
        self.write({"state": "failed", "reason": fits(reason, 500)})

    def _settle(self, message=None, ignored=None, waits_for=None):
        """Done, or understood and nothing to show (``ignored``: why) until the
        message ``waits_for`` is here."""
        self.write(
            {
                "state": "ignored" if ignored else "done",
                "reason": ignored or False,
                "message_id": message.id if message else False,
                "waits_for": fits(waits_for) if waits_for else False,
            }
        )

    @api.model
    def _came(self, account, external_ids):
        """These messages are here now: what waited for them is worked off next, in
        the same lane."""
        waiting = self.search(
            [("account_id", "=", account.id), ("waits_for", "in", external_ids)]
        )
        if waiting:
            waiting.write({"state": "new", "reason": False, "waits_for": False})

    def action_retry(self):
        """Try parked events again, e.g. after an update.

        Whoever may read them may; nobody may change what a provider has said.
        """
        self.check_access("read")
        self.sudo().filtered(lambda e: e.state == "failed").state = "new"
        self.env.flush_all()
        for account, events in self.grouped("account_id").items():
            self.sudo()._wake(account.id, set(events.mapped("lane")))
        return True


def in_time(row):
    """A key to sort by; what has no time happens now, after all that has one."""
    *_ids, at, sequence, _payload, _tokens = row
    return not at, at, sequence


def lane_of(thread):
    """The same in every process and for ever (``hash()`` is neither)."""
    digest = hashlib.blake2b(thread.encode("utf-8", "replace"), digest_size=4)
    return int.from_bytes(digest.digest(), "big") % LANES
