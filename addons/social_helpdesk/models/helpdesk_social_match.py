"""The same person on several channels is one partner with several contacts."""

from odoo import api, fields, models

from ..providers import known
from ..providers.types import EMAIL, PHONE, Person
from .known_partners import KnownPartners, one_form

HOW = [
    ("identity", "Same account at the provider"),
    ("phone", "Verified phone number"),
    ("email", "Verified e-mail"),
    ("new", "New contact"),
    ("agent", "An agent's decision"),
]


class HelpdeskSocialContact(models.Model):
    _inherit = "helpdesk.social.contact"

    email = fields.Char(string="E-mail", readonly=True)
    phone_proven = fields.Boolean(
        string="Phone Verified",
        readonly=True,
        help="The channel has made sure that the number is this person's.",
    )
    email_proven = fields.Boolean(
        string="E-mail Verified",
        readonly=True,
        help="The channel has made sure that the address is this person's.",
    )
    matched_by = fields.Selection(
        HOW,
        string="Linked by",
        readonly=True,
        help="Why this person is linked to this contact.",
    )

    _phone_idx = models.Index("(phone) WHERE phone IS NOT NULL")
    _email_idx = models.Index("(email) WHERE email IS NOT NULL")

    @api.model
    def _values(self, account, person):
        cls = account._provider_class()
        proven = {*cls.proves, *person.proven}
        return super()._values(account, person) | {
            "email": person.email or False,
            "phone_proven": bool(person.phone) and PHONE in proven,
            "email_proven": bool(person.email) and EMAIL in proven,
        }

    def _learn(self, person):
        """:return: whether it is something that may tell who he is"""
        known_before = super()._learn(person)
        news = self._values(self.account_id, person)
        learned = {"email": news["email"]} if not self.email and news["email"] else {}
        for kind in (PHONE, EMAIL):
            proof, same = f"{kind}_proven", learned.get(kind, self[kind]) == news[kind]
            if news[proof] and same and not self[proof]:
                learned[proof] = True
        if learned:
            self.write(learned)
        return known_before or bool(learned)

    def _proofs(self):
        """What was proved of him, as ``KnownPartners`` compares it."""
        self.ensure_one()
        proved = [
            (PHONE, self.phone_proven and one_form(self.phone or "")),
            (EMAIL, self.email_proven and self.email),
        ]
        return [(kind, value) for kind, value in proved if value]

    def _as_person(self):
        """Himself in the providers' words."""
        self.ensure_one()
        return Person(
            self.external_id,
            phone=self.phone or "",
            email=self.email or "",
            other_ids=(self.other_id,) if self.other_id else (),
            proven=tuple(kind for kind, _value in self._proofs()),
        )

    def _partner(self, partners=None):
        """His partner: the one he certainly is, else a new one.

        :param partners: ``KnownPartners`` of the batch he came in
        """
        self.ensure_one()
        if not self.partner_id:
            person = self._as_person()
            partners = partners or KnownPartners(self.account_id, [person])
            partner, how = partners.match(person)
            partner = partner or self._new_partner()
            partners.add(partner, person)
            self.write({"partner_id": partner.id, "matched_by": how})
        return self.partner_id

    def _new_partner(self):
        """Only what was proved is as good as what an agent has noted."""
        self.ensure_one()
        email = self.email if self.email_proven else False
        return self.env["res.partner"].create(
            {
                "name": self.name,
                "phone": self.phone,
                "email": email,
                "lang": self.account_id.lang,
                "company_id": False,
                "social_made": True,
                "social_said_phone": bool(self.phone) and not self.phone_proven,
            }
        )


class HelpdeskSocialAccount(models.Model):
    _inherit = "helpdesk.social.account"

    def _same_ids(self):
        """Accounts of the company on which an id names the same person, this one
        among them only if there are others."""
        self.ensure_one()
        cls = known().get(self.provider)
        scope = cls.scope_of(self._route().settings) if cls else ""
        if not scope:
            return self.browse()
        ids = [
            route.account_id
            for route in self._routes().values()
            if route.code == self.provider and cls.scope_of(route.settings) == scope
        ]
        accounts = self.browse(ids)
        return accounts.filtered(lambda a: a.company_id == self.company_id) - self
