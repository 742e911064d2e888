"""Which partners the people of a batch certainly are: looked up together.

Certain is what cannot be claimed by writing it: the same id at the provider, a number
or an address that was proved. A few queries, whatever the number of people.
"""

from collections import defaultdict
from typing import Any, NamedTuple

from odoo.fields import Domain
from odoo.tools import SQL

from ..providers import phone
from ..providers.types import EMAIL, PHONE
from . import person_lookup
from .res_partner import CLAIMED
from .text import fits

NOTED = {PHONE: person_lookup.PHONE, EMAIL: person_lookup.EMAIL}


class Match(NamedTuple):
    partner: Any  # res.partner, empty if nobody or several it could be
    how: str  # a value of helpdesk.social.contact.matched_by


def one_form(number: str) -> str:
    """The same for all forms in which a number may be stored; "" if it is none."""
    return min(phone.variants(number), default="")


class KnownPartners:
    """
    :param account: ``_inbound_env()`` of one account
    :param people: ``providers.types.Person`` who are no contacts yet
    """

    def __init__(self, account, people):
        self.account = account
        self.env = account.env
        self._proves = account._provider_class().proves
        self._by_id = defaultdict(self.env["res.partner"].browse)
        self._by_proof = defaultdict(self.env["res.partner"].browse)
        # those whose number or address was proved to us, not only noted by somebody
        self._proved = set()
        if people:
            self._find(people)

    def match(self, person) -> Match:
        """His partner. Two who have equal right to a number are both nobody: that
        is for an agent to decide."""
        same = self.env["res.partner"].union(
            *(self._by_id[i] for i in stored_ids(person))
        )
        if same:
            return self._only(same, "identity")
        found = {}
        for kind, value in self._proofs(person):
            if best := self._best((kind, value)):
                found[kind] = best
        how = PHONE if PHONE in found else EMAIL
        agreed = found.get(how, self.env["res.partner"])
        for others in found.values():
            agreed &= others
        return self._only(agreed, how)

    def add(self, partner, person):
        """He has a partner now, whom the next one of the same number gets, too."""
        for proof in self._proofs(person):
            self._by_proof[proof] |= partner
            self._proved.add((proof, partner.id))

    # --- who comes into question ------------------------------------------------------

    def _proofs(self, person):
        return [
            (kind, value)
            for kind, value in ((PHONE, one_form(person.phone)), (EMAIL, person.email))
            if value and (kind in self._proves or kind in person.proven)
        ]

    def _find(self, people):
        proofs = [proof for person in people for proof in self._proofs(person)]
        numbers = {v for kind, n in proofs if kind == PHONE for v in phone.variants(n)}
        emails = {value for kind, value in proofs if kind == EMAIL}
        self._find_contacts({i for p in people for i in stored_ids(p)}, numbers, emails)
        if proofs:
            self._find_partners(numbers, emails)

    def _find_contacts(self, ids, numbers, emails):
        """People whom this company's accounts know already, on whatever channel."""
        siblings = self.account._same_ids()
        same = Domain("account_id", "in", siblings.ids) & (
            Domain("external_id", "in", list(ids)) | Domain("other_id", "in", list(ids))
        )
        proved = Domain("company_id", "=", self.account.company_id.id) & (
            Domain("phone", "in", list(numbers)) & Domain("phone_proven", "=", True)
            | Domain("email", "in", list(emails)) & Domain("email_proven", "=", True)
        )
        found = self.env["helpdesk.social.contact"].search(same | proved)
        for contact in found.filtered("partner_id.active"):
            if contact.account_id in siblings:
                for external_id in filter(
                    None, [contact.external_id, contact.other_id]
                ):
                    self._by_id[external_id] |= contact.partner_id
            for proof in contact._proofs():
                self._by_proof[proof] |= contact.partner_id
                self._proved.add((proof, contact.partner_id.id))

    def _find_partners(self, numbers, emails):
        """People whose number or address the company has noted."""
        self.env["res.partner"].flush_model()
        noted = defaultdict(list)
        for number, ids in self._noted(PHONE, numbers):
            noted[PHONE, one_form(number)] += ids
        for email, ids in self._noted(EMAIL, emails):
            noted[EMAIL, email] += ids
        everybody = {i for ids in noted.values() for i in ids}
        for proof, ids in noted.items():
            found = self.env["res.partner"].browse(sorted(ids))
            self._by_proof[proof] |= found.with_prefetch(everybody)

    def _noted(self, kind, values):
        """What he has entered himself proves nothing."""
        condition = SQL("%s IS NOT TRUE", SQL.identifier(CLAIMED[kind]))
        company, expression = self.account.company_id, NOTED[kind]
        found = person_lookup.partners_by(
            self.env, company, expression, values, condition
        )
        return found.items()

    # --- whom it points to ------------------------------------------------------------

    def _best(self, proof):
        """Who proved it himself, then who has a login, then a person before the
        company that shares his number."""
        found = self._by_proof[proof]
        standing = {
            partner: (
                (proof, partner.id) in self._proved,
                bool(partner.user_ids),
                not partner.is_company,
            )
            for partner in found
        }
        highest = max(standing.values(), default=None)
        return found.filtered(lambda partner: standing[partner] == highest)

    def _only(self, partners, how) -> Match:
        return (
            Match(partners, how) if len(partners) == 1 else Match(partners[:0], "new")
        )


def stored_ids(person):
    return [fits(i) for i in (person.id, *person.other_ids)]
