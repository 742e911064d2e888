"""Where channels and the gate meet."""

import logging

from odoo import fields, models

from odoo.addons.queue_job.exception import RetryableJobError

from ..providers.errors import ProviderError, RetryLater
from ..wording import explain

_logger = logging.getLogger(__name__)


class HelpdeskSocialAccount(models.Model):
    _inherit = "helpdesk.social.account"

    moderation_set_ids = fields.Many2many(
        "moderation.rule.set",
        string="Moderation rules",
        help="Sets of rules for this account, beside those that hold for all.",
    )

    def _triage(self, messages):
        """Mark what agents should know of customers' messages before they read."""
        self.ensure_one()
        messages._moderation_triage("channel", self.moderation_set_ids)

    def _covered(self, text, author, is_html=False):
        """For a ticket's title and description, which everybody sees in lists. The
        message itself keeps all that the customer wrote."""
        self.ensure_one()
        return self.env["moderation.scanner"]._covered(
            text, "channel", author, self.company_id, self.moderation_set_ids, is_html
        )


class HelpdeskSocialMessage(models.Model):
    _inherit = "helpdesk.social.message"

    def _hide_at_provider(self, hidden):
        """Job: hide a public comment where it was written, or show it again."""
        self.ensure_one()
        provider = self.account_id._provider()
        try:
            provider.hide(self.external_id, hidden)
        except RetryLater as error:
            raise RetryableJobError(
                "The provider asks to wait", seconds=error.seconds or None
            ) from error
        except ProviderError as error:
            self.error = explain(self.account_id._inbound_env().env, error)
            self._announce()


class MailMessage(models.Model):
    _inherit = "mail.message"

    def _moderation_withdraw(self, case, state="hidden"):
        result = super()._moderation_withdraw(case, state)
        self._social_hide(True)
        return result

    def _moderation_put_back(self, document, kept):
        result = super()._moderation_put_back(document, kept)
        self._social_hide(False)
        return result

    def _social_hide(self, hidden):
        """What a moderator hides here is hidden on the public page as well, where
        the provider can do that."""
        for message in self.sudo().social_message_ids:
            account = message.account_id
            if (
                message.direction == "in"
                and message.external_id
                and account._provider_class().can_hide
            ):
                message.with_delay()._hide_at_provider(hidden)
