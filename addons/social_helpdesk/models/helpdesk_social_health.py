import logging
from datetime import timezone

from markupsafe import Markup

from odoo import api, fields, models, release, tools
from odoo.exceptions import AccessError, UserError
from odoo.http import db_filter
from odoo.tools import format_date

from odoo.addons.queue_job.jobrunner.runner import _channels

from .. import providers
from ..providers.errors import ProviderError, Refused
from ..providers.types import Note
from ..wording import explain, say

_logger = logging.getLogger(__name__)

SUITE = ("social_helpdesk", "community_portal", "moderation")
EXPIRY_DAYS = (14, 3, 1)
NEEDED = ("helpdesk_mgmt", "queue_job", "phone_validation", "portal")


class HelpdeskSocialAccount(models.Model):
    _inherit = "helpdesk.social.account"

    token_expires_at = fields.Datetime(
        string="Access ends", readonly=True, copy=False, tracking=True
    )
    expiry_told = fields.Integer(readonly=True, copy=False)
    quality = fields.Char(readonly=True, copy=False, tracking=True)
    checks = fields.Json(readonly=True, copy=False)
    checks_html = fields.Html(
        string="Test", compute="_compute_checks_html", sanitize=False
    )
    guide_html = fields.Html(
        string="How to set it up", compute="_compute_guide_html", sanitize=False
    )
    last_event_at = fields.Datetime(compute="_compute_traffic")
    last_answer_at = fields.Datetime(compute="_compute_traffic")
    waiting_in = fields.Integer(string="Waiting to come in", compute="_compute_traffic")
    waiting_out = fields.Integer(string="Waiting to go out", compute="_compute_traffic")
    parked = fields.Integer(string="Parked events", compute="_compute_traffic")
    error_rate = fields.Float(
        string="Failed answers of a day",
        compute="_compute_traffic",
        help="Of what was sent within the last 24 hours.",
    )

    @api.depends("checks")
    @api.depends_context("lang")
    def _compute_checks_html(self):
        """What was looked at, one line each: well or not, and what to do."""
        for account in self:
            account.checks_html = Markup().join(
                Markup(
                    '<div class="d-flex gap-2 mb-2"><i class="fa %s mt-1" '
                    'role="img" title="%s"></i><div>%s%s</div></div>'
                )
                % (
                    "fa-times-circle text-danger"
                    if line["todo"]
                    else "fa-check-circle text-success",
                    self.env._("Not well") if line["todo"] else self.env._("Well"),
                    account._check_text(line["what"]),
                    Markup('<div class="text-muted">%s</div>')
                    % account._check_text(line["todo"])
                    if line["todo"]
                    else "",
                )
                for line in account.checks or ()
            )

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

    def _check_text(self, note):
        return say(self.env, Note(note["text"], note["values"]))

    def _compute_traffic(self):
        """One statement for all; each part of it reads one index from its end."""
        self.env.cr.execute(
            """
            SELECT a.id,
                   (SELECT max(received_at) FROM helpdesk_social_event
                     WHERE account_id = a.id),
                   (SELECT max(occurred_at) FROM helpdesk_social_message
                     WHERE account_id = a.id AND direction = 'out'),
                   (SELECT count(*) FROM helpdesk_social_event
                     WHERE account_id = a.id AND state = 'new'),
                   (SELECT count(*) FROM helpdesk_social_event
                     WHERE account_id = a.id AND state = 'failed'),
                   queued, failed, sent
              FROM unnest(%s::int[]) AS a(id), LATERAL (
                   SELECT count(*) FILTER (WHERE state IN ('queued', 'sending')),
                          count(*) FILTER (WHERE state = 'failed'),
                          count(*)
                     FROM helpdesk_social_message
                    WHERE account_id = a.id AND direction = 'out'
                      AND occurred_at > now() AT TIME ZONE 'UTC' - interval '1 day'
                   ) AS day(queued, failed, sent)
            """,
            [self.ids],
        )
        found = {row[0]: row[1:] for row in self.env.cr.fetchall()}
        for account in self:
            event_at, answer_at, waiting, parked, queued, failed, sent = found.get(
                account.id, (None, None, 0, 0, 0, 0, 0)
            )
            account.last_event_at, account.last_answer_at = event_at, answer_at
            account.waiting_in, account.waiting_out = waiting, queued
            account.parked = parked
            account.error_rate = failed / sent if sent else 0

    def action_parked(self):
        self.ensure_one()
        parked = [("account_id", "=", self.id), ("state", "=", "failed")]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Parked events"),
            "res_model": "helpdesk.social.event",
            "view_mode": "list,form",
            "domain": parked,
        }

    def action_connect(self):
        """Button: check the credentials and register the webhook."""
        self.check_access("write")
        for account in self:
            account._require_credentials()
            account._ask(lambda provider, a=account: provider.connect(a.webhook_url))
            if account.has_templates:
                account.action_sync_templates()
        return True

    def action_check(self):
        """Button: does it still work?"""
        self.check_access("write")
        for account in self:
            account._require_credentials()
            account._ask(lambda provider: provider.check())
        return True

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

    def _ask(self, question):
        """:raises UserError: the provider's answer, in words"""
        try:
            self._connected(question(self._provider()))
        except ProviderError as error:
            raise UserError(explain(self.env, error)) from None

    def _connected(self, connection):
        warnings = [say(self.env, note) for note in connection.warnings]
        expires = connection.expires_at
        expires = expires and expires.astimezone(timezone.utc).replace(tzinfo=None)
        self.sudo().write(
            {
                "state": "connected",
                "state_message": " ".join(warnings) or False,
                "address": connection.address or connection.name,
                "checked_at": fields.Datetime.now(),
                "checks": [as_plain(check) for check in connection.checks],
                "quality": connection.quality or False,
                "token_expires_at": expires or False,
            }
        )
        self._tell_expiry()

    def _tell_expiry(self):
        """Once at 14, 3 and 1 days before the access ends."""
        account = self.sudo()
        if not account.token_expires_at:
            account.expiry_told = 0
            return
        left = account.token_expires_at - fields.Datetime.now()
        due = min((days for days in EXPIRY_DAYS if left.days < days), default=0)
        if due and due != account.expiry_told:
            account.message_post(
                body=account.env._(
                    "The access of “%(account)s” to %(channel)s ends on %(date)s. "
                    "Create a new token there and enter it under Credentials before; "
                    "until then, nothing changes.",
                    account=account.name,
                    channel=account._provider_class().label,
                    date=format_date(account.env, account.token_expires_at),
                ),
                subtype_xmlid="mail.mt_comment",
                partner_ids=account._to_be_alarmed().ids,
            )
        account.expiry_told = due

    @api.model
    def _cron_check(self):
        """Every connected account, each in a job of its own."""
        for account in self.search([("state", "!=", "draft")]):
            account.with_delay(identity_key=f"social_check:{account.id}")._check()

    def _check(self):
        """Job: raise the alarm when it broke, end it when it works again."""
        self.ensure_one()
        account = self._inbound_env()
        try:
            account._connected(account._provider().check())
        except Refused as error:
            account._raise_alarm(explain(account.env, error))
        except ProviderError as error:
            # Not reachable just now is no reason to wake anybody.
            _logger.info("Social account %s: %s", self.id, error.text)

    # --- for ``./dev doctor`` and for support ---------------------------------------

    @api.model
    def doctor_report(self):
        """What an administrator's doctor needs to know of this server.

        :return: dict of plain values, no secrets
        :raises AccessError: not an administrator
        """
        if not self.env.is_system():
            raise AccessError(
                self.env._(
                    "Only administrators of the settings can examine the server."
                )
            )
        config = tools.config
        return {
            "odoo": release.version,
            "modules": self._doctor_modules(),
            "server_wide_modules": list(config["server_wide_modules"]),
            "workers": config["workers"],
            "channels": _channels(),
            "proxy_mode": bool(config["proxy_mode"]),
            "base_url": self.get_base_url(),
            "db_names": list(config["db_name"] or []),
            "dbfilter": config["dbfilter"] or "",
            "databases_here": self._doctor_databases(),
            "unaccent": bool(self.env.registry.has_unaccent),
            "runner": self._doctor_runner(),
            "accounts": self._doctor_accounts(),
        }

    @api.model
    def _doctor_modules(self):
        modules = self.env["ir.module.module"].sudo()
        found = modules.search([("name", "in", [*SUITE, *NEEDED])])
        return {
            m.name: {"state": m.state, "version": m.latest_version or ""} for m in found
        }

    @api.model
    def _doctor_databases(self):
        """How many databases answer to the public host name."""
        if tools.config["db_name"]:
            return list(tools.config["db_name"])
        host = self.get_base_url().split("//")[-1].split("/")[0]
        return db_filter([self.env.cr.dbname], host=host)

    @api.model
    def _doctor_runner(self):
        """Jobs that should have been started long ago mean nobody runs them."""
        self.env.cr.execute(
            """
            SELECT count(*) FILTER (WHERE state = 'pending'
                       AND (eta IS NULL OR eta < now() AT TIME ZONE 'UTC')
                       AND date_created < now() AT TIME ZONE 'UTC'
                                          - interval '1 minute'),
                   count(*) FILTER (WHERE state = 'failed'),
                   max(date_done)
              FROM queue_job
            """
        )
        overdue, failed, last = self.env.cr.fetchone()
        return {
            "overdue": overdue,
            "failed": failed,
            "last_done": fields.Datetime.to_string(last) if last else "",
            "waiting_events": self.env["helpdesk.social.event"]
            .sudo()
            .search_count([("state", "=", "new")], limit=1000),
        }

    @api.model
    def _doctor_accounts(self):
        return [
            {
                "name": account.name,
                "provider": account.provider,
                "state": account.state,
                "message": account.state_message or "",
                "webhook_url": account.webhook_url,
            }
            for account in self.search([])
        ]


def as_plain(check):
    """A ``Check`` as JSON: said in the reader's language when it is read."""
    return {
        name: note and {"text": note.text, "values": dict(note.values)}
        for name, note in (("what", check.what), ("todo", check.todo))
    }
