"""For ``./dev doctor`` and for support: what can be wrong with a server."""

from odoo import api, fields, models, release, tools
from odoo.exceptions import AccessError
from odoo.http import db_filter

from odoo.addons.queue_job.jobrunner.runner import _channels

SUITE = ("social_helpdesk", "community_portal", "moderation")
NEEDED = ("helpdesk_mgmt", "queue_job", "phone_validation", "portal")


class HelpdeskSocialAccount(models.Model):
    _inherit = "helpdesk.social.account"

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
            "unknown_webhooks": self.env["helpdesk.social.refusal"]._of_nobody(),
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
                "health": account.health,
                "reason": account.health_reason or "",
            }
            for account in self.search([])
        ]
