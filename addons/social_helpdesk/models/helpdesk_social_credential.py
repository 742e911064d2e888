import os
import secrets

from odoo import api, fields, models

ENVIRONMENT = "env:"


def resolve(value):
    """A stored value, or the environment's when it is written ``env:NAME``."""
    if value and value.startswith(ENVIRONMENT):
        return os.environ.get(value.removeprefix(ENVIRONMENT).strip(), "")
    return value or ""


class HelpdeskSocialCredential(models.Model):
    """One value that an account needs to speak with its provider."""

    _name = "helpdesk.social.credential"
    _description = "Social Account Credential"
    _order = "sequence, id"
    _rec_name = "label"

    account_id = fields.Many2one(
        "helpdesk.social.account", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(readonly=True)
    name = fields.Char(required=True, readonly=True)
    label = fields.Char(compute="_compute_declared")
    help = fields.Char(compute="_compute_declared")
    secret = fields.Boolean(compute="_compute_declared")
    required = fields.Boolean(compute="_compute_declared")
    # Nobody reads it through the ORM's public doors, not even an administrator.
    value = fields.Char(groups=fields.NO_ACCESS, copy=False)
    shown = fields.Char(string="Stored value", compute="_compute_shown")
    new_value = fields.Char(
        string="New value",
        compute="_compute_new_value",
        inverse="_inverse_new_value",
        help="Write env:NAME to take the value from the server's environment.",
    )

    _name_unique = models.UniqueIndex(
        "(account_id, name)", "This account already has that credential."
    )

    def _declaration(self):
        self.ensure_one()
        declared = self.account_id._provider_class().credentials
        return next((c for c in declared if c.name == self.name), None)

    @api.depends("name", "account_id.provider")
    @api.depends_context("lang")
    def _compute_declared(self):
        for credential in self:
            declared = credential._declaration()
            credential.label = (
                self.env._(declared.label) if declared else credential.name
            )
            credential.help = declared and declared.help and self.env._(declared.help)
            credential.secret = declared.secret if declared else True
            credential.required = declared.required if declared else False

    @api.depends("value")
    def _compute_shown(self):
        for credential in self:
            stored = credential.sudo().value or ""
            credential.shown = credential._mask(stored)

    def _mask(self, stored):
        if not stored:
            return self.env._("missing") if self.required else ""
        if stored.startswith(ENVIRONMENT):
            known = self.env._("found") if resolve(stored) else self.env._("missing")
            return f"{stored} ({known})"
        return "••••••••" if self.secret else stored

    def _compute_new_value(self):
        self.new_value = False

    def _inverse_new_value(self):
        for credential in self.filtered("new_value"):
            credential.sudo().value = credential.new_value.strip()

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    def _generated(self):
        """A webhook secret nobody has to invent (or can guess)."""
        return secrets.token_urlsafe(32)
