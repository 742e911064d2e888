"""Who a contact may be: looked for in a job, told to an agent, never acted upon."""

import json
from collections import defaultdict

from odoo import fields, models
from odoo.tools import SQL

from ..providers import phone
from ..providers.said import key_of_name
from .helpdesk_social_suggestion import STRENGTH
from .known_partners import one_form
from .person_lookup import (
    EMAIL,
    NAME,
    PHONE,
    contacts_by,
    contacts_who_said,
    partners_by,
)
from .res_partner import CLAIMED

BEST = 5  # suggestions of one contact
CHUNK = 200  # contacts of one job
PRIORITY = 20  # after everything else in the queue
SHORTEST = 4  # characters of a user name that says something
# What partners have, and what contacts have, by kind.
NOTED = {"phone": PHONE, "email": EMAIL, "name": NAME}
TOLD = {
    "phone": SQL("phone"),
    "email": SQL("email"),
    "username": SQL("lower(username)"),
}


class HelpdeskSocialContact(models.Model):
    _inherit = "helpdesk.social.contact"

    suggestion_ids = fields.One2many("helpdesk.social.suggestion", "contact_id")
    clue_ids = fields.One2many(
        "helpdesk.social.clue", "contact_id", groups="base.group_system"
    )

    _username_idx = models.Index("(lower(username)) WHERE username IS NOT NULL")

    def _enqueue_suggest(self):
        for start in range(0, len(self), CHUNK):
            self[start : start + CHUNK].with_delay(priority=PRIORITY)._suggest()

    def _suggest(self):
        """Job: compare these with everybody their company knows."""
        self = self.exists().filtered("partner_id")
        self.env.flush_all()
        told = self.browse()
        for company, contacts in self.grouped("company_id").items():
            reasons = contacts._reasons(company)
            told |= contacts._write_suggestions(contacts._best(reasons))
        told._tell_open_tickets()

    # --- reasons ----------------------------------------------------------------------

    def _reasons(self, company):
        """:return: ``{(contact, partner): {code}}``"""
        found = defaultdict(set)
        for code, by_contact in self._facts().items():
            kind = code.removeprefix("said_").removesuffix("_proven")
            self._compare(company, kind, code, by_contact, found)
        self._compare_ids(found)
        partners = self.env["res.partner"].union(*(partner for _c, partner in found))
        partners.fetch(["active", *CLAIMED.values(), "commercial_partner_id"])
        return {
            (contact, partner): _weighed(contact, partner, codes)
            for (contact, partner), codes in found.items()
            if partner.active and partner != contact.partner_id
        }

    def _facts(self):
        """What is known of each, by the reason that it would be:
        ``{code: {value: contacts}}``."""
        facts = defaultdict(lambda: defaultdict(self.browse))
        for contact in self:
            for code, value in contact._own_facts():
                if value:
                    facts[code][value] |= contact
        return facts

    def _own_facts(self):
        number = one_form(self.phone or "")
        yield "phone_proven" if self.phone_proven else "phone", number
        yield "email_proven" if self.email_proven else "email", self.email
        username = (self.username or "").lower()
        yield "username", len(username) >= SHORTEST and username
        yield "name", key_of_name(self.name)
        for clue in self.clue_ids:
            number = one_form(clue.value) if clue.kind == "phone" else clue.value
            yield f"said_{clue.kind}", number

    def _compare(self, company, kind, code, by_value, found):
        """With partners, with other contacts, and with what those have said.

        :param by_value: contacts of ``self`` by what is compared
        """
        values = {value: value for value in by_value}
        if kind == "phone":
            values = {form: v for v in by_value for form in phone.variants(v)}
        mine = {form: by_value[value] for form, value in values.items()}
        if kind in NOTED:
            hits = partners_by(self.env, company, NOTED[kind], mine)
            for form, partner in _each(self.env["res.partner"], hits):
                _note(found, mine[form], partner, code)
        if kind in TOLD:
            hits = contacts_by(self.env, company, TOLD[kind], mine)
            for form, other in _each(self, hits):
                theirs = mine[form].filtered(lambda c, o=other: c._may_be(o, kind))
                _note(found, theirs, other.partner_id, other._as_sure(code, kind))
        if kind in NOTED and kind in TOLD:
            hits = contacts_who_said(self.env, company, kind, mine)
            for form, other in _each(self, hits):
                _note(found, mine[form] - other, other.partner_id, f"said_{kind}")

    def _may_be(self, other, kind):
        """A user name is one person's on a channel, and somebody else's there."""
        return kind != "username" or self.provider != other.provider

    def _as_sure(self, code, kind):
        """Both sides have to have proved it."""
        proved = kind in ("phone", "email") and self[f"{kind}_proven"]
        return code if proved else code.removesuffix("_proven")

    def _compare_ids(self, found):
        """Found to be the same only after each had a partner."""
        for account, contacts in self.grouped("account_id").items():
            siblings = account._same_ids()
            ids = {i for c in contacts for i in (c.external_id, c.other_id) if i}
            for other in siblings and self.search(
                [
                    ("account_id", "in", siblings.ids),
                    "|",
                    ("external_id", "in", list(ids)),
                    ("other_id", "in", list(ids)),
                ]
            ):
                same = {other.external_id, other.other_id} - {False}
                mine = contacts.filtered(
                    lambda c, s=same: not s.isdisjoint((c.external_id, c.other_id))
                )
                _note(found, mine, other.partner_id, "identity")

    # --- suggestions ------------------------------------------------------------------

    def _best(self, reasons):
        """The strongest few of each, without what an agent has dismissed."""
        decided = self._decided()
        by_contact = defaultdict(list)
        for (contact, partner), codes in reasons.items():
            pair = {(contact.id, partner.id), (contact.partner_id.id, partner.id)}
            if pair.isdisjoint(decided):
                codes = sorted(codes, key=lambda code: (-STRENGTH[code], code))
                strength = min(100, sum(STRENGTH[code] for code in codes))
                by_contact[contact].append((strength, -partner.id, codes))
        return {
            contact: sorted(found, reverse=True)[:BEST]
            for contact, found in by_contact.items()
        }

    def _decided(self):
        """Pairs that are not the same person: (contact, partner), and the other way
        round as (partner, partner of the contact who is not he). And whom he was
        taken from, as the same person."""
        found = self.env["helpdesk.social.suggestion"].search(
            [
                ("state", "=", "dismissed"),
                "|",
                ("contact_id", "in", self.ids),
                ("partner_id", "in", self.partner_id.ids),
            ]
        )
        merges = self.env["helpdesk.social.merge"].search(
            [
                ("state", "=", "done"),
                ("kind", "=", "merge"),
                ("contact_ids", "in", self.ids),
            ]
        )
        return (
            {(s.contact_id.id, s.partner_id.id) for s in found}
            | {(s.partner_id.id, s.contact_id.partner_id.id) for s in found}
            | {(c.id, m.from_partner_id.id) for m in merges for c in m.contact_ids}
        )

    def _write_suggestions(self, best):
        """One statement: two jobs may come to the same at the same time.

        :return: contacts of whom something is new
        """
        suggestions = self.env["helpdesk.social.suggestion"]
        rows = [
            (contact.id, -minus_id, json.dumps(codes), strength)
            for contact, found in best.items()
            for strength, minus_id, codes in found
        ]
        kept = {row[:2] for row in rows}
        stale = suggestions.search(
            [("contact_id", "in", self.ids), ("state", "=", "open")]
        ).filtered(lambda s: (s.contact_id.id, s.partner_id.id) not in kept)
        changed = stale.contact_id
        stale.unlink()
        if rows:
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO helpdesk_social_suggestion
                           (contact_id, partner_id, reasons, strength, state,
                            create_date, write_date)
                    VALUES %s
                    ON CONFLICT (contact_id, partner_id) DO UPDATE
                       SET reasons = EXCLUDED.reasons, strength = EXCLUDED.strength
                     WHERE helpdesk_social_suggestion.state = 'open'
                    RETURNING contact_id
                    """,
                    SQL(", ").join(
                        SQL("(%s, %s, %s::jsonb, %s, 'open', now(), now())", *row)
                        for row in rows
                    ),
                )
            )
            changed |= self.browse({row[0] for row in self.env.cr.fetchall()})
        suggestions.invalidate_model()
        return changed

    def _tell_open_tickets(self):
        """Whoever has one open sees it come and go."""
        for account, contacts in self.grouped("account_id").items():
            account._tell_tickets(contacts.conversation_ids.ticket_id)


def _each(records, hits):
    for value, ids in hits.items():
        for record_id in ids:
            yield value, records.browse(record_id)


def _note(found, contacts, partner, code):
    for contact in contacts:
        if partner:
            found[contact, partner].add(code)


def _weighed(contact, partner, codes):
    """What the customer has entered himself proves nothing, a name in the same
    company says more; of two grades of one reason the stronger one counts."""
    own = contact.partner_id
    claims = {f"{name}_proven": name for name in CLAIMED if partner[CLAIMED[name]]}
    codes = {claims.get(code, code) for code in codes}
    company = own.commercial_partner_id
    if "name" in codes and company != own and company == partner.commercial_partner_id:
        codes = codes | {"name_company"}
    weaker = {
        "phone": {"phone_proven"},
        "email": {"email_proven"},
        "said_phone": {"phone_proven", "phone"},
        "said_email": {"email_proven", "email"},
        "name": {"name_company"},
    }
    return {code for code in codes if weaker.get(code, set()).isdisjoint(codes)}
