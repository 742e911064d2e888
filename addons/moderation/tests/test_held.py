"""What is held stays with its author and the moderators until it is decided."""

from psycopg2 import OperationalError

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..exceptions import Coached
from .common import CPF, ModerationCase


@tagged("post_install", "-at_install")
class TestHeld(ModerationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule(words=["pau"], action="hold")
        cls.Message = cls.env["mail.message"]

    def notified(self, message):
        return message.notification_ids.res_partner_id

    def test_author_sees_it_in_its_place(self):
        before = self.post("Bom dia")
        held = self.post("p.a.u.")
        after = self.post("Alguém aí?")
        thread = self.ticket.with_user(self.customer)
        fetch = self.Message.with_user(self.customer)._message_fetch
        found = fetch(None, thread=thread)["messages"]
        self.assertEqual(found.ids[:3], [after.id, held.id, before.id])
        self.assertEqual(
            held.with_user(self.customer)._moderation_shown_state(), "held"
        )
        self.assertFalse(held.with_user(self.agent)._moderation_shown_state())
        self.assertNotIn(held, fetch(None, thread=thread, before=before.id)["messages"])
        self.assertNotIn(held, fetch(None, thread=thread, after=held.id)["messages"])
        self.assertNotIn(
            held, fetch(None, thread=thread, search_term="qualquer")["messages"]
        )
        record = held.with_user(self.customer)._record_by_message()[
            held.with_user(self.customer)
        ]
        self.assertEqual((record._name, record.id), (self.ticket._name, self.ticket.id))

    def test_a_ticket_whose_user_was_deleted(self):
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET create_uid = NULL WHERE id = %s",
            [self.ticket.id],
        )
        self.ticket.invalidate_recordset()
        self.assertEqual(self.ticket._moderation_author(), self.customer.partner_id)

    def test_nobody_is_told_until_it_is_published(self):
        message = self.post("p.a.u.", partner_ids=self.employee.partner_id.ids)
        self.assertFalse(self.notified(message))
        self.assertFalse(message.partner_ids)
        with self.assertRaises(AccessError):
            message.with_user(self.employee).read(["body"])
        case = self.case_of(message)
        message._moderation_publish(case)
        self.assertEqual(message.res_id, self.ticket.id)
        self.assertIn(self.agent.partner_id, self.notified(message))
        self.assertEqual(message.partner_ids, self.employee.partner_id)
        self.assertTrue(message.with_user(self.agent).read(["body"]))
        count = len(message.notification_ids)
        message._moderation_withdraw(case)
        self.assertFalse(message.notification_ids)
        message._moderation_publish(case)
        self.assertEqual(len(message.notification_ids), count)

    def test_files(self):
        """Neither the record nor a link that was given out opens a held file."""
        message = self.post("p.a.u.", attachments=[("nota.xml", b"<nfe/>")])
        file = message.attachment_ids
        token = file.sudo().generate_access_token()[0]
        self.assertEqual(file.res_model, "moderation.case")
        binary = self.env["ir.binary"]
        for user in (self.agent, self.stranger, self.env.ref("base.public_user")):
            with self.subTest(user.login), self.assertRaises(AccessError):
                binary.with_user(user)._find_record(
                    res_id=file.id, access_token=token, field="raw"
                )
        for user in (self.customer, self.moderator):
            binary.with_user(user)._find_record(res_id=file.id, field="raw")
        message._moderation_publish(self.case_of(message))
        self.assertEqual(file.res_model, self.ticket._name)
        binary.with_user(self.agent)._find_record(res_id=file.id, field="raw")

    def test_a_file_that_others_see_already_stays(self):
        """A message that is held must not take away what somebody else posted."""
        public = self.post("Veja", attachments=[("nota.xml", b"<nfe/>")])
        file = public.attachment_ids
        self.post("p.a.u.", attachment_ids=file.ids)
        self.assertEqual(file.res_model, self.ticket._name)

    def test_hide_and_undo(self):
        message = self.post(
            "A nota foi rejeitada", attachments=[("nota.xml", b"<nfe/>")]
        )
        told = self.notified(message)
        self.assertTrue(told)
        case = self.env["moderation.case"].create(
            message._moderation_case_values() | {"origin": "manual"}
        )
        snapshot = message._moderation_snapshot()
        message._moderation_withdraw(case)
        case.content_state = "hidden"
        self.assertNotIn("rejeitada", "".join(self.shown(self.agent)))
        self.assertIn("rejeitada", "".join(self.shown(self.customer)))
        with self.assertRaises(AccessError):
            message.attachment_ids.with_user(self.agent).read(["name"])
        message._moderation_restore(case, snapshot)
        self.assertIn("rejeitada", "".join(self.shown(self.agent)))
        self.assertEqual(self.notified(message), told)
        self.assertEqual(message.attachment_ids.res_model, self.ticket._name)
        self.assertFalse(message.moderation_state)

    def test_hidden_text_leaves_by_no_email(self):
        message = self.post("A nota foi rejeitada")
        mail = self.env["mail.mail"].create(
            {"mail_message_id": message.id, "state": "outgoing"}
        )
        case = self.env["moderation.case"].create(message._moderation_case_values())
        snapshot = message._moderation_snapshot()
        message._moderation_withdraw(case)
        self.assertEqual(mail.state, "cancel")
        message._moderation_restore(case, snapshot)
        self.assertEqual(mail.state, "outgoing")

    def test_restore_to_held(self):
        """Undoing an approval holds the message again."""
        message = self.post("p.a.u.")
        case = self.case_of(message)
        snapshot = message._moderation_snapshot()
        message._moderation_publish(case)
        message._moderation_restore(case, snapshot)
        self.assertEqual(message.moderation_state, "held")
        self.assertNotIn("p.a.u", "".join(self.shown(self.agent)))

    def test_held_change(self):
        message = self.post("A nota foi rejeitada")
        ticket = self.ticket.with_user(self.customer).sudo()
        ticket._message_update_content(message, body="p.a.u.")
        case = self.case_of(message)
        message._moderation_publish(case)
        self.assertIn("p.a.u", message.body)
        self.assertFalse(message.moderation_state)

    def test_corrected_by_its_author(self):
        """Nobody has to decide about what its author has set right."""
        message = self.post("p.a.u.")
        case = self.case_of(message)
        thread = self.env[message.model].browse(message.res_id)
        thread.with_user(self.customer)._message_update_content(
            message.with_user(self.customer).sudo(), body="Desculpem"
        )
        self.assertEqual(message.model, self.ticket._name)
        self.assertEqual((case.state, case.content_state), ("closed", "published"))
        self.assertIn("Desculpem", "".join(self.shown(self.agent)))

    def test_not_corrected_enough(self):
        message = self.post("p.a.u.")
        case = self.case_of(message)
        message.with_user(self.customer).sudo().write({"body": "é p-a-u"})
        self.assertEqual(message.moderation_state, "held")
        self.assertEqual(case.state, "waiting")
        self.assertEqual(len(case.finding_ids), 1)

    def test_taken_back(self):
        message = self.post("p.a.u.")
        case = self.case_of(message)
        thread = self.env[message.model].browse(message.res_id)
        thread.with_user(self.customer)._message_update_content(
            message.with_user(self.customer).sudo(), body="", attachment_ids=[]
        )
        self.assertEqual((case.state, case.content_state), ("closed", "gone"))
        self.assertEqual(message.model, "moderation.case")

    def test_portal_speaks_the_customers_language(self):
        modules = self.env["ir.http"]._get_translation_frontend_modules_name()
        self.assertIn("moderation", modules)

    def test_mask(self):
        """A rule that masks leaves nothing of the words behind."""
        self.rule(words=["bobo"], action="mask", category="insult")
        message = self.post("seu bobo!")
        self.assertNotIn("bobo", message.body)
        self.assertIn("seu", message.body)
        self.assertEqual(message.model, self.ticket._name)
        self.env.cr.execute(
            "SELECT count(*) FROM moderation_case WHERE kept_body LIKE '%bobo%'"
        )
        self.assertEqual(self.env.cr.fetchone()[0], 0)

    def test_notify(self):
        self.rule(words=["procon"], action="notify", category="criticism")
        message = self.post("Vou ao procon")
        self.assertIn("procon", "".join(self.shown(self.agent)))
        case = self.case_of(message)
        self.assertEqual((case.state, case.content_state), ("waiting", "published"))

    def test_no_secret_beyond_the_content(self):
        """Neither findings nor the log repeat a secret."""
        self.rule("confidential", action="hold", category="personal", words=["cpf"])
        message = self.post(f"Meu CPF é {CPF}")
        case = self.case_of(message)
        self.assertTrue(case.finding_ids.secret)
        self.env.flush_all()
        digits = CPF.replace(".", "").replace("-", "")
        for table in ("moderation_finding", "moderation_log", "moderation_case"):
            self.env.cr.execute(f"SELECT t::text FROM {table} t")  # pylint: disable=sql-injection
            for (row,) in self.env.cr.fetchall():
                self.assertNotIn(CPF, row)
                self.assertNotIn(digits, row)

    def test_hot_path(self):
        """A harmless text costs the gate no query once its rules are known."""
        self.post("Bom dia")
        self.env.flush_all()
        content = self.Message._moderation_content({"body": "<p>Bom dia</p>"})
        author = self.customer.partner_id
        scanner = self.env["moderation.scanner"]
        company = self.ticket.company_id
        scanner._judge(content, "ticket", author, company)
        with self.assertQueryCount(0):
            scanner._judge(content, "ticket", author, company)


@tagged("post_install", "-at_install")
class TestTriage(ModerationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule("confidential", action="coach", category="personal", words=["cpf"])
        cls.rule(words=["bomba"], action="notify", category="threat", severity="4")
        root = cls.env.ref("base.user_root")
        cls.message = cls.ticket.with_user(root).message_post(
            body=f"Meu CPF é {CPF}, e isto é uma bomba",
            author_id=cls.customer.partner_id.id,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def test_marked_and_covered(self):
        self.message._moderation_triage()
        marks = self.message.moderation_marks
        self.assertEqual(len(marks["labels"]), 2)
        covered = self.message.with_user(self.agent)._moderation_covered_body()
        self.assertNotIn(CPF, covered)
        self.assertIn("Meu CPF", covered)
        self.assertIn(CPF, self.message.body, "nothing is lost")

    def test_moderators_are_told(self):
        self.message._moderation_triage()
        case = self.case_of(self.message)
        self.assertEqual((case.severity, case.content_state), ("4", "published"))

    def test_reveal_is_logged(self):
        self.message._moderation_triage()
        body = self.message.with_user(self.agent).moderation_reveal()
        self.assertIn(CPF, body)
        log = self.env["moderation.log"].search([("event", "=", "secret.shown")])
        self.assertEqual(log.user_id, self.agent)
        with self.assertRaises(AccessError):
            self.message.with_user(self.customer).moderation_reveal()

    def test_a_fault_loses_nothing(self):
        def broken(*args, **kwargs):
            raise ZeroDivisionError

        self.patch(type(self.env["moderation.scanner"]), "_judge", broken)
        with self.assertLogs("odoo.addons.moderation", "ERROR"):
            self.message._moderation_triage()
        self.assertIn(CPF, self.message.body)

    def test_a_lost_database_is_not_swallowed(self):
        """The whole transaction is done again, and with it the scan."""

        def gone(*args, **kwargs):
            raise OperationalError("server closed the connection unexpectedly")

        self.patch(type(self.env["moderation.scanner"]), "_judge", gone)
        with self.assertRaises(OperationalError):
            self.message._moderation_triage()

    def test_harmless_again(self):
        """An edit without the secret is not covered any longer."""
        self.message._moderation_triage()
        self.message.sudo().body = "Obrigada"
        self.message._moderation_triage()
        self.assertFalse(self.message.moderation_marks)


@tagged("post_install", "-at_install")
class TestSeveralWriters(ModerationCase):
    """What others write on a message that was approved asks nobody again."""

    def test_approved_stays_approved(self):
        self.rule(words=["pau"], action="hold")
        message = self.post("p.a.u.")
        case = self.case_of(message)
        message._moderation_publish(case)
        case._close(content_state="published")
        message.sudo().write({"subject": "Re: p.a.u."})
        file = self.env["ir.attachment"].create({"name": "nota.xml", "raw": b"1"})
        message.sudo().write({"attachment_ids": [(4, file.id)]})
        self.assertFalse(message.moderation_state)
        self.assertEqual(len(self.case_of(message)), 1)


@tagged("post_install", "-at_install")
class TestPlaces(ModerationCase):
    """One list may be in force in several places, with another answer in each."""

    def judged(self, place, text, company=None):
        content = self.env["mail.message"]._moderation_content({"body": text})
        return self.env["moderation.scanner"]._judge(
            content, place, self.customer.partner_id, company
        )

    def test_one_list_two_answers(self):
        first = self.rule(words=["pau", "pedra"], action="hold")
        elsewhere = self.rules.copy({"name": "Answers"})
        self.rules.place_ids = self.env.ref("moderation.place_ticket")
        elsewhere.place_ids = self.env.ref("moderation.place_answer")
        second = self.rule(words=["pau", "pedra"], action="block")
        second.set_id = elsewhere
        for place, action, rule in (
            ("ticket", "hold", first),
            ("answer", "block", second),
        ):
            verdict = self.judged(place, "p.a.u. e pedra")
            self.assertEqual(verdict.action, action)
            self.assertEqual({facts.id for _f, facts in verdict.pairs}, {rule.id})
            self.assertEqual(len(verdict.pairs), 2)
        self.assertFalse(self.judged("channel", "p.a.u. e pedra").pairs)
        words, keys = self.env["moderation.scanner"]._words()
        self.assertEqual(keys[first.id], keys[second.id], "prepared once")

    def test_words_are_prepared_again_only_when_they_change(self):
        rule = self.rule(words=["pau"], action="hold")
        scanner = self.env["moderation.scanner"]
        words, _keys = scanner._words()
        self.env.registry.clear_cache("stable")
        self.assertIs(scanner._words()[0], words)
        rule.term_ids.text = "bobalhão"
        self.assertIsNot(scanner._words()[0], words)

    def test_a_rule_that_changes_is_heard_of(self):
        rule = self.rule(words=["pau"], action="hold")
        self.assertEqual(self.judged("ticket", "pau").action, "hold")
        rule.action_switch_off()
        self.assertEqual(self.judged("ticket", "pau").action, "allow")
        rule._switch_on()
        self.rules.active = False
        self.assertEqual(self.judged("ticket", "pau").action, "allow")

    def test_another_companys_rules(self):
        self.rules.company_id = self.env["res.company"].create({"name": "Other"})
        self.rule(words=["pau"], action="hold")
        self.assertFalse(self.judged("ticket", "pau", self.env.company).pairs)
        self.assertTrue(self.judged("ticket", "pau", self.rules.company_id).pairs)


@tagged("post_install", "-at_install")
class TestAnotherCompanysSecrets(ModerationCase):
    def test_nobody_finds_them_out_by_trying(self):
        """Who writes another company's secret is not shown which word it was."""
        self.rule(
            "terms",
            action="coach",
            category="confidential",
            words=["Projeto Aurora"],
            company_partner_id=self.company_of(self.stranger).id,
        )
        with self.stopped(Coached) as stop:
            self.post("Soube do Projeto Aurora?")
        advice = stop.exception.context["moderation"]
        self.assertFalse(advice["masked"])
        self.assertFalse(advice["parts"])
        self.assertNotIn("Aurora", str(advice))
        self.assertTrue(advice["findings"])


@tagged("post_install", "-at_install")
class TestHeldChange(ModerationCase):
    """What a moderator says of a held change is about the change."""

    def test_its_phrase_is_learned(self):
        rule = self.rule(words=["pau"], action="hold")
        message = self.post("A nota foi rejeitada")
        message.with_user(self.customer).write({"body": "Comprei pau mulato"})
        case = self.case_of(message)
        self.assertEqual(case.content_state, "edit_held")
        case.finding_ids.with_user(self.moderator).action_false_alarm()
        self.assertIn("pau mulato", rule.allowed)
        self.assertIn("pau mulato", case.with_user(self.moderator).excerpt)

    def test_a_held_tickets_link_opens_nothing(self):
        self.rule(words=["pau"], action="hold")
        tickets = self.env["helpdesk.ticket"].with_user(self.customer).sudo()
        ticket = tickets.create({"name": "p.a.u.", "description": "Socorro"})
        token = ticket._portal_ensure_token()
        public = self.env.ref("base.public_user")
        for user, opens in (
            (public, False),
            (self.agent, False),
            (self.customer, True),
        ):
            thread = (
                tickets.with_user(user)
                .sudo(False)
                ._get_thread_with_access(ticket.id, token=token)
            )
            self.assertEqual(bool(thread), opens, user.login)
        ticket._moderation_publish(self.case_of(ticket))
        thread = (
            tickets.with_user(public)
            .sudo(False)
            ._get_thread_with_access(ticket.id, token=token)
        )
        self.assertTrue(thread)
