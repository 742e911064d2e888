"""Channels that do not deliver by themselves are asked."""

import logging
from collections import Counter
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .. import providers
from ..database import checkpoint, only_one
from ..providers.errors import ProviderError, Refused
from ..wording import explain

_logger = logging.getLogger(__name__)

PRIORITY = 5  # before replays and purges, which wait in the same queue
RETRY = timedelta(minutes=5)  # when the provider does not say
REFUSED = timedelta(hours=1)  # a stranger's server is not asked more often in vain
APART = timedelta(seconds=10)  # between two accounts of one place


class HelpdeskSocialAccount(models.Model):
    _inherit = "helpdesk.social.account"

    has_webhook = fields.Boolean(compute="_compute_ways_in")
    polls = fields.Boolean(compute="_compute_ways_in")
    poll_cursor = fields.Json(groups=fields.NO_ACCESS, copy=False)
    polled_at = fields.Datetime(string="Last Asked", readonly=True, copy=False)
    next_poll_at = fields.Datetime(readonly=True, copy=False)

    @api.depends("provider")
    def _compute_ways_in(self):
        known = providers.known()
        for account in self:
            cls = known.get(account.provider)
            account.has_webhook = bool(cls and cls.has_webhook)
            account.polls = bool(cls and cls.polls)
            account.logs_deliveries = bool(cls and cls.logs_deliveries)

    def write(self, vals):
        """Another address has another past."""
        if "provider" in vals:
            vals = {**vals, "poll_cursor": False, "next_poll_at": False}
        return super().write(vals)

    def _answers_elsewhere(self):
        return self._provider_class().answers_elsewhere

    @api.model
    def _cron_poll(self):
        """Each account in a job of its own: a slow one keeps nobody waiting."""
        asked = [code for code, cls in providers.known().items() if cls.polls]
        due = Domain("next_poll_at", "=", False)
        due |= Domain("next_poll_at", "<=", fields.Datetime.now())
        places = Counter()
        for account in self.search(
            Domain("provider", "in", asked)
            & Domain("state", "!=", "draft")
            & Domain("paused", "=", False)
            & due
        ):
            place = account._provider().poll_place()
            account.with_delay(
                identity_key=f"social_poll:{account.id}",
                priority=PRIORITY,
                eta=APART * places[place] if places[place] else None,
            )._poll()
            places[place] += bool(place)

    def _poll(self):
        """Job: ask for what is new. The cursor is kept in the transaction that
        stores the events, so none is lost and none is asked for twice."""
        self.ensure_one()
        with only_one(self.env, f"social_poll:{self.id}") as mine:
            if mine:
                self._poll_alone()

    def _poll_alone(self):
        account = self._inbound_env()
        now = fields.Datetime.now()
        try:
            polled = account._provider().poll(account.poll_cursor or {})
        except Refused as error:
            account._raise_alarm(explain(account.env, error))
            wait = REFUSED if account._answers_elsewhere() else RETRY
            account.write({"polled_at": now, "next_poll_at": now + wait})
            checkpoint(self.env)
            return
        except ProviderError as error:
            _logger.info("Social account %s: %s", self.id, error.text)
            wait = getattr(error, "seconds", 0) or RETRY.total_seconds()
            account.next_poll_at = now + timedelta(seconds=wait)
            checkpoint(self.env)
            return
        if account.state == "alarm" and account._answers_elsewhere():
            # nothing else than this could have raised it
            account.write({"state": "connected", "state_message": False})
            account._follow_health()
        events = self.env["helpdesk.social.event"]
        lanes = events._store(self.id, polled.events) if polled.events else set()
        account.write(
            {
                "poll_cursor": polled.cursor,
                "polled_at": now,
                "next_poll_at": now + polled.wait,
            }
        )
        checkpoint(self.env)
        events._wake(self.id, lanes)
        checkpoint(self.env)
