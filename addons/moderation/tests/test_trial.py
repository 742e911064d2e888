"""Trying a rule on the past, and learning from false alarms."""

from unittest.mock import patch

from markupsafe import Markup

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from ..models import moderation_trial
from . import common


class TrialCase(common.ModerationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env, "boss@example.com", groups="moderation.group_manager"
        )

    def draft(self, kind="word", **values):
        rule = self.rule(kind, **values)
        rule.action_switch_off()
        return rule.with_user(self.manager)

    def trial(self, rule):
        return self.env["moderation.trial"].browse(rule.action_try()["res_id"])

    def small(self, sample=2, batch=2):
        """Few texts are many with such pages."""
        self.patch(moderation_trial, "SAMPLE", sample * len(self.models()))
        self.patch(moderation_trial, "BATCH", batch)

    def models(self):
        return self.env["moderation.content"]._moderation_history_models()


@tagged("post_install", "-at_install")
class TestSample(TrialCase):
    def test_what_would_have_been_hit(self):
        self.post("tudo certo")
        self.post("seu bobalhão")
        trial = self.trial(self.draft(words=("bobalhão",)))
        self.assertEqual((trial.hit_count, trial.text_count), (1, 1))
        self.assertGreaterEqual(trial.seen, 2)
        self.assertEqual(trial.state, "done")
        self.assertIn("<mark>bobalhão</mark>", trial.hit_ids.excerpt)
        self.assertEqual(trial.hit_ids.document, self.ticket.display_name)

    def test_disguised_in_markup(self):
        self.post(Markup("<p>seu p<b>.a.</b>u <i>&lt;b&gt;</i></p>"))
        hit = self.trial(self.draft(words=("pau",))).hit_ids
        self.assertTrue(hit.disguised)
        self.assertIn("<mark>p.a.u</mark>", hit.excerpt)
        self.assertIn("&lt;b&gt;", hit.excerpt, "it is text, never markup")

    def test_nothing_is_changed(self):
        message = self.post("seu bobalhão")
        cases = self.env["moderation.case"].search_count([])
        before = message.read()
        self.trial(self.draft(words=("bobalhão",)))
        self.assertEqual(message.read(), before)
        self.assertEqual(self.env["moderation.case"].search_count([]), cases)

    def test_places_and_audience_count(self):
        self.post("seu bobalhão")
        rule = self.draft(words=("bobalhão",))
        rule.set_id.sudo().place_ids = self.env.ref("moderation.place_answer")
        self.assertFalse(self.trial(rule).hit_count)
        rule.set_id.sudo().place_ids = self.env.ref("moderation.place_ticket")
        rule.audience = "internal"
        self.assertFalse(self.trial(rule).hit_count)
        rule.audience = "external"
        self.assertEqual(self.trial(rule).hit_count, 1)

    def test_a_secret_is_not_shown_and_not_stored(self):
        self.post(f"meu CPF é {common.CPF}")
        hit = self.trial(self.draft("confidential", words=("cpf",))).hit_ids
        self.assertEqual(len(hit), 1)
        self.env.cr.execute("SELECT t::text FROM moderation_trial_hit t")
        stored = str(self.env.cr.fetchall())
        for text in (str(hit.excerpt), stored, str(hit.read())):
            self.assertNotIn("982", text)
        self.assertIn("meu CPF é", hit.excerpt)

    def test_common_words(self):
        rule = self.draft("pattern", pattern="bobalhão|paulo")
        html = self.trial(rule).everyday_html
        self.assertIn("not in the list", html)
        self.assertIn(">paulo</span>", html)
        self.assertIn(
            "none of the", self.trial(self.draft(words=("xyzzyx",))).everyday_html
        )

    def test_a_text_that_is_gone(self):
        message = self.post("seu bobalhão")
        hit = self.trial(self.draft(words=("bobalhão",))).hit_ids
        message.sudo().unlink()
        hit.invalidate_recordset()
        self.assertIn("deleted", hit.excerpt)
        with self.assertRaises(UserError):
            hit.action_open_text()
        hit.action_false_alarm()

    def test_a_rule_that_cannot_be_used(self):
        rule = self.draft("pattern", pattern="bobalhão")
        rule.pattern = "("
        with self.assertRaisesRegex(UserError, "cannot be used"):
            rule.action_try()

    def test_rights(self):
        self.post("seu bobalhão")
        rule = self.draft(words=("bobalhão",))
        trial = self.trial(rule)
        for user in (self.moderator, self.agent, self.customer):
            with self.assertRaises(AccessError):
                rule.with_user(user).action_try()
            with self.assertRaises(AccessError):
                trial.hit_ids.with_user(user).read(["excerpt"])
            with self.assertRaises(AccessError):
                trial.with_user(user).action_search_all()
        with self.assertRaises(AccessError):
            trial.hit_ids.with_user(self.manager).write({"outcome": "case"})


@tagged("post_install", "-at_install")
class TestHistory(TrialCase):
    """The whole past, page by page."""

    def setUp(self):
        super().setUp()
        for number in range(7):
            self.post("seu bobalhão" if number % 2 else "tudo certo")
        self.rule_id = self.draft(words=("bobalhão",))

    def run_all(self, trial, most=100):
        """The jobs, one after the other, as the runner would."""
        steps = 0
        while trial.state == "running" and steps < most:
            with trap_jobs() as trap:
                trial._search_on(trial.run)
                steps += 1
                if trial.state == "running":
                    trap.assert_jobs_count(1, only=trial._search_on)
        return steps

    def test_the_sample_and_the_rest_are_everything_once(self):
        everything = self.trial(self.rule_id)
        self.small()
        trial = self.trial(self.rule_id)
        self.assertEqual(trial.state, "sampled")
        self.assertLess(trial.seen, everything.seen)
        self.assertEqual(trial.total, everything.total)
        with trap_jobs() as trap:
            trial.action_search_all()
            trap.assert_jobs_count(1, only=trial._search_on)
            self.assertEqual(trap.enqueued_jobs[0].priority, 100)
        self.assertGreater(self.run_all(trial), 1)
        self.assertEqual(trial.state, "done")
        self.assertEqual(trial.seen, everything.seen)
        self.assertEqual(trial.hit_count, everything.hit_count)
        places = [(hit.res_model, hit.res_id) for hit in trial.hit_ids]
        self.assertEqual(len(places), len(set(places)))

    def test_progress(self):
        self.small()
        trial = self.trial(self.rule_id)
        seen = [trial.progress]
        with trap_jobs():
            trial.action_search_all()
            while trial.state == "running":
                trial._search_on(trial.run)
                seen.append(trial.progress)
        self.assertEqual(seen, sorted(seen))
        self.assertEqual(seen[-1], 100)
        self.assertLess(seen[-2], 100)

    def test_stop_and_go_on(self):
        self.small()
        trial = self.trial(self.rule_id)
        with trap_jobs():
            trial.action_search_all()
            trial._search_on(trial.run)
        at = trial.seen
        trial.action_stop()
        trial._search_on(trial.run)
        self.assertEqual((trial.state, trial.seen), ("stopped", at))
        with trap_jobs():
            trial.action_search_all()
        self.run_all(trial)
        self.assertEqual(trial.seen, trial.total)

    def test_an_older_job_does_nothing(self):
        self.small()
        trial = self.trial(self.rule_id)
        with trap_jobs():
            trial.action_search_all()
            old = trial.run
            trial.action_search_all()
            at = trial.seen
            trial._search_on(old)
            self.assertEqual(trial.seen, at)
            trial._search_on(trial.run)
        self.assertGreater(trial.seen, at)

    def test_a_killed_job_is_done_again_from_where_it_was(self):
        self.small()
        trial = self.trial(self.rule_id)
        with trap_jobs():
            trial.action_search_all()
        self.env.flush_all()
        before = trial.read(["seen", "hit_count", "left"])
        hits = len(trial.hit_ids)
        killed = patch.object(
            type(trial), "_enqueue", side_effect=RuntimeError("killed")
        )
        with killed, self.assertRaises(RuntimeError), self.env.cr.savepoint():
            trial._search_on(trial.run)
        trial.invalidate_recordset()
        self.assertEqual(trial.read(["seen", "hit_count", "left"]), before)
        self.assertEqual(len(trial.hit_ids), hits)
        self.run_all(trial)
        self.assertEqual(trial.seen, trial.total)

    def test_what_is_written_meanwhile_is_the_gate_s(self):
        self.small()
        trial = self.trial(self.rule_id)
        total = trial.total
        self.post("seu bobalhão")
        with trap_jobs():
            trial.action_search_all()
        self.run_all(trial)
        self.assertEqual(trial.seen, total)

    def test_a_page_costs_the_same_wherever_it_is(self):
        for _number in range(6):
            self.post("tudo certo")
        self.small(sample=1, batch=4)
        trial = self.trial(self.rule_id)
        costs = []
        with trap_jobs():
            trial.action_search_all()
            while trial.state == "running":
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                trial._search_on(trial.run)
                self.env.flush_all()
                costs.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(max(costs), 60)

    def test_a_rule_that_hits_everything_keeps_some(self):
        self.patch(moderation_trial, "KEPT", 2)
        trial = self.trial(self.rule_id)
        self.assertEqual(len(trial.hit_ids), 2)
        self.assertEqual(trial.hit_count, 3)

    def test_done_is_done(self):
        trial = self.trial(self.rule_id)
        self.assertEqual(trial.state, "done")
        with self.assertRaisesRegex(UserError, "tried already"):
            trial.action_search_all()

    def test_old_trials_go(self):
        old, new = self.trial(self.rule_id), self.trial(self.rule_id)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE moderation_trial SET write_date = '2020-01-01' WHERE id = %s",
            [old.id],
        )
        self.env.invalidate_all()
        self.env["moderation.trial"]._gc_trials()
        self.assertFalse(old.exists())
        self.assertTrue(new.exists())

    def test_a_deleted_trial_ends_its_jobs(self):
        self.small()
        trial = self.trial(self.rule_id)
        with trap_jobs():
            trial.action_search_all()
        run = trial.run
        trial.unlink()
        self.assertIsNone(trial._search_on(run))


@tagged("post_install", "-at_install")
class TestOutcomes(TrialCase):
    def test_open_cases_for_chosen_hits(self):
        first, second = self.post("seu bobalhão"), self.post("bobalhão!")
        trial = self.trial(self.draft(words=("bobalhão",)))
        trial.hit_ids.filtered(lambda hit: hit.res_id == first.id).action_open_case()
        cases = self.env["moderation.case"].search([("origin", "=", "trial")])
        self.assertEqual(cases._content(), first)
        self.assertEqual(cases.content_state, "published")
        outcomes = {hit.res_id: hit.outcome for hit in trial.hit_ids}
        self.assertEqual(outcomes, {first.id: "case", second.id: False})

    def test_many_hits_at_once(self):
        for _number in range(3):
            self.post("deu bobalhão no sistema")
        trial = self.trial(self.draft(words=("bobalhão",)))
        hits = self.env["moderation.trial.hit"].search(trial.action_hits()["domain"])
        hits.action_false_alarm()
        self.assertEqual(set(hits.mapped("outcome")), {"false_alarm"})
        self.assertEqual(trial.rule_id.allowed, "deu bobalhão no")
        self.assertEqual(trial.rule_id.false_alarm_count, 3)

    def test_a_false_alarm_is_let_pass_from_now_on(self):
        self.post("Ontem deu bobalhão no sistema")
        rule = self.draft(words=("bobalhão",))
        trial = self.trial(rule)
        trial.hit_ids.action_false_alarm()
        self.assertEqual(rule.allowed, "deu bobalhão no")
        self.assertEqual(rule.false_alarm_count, 1)
        self.assertEqual(trial.hit_ids.outcome, "false_alarm")
        self.assertFalse(self.trial(rule).hit_count)
        self.post("seu bobalhão")
        self.assertEqual(self.trial(rule).hit_count, 1)
        trial.hit_ids.action_false_alarm()
        self.assertEqual(rule.false_alarm_count, 1, "once is enough")

    def test_what_is_joined_to_the_word_is_allowed_with_it(self):
        self.post("comprei bobalhão-brasil na feira")
        rule = self.draft(words=("bobalhão",))
        self.trial(rule).hit_ids.action_false_alarm()
        self.assertEqual(rule.allowed, "bobalhão-brasil")

    def test_a_shared_list_learns_for_all(self):
        keeper = self.rule(words=("bobalhão",))
        self.post("bobalhão")  # held by it, so no past text
        keeper.action_switch_off()
        self.post("deu bobalhão no sistema")
        rule = self.draft(entries_of_id=keeper.id)
        self.trial(rule).hit_ids.action_false_alarm()
        self.assertFalse(rule.allowed)
        self.assertEqual(keeper.allowed, "deu bobalhão no")

    def test_a_secret_is_never_learned(self):
        self.post(f"meu CPF é {common.CPF}")
        rule = self.draft("confidential", words=("cpf",))
        self.trial(rule).hit_ids.action_false_alarm()
        self.assertFalse(rule.allowed)
        self.assertEqual(rule.false_alarm_count, 1)

    def test_a_public_value_is(self):
        rule = self.draft("confidential", words=("email",))
        self.trial(rule).hit_ids.action_false_alarm()
        known = set((rule.allowed or "").splitlines())  # what the demo's people wrote
        self.post("escreva para suporte@example.com")
        self.trial(rule).hit_ids.action_false_alarm()
        learned = set(rule.allowed.splitlines()) - known
        self.assertEqual(learned, {"suporte@example.com"})
        self.assertFalse(self.trial(rule).hit_count)


@tagged("post_install", "-at_install")
class TestFindings(TrialCase):
    def held(self):
        rule = self.rule(words=("bobalhão",))
        message = self.post("Ontem deu bobalhão no sistema")
        findings = message.sudo().moderation_case_id.finding_ids
        return rule, findings.with_user(self.moderator)

    def test_a_moderator_says_false_alarm(self):
        rule, findings = self.held()
        findings.action_false_alarm()
        self.assertTrue(findings.false_alarm)
        self.assertEqual(rule.allowed, "deu bobalhão no")
        self.assertEqual(rule.state, "on")
        self.post("de novo deu bobalhão no sistema")
        self.assertIn("de novo", str(self.shown(self.customer)))

    def test_others_cannot(self):
        rule, findings = self.held()
        for user in (self.agent, self.customer, self.employee):
            with self.assertRaises(AccessError):
                findings.with_user(user).action_false_alarm()
        self.assertFalse(rule.allowed or findings.false_alarm)

    def test_the_rate_is_counted_on(self):
        rule, findings = self.held()
        self.post("seu bobalhão")
        count = self.env["moderation.rule"]._count_findings
        self.patch(
            self.env.registry["moderation.rule"], "_settled_minutes", lambda self: -1
        )
        count()
        self.assertEqual(rule.finding_count, 2)
        count()
        self.assertEqual(rule.finding_count, 2, "each finding once")
        findings.action_false_alarm()
        self.assertEqual(rule.false_alarm_rate, 0.5)
        self.post("outro bobalhão")
        count()
        self.assertEqual(rule.finding_count, 3)
        self.assertAlmostEqual(rule.false_alarm_rate, 1 / 3)

    def test_fresh_findings_wait(self):
        rule, _findings = self.held()
        self.env["moderation.rule"]._count_findings()
        self.assertFalse(rule.finding_count)
