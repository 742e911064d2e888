import os
import secrets

from odoo import api, fields, models

ENVIRONMENT = "env:"
# How long a replaced secret is still accepted from the provider.
ROTATION_HOURS = 48


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
    help = fields.Text(compute="_compute_declared")
    secret = fields.Boolean(compute="_compute_declared")
    required = fields.Boolean(compute="_compute_declared")
    # Nobody reads it through the ORM's public doors, not even an administrator.
    value = fields.Char(groups=fields.NO_ACCESS, copy=False)
    former_value = fields.Char(groups=fields.NO_ACCESS, copy=False)
    former_until = fields.Datetime(
        string="Old one valid until",
        readonly=True,
        copy=False,
        help="Messages signed with the replaced value are still accepted, so that "
        "nothing is lost while the provider takes over the new one.",
    )
    shown = fields.Char(string="Stored value", compute="_compute_shown")
    to_copy = fields.Char(
        string="To copy",
        compute="_compute_shown",
        help="What you enter at the provider as well.",
    )
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
            declared = credential._declaration()
            copyable = bool(declared and declared.copyable)
            credential.to_copy = copyable and resolve(stored)

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
            credential.sudo()._replace(credential.new_value.strip())

    def _replace(self, value):
        """A new value; a secret's old one is taken for a while beside it."""
        self.ensure_one()
        old = self.value
        values = {"value": value}
        if old and value and old != value and self.secret:
            until = fields.Datetime.add(fields.Datetime.now(), hours=ROTATION_HOURS)
            values |= {"former_value": old, "former_until": until}
        elif not value:
            values |= {"former_value": False, "former_until": False}
        self.write(values)

    def action_end_former(self):
        """From now on the new value alone counts: the old one has leaked."""
        self.check_access("write")
        self.sudo().write({"former_value": False, "former_until": False})
        return True

    @api.autovacuum
    def _gc_former(self):
        ended = self.sudo().search([("former_until", "<", fields.Datetime.now())])
        ended.write({"former_value": False, "former_until": False})

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
