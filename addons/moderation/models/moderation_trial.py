from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import reach
from ..wordlist import fold

SAMPLE = 2_000  # newest texts that are tried at once
BATCH = 500  # texts in one job: a fraction of a second
KEPT = 5_000  # hits that are kept to be looked at; the others are counted
SHOWN = 60  # common words
KEPT_DAYS = 90  # for trials
PRIORITY = 100  # after all that somebody waits for (10 is usual)


class ModerationTrial(models.Model):
    """What a rule would find in what was written until now. Nothing but the trial
    itself is changed by it."""

    _name = "moderation.trial"
    _description = "Trial of a Rule"
    _order = "id desc"

    rule_id = fields.Many2one(
        "moderation.rule", required=True, readonly=True, index=True, ondelete="cascade"
    )
    rule_state = fields.Selection(related="rule_id.state", string="Rule's state")
    state = fields.Selection(
        [
            ("sampled", "Newest texts tried"),
            ("running", "Searching all texts"),
            ("stopped", "Stopped"),
            ("done", "All texts tried"),
        ],
        required=True,
        readonly=True,
        default="sampled",
    )
    seen = fields.Integer("Texts tried", readonly=True)
    total = fields.Integer("Texts in all", readonly=True)
    progress = fields.Float(compute="_compute_progress")
    hit_count = fields.Integer("Places found", readonly=True)
    text_count = fields.Integer("Texts hit", readonly=True)
    hit_ids = fields.One2many("moderation.trial.hit", "trial_id", "Hits")
    everyday = fields.Json(readonly=True)
    everyday_html = fields.Html(
        "Common words", compute="_compute_everyday_html", sanitize=False
    )
    left = fields.Json(
        readonly=True,
        help="For each model that is not done yet, the id of the last text tried and "
        "of the last one to try.",
    )
    run = fields.Integer(
        readonly=True, help="How often it was started: an older job does nothing."
    )

    @api.depends("rule_id")
    def _compute_display_name(self):
        for trial in self:
            trial.display_name = self.env._("Trial of “%s”", trial.rule_id.name)

    @api.depends("seen", "total", "state")
    def _compute_progress(self):
        for trial in self:
            done = 100 * trial.seen / trial.total if trial.total else 100
            trial.progress = 100 if trial.state == "done" else min(done, 99)

    @api.depends("everyday")
    @api.depends_context("lang")
    def _compute_everyday_html(self):
        for trial in self:
            trial.everyday_html = self._say_everyday(trial.everyday or [])

    @api.autovacuum
    def _gc_trials(self):
        """What a rule would have hit months ago helps nobody any more."""
        old = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.search([("write_date", "<", old), ("state", "!=", "running")]).unlink()

    # --- the newest texts, at once ----------------------------------------------------

    @api.model
    def _try(self, rule):
        """Try a rule on common words and on the newest texts.

        :raises UserError: the engine cannot use the rule
        """
        rule.check_access("write")
        compiled = rule._compiled()
        trial = self.create(
            {"rule_id": rule.id, "everyday": self._everyday(rule), "left": {}}
        )
        names = self.env["moderation.content"]._moderation_history_models()
        for number, name in enumerate(names):
            share = (SAMPLE - trial.seen) // (len(names) - number)
            trial._sample(name, share, compiled)
        trial.total = trial.seen + trial._count_left()
        if not trial.left:
            trial.state = "done"
        return trial

    def _sample(self, name, limit, compiled):
        # sudo: the rule will judge every text, whoever may read it
        texts = self.env[name].sudo()._moderation_history(0, limit, newest=True)
        self._search_in(texts, compiled)
        if len(texts) == limit:
            self.left = {**(self.left or {}), name: [0, texts[0].id - 1]}

    def _count_left(self):
        """How many texts there are besides: about, where counting would be slow."""
        number = 0
        for name, (_after, upto) in (self.left or {}).items():
            model = self.env[name].sudo()
            domain = model._moderation_history_domain()
            number += model.search_count([*domain, ("id", "<=", upto)])
        return number

    @api.model
    def _everyday(self, rule):
        """:return: ``[[word, language, zipf, is listed], …]``"""
        listed = rule._listed()
        return [
            [hit.text, hit.language, hit.zipf, fold(hit.text) in listed]
            for hit in reach.everyday_hits(rule._engine_rule())
        ]

    @api.model
    def _say_everyday(self, everyday):
        """Common words that are hit, the commonest first and the most visible."""
        others = [word for word in everyday if not word[3]]
        listed = [word for word in everyday if word[3]]
        lines = [
            (
                self.env._("Common words that are not in the list, but would be hit:"),
                others,
            ),
            (self.env._("Words of the list that are in common use:"), listed),
        ]
        found = Markup("").join(
            Markup("<p>%s</p><p>%s</p>") % (title, self._badges(words))
            for title, words in lines
            if words
        )
        none = self.env._("It hits none of the 50,000 commonest words of a language.")
        return found or Markup("<p>%s</p>") % none

    @api.model
    def _badges(self, words):
        classes = ("text-bg-danger", "text-bg-warning", "text-bg-light")
        badges = [
            Markup('<span class="badge rounded-pill me-1 %s" title="%s">%s</span>')
            % (
                classes[0 if zipf >= 5 else 1 if zipf >= 4 else 2],
                self._say_frequency(zipf),
                word,
            )
            for word, _language, zipf, _listed in words[:SHOWN]
        ]
        if len(words) > SHOWN:
            badges.append(self.env._("and %s more", len(words) - SHOWN))
        return Markup(" ").join(badges)

    @api.model
    def _say_frequency(self, zipf):
        """Zipf's scale is the logarithm of the number in a thousand million words."""
        return self.env._("once in %s words", f"{round(10 ** (9 - zipf)):,}")

    # --- the rest, in the background --------------------------------------------------

    def action_search_all(self):
        """Start, or go on where it stopped."""
        for trial in self:
            trial.check_access("write")
            if trial.state == "done":
                raise UserError(self.env._("All past texts have been tried already."))
            trial.write({"state": "running", "run": trial.run + 1})
            trial._enqueue()
        return True

    def action_switch_on(self):
        return self.rule_id.action_switch_on()

    def action_hits(self):
        """All hits as a list, to deal with many of them at once."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hits"),
            "res_model": "moderation.trial.hit",
            "view_mode": "list",
            "domain": [("trial_id", "=", self.id)],
        }

    def action_stop(self):
        running = self.filtered(lambda trial: trial.state == "running")
        return running.write({"state": "stopped"})

    def _enqueue(self):
        self.with_delay(
            priority=PRIORITY,
            description=self.env._(
                "Try the rule “%s” on past texts", self.rule_id.name
            ),
        )._search_on(self.run)

    def _search_on(self, run):
        """Job: try the next texts, then queue what is left. All that it did is
        stored with its place in one transaction: killed, it is done again."""
        self.ensure_one()
        if not self.exists() or self.run != run or self.state != "running":
            return
        name, (after, upto) = next(iter(sorted(self.left.items())))
        # sudo: as above
        texts = self.env[name].sudo()._moderation_history(after, BATCH, upto)
        self._search_in(texts, self.rule_id._compiled())
        left = dict(self.left or {})
        if len(texts) == BATCH:
            left[name] = [texts[-1].id, upto]
        else:
            del left[name]
        self.left = left
        if left:
            self._enqueue()
        else:
            self.state = "done"

    def _search_in(self, texts, compiled):
        found = [
            (text, findings)
            for text in texts
            if (findings := self.rule_id._find_in(text, compiled))
        ]
        room = max(KEPT - self.hit_count, 0)
        values = [
            hit
            for text, findings in found
            for hit in self.env["moderation.trial.hit"]._prepare(self, text, findings)
        ]
        self.env["moderation.trial.hit"].sudo().create(values[:room])
        self.write(
            {
                "seen": self.seen + len(texts),
                "hit_count": self.hit_count + len(values),
                "text_count": self.text_count + len(found),
            }
        )
