"""What became of each call to a program that customers' messages come from.

Its programmers want to see what we sent, when, and what they answered; a
provider's own log tells the same for the other channels.
"""

from odoo import api, fields, models

from ..providers.errors import ProviderError, RetryLater, Uncertain
from ..wording import explain


class HelpdeskSocialDelivery(models.Model):
    _name = "helpdesk.social.delivery"
    _description = "Social Delivery"
    _order = "id desc"
    _log_access = False

    message_id = fields.Many2one(
        "helpdesk.social.message", required=True, index=True, ondelete="cascade"
    )
    account_id = fields.Many2one(
        "helpdesk.social.account", required=True, ondelete="cascade"
    )
    ticket_id = fields.Many2one(related="message_id.ticket_id")
    at = fields.Datetime(string="When", required=True)
    attempt = fields.Integer()
    milliseconds = fields.Integer(string="Answered after (ms)", aggregator="avg")
    result = fields.Selection(
        [
            ("taken", "Taken"),
            ("later", "Tried again later"),
            ("refused", "Refused"),
            ("uncertain", "Without an answer"),
        ],
        required=True,
    )
    code = fields.Char()
    error = fields.Char(string="Reason")

    _account_idx = models.Index("(account_id, id)")

    @api.model
    def _result(self, outcome):
        if isinstance(outcome, RetryLater):
            return "later"
        if isinstance(outcome, Uncertain):
            return "uncertain"
        return "refused" if isinstance(outcome, ProviderError) else "taken"


class HelpdeskSocialAccount(models.Model):
    _inherit = "helpdesk.social.account"

    logs_deliveries = fields.Boolean(compute="_compute_ways_in")

    def action_deliveries(self):
        self.ensure_one()
        own = [("account_id", "=", self.id)]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Deliveries"),
            "res_model": "helpdesk.social.delivery",
            "view_mode": "list,pivot",
            "domain": own,
        }


class HelpdeskSocialMessage(models.Model):
    _inherit = "helpdesk.social.message"

    def _log_delivery(self, outcome, seconds):
        self.ensure_one()
        if not self.account_id.logs_deliveries:
            return
        failed = isinstance(outcome, ProviderError)
        deliveries = self.env["helpdesk.social.delivery"].sudo()
        deliveries.create(
            {
                "message_id": self.id,
                "account_id": self.account_id.id,
                "at": fields.Datetime.now(),
                "attempt": self.attempts,
                "milliseconds": int(seconds * 1000),
                "result": deliveries._result(outcome),
                "code": outcome.code if failed else False,
                "error": failed
                and explain(self.account_id._inbound_env().env, outcome),
            }
        )
