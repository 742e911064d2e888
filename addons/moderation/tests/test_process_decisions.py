from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .process_common import ProcessCase


@tagged("post_install", "-at_install")
class TestDecisions(ProcessCase):
    def test_approving_publishes_and_tells_the_author(self):
        message, case = self.held()
        self.assertNotIn("treco", str(self.shown(self.agent)))
        case.with_user(self.moderator).action_approve()
        self.assertIn("treco", str(self.shown(self.agent)))
        self.assertEqual((case.state, case.content_state), ("decided", "published"))
        self.assertTrue(case.closed_at)
        self.assertEqual(
            self.letters(self.customer.partner_id), ["About what you wrote to us"]
        )
        self.assertEqual(self.events(case)[-1], "decision.made")
        self.assertEqual(message.model, "helpdesk.ticket")

    def test_approving_what_nobody_held_tells_nobody(self):
        case = self._reported()
        self.decide(case, "approve")
        self.assertFalse(self.letters(self.customer.partner_id))

    def _reported(self):
        message = self.published()
        report = self.env["moderation.report"].with_user(self.agent)
        category = self.env.ref("moderation.category_insult")
        return report._report(message.with_user(self.agent), category).case_id

    def test_masking_covers_what_is_marked_and_publishes(self):
        message, case = self.held("<p>um <b>treco</b> aqui</p>")
        self.decide(case, "mask")
        self.assertEqual(case.content_state, "masked")
        self.assertIn("<b>█████</b>", str(message.body))
        self.assertIn("█", str(self.shown(self.agent)))

    def test_masking_needs_something_marked(self):
        case = self._reported()
        with self.assertRaisesRegex(UserError, "Nothing is marked"):
            self.decide(case, "mask")

    def test_hiding_what_is_published(self):
        message = self.published("<p>ruim mesmo</p>")
        report = self.env["moderation.report"].with_user(self.agent)
        category = self.env.ref("moderation.category_insult")
        case = report._report(message.with_user(self.agent), category).case_id
        self.decide(case, "hide")
        self.assertNotIn("ruim mesmo", str(self.shown(self.agent)))
        self.assertEqual(message.model, "moderation.case")

    def test_whoever_loses_something_is_told_why(self):
        _message, case = self.held()
        for kind in ("mask", "hide", "warn", "silence", "read_only", "suspend"):
            for reason in ("", "  \n", None):
                with self.assertRaisesRegex(UserError, "Give a reason"):
                    self.decide(case, kind, reason)
        self.assertEqual(case.state, "waiting")
        self.assertFalse(case.decision_ids)

    def test_only_one_decision_stands(self):
        _message, case = self.held()
        self.decide(case, "approve")
        with self.assertRaisesRegex(UserError, "not open any more"):
            self.decide(case, "hide", user=self.second)

    def test_nobody_decides_on_his_own_text(self):
        _message, case = self.held()
        case.author_id = self.moderator.partner_id
        with self.assertRaisesRegex(UserError, "wrote themselves"):
            self.decide(case, "approve")
        self.decide(case, "approve", user=self.second)

    def test_no_such_decision(self):
        _message, case = self.held()
        with self.assertRaisesRegex(UserError, "no such decision"):
            self.decide(case, "shout")

    def test_allowing_the_phrase_from_now_on(self):
        _message, case = self.held("<p>um treco novo</p>")
        case.with_user(self.moderator).action_allow()
        self.assertTrue(case.finding_ids.false_alarm)
        self.assertIn("treco", self.word.allowed)
        self.assertEqual(
            self.post("<p>um treco novo</p>").sudo().model, "helpdesk.ticket"
        )
        self.assertEqual(self.word.false_alarm_count, 1)
        case.last_decision_id.with_user(self.moderator).action_undo()
        self.assertFalse(case.finding_ids.false_alarm)
        self.assertFalse(self.word.allowed)
        self.assertEqual(self.word.false_alarm_count, 0)
        self.held("<p>um treco novo</p>")

    def test_escalating_keeps_the_case_and_opens_a_ticket(self):
        team = self.env["helpdesk.ticket.team"].create({"name": "Legal"})
        _message, case = self.held()
        self.decide(case, "escalate", "Is this a threat?", team=team)
        self.assertEqual((case.state, case.content_state), ("claimed", "held"))
        self.assertEqual(case.user_id, self.moderator)
        ticket = case.ticket_ids
        self.assertEqual(ticket.team_id, team)
        self.assertFalse(ticket.partner_id, "The author does not see it")
        self.assertIn("Is this a threat?", str(ticket.description))
        self.assertNotIn("treco", str(ticket.description))
        self.decide(case, "approve")
        self.assertEqual(case.state, "decided")

    def test_a_held_change_is_applied_or_dropped(self):
        for kind, body in (("approve", "treco"), ("hide", "bom dia")):
            message = self.published()
            message.with_user(self.customer).write({"body": "<p>treco</p>"})
            case = self.case_of(message)
            self.assertEqual(case.content_state, "edit_held")
            self.assertIn("bom dia", str(message.body))
            self.decide(case, kind)
            self.assertIn(body, str(message.body))
            self.assertEqual(case.content_state, "published")
            self.assertFalse(message.moderation_state)

    def test_a_held_change_is_masked(self):
        message = self.published()
        message.with_user(self.customer).write({"body": "<p>um treco</p>"})
        case = self.case_of(message)
        self.decide(case, "mask")
        self.assertIn("um █████", str(message.body))
        case.last_decision_id._undo("oops")
        self.assertIn("bom dia", str(message.body))
        self.assertEqual(case.content_state, "edit_held")
        self.decide(case, "approve")
        self.assertIn("um treco", str(message.body))

    def test_a_ticket_itself(self):
        ticket = (
            self.env["helpdesk.ticket"]
            .with_user(self.customer)
            .sudo()
            .create({"name": "Um treco", "description": "<p>não vai</p>"})
        )
        case = self.case_of(ticket)
        self.assertEqual(case.content_state, "held")
        self.decide(case, "mask")
        self.assertEqual(ticket.name, "Um █████")
        self.assertEqual(ticket.moderation_state, "published")
        case.last_decision_id._undo("oops")
        self.assertEqual(ticket.name, "Um treco")
        self.assertEqual(ticket.moderation_state, "held")

    def test_many_at_once(self):
        _one, first = self.held()
        _two, second = self.held()
        cases = first | second
        action = cases.with_user(self.moderator).action_decide_many()
        wizard = (
            self.env["moderation.decide"]
            .with_user(self.moderator)
            .with_context(**action["context"])
            .create({"kind": "hide", "reason": "Both are"})
        )
        self.assertEqual(wizard.case_ids.ids, cases.ids)
        wizard.action_decide()
        self.assertEqual(set(cases.mapped("content_state")), {"hidden"})
        self.assertEqual(len(cases.decision_ids), 2)

    def wizard(self, case, **values):
        return (
            self.env["moderation.decide"]
            .with_user(self.moderator)
            .create({"case_ids": case.ids, "reason": "Because", **values})
        )

    def test_how_long(self):
        _message, case = self.held()
        for days in (-1, 3651, 2**31 - 1):
            wizard = self.wizard(case, kind="silence", days=days)
            with self.assertRaisesRegex(UserError, "between 1 and 3650 days"):
                wizard.action_decide()
        place = self.env.ref("moderation.place_ticket")
        self.wizard(
            case, kind="silence", days=2, place_ids=place.ids, content_action="publish"
        ).action_decide()
        sanction = case.decision_ids.sanction_ids
        self.assertEqual((sanction.end - sanction.start).days, 2)
        self.assertEqual(sanction.place_ids, place)
        self.assertEqual(case.content_state, "published")

    def test_the_reason_that_fits_is_chosen_already(self):
        _message, case = self.held()
        wizards = self.env["moderation.decide"].with_user(self.moderator)
        for category, template in (
            ("insult", "moderation.message_hide_insult"),
            ("spam", "moderation.message_hide_spam"),
            ("reserved", None),
        ):
            case.category_id = self.env.ref(f"moderation.category_{category}")
            action = case.with_user(self.moderator).action_hide()
            chosen = wizards.with_context(**action["context"]).create({}).template_id
            expected = template and self.env.ref(template)
            self.assertEqual(chosen, expected or chosen.browse())

    def test_all_or_none(self):
        _one, first = self.held()
        _two, second = self.held()
        second.with_user(self.second).action_claim()
        with self.assertRaisesRegex(UserError, "Liz"):
            self.decide(first | second, "hide")
        self.assertEqual(first.state, "waiting")

    def test_text_that_is_gone(self):
        message, case = self.held()
        message.unlink()
        self.decide(case, "approve")
        self.assertEqual((case.state, case.content_state), ("decided", "gone"))

    def test_the_author_s_language(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        template = self.env.ref("moderation.message_hide_insult")
        template.with_context(lang="pt_BR").reason = "O texto ofende alguém."
        self.customer.lang = "pt_BR"
        _message, case = self.held()
        action = case.with_user(self.moderator).action_hide()
        wizard = (
            self.env["moderation.decide"]
            .with_user(self.moderator)
            .with_context(**action["context"])
            .create({"kind": "hide", "template_id": template.id})
        )
        self.assertEqual(wizard.reason, "O texto ofende alguém.")
        self.assertIn("Portugu", wizard.language)

    def test_what_comes_next(self):
        self.cases.search([]).state = "closed"
        _one, first = self.held()
        _two, second = self.held()
        second.severity = "4"
        third = self._reported()
        third.with_user(self.second).action_claim()
        mine = first.with_user(self.moderator)
        self.assertEqual(mine._next_case(), second)
        self.decide(second, "approve")
        self.assertNotIn(third, mine._next_case())
        params = mine.action_approve()["params"]
        self.assertNotEqual(params["case_id"], first.id)

    def test_sanctions_need_somebody(self):
        _message, case = self.held()
        case.author_id = False
        with self.assertRaisesRegex(UserError, "Nobody knows who wrote this"):
            self.decide(case, "silence")
        case.author_id = self.agent.partner_id
        with self.assertRaisesRegex(UserError, "one of our own people"):
            self.decide(case, "suspend")


@tagged("post_install", "-at_install")
class TestClaims(ProcessCase):
    def test_the_second_is_told_who_has_it(self):
        _message, case = self.held()
        case.with_user(self.moderator).action_claim()
        self.assertEqual((case.state, case.user_id), ("claimed", self.moderator))
        with self.assertRaisesRegex(UserError, "Max has Case"):
            case.with_user(self.second).action_claim()
        with self.assertRaisesRegex(UserError, "Max has Case"):
            case.with_user(self.second).action_approve()
        with self.assertRaisesRegex(UserError, "Max has Case"):
            case.with_user(self.second).action_unclaim()
        case.with_user(self.moderator).action_claim()
        case.with_user(self.moderator).action_unclaim()
        self.assertEqual((case.state, case.user_id.id), ("waiting", False))
        case.with_user(self.second).action_claim()
        self.assertEqual(case.user_id, self.second)
        self.assertEqual(
            self.events(case),
            ["case.opened", "case.claimed", "case.put_back", "case.claimed"],
        )

    def test_an_administrator_puts_anything_back(self):
        _message, case = self.held()
        case.with_user(self.moderator).action_claim()
        case.with_user(self.manager).action_unclaim()
        self.assertEqual(case.state, "waiting")

    def test_claiming_waits_for_whoever_is_at_it(self):
        _message, case = self.held()
        self.env.flush_all()
        queries = []
        execute = type(self.env.cr).execute

        def spy(cursor, query, *args, **kwargs):
            queries.append(str(query))
            return execute(cursor, query, *args, **kwargs)

        self.patch(type(self.env.cr), "execute", spy)
        case.with_user(self.moderator).action_claim()
        locks = [i for i, query in enumerate(queries) if "FOR UPDATE" in query]
        writes = [i for i, q in enumerate(queries) if 'UPDATE "moderation_case"' in q]
        self.env.flush_all()
        self.assertTrue(locks)
        self.assertFalse(writes and min(writes) < locks[0])

    def test_restricted_cases_are_for_administrators(self):
        _message, case = self.held()
        with self.assertRaises(AccessError):
            case.with_user(self.moderator).action_restrict()
        case.with_user(self.manager).action_restrict()
        seen = self.cases.with_user(self.moderator).search([("id", "=", case.id)])
        self.assertFalse(seen)
        with self.assertRaises(AccessError):
            case.with_user(self.moderator).action_approve()
        findings = case.finding_ids.with_user(self.moderator)
        self.assertFalse(findings.search([("id", "in", findings.ids)]))
        case.with_user(self.manager).action_approve()
        decision = case.decision_ids
        self.assertFalse(decision.with_user(self.moderator)._filtered_access("read"))
        self.assertTrue(decision.with_user(self.manager)._filtered_access("read"))
