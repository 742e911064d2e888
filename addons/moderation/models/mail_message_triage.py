import logging

import psycopg2
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.mail.tools.discuss import Store

from .. import engine

_logger = logging.getLogger(__name__)


class MailMessage(models.Model):
    """Messages from channels cannot be held up: the customer has sent them. What
    agents should know before they read is marked, and secrets are covered on the
    screen until somebody wants to see them."""

    _inherit = "mail.message"

    moderation_marks = fields.Json(
        readonly=True,
        copy=False,
        groups="base.group_user",
        help='{"labels": [{"kind", "category", "severity"}], "covered": spans}',
    )

    def _moderation_triage(self, place="channel", sets=None):
        """Mark these messages. A message is never lost for a fault in here."""
        for message in self.sudo():
            try:
                verdict = message._moderation_triage_verdict(place, sets)
            except psycopg2.Error:
                raise  # the transaction is lost: it is done again as a whole
            except Exception:
                _logger.exception("Message %s could not be scanned", message.id)
                continue
            if verdict.pairs:
                message._moderation_mark(verdict)
            elif message.moderation_marks:
                message._moderation_quiet().moderation_marks = False

    def _moderation_triage_verdict(self, place, sets):
        thread = self._moderation_thread(self.model, self.res_id)
        company = thread._moderation_company() if thread else self.env.company
        return self.env["moderation.scanner"]._judge(
            self._moderation_text(), place, self.author_id, company, sets, history=False
        )

    def _moderation_mark(self, verdict):
        labels = {
            finding.kind: {
                "kind": finding.kind,
                "category": rule.category_id,
                "severity": int(finding.severity),
            }
            for finding, rule in verdict.pairs
        }
        covered = [
            list(span)
            for finding in verdict.findings
            if finding.secret and finding.part == "body"
            for span in finding.spans
        ]
        self._moderation_quiet().moderation_marks = {
            "labels": list(labels.values()),
            "covered": covered,
        }
        self._moderation_tell(verdict)

    # --- on the screen ----------------------------------------------------------------

    def _moderation_covered_body(self):
        """The body as it is shown, mailed and quoted: with its secrets covered."""
        self.ensure_one()
        # sudo: where the secrets stand, for whoever may read the message
        marks = self.sudo().moderation_marks or {}
        if not marks.get("covered"):
            return self.body
        spans = [tuple(span) for span in marks["covered"]]
        return Markup(engine.mask(str(self.body), spans))

    def _moderation_labels(self):
        """What the agent sees above the message."""
        marks = self.sudo().moderation_marks or {}
        categories = self.env["moderation.category"].sudo()
        return [
            {
                "name": categories.browse(label["category"]).name or label["kind"],
                "color": categories.browse(label["category"]).color,
                "severity": label["severity"],
            }
            for label in marks.get("labels", ())
        ]

    def _moderation_info(self):
        marks = self.sudo().moderation_marks or {}
        return bool(marks) and {
            "labels": self._moderation_labels(),
            "covered": bool(marks.get("covered")),
        }

    @api.model
    def _field_store_repr(self, field_name):
        if field_name == "body":
            return [Store.Attr("body", value=lambda m: m._moderation_covered_body())]
        return super()._field_store_repr(field_name)

    def moderation_reveal(self):
        """The body with its secrets, for an agent who wants to see them; logged.

        :return: HTML
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user._is_internal():
            raise AccessError(self.env._("Only our own people can uncover this."))
        if not (self.sudo().moderation_marks or {}).get("covered"):
            return self.body
        self.env["moderation.log"]._append(
            "secret.shown",
            res_model=self._name,
            res_id=self.id,
            subject_number=self.sudo().author_id.id,
        )
        return self.body

    def _to_store_defaults(self, target):
        shown = super()._to_store_defaults(target)
        if target.is_internal(self.env):
            shown.append(
                Store.Attr("moderation_info", value=lambda m: m._moderation_info())
            )
        return shown
