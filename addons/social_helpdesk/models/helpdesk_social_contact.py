from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..providers.phone import twins, variants
from ..providers.types import PHONE
from .text import fits, shorten, storable

NAME_LENGTH = 128
# Whom he is linked to is changed with his tickets and messages, so that it can be
# undone: ``helpdesk.social.merge``.
EDITABLE = {"name", "blocked"}


class HelpdeskSocialContact(models.Model):
    """A person as one provider knows him, linked to the partner he is."""

    _name = "helpdesk.social.contact"
    _description = "Social Contact"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(required=True)
    account_id = fields.Many2one(
        "helpdesk.social.account",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="account_id.company_id", store=True, index=True
    )
    provider = fields.Selection(related="account_id.provider")
    external_id = fields.Char(
        string="External ID",
        required=True,
        readonly=True,
        help="How the provider addresses him.",
    )
    other_id = fields.Char(
        string="Other ID",
        readonly=True,
        help="A second id of the same person, e.g. WhatsApp's business-scoped user id.",
    )
    username = fields.Char(readonly=True)
    phone = fields.Char(readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        index=True,
        check_company=True,
        ondelete="restrict",
        readonly=True,
    )
    blocked = fields.Boolean(
        help="What he writes is kept as events, but opens no ticket."
    )
    conversation_ids = fields.One2many("helpdesk.social.conversation", "contact_id")

    _external_unique = models.UniqueIndex(
        "(account_id, external_id)", "This account already knows that person."
    )
    _other_idx = models.Index("(account_id, other_id) WHERE other_id IS NOT NULL")

    def write(self, vals):
        """By hand, only what a person knows better than the provider: the ids
        decide whose messages these are."""
        if not self.env.su and not set(vals) <= EDITABLE:
            raise AccessError(
                self.env._(
                    "Only the name and the blocking of a social contact can be "
                    "changed. Use “Same person” or “Somebody else” to link it to "
                    "another contact; everything else comes from the provider."
                )
            )
        return super().write(vals)

    @api.model
    def _of(self, account, ids):
        """Everybody with one of these ids, as his first or his second."""
        return self.search(
            Domain("account_id", "=", account.id)
            & (
                Domain("external_id", "in", list(ids))
                | Domain("other_id", "in", list(ids))
            )
        )

    @api.model
    def _values(self, account, person):
        name = person.name or person.username or person.phone or person.id
        return {
            "account_id": account.id,
            "external_id": fits(person.id),
            "other_id": fits(person.other_ids[0]) if person.other_ids else False,
            "name": shorten(storable(name), NAME_LENGTH),
            "username": fits(person.username),
            "phone": fits(person.phone),
        }

    def _learn(self, person):
        """Take over what is new; never overwrite what an agent has corrected.

        :return: whether there was something
        """
        self.ensure_one()
        known = self._values(self.account_id, person)
        learned = {
            field: known[field]
            for field in ("username", "phone")
            if known[field] and not self[field]
        }
        ids = [fits(i) for i in (person.id, *person.other_ids)]
        ours = (self.external_id, self.other_id, *twins(self.external_id))
        new = [i for i in ids if i not in ours]
        # There is room for one more: the id that addresses him now comes first.
        if new and (new[0] == ids[0] or not self.other_id):
            learned["other_id"] = new[0]
        if person.name and self.name in (self.external_id, self.phone):
            learned["name"] = known["name"]
        if learned:
            self.write(learned)
        return bool(learned)

    def _become(self, old_id, person):
        """The customer changed his number; he is still the same person."""
        self.ensure_one()
        new_id = fits(person.id)
        if self._of(self.account_id, [new_id]):
            return
        self.conversation_ids.filtered(lambda c: c.thread == old_id).thread = new_id
        changed = "external_id" if self.external_id == old_id else "other_id"
        self.write({changed: new_id, **self._new_number(old_id, person)})

    def _new_number(self, old_id, person):
        """The old one will be somebody else's: the carrier gives it away again."""
        gone = f"+{old_id.removeprefix('+')}" in variants(self.phone or "")
        if not (person.phone or gone):
            return {}
        proven = PHONE in {*self.account_id._provider_class().proves, *person.proven}
        proven = proven and bool(person.phone)
        if self.partner_id.phone_sanitized in variants(self.phone or ""):
            self.partner_id.write(
                {"phone": person.phone, "social_said_phone": not proven}
            )
        return {"phone": person.phone or False, "phone_proven": proven}
