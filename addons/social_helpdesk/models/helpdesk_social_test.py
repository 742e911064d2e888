"""An account is set up, connected and tested; what was found is shown line by line."""

import logging
import secrets
from datetime import timedelta, timezone

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import hmac

from .. import providers
from ..providers import words
from ..providers.errors import ProviderError, Refused
from ..providers.reach import clock, reach
from ..providers.types import Check, Note
from ..wording import explain, say

_logger = logging.getLogger(__name__)

REACH = "reach"  # the line that a job fills in
PATIENCE = timedelta(minutes=2)  # for that job
# Providers reach what this server may not reach itself, behind some routers.
DELIVERED = timedelta(days=1)
ICONS = {
    "well": "fa-check-circle text-success",
    "not": "fa-times-circle text-danger",
    "busy": "fa-circle-o-notch fa-spin text-muted",
}


class HelpdeskSocialAccount(models.Model):
    _inherit = "helpdesk.social.account"

    token_expires_at = fields.Datetime(
        string="Access ends", readonly=True, copy=False, tracking=True
    )
    quality = fields.Char(readonly=True, copy=False, tracking=True)
    checks = fields.Json(readonly=True, copy=False)
    checks_html = fields.Html(
        string="Test result", compute="_compute_checks_html", sanitize=False
    )
    guide_html = fields.Html(
        string="How to set it up", compute="_compute_guide_html", sanitize=False
    )

    # --- what is shown ------------------------------------------------------------

    @api.depends("checks")
    @api.depends_context("lang")
    def _compute_checks_html(self):
        """What was looked at, one line each: well or not, and what to do."""
        for account in self:
            lines = [account._check_line(line) for line in account.checks or ()]
            account.checks_html = Markup().join(lines)

    def _check_line(self, line):
        todo = self._todo(line)
        state = "not" if todo else "busy" if line.get("asked_at") else "well"
        titles = {
            "well": self.env._("Well"),
            "not": self.env._("Not well"),
            "busy": self.env._("Being tested"),
        }
        return Markup(
            '<div class="o_social_check d-flex gap-2 mb-2" data-state="%s">'
            '<i class="fa %s mt-1" role="img" title="%s"></i><div>%s%s</div></div>'
        ) % (
            state,
            ICONS[state],
            titles[state],
            self._check_text(line["what"]),
            Markup('<div class="text-muted">%s</div>') % todo if todo else "",
        )

    def _todo(self, line):
        """:return: what is to be done, in the reader's language; empty: nothing"""
        if line["todo"]:
            return self._check_text(line["todo"])
        asked_at = fields.Datetime.to_datetime(line.get("asked_at"))
        if asked_at and asked_at + PATIENCE < fields.Datetime.now():
            return self.env._(
                "No background job has looked at it for a while. Check that the job "
                "runner of queue_job runs."
            )
        return ""

    def _check_text(self, note):
        return say(self.env, Note(note["text"], note["values"]))

    @api.depends("provider")
    @api.depends_context("lang")
    def _compute_guide_html(self):
        """How the account is set up, each step with the way to where it is done."""
        known = providers.known()
        link = Markup(
            ' <a href="%s" target="_blank" rel="noopener noreferrer">'
            '<i class="fa fa-external-link" title="%s"></i></a>'
        )
        for account in self:
            cls = known.get(account.provider)
            lines = Markup().join(
                Markup('<li class="mb-2">%s%s</li>')
                % (
                    self.env._(step.text),
                    link % (step.url, self.env._("Open")) if step.url else "",
                )
                for step in (cls.guide if cls else ())
            )
            account.guide_html = lines and Markup("<ol>%s</ol>") % lines

    # --- the buttons ----------------------------------------------------------------

    def action_connect(self):
        """Button: check the credentials and register the webhook."""
        self.check_access("write")
        for account in self:
            account._require_credentials()
            account._connect()
            account._enqueue_reach()
            if account.has_templates:
                account.action_sync_templates()
        return True

    def _connect(self):
        """:raises UserError: the provider's answer, in words"""
        provider = self._provider()
        try:
            self._connected(provider.connect(self.webhook_url), provider)
        except ProviderError as error:
            raise UserError(explain(self.env, error)) from None

    def action_check(self):
        """Button: look at everything again. What is not well stands in the test's
        lines, so nothing is raised."""
        self.check_access("write")
        for account in self:
            account._require_credentials()
            account._test()
            account._enqueue_reach()
        return self._tell_result()

    def _tell_result(self):
        """What is known before the job has looked at the rest."""
        bad = sum(bool(a._todo(line)) for a in self for line in a.checks or ())
        if bad:
            told = self.env._(
                "%s checks are not well. The page “Health” says what to do.", bad
            )
        elif self.filtered("has_webhook"):
            told = self.env._("Well so far. The webhook's address is being tested.")
        else:
            told = self.env._("Everything is well.")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if bad else "success",
                "message": told,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _require_credentials(self):
        missing = self.sudo().credential_ids.filtered(
            lambda c: c.required and not self._route().settings.get(c.name)
        )
        if missing:
            raise UserError(
                self.env._(
                    "“%(account)s” cannot be connected: %(missing)s missing. Enter it "
                    "under Credentials, or set the environment variable it names and "
                    "restart the server.",
                    account=self.name,
                    missing=", ".join(missing.mapped("label")),
                )
            )

    # --- asking the provider ----------------------------------------------------------

    def _test(self):
        """Raise the alarm when it broke, end it when it works again."""
        account = self._inbound_env()
        provider = account._provider()
        try:
            account._connected(provider.check(), provider)
        except Refused as error:
            account._not_connected(error, provider)
            account._raise_alarm(explain(account.env, error))
        except ProviderError as error:
            # Not reachable just now is no reason to wake anybody.
            _logger.info("Social account %s: %s", self.id, error.text)
            account._not_connected(error, provider)

    def _connected(self, connection, provider):
        warnings = [say(self.env, note) for note in connection.warnings]
        expires = connection.expires_at
        expires = expires and expires.astimezone(timezone.utc).replace(tzinfo=None)
        self.sudo().write(
            {
                "state": "connected",
                "state_message": " ".join(warnings) or False,
                "address": connection.address or connection.name,
                "quality": connection.quality or False,
                "token_expires_at": expires or False,
            }
        )
        self._keep_checks((*connection.checks, *clock(provider.http)))
        self._tell_expiry()

    def _not_connected(self, error, provider):
        """One line instead of all: nothing else could be looked at."""
        what = Note(words.ANSWERS_WELL, {"channel": provider.label})
        self._keep_checks((Check(what, error.note), *clock(provider.http)))

    def _keep_checks(self, checks):
        """Beside them the last word on the address, until there is another."""
        account = self.sudo()
        reached = [line for line in account.checks or () if line.get("key") == REACH]
        account.write(
            {
                "checks": [*map(as_plain, checks), *reached],
                "checked_at": fields.Datetime.now(),
            }
        )
        account._follow_health()

    @api.model
    def _cron_check(self):
        """Every connected account, each in a job of its own."""
        for account in self.search([("state", "!=", "draft")]):
            account.with_delay(identity_key=f"social_check:{account.id}")._check()

    def _check(self):
        """Job: everything."""
        self.ensure_one()
        self._test()
        self._reach()

    # --- the way in -------------------------------------------------------------------

    def _enqueue_reach(self):
        """In a job: the answer comes from this very server, which may be busy with
        the request that would wait for it."""
        asked = {"asked_at": fields.Datetime.to_string(fields.Datetime.now())}
        for account in self.filtered("has_webhook"):
            account._keep_reach({**as_plain(Check(Note(words.REACHED))), **asked})
            account.with_delay(identity_key=f"social_reach:{account.id}")._reach()

    def _reach(self):
        """Job: does the webhook's address lead here?"""
        self.ensure_one()
        if not self.has_webhook:
            return
        question = secrets.token_urlsafe(16)
        # sudo: as the webhook itself
        expected = self._reach_answer(self.sudo().key, question)
        found = reach(self.webhook_url, question, expected, self._route().api_url)
        if found.todo and self._was_delivered_to():
            found = Check(found.what)
        self._keep_reach(as_plain(found))
        self._follow_health()
        self._tell_forms()

    def _was_delivered_to(self):
        return bool(
            self.last_event_at
            and self.last_event_at > fields.Datetime.now() - DELIVERED
        )

    def _keep_reach(self, line):
        account = self.sudo()
        checks = account.checks or ()
        others = [known for known in checks if known.get("key") != REACH]
        account.checks = [*others, {**line, "key": REACH}]

    @api.model
    def _reach_answer(self, key, question):
        """What only a server with this database says. It is worth nothing elsewhere:
        whoever asks learns that he asked."""
        return hmac(self.env(su=True), "social_reach", (key, question[:64]))

    def _tell_forms(self):
        """Open forms refresh themselves, see ``_tell_tickets``."""
        for account in self:
            self.env["bus.bus"]._sendone(
                account._bus_channel(), "social_helpdesk/accounts", {"ids": account.ids}
            )


def as_plain(check):
    """A ``Check`` as JSON: said in the reader's language when it is read."""
    return {
        name: note and {"text": note.text, "values": dict(note.values)}
        for name, note in (("what", check.what), ("todo", check.todo))
    }
