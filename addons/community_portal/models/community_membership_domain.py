import re

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

# Who has an address there says nothing about where he works.
FREE_MAIL = frozenset(
    [
        "aol.com",
        "bol.com.br",
        "gmail.com",
        "gmx.com",
        "googlemail.com",
        "hotmail.com",
        "hotmail.com.br",
        "icloud.com",
        "ig.com.br",
        "live.com",
        "live.com.br",
        "mail.com",
        "msn.com",
        "me.com",
        "outlook.com",
        "outlook.com.br",
        "proton.me",
        "protonmail.com",
        "r7.com",
        "terra.com.br",
        "uol.com.br",
        "yahoo.com",
        "yahoo.com.br",
        "ymail.com",
        "zipmail.com.br",
    ]
)
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


class CommunityDomain(models.Model):
    """An e-mail domain that belongs to a customer: who has an address there works
    there and joins without being asked why."""

    _name = "community.domain"
    _description = "E-mail Domain of a Company"
    _order = "name"

    name = fields.Char("E-mail domain", required=True, help="As example.com.")
    organisation_id = fields.Many2one(
        "res.partner",
        "Company",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("is_company", "=", True)],
    )
    active = fields.Boolean(default=True)

    _name_uniq = models.Constraint(
        "UNIQUE (name)", "This domain belongs to a company already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._clean(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._clean(vals))

    @api.model
    def _clean(self, vals):
        if not isinstance(vals.get("name"), str):
            return vals
        return vals | {"name": vals["name"].strip().lstrip("@").rstrip(".").lower()}

    @api.constrains("name")
    def _check_name(self):
        for domain in self:
            if not DOMAIN.fullmatch(domain.name):
                raise ValidationError(
                    self.env._("“%s” is no e-mail domain.", domain.name)
                )
            if domain.name in FREE_MAIL:
                raise ValidationError(
                    self.env._(
                        "Anybody can have an address at %s, so it says nothing about "
                        "where a person works.",
                        domain.name,
                    )
                )

    @api.constrains("organisation_id")
    def _check_organisation(self):
        for domain in self:
            company = domain.organisation_id.commercial_partner_id
            if company != domain.organisation_id:
                raise ValidationError(
                    self.env._(
                        "%(contact)s belongs to %(company)s. Name the company.",
                        contact=domain.organisation_id.name,
                        company=company.name,
                    )
                )

    @api.model
    def _organisation_of(self, email):
        """The company to which an address belongs: ``res.partner``, maybe empty;
        sudo. The address of a sub-domain is not one of the domain."""
        address = tools.email_normalize(email or "")
        if not address or email.count("@") > 1:
            return self.env["res.partner"].sudo()
        name = address.rpartition("@")[2]
        # sudo: whose domain it is concerns the vendor alone
        return self.sudo().search([("name", "=", name)], limit=1).organisation_id
