"""What a rule is to the engine and to the gate."""

from datetime import datetime

from psycopg2 import IntegrityError

from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .. import engine
from ..engine import types
from ..gate import Audience
from ..schedule import Hours, Schedule
from . import common

MONDAY_9 = datetime(2026, 11, 23, 12, 0)  # 9 o'clock in São Paulo
MONDAY_22 = datetime(2026, 11, 24, 1, 0)
SUNDAY_9 = datetime(2026, 11, 22, 12, 0)


@tagged("post_install", "-at_install")
class TestEngineRule(common.ModerationCase):
    def test_words_with_all_that_belongs_to_them(self):
        rule = self.rule(
            words=(),
            allowed="Pau dos Ferros\n\n  pau-brasil ",
            severity="3",
            language_ids=[Command.link(self.env.ref("moderation.language_pt").id)],
            term_ids=[
                Command.create(
                    {
                        "text": " pau ",
                        "forms": "paus\npaulada\n",
                        "suffixes": "zinho  zão",
                        "excuses": "deu pau",
                        "allowed": "Pica-Pau",
                        "severity": "4",
                        "exact_accents": True,
                        "reversed": True,
                    }
                ),
                Command.create({"text": "rola", "active": False}),
            ],
        )
        word = types.Word(
            text="pau",
            forms=("paus", "paulada"),
            suffixes=("zinho", "zão"),
            excuses=("deu pau",),
            allowed=("Pica-Pau",),
            severity=types.Severity.SEVERE,
            exact_accents=True,
            reversed=True,
        )
        self.assertEqual(
            rule._engine_rule(),
            types.WordRule(
                key=str(rule.id),
                category="reserved",
                severity=types.Severity.HIGH,
                languages=("pt",),
                words=(word,),
                allowed=("Pau dos Ferros", "pau-brasil"),
            ),
        )

    def test_each_kind_is_a_rule_of_the_engine(self):
        company = self.company_of(self.customer)
        examples = {
            "pattern": ({"pattern": r"projeto \d{4}"}, types.PatternRule),
            "confidential": ({"words": ("cpf",)}, types.ConfidentialRule),
            "terms": (
                {"words": ("Projeto Aurora",), "company_partner_id": company.id},
                types.TermRule,
            ),
            "solicitation": ({"words": ("faço por fora",)}, types.SolicitationRule),
            "spam": ({"max_links": 3, "refused_domains": "x.com"}, types.SpamRule),
            "trick": ({"words": ("bidi",)}, types.TrickRule),
            "everything": ({}, types.EverythingRule),
        }
        for kind, (values, expected) in examples.items():
            words = values.pop("words", ())
            role = {"terms": "term", "solicitation": "phrase"}.get(kind)
            rule = self.env["moderation.rule"].create(
                {
                    "name": kind,
                    "set_id": self.rules.id,
                    "kind": kind,
                    "category_id": self.env.ref("moderation.category_other").id,
                    "term_ids": [
                        Command.create(
                            {"text": word} | ({"role": role} if role else {})
                        )
                        for word in words
                    ],
                    **values,
                }
            )
            rule._switch_on()
            made = rule._engine_rule()
            self.assertIs(type(made), expected)
            self.assertTrue(engine.compile_rules([made]))
        terms = self.env["moderation.rule"].search([("kind", "=", "terms")], limit=1)
        self.assertEqual(terms._engine_rule().company, str(company.id))
        self.assertEqual(terms._engine_rule().terms, ("Projeto Aurora",))

    def test_detectors_come_by_themselves_and_are_switched(self):
        rule = self.env["moderation.rule"].create(
            {
                "name": "All",
                "set_id": self.rules.id,
                "kind": "confidential",
                "category_id": self.env.ref("moderation.category_personal").id,
            }
        )
        self.assertIn("cpf", rule._engine_rule().detectors)
        rule.term_ids.filtered(lambda term: term.text == "cpf").active = False
        self.assertNotIn("cpf", rule._engine_rule().detectors)
        self.assertIn("card", rule._engine_rule().detectors)

    def test_some_chosen_detectors_stay_the_only_ones(self):
        rule = self.rule("confidential", words=("cpf",))
        self.assertEqual(rule._engine_rule().detectors, ("cpf",))
        self.assertGreater(len(rule.term_ids), 5, "the others can be switched on")

    def test_two_rules_share_a_list(self):
        first = self.rule(words=("bobalhão",), allowed="Bobalhão e Filhos")
        second = self.rule(action="coach", entries_of_id=first.id, words=("tolo",))
        texts = [word.text for word in second._engine_rule().words]
        self.assertCountEqual(texts, ["bobalhão", "tolo"])
        self.assertEqual(second._engine_rule().allowed, ("Bobalhão e Filhos",))
        first.term_ids.active = False
        self.assertEqual([w.text for w in second._engine_rule().words], ["tolo"])


@tagged("post_install", "-at_install")
class TestGateFacts(common.ModerationCase):
    def test_what_the_gate_is_told(self):
        rule = self.rule(
            action="coach",
            words=("bobalhão",),
            disguised_action="hold",
            insist="publish",
            exempt_staff=True,
            advice="Write it without.",
        )
        facts = rule._gate_facts()
        self.assertEqual(
            (facts.id, facts.action, facts.disguised_action, facts.insist),
            (rule.id, "coach", "hold", "publish"),
        )
        self.assertEqual(facts.category_id, rule.category_id.id)
        self.assertEqual(set(facts.advice.values()), {"Write it without."})
        self.assertTrue(facts.applies(Audience()))
        self.assertFalse(facts.applies(Audience(internal=True)))

    def test_groups_of_authors(self):
        who = {
            "customer": Audience(),
            "newcomer": Audience(new=True),
            "staff": Audience(internal=True),
        }
        expected = {
            "everybody": {"customer", "newcomer", "staff"},
            "external": {"customer", "newcomer"},
            "new": {"newcomer"},
            "internal": {"staff"},
        }
        rule = self.rule(words=("bobalhão",))
        for audience, names in expected.items():
            rule.audience = audience
            facts = rule._gate_facts()
            meant = {name for name, one in who.items() if facts.applies(one)}
            self.assertEqual(meant, names, audience)

    def test_chosen_companies_or_tags(self):
        company = self.company_of(self.customer)
        tag = self.env["res.partner.category"].create({"name": "Farms"})
        rule = self.rule(
            words=("bobalhão",), audience_company_ids=[Command.link(company.id)]
        )
        farm = Audience(company_id=7, tag_ids=frozenset(tag.ids))
        facts = rule._gate_facts()
        self.assertTrue(facts.applies(Audience(company_id=company.id)))
        self.assertFalse(facts.applies(farm))
        rule.audience_tag_ids = tag
        facts = rule._gate_facts()
        self.assertTrue(facts.applies(Audience(company_id=company.id)))
        self.assertTrue(facts.applies(farm))
        self.assertFalse(facts.applies(Audience(company_id=8)))

    def test_what_narrows_a_rule_cannot_be_deleted(self):
        """Without it the rule would be aimed at everybody, at any hour."""
        tag = self.env["res.partner.category"].create({"name": "Farms"})
        company = self.env["res.partner"].create({"name": "Sol", "is_company": True})
        calendar = self.calendar()
        language = self.env["moderation.language"].create({"name": "X", "code": "xx"})
        self.rule(
            words=("bobalhão",),
            audience_tag_ids=[Command.link(tag.id)],
            audience_company_ids=[Command.link(company.id)],
            calendar_id=calendar.id,
            language_ids=[Command.link(language.id)],
        )
        for record in (tag, company, calendar, language):
            with (
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                record.unlink()

    def test_working_hours_and_holidays(self):
        calendar = self.calendar()
        rule = self.rule(words=("bobalhão",), calendar_id=calendar.id)
        self.assertTrue(self.applies_at(rule, MONDAY_9))
        self.assertFalse(self.applies_at(rule, MONDAY_22))
        self.assertFalse(self.applies_at(rule, SUNDAY_9))
        rule.calendar_mode = "outside"
        self.assertFalse(self.applies_at(rule, MONDAY_9))
        self.assertTrue(self.applies_at(rule, MONDAY_22))
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": calendar.id,
                "date_from": datetime(2126, 11, 25, 3, 0),
                "date_to": datetime(2126, 11, 26, 2, 59),
            }
        )
        self.assertTrue(self.applies_at(rule, datetime(2126, 11, 25, 12, 0)))

    def test_from_and_until(self):
        rule = self.rule(
            words=("bobalhão",),
            date_from="2026-11-23 12:00:00",
            date_to="2026-11-24 01:00:00",
        )
        self.assertFalse(self.applies_at(rule, datetime(2026, 11, 23, 11, 59)))
        self.assertTrue(self.applies_at(rule, MONDAY_9))
        self.assertFalse(self.applies_at(rule, MONDAY_22))

    def test_an_end_before_the_beginning_is_refused(self):
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.rule(
                words=("bobalhão",),
                date_from="2026-11-23 12:00:00",
                date_to="2026-11-22 12:00:00",
            )

    def test_two_weeks_that_alternate(self):
        schedule = Schedule(hours=(Hours(0, 8, 12, week=1),))
        weeks = [datetime(2026, 11, 23, 9), datetime(2026, 11, 30, 9)]
        self.assertEqual(sorted(map(schedule.holds, weeks)), [False, True])

    def calendar(self):
        return self.env["resource.calendar"].create(
            {
                "name": "Desk",
                "tz": "America/Sao_Paulo",
                "attendance_ids": [
                    Command.clear(),
                    Command.create(
                        {"name": "M", "dayofweek": "0", "hour_from": 8, "hour_to": 18}
                    ),
                ],
            }
        )

    def applies_at(self, rule, now):
        return rule._gate_facts().applies(Audience(now=now))


@tagged("post_install", "-at_install")
class TestInForce(common.ModerationCase):
    def in_force(self, place="ticket", company=None, sets=()):
        rules = self.env["moderation.rule"]._in_force(
            place, company.id if company else 0, tuple(sets)
        )
        return rules & self.mine

    def setUp(self):
        super().setUp()
        self.mine = self.rule(words=("bobalhão",))

    def test_places(self):
        self.assertTrue(self.in_force("ticket"))
        self.rules.place_ids = self.env.ref("moderation.place_answer")
        self.assertFalse(self.in_force("ticket"))
        self.assertTrue(self.in_force("answer"))

    def test_companies(self):
        ours = self.env.company
        other = self.env["res.company"].create({"name": "Other"})
        self.assertTrue(self.in_force(company=other))
        self.rules.company_id = ours
        self.assertTrue(self.in_force(company=ours))
        self.assertFalse(self.in_force(company=other))
        self.assertFalse(self.in_force())

    def test_a_set_that_has_to_be_named(self):
        self.rules.everywhere = False
        self.assertFalse(self.in_force())
        self.assertTrue(self.in_force(sets=self.rules.ids))

    def test_switched_off_and_archived(self):
        self.mine.action_switch_off()
        self.assertFalse(self.in_force())
        self.mine._switch_on()
        self.rules.active = False
        self.assertFalse(self.in_force())

    def test_the_gate_hears_of_every_change(self):
        scanner = self.env["moderation.scanner"]
        calendar = self.env["resource.calendar"].create({"name": "C"})
        term = self.mine.term_ids
        changes = (
            lambda: self.mine.write({"advice": "x"}),
            lambda: term.write({"forms": "bobalhões"}),
            lambda: term.create({"rule_id": self.mine.id, "text": "tolo"}),
            lambda: self.rules.write({"everywhere": True}),
            lambda: self.mine.category_id.write({"code": "renamed"}),
            lambda: calendar.write({"name": "D"}),
            lambda: calendar.attendance_ids[0].write({"hour_to": 13}),
            lambda: term.unlink(),
            lambda: self.mine.unlink(),
        )
        for number, change in enumerate(changes):
            before = scanner._rules("ticket", 0, ())
            self.assertIs(before, scanner._rules("ticket", 0, ()), "it is kept")
            change()
            self.assertIsNot(before, scanner._rules("ticket", 0, ()), number)

    def test_many_rules_cost_no_more_queries_than_one(self):
        one = self.queries()
        for number in range(10):
            self.rule(words=(f"bobalhão{number}", f"tolo{number}"))
        self.assertLessEqual(self.queries(), one)

    def queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        for rule in self.env["moderation.rule"]._in_force("ticket", 0, ()):
            self.assertTrue(rule._engine_rule() and rule._gate_facts())
        return self.env.cr.sql_log_count - before


@tagged("post_install", "-at_install")
class TestSummary(common.ModerationCase):
    def test_it_says_what_happens(self):
        rule = self.rule(
            action="coach",
            words=("bobalhão", "tolo"),
            disguised_action="hold",
            audience="external",
        )
        self.assertEqual(
            rule.summary,
            "When a customer writes one of 2 words, the author is shown what to change "
            "before it is sent. Written in disguise (p.a.u., p4u), only the author "
            "sees it until a moderator decides. If the author insists, a moderator "
            "decides.",
        )

    def test_every_kind_and_action_has_its_words(self):
        rule = self.rule(words=("bobalhão",))
        rule.action_switch_off()
        for kind, _label in rule._fields["kind"].selection:
            for action, _label in rule._fields["action"].selection:
                rule.write({"kind": kind, "action": action})
                self.assertRegex(rule.summary, r"^When .+ writes .+, .+\.")

    def test_an_entry_opens_by_itself(self):
        term = self.rule(words=("bobalhão",)).term_ids
        action = term.action_open()
        self.assertEqual((action["res_model"], action["res_id"]), (term._name, term.id))

    def test_entries_have_names(self):
        rule = self.env["moderation.rule"].create(
            {
                "name": "All",
                "set_id": self.rules.id,
                "kind": "confidential",
                "category_id": self.env.ref("moderation.category_personal").id,
            }
        )
        rule.kind = "trick"
        for term in rule.term_ids:
            self.assertNotEqual(term.label, term.text)


@tagged("post_install", "-at_install")
class TestRuleRights(common.ModerationCase):
    def test_a_moderator_reads_and_a_manager_writes(self):
        manager = new_test_user(
            self.env, "manager@example.com", groups="moderation.group_manager"
        )
        rule = self.rule(words=("bobalhão",))
        for user in (self.moderator, self.agent, self.customer, self.employee):
            for records in (rule, rule.term_ids, rule.set_id):
                self.assertFalse(records.with_user(user).has_access("write"))
        self.assertTrue(rule.with_user(self.moderator).has_access("read"))
        self.assertFalse(rule.with_user(self.agent).has_access("read"))
        rule.with_user(manager).action_switch_off()
        self.assertEqual(rule.state, "off")


@tagged("post_install", "-at_install")
class TestRuleLog(common.ModerationCase):
    """Who changed what is kept for good."""

    def entries(self, rule):
        return self.env["moderation.log"].search(
            [("res_model", "=", rule._name), ("res_id", "=", rule.id)], order="id"
        )

    def test_a_rule_s_life(self):
        rule = self.rule(words=("bobalhão",))
        rule.action = "coach"
        rule.name = "Another name"
        rule.term_ids = [Command.create({"text": "toleirão"})]
        rule.term_ids[1].active = False
        rule.action_switch_off()
        entries = self.entries(rule)
        rule.unlink()
        self.assertEqual(
            (entries | self.entries(rule)).mapped("event"),
            [
                "rule.entries",
                "rule.created",
                "rule.switched_on",
                "rule.changed",
                "rule.entries",
                "rule.entries",
                "rule.switched_off",
                "rule.deleted",
            ],
        )
        changed = entries.filtered(lambda entry: entry.event == "rule.changed")
        self.assertEqual(changed.before, {"action": "hold"})
        self.assertEqual(changed.after, {"action": "coach"})
        self.assertEqual(entries[-1].after, {"state": "off"})
        self.assertTrue(all(entry.event_name != entry.event for entry in entries))

    def test_who_it_was(self):
        manager = new_test_user(
            self.env, "manager@example.com", groups="moderation.group_manager"
        )
        rule = self.rule(words=("bobalhão",))
        rule.with_user(manager).action_switch_off()
        self.assertEqual(self.entries(rule)[-1].uid, manager.id)

    def test_nothing_changed_is_no_news(self):
        rule = self.rule(words=("bobalhão",))
        before = len(self.entries(rule))
        rule.write({"action": rule.action, "sequence": 7})
        self.assertEqual(len(self.entries(rule)), before)
