from odoo import api, models
from odoo.fields import Domain

from ..engine import types
from ..gate import RuleFacts
from ..schedule import Schedule
from ..wordlist import lines


class ModerationRule(models.Model):
    """Rules as the engine and the gate know them: without a database."""

    _inherit = "moderation.rule"

    @api.model
    def _in_force(self, place, company_id, set_ids=()):
        """The rules that are switched on in a place.

        :param place: code of a ``moderation.place``
        :param company_id: of ``res.company``; 0: only what holds for all companies
        :param set_ids: sets that the account or space names
        """
        named = Domain("set_id.everywhere", "=", True)
        if set_ids:
            named |= Domain("set_id", "in", list(set_ids))
        return self.search(
            Domain("state", "=", "on")
            & Domain("set_id.active", "=", True)
            & Domain("set_id.place_ids.code", "=", place)
            & Domain("set_id.company_id", "in", [company_id or False, False])
            & named
        )

    def _in_use(self):
        """These and the rules that share their entries, where they are switched on."""
        # sudo: a list may be shared with a rule of another company
        rules = self.sudo()
        rules |= rules.search([("entries_of_id", "in", self.ids)])
        return rules.filtered(lambda rule: rule.state == "on")

    # --- for the engine ---------------------------------------------------------------

    def _engine_rule(self):
        """:return: one of ``engine.types.AnyRule``, its key is the rule's id"""
        self.ensure_one()
        base = {
            "key": str(self.id),
            "category": self.category_id.code,
            "severity": types.Severity(int(self.severity)),
            "languages": tuple(self.language_ids.mapped("code")),
        }
        return getattr(self, f"_engine_{self.kind}")(base)

    def _entries(self, role=None):
        """The entries that are in use, those of another rule's list included.

        :return: a list, as records that are put together in one recordset forget
            which others are read with them
        """
        return [
            term
            for terms in (self.entries_of_id.term_ids, self.term_ids)
            for term in terms
            if term.active and (not role or term.role == role)
        ]

    def _allowed(self):
        return tuple(
            dict.fromkeys(lines(self.entries_of_id.allowed) + lines(self.allowed))
        )

    def _texts(self, role):
        """Each way of writing the entries of a role."""
        return tuple(
            text for term in self._entries(role) for text in term._written_forms()
        )

    def _engine_word(self, base):
        words = tuple(term._engine_word() for term in self._entries("word"))
        return types.WordRule(**base, words=words, allowed=self._allowed())

    def _engine_pattern(self, base):
        return types.PatternRule(**base, pattern=self.pattern or "")

    def _engine_confidential(self, base):
        return types.ConfidentialRule(
            **base,
            detectors=tuple(term.text for term in self._entries("detector")),
            allowed=self._allowed(),
        )

    def _engine_terms(self, base):
        company = self.company_partner_id.commercial_partner_id
        return types.TermRule(
            **base, company=str(company.id or ""), terms=self._texts("term")
        )

    def _engine_solicitation(self, base):
        return types.SolicitationRule(
            **base, phrases=self._texts("phrase"), offers=self._texts("offer")
        )

    def _engine_spam(self, base):
        return types.SpamRule(
            **base,
            max_links=self.max_links,
            max_links_new=self.max_links_new,
            near_duplicates=self.near_duplicates,
            pace=self.pace,
            pace_seconds=self.pace_seconds,
            max_mentions=self.max_mentions,
            shouting=self.shouting,
            domains=lines(self.refused_domains),
        )

    def _engine_trick(self, base):
        tricks = tuple(term.text for term in self._entries("trick"))
        return types.TrickRule(**base, tricks=tricks)

    def _engine_everything(self, base):
        return types.EverythingRule(**base)

    # --- for the gate -----------------------------------------------------------------

    def _gate_facts(self):
        """:return: ``gate.RuleFacts``"""
        self.ensure_one()
        return RuleFacts(
            id=self.id,
            action=self.action,
            disguised_action=self.disguised_action or "",
            insist=self.insist,
            category_id=self.category_id.id,
            audience=self.audience,
            exempt_staff=self.exempt_staff,
            company_ids=frozenset(self.audience_company_ids.commercial_partner_id.ids),
            tag_ids=frozenset(self.audience_tag_ids.ids),
            schedule=self._schedule(),
            advice=self._advice_by_language(),
        )

    def _advice_by_language(self):
        languages = self.env["res.lang"].get_installed() if self.advice else ()
        return {code: self.with_context(lang=code).advice for code, _name in languages}

    def _schedule(self):
        """:return: ``schedule.Schedule``, or None where the rule always holds"""
        calendar = self.calendar_id
        if not (self.date_from or self.date_to or calendar):
            return None
        return Schedule(
            start=self.date_from or None,
            end=self.date_to or None,
            hours=calendar._moderation_hours() if calendar else None,
            holidays=calendar._moderation_holidays() if calendar else (),
            zone=calendar.tz or "UTC",
            outside=self.calendar_mode == "outside",
        )
