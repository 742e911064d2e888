from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .. import engine, reach
from ..engine.types import RuleError, Severity, Word, WordRule
from ..wording import say
from ..wordlist import fold, letters

SAMPLE = 500  # newest texts that a typed word is looked for in


class ModerationWordCheck(models.TransientModel):
    """One word, typed to see at once what it would hit. Nothing is kept."""

    _name = "moderation.word.check"
    _description = "Check a Word"

    text = fields.Char("Word")
    suffixes = fields.Char("Endings", help="With spaces between: s inha")
    exact_accents = fields.Boolean("Accents count")
    everyday_html = fields.Html("Common words", compute="_compute_hits", sanitize=False)
    past_count = fields.Integer("Past texts", compute="_compute_hits")
    sample = fields.Integer("Texts looked at", compute="_compute_hits")
    problem = fields.Char(compute="_compute_hits")

    @api.depends("text", "suffixes", "exact_accents")
    def _compute_hits(self):
        for check in self:
            check.problem = check._problem()
            check.everyday_html = False
            check.past_count = check.sample = 0
            if check.text and not check.problem:
                check._look()

    def _problem(self):
        if not self.text:
            return False
        try:
            self.env["moderation.term"]._tidy(self.text)
            if letters(self.text) < 2:
                return self.env._("One letter would be found in nearly every text.")
            engine.compile_rules([self._rule()])
        except (UserError, ValidationError) as error:
            return str(error)
        except RuleError as error:
            return say(self.env, error)
        return False

    def _rule(self):
        word = Word(
            text=" ".join(self.text.split()),
            suffixes=tuple((self.suffixes or "").split()),
            exact_accents=self.exact_accents,
        )
        return WordRule("word", "reserved", Severity.LOW, words=(word,))

    def _look(self):
        rule = self._rule()
        self.everyday_html = self.env["moderation.trial"]._say_everyday(
            [
                [hit.text, hit.language, hit.zipf, fold(hit.text) == fold(self.text)]
                for hit in reach.everyday_hits(rule)
            ]
        )
        compiled = engine.compile_rules([rule])
        for name in self.env["moderation.content"]._moderation_history_models():
            # sudo: only how many there are, of a rule that will judge them all
            texts = self.env[name].sudo()._moderation_history(0, SAMPLE, newest=True)
            self.sample += len(texts)
            self.past_count += sum(
                bool(engine.scan(text._moderation_text(), compiled)) for text in texts
            )
