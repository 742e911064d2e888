from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.translate import LazyTranslate

from ..engine.types import Severity, Word
from ..wordlist import MAX_ENTRIES, MAX_LENGTH, MAX_LIST, fold, letters, lines
from .moderation_rule import CHECKED, SEVERITIES

_lt = LazyTranslate(__name__)

ROLES = [
    ("word", "Word"),
    ("phrase", "Phrase"),
    ("offer", "Offer beside contact data"),
    ("term", "Company's term"),
    ("detector", "Detector"),
    ("trick", "Trick"),
]
SHOWN = 4  # forms or exceptions that a list names
ROLE_OF_KIND = {
    "word": "word",
    "terms": "term",
    "solicitation": "phrase",
    "confidential": "detector",
    "trick": "trick",
}
# What the engine recognises by its form, in words.
NAMES = {
    "private_key": _lt("Private key"),
    "connection_string": _lt("Database address with a password"),
    "token": _lt("Access token or API key"),
    "nfe_key": _lt("Access key of an invoice (NF-e)"),
    "card": _lt("Payment card"),
    "pix": _lt("PIX key"),
    "cnpj": _lt("CNPJ"),
    "cnh": _lt("Driving licence (CNH)"),
    "cpf": _lt("CPF"),
    "rg": _lt("Identity card (RG)"),
    "email": _lt("E-mail address"),
    "phone": _lt("Phone number"),
    "password": _lt("Password in plain words"),
    "bidi": _lt("Text whose direction is turned round"),
    "invisible": _lt("Invisible characters"),
    "zalgo": _lt("Marks piled up on letters"),
    "mixed_scripts": _lt("Letters of several alphabets in one word"),
    "hidden_style": _lt("Text hidden by its style"),
}


class ModerationTerm(models.Model):
    """One entry of a rule: a word with its forms, a phrase, a name, a detector."""

    _name = "moderation.term"
    _description = "Moderation Word"
    _order = "text, id"
    _rec_name = "text"

    rule_id = fields.Many2one(
        "moderation.rule", required=True, index=True, ondelete="cascade"
    )
    rule_kind = fields.Selection(related="rule_id.kind")
    role = fields.Selection(
        ROLES, compute="_compute_role", store=True, readonly=False, precompute=True
    )
    text = fields.Char(required=True)
    folded = fields.Char(compute="_compute_folded", store=True, index=True)
    label = fields.Char(compute="_compute_label", string="What it finds")
    active = fields.Boolean(default=True)
    forms = fields.Text(
        "Other forms", help="Whole words with the same meaning, one a line."
    )
    others_shown = fields.Char("Forms and exceptions", compute="_compute_others_shown")
    suffixes = fields.Char(
        "Endings", help="What may follow without a gap, with spaces between: s inha"
    )
    excuses = fields.Text(
        "Fine within",
        help="Phrases in which the word is harmless, one a line: deu pau",
    )
    allowed = fields.Text(
        "Harmless words", help="Words and names that only look like it, one a line."
    )
    language_ids = fields.Many2many(
        "moderation.language",
        string="Languages",
        ondelete="restrict",
        help="Empty: as the rule says.",
    )
    severity = fields.Selection(SEVERITIES, help="Empty: the rule's.")
    exact_accents = fields.Boolean(
        "Accents count", help="So that “cocô” does not hit “coco”."
    )
    reversed = fields.Boolean(
        "Reversed as well", help="Also written backwards or upside down."
    )
    pack_key = fields.Char(
        readonly=True, copy=False, help="The entry of a starter pack that this is."
    )

    @api.depends("rule_id.kind")
    def _compute_role(self):
        for term in self:
            term.role = term.role or ROLE_OF_KIND.get(term.rule_id.kind, "word")

    @api.depends("text")
    def _compute_folded(self):
        for term in self:
            term.folded = fold(term.text or "")

    @api.depends("text", "role")
    @api.depends_context("lang")
    def _compute_label(self):
        for term in self:
            named = NAMES.get(term.text) if term.role in ("detector", "trick") else None
            term.label = str(named or term.text or "")

    @api.depends("forms", "suffixes", "excuses", "allowed")
    @api.depends_context("lang")
    def _compute_others_shown(self):
        """Enough to know an entry by: some have thousands of forms."""
        for term in self:
            forms = lines(term.forms)
            fine = lines(term.excuses) + lines(term.allowed)
            parts = [_few(forms), " ".join(f"-{end}" for end in term._endings())]
            if fine:
                parts.append(self.env._("fine: %s", _few(fine)))
            term.others_shown = "; ".join(filter(None, parts))

    def _endings(self):
        return tuple((self.suffixes or "").split())

    def action_open(self):
        """All that belongs to one entry, in a dialog."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.text,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    # --- for the engine ---------------------------------------------------------------

    def _written_forms(self):
        return (self.text, *lines(self.forms))

    def _engine_word(self):
        """:return: ``engine.types.Word``"""
        self.ensure_one()
        return Word(
            text=self.text,
            forms=lines(self.forms),
            suffixes=self._endings(),
            excuses=lines(self.excuses),
            allowed=lines(self.allowed),
            languages=tuple(self.language_ids.mapped("code")),
            severity=Severity(int(self.severity)) if self.severity else None,
            exact_accents=self.exact_accents,
            reversed=self.reversed,
        )

    # --- what may be typed ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._check_number(vals_list)
        for vals in vals_list:
            vals["text"] = self._tidy(vals.get("text"))
        ids = {vals.get("rule_id") for vals in vals_list} - {None, False}
        rules = self.env["moderation.rule"].browse(ids)._in_use()
        known = rules._warned_of()
        terms = super().create(vals_list)
        self.env.registry.clear_cache("stable")
        rules._check_still_ready(known)
        return terms

    def write(self, vals):
        if "text" in vals:
            vals["text"] = self._tidy(vals["text"])
        adds = vals.keys() - {"active"} or vals.get("active")
        rules = self.rule_id._in_use() if adds else self.env["moderation.rule"]
        known = rules._warned_of()
        result = super().write(vals)
        self.env.registry.clear_cache("stable")
        rules._check_still_ready(known)
        return result

    def unlink(self):
        self.env.registry.clear_cache("stable")
        return super().unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_packs(self):
        if self.filtered("pack_key"):
            raise UserError(
                self.env._(
                    "This entry came with a starter pack, and an update would bring "
                    "it back. Switch it off instead: that lasts."
                )
            )

    @api.model
    def _check_number(self, vals_list):
        """Before anything is read, as the list may be endless."""
        if len(vals_list) > MAX_ENTRIES:
            raise UserError(self._too_many(len(vals_list)))
        rules = {vals.get("rule_id") for vals in vals_list} - {None, False}
        counts = self.with_context(active_test=False)._read_group(
            [("rule_id", "in", list(rules))], ["rule_id"], ["__count"]
        )
        for rule, count in counts:
            new = sum(vals.get("rule_id") == rule.id for vals in vals_list)
            if count + new > MAX_ENTRIES:
                raise UserError(self._too_many(count + new))

    @api.model
    def _too_many(self, number):
        return self.env._(
            "%(number)s entries are too many for one rule: it can hold %(most)s. "
            "Nothing was added. Divide them among several rules, or leave out what "
            "nobody writes.",
            number=number,
            most=MAX_ENTRIES,
        )

    @api.model
    def _tidy(self, text):
        """:raises ValidationError: there is nothing, or too much, to look for"""
        text = " ".join(str(text or "").split())
        if not letters(text):
            raise ValidationError(
                self.env._(
                    "A word is empty: there is nothing to look for. Type a word or "
                    "delete its line."
                )
            )
        if len(text) > MAX_LENGTH:
            raise ValidationError(
                self.env._(
                    "“%(start)s…” is longer than %(most)s characters. Words and "
                    "phrases are shorter; for longer texts use a pattern.",
                    start=text[:30],
                    most=MAX_LENGTH,
                )
            )
        return text

    @api.constrains("text", "forms", "role")
    def _check_letters(self):
        for term in self.filtered(lambda term: term.role in ("word", "phrase", "term")):
            for text in term._written_forms():
                self._tidy(text)
                if letters(text) < 2:
                    raise ValidationError(
                        self.env._(
                            "“%s” has one letter: it would be found in nearly every "
                            "text. Words need two letters or more.",
                            text,
                        )
                    )

    @api.constrains("forms", "excuses", "allowed", "suffixes")
    def _check_lengths(self):
        if self.env.context.get("moderation_switch") is CHECKED:
            return
        for term in self:
            for name in ("forms", "excuses", "allowed", "suffixes"):
                if len(term[name] or "") > MAX_LIST:
                    raise ValidationError(
                        self.env._(
                            "The list “%(field)s” of “%(word)s” is too long. Make "
                            "rules of several words of it.",
                            field=term._fields[name]._description_string(self.env),
                            word=term.text,
                        )
                    )


def _few(texts):
    shown = ", ".join(texts[:SHOWN])
    return f"{shown} (+{len(texts) - SHOWN})" if len(texts) > SHOWN else shown
