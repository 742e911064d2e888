import re
from contextlib import nullcontext

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..providers.errors import ProviderError
from ..providers.types import Template
from ..wording import explain

PIECE = 100  # templates of one transaction
PLACE = re.compile(r"\{\{\s*([\w]+)\s*\}\}")


class HelpdeskSocialTemplate(models.Model):
    """A message that the provider approved for writing first."""

    _name = "helpdesk.social.template"
    _description = "Social Message Template"
    _order = "account_id, name, language"

    account_id = fields.Many2one(
        "helpdesk.social.account", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="account_id.company_id", store=True, index=True
    )
    active = fields.Boolean(default=True)
    external_id = fields.Char(string="External ID", required=True, readonly=True)
    name = fields.Char(required=True, readonly=True)
    language = fields.Char(readonly=True)
    category = fields.Char(readonly=True)
    status = fields.Char(readonly=True)
    header = fields.Char(readonly=True)
    header_kind = fields.Char(readonly=True)
    body = fields.Text(readonly=True)
    footer = fields.Char(readonly=True)
    buttons = fields.Json(readonly=True)
    variables = fields.Json(readonly=True)
    components = fields.Json(readonly=True)
    usable = fields.Boolean(compute="_compute_usable", search="_search_usable")

    _external_unique = models.UniqueIndex("(account_id, external_id)")

    @api.depends("name", "language")
    def _compute_display_name(self):
        for template in self:
            template.display_name = f"{template.name} ({template.language})"

    @api.depends("status", "active", "header_kind")
    def _compute_usable(self):
        for template in self:
            template.usable = template.active and template.status == "approved"

    def _search_usable(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("status", "=" if True in value else "!=", "approved")]

    def _as_template(self):
        self.ensure_one()
        return Template(
            external_id=self.external_id,
            name=self.name,
            language=self.language or "",
            category=self.category or "",
            status=self.status or "",
            body=self.body or "",
            header=self.header or "",
            header_kind=self.header_kind or "text",
            footer=self.footer or "",
            buttons=tuple(self.buttons or ()),
            variables=tuple(self.variables or ()),
            components=tuple(self.components or ()),
        )

    def _filled(self, section, values):
        """A section's text with its variables filled in.

        :param section: "header" or "body"
        :param values: ``{"body:1": "Maria"}``; what is empty stays visible
        """
        return PLACE.sub(
            lambda place: values.get(f"{section}:{place[1]}") or place[0],
            (self.header if section == "header" else self.body) or "",
        )

    def _preview(self, values):
        """The message as the customer will read it, as plain text."""
        self.ensure_one()
        sections = [self._filled("body", values), self.footer]
        if (self.header_kind or "text") == "text":
            sections.insert(0, self._filled("header", values))
        return "\n\n".join(filter(None, sections))


class HelpdeskSocialAccount(models.Model):
    _inherit = "helpdesk.social.account"

    def action_sync_templates(self):
        """Button: fetch the templates now."""
        self.check_access("write")
        for account in self:
            try:
                account._sync_templates(in_job=False)
            except ProviderError as error:
                raise UserError(explain(self.env, error)) from None
        return True

    @api.model
    def _cron_sync_templates(self):
        for account in self.search([("state", "!=", "draft")]).filtered(
            "has_templates"
        ):
            account.with_delay(
                identity_key=f"social_templates:{account.id}"
            )._sync_templates()

    def _sync_templates(self, in_job=True):
        """Job, or an administrator's button: what the provider has is what agents can
        choose from."""
        self.ensure_one()
        fetched = {t.external_id: t for t in self._provider().templates()}
        stored = (
            self.template_ids.sudo()
            .with_context(active_test=False)
            .search([("account_id", "=", self.id)])
        )
        gone = stored.filtered(lambda t: t.external_id not in fetched)
        gone.filtered("active").active = False
        known = stored.grouped("external_id")
        found = list(fetched.values())
        for start in range(0, len(found), PIECE):
            with self._gently() if in_job else nullcontext():
                self._take_templates(found[start : start + PIECE], known)

    def _take_templates(self, fetched, known):
        """:param known: stored ones by their provider's id"""
        new = []
        for template in fetched:
            values = self._template_values(template)
            if stored := known.get(template.external_id):
                # most have not changed since yesterday
                changed = {
                    field: value
                    for field, value in values.items()
                    if (stored[field] or False) != (value or False)
                }
                if changed:
                    stored.write(changed)
            else:
                new.append({**values, "account_id": self.id})
        self.env["helpdesk.social.template"].sudo().create(new)

    @api.model
    def _template_values(self, template):
        return {
            "active": True,
            "external_id": template.external_id,
            "name": template.name,
            "language": template.language,
            "category": template.category,
            "status": template.status,
            "header": template.header,
            "header_kind": template.header_kind,
            "body": template.body,
            "footer": template.footer,
            "buttons": list(template.buttons),
            "variables": list(template.variables),
            "components": list(template.components),
        }
