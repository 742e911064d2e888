import logging

from odoo import api, fields, models, release, tools
from odoo.exceptions import AccessError, UserError
from odoo.http import db_filter

from odoo.addons.queue_job.jobrunner.runner import _channels

from ..providers.errors import ProviderError, Refused
from ..wording import explain, say

_logger = logging.getLogger(__name__)

SUITE = ("social_helpdesk", "community_portal", "moderation")
NEEDED = ("helpdesk_mgmt", "queue_job", "phone_validation", "portal")


class HelpdeskSocialAccount(models.Model):
    _inherit = "helpdesk.social.account"

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
        self.sudo().write(
            {
                "state": "connected",
                "state_message": " ".join(warnings) or False,
                "address": connection.address or connection.name,
                "checked_at": fields.Datetime.now(),
            }
        )

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
