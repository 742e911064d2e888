import base64
from email.message import EmailMessage

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .notice_common import NoticeCase


@tagged("post_install", "-at_install")
class TestNoticeAnswer(NoticeCase):
    """Answering by e-mail is writing on the page, with everything that it checks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["moderation.rule.set"].search([]).active = False
        cls.choose(cls.bia, "space", mail="now")
        cls.follow(cls.space, cls.bia)

    def setUp(self):
        super().setUp()
        with self.told():
            self.post = self.ask(self.ana, title="NF-e rejeitada")
        self.letter = self.letters(self.bia)
        self.letter.ensure_one()

    def mail(self, text="Use o CST 60.", sender=None, files=(), **headers):
        mail = EmailMessage()
        mail["From"] = sender or f"Bia <{self.bia.user_id.email}>"
        mail["To"] = "Vendor <catchall@room.example.com>"
        mail["Subject"] = f"Re: {self.letter.subject}"
        mail["Message-Id"] = headers.pop("message_id", "<1@customer.example.com>")
        mail["In-Reply-To"] = headers.pop("in_reply_to", self.letter.message_id)
        mail["References"] = headers.pop("references", self.letter.references or "")
        for name, value in headers.items():
            del mail[name]
            mail[name.replace("_", "-")] = value
        mail.set_content(text)
        for name, content in files:
            mail.add_attachment(
                content, maintype="application", subtype="octet-stream", filename=name
            )
        return mail

    def receive(self, *args, model=None, **kwargs):
        """Let Odoo's gateway have it.

        :return: the new replies
        """
        before = self.replies()
        tickets = self.env["helpdesk.ticket"].search_count([])
        partners = self.env["res.partner"].search_count([])
        with self.told():
            self.env["mail.thread"].message_process(
                model, self.mail(*args, **kwargs).as_bytes()
            )
        self.assertEqual(self.env["helpdesk.ticket"].search_count([]), tickets)
        self.assertEqual(self.env["res.partner"].search_count([]), partners)
        return self.replies() - before

    def replies(self):
        return self.env["community.post"].search([("kind", "=", "reply")])

    def refusals(self, member=None):
        return self.letters(member or self.bia) - self.letter

    # --- taken ------------------------------------------------------------------------

    def test_answer(self):
        reply = self.receive(
            "Use o CST 60.\n\nEm seg., 23 de nov. escreveu:\n> segredo\n"
        )
        self.assertEqual(reply.root_id, self.post)
        self.assertEqual(reply.author_id, self.bia)
        self.assertEqual(reply.create_uid, self.bia.user_id)
        self.assertIn("Use o CST 60.", reply.body)
        self.assertNotIn("segredo", reply.body)
        self.assertFalse(reply.parent_id)
        self.assertFalse(self.refusals())
        self.assertEqual(self.events(self.ana), ["answered"])

    def test_answer_to_a_reply_stands_under_it(self):
        self.choose(self.bia, "answer", mail="now")
        first = self.receive()
        self.mails.search([]).unlink()
        with self.minutes_later(30), self.told():
            second = self.reply(self.post, self.gil, parent=first)
        self.letter = self.letters(self.bia)
        third = self.receive("Obrigada", message_id="<2@customer.example.com>")
        self.assertEqual(third.parent_id, first, "answers stay on one level")
        self.assertEqual(second.sudo().parent_id, first)

    def test_id_replaced_on_the_way(self):
        reply = self.receive(in_reply_to="<010001@email.amazonses.example>")
        self.assertEqual(reply.root_id, self.post)

    def test_gateway_with_a_model_to_fall_back_on(self):
        self.assertTrue(self.receive(model="helpdesk.ticket"))

    def test_delivered_twice(self):
        self.assertTrue(self.receive())
        self.assertFalse(self.receive())

    def test_files(self):
        reply = self.receive(files=[("nota.xml", b"<x/>"), ("tela.png", b"\x89PNG")])
        files = self.env["ir.attachment"].search(
            [("res_model", "=", "community.post"), ("res_id", "=", reply.id)]
        )
        self.assertEqual(set(files.mapped("name")), {"nota.xml", "tela.png"})
        self.assertEqual(files.create_uid, self.bia.user_id)
        for file in files:
            with self.assertRaises(AccessError):
                file.with_user(self.env.ref("base.public_user")).read(["raw"])

    def test_page_with_scripts_becomes_text(self):
        reply = self.receive(files=[("x.svg", b"<svg onload='alert(1)'/>")])
        file = self.env["ir.attachment"].search([("res_id", "=", reply.id)])
        self.assertEqual(
            file.filtered(lambda f: f.name == "x.svg").mimetype, "text/plain"
        )

    def test_agent_answers(self):
        self.choose(self.agent, "space", mail="now")
        self.follow(self.space, self.agent)
        self.agent.user_id.email = "agente@vendor.example.com"
        with self.told():
            self.post = self.ask(self.ana, title="Outra")
        self.letter = self.letters(self.agent)
        reply = self.receive(sender="agente@vendor.example.com")
        self.assertEqual(reply.author_id, self.agent)

    # --- the gate ---------------------------------------------------------------------

    def rule(self, action):
        place = self.env.ref("community_portal.place_community")
        answer = self.env.ref("moderation.place_answer")
        rules = self.env["moderation.rule.set"].create(
            {"name": action, "place_ids": [Command.set((place | answer).ids)]}
        )
        rule = self.env["moderation.rule"].create(
            {
                "name": action,
                "set_id": rules.id,
                "kind": "word",
                "category_id": self.env.ref("moderation.category_reserved").id,
                "action": action,
                "term_ids": [Command.create({"text": "zambumba", "role": "word"})],
            }
        )
        rule._switch_on()
        return rules

    def test_gate(self):
        for action in ("hold", "block", "coach"):
            with self.subTest(action=action):
                rules = self.rule(action)
                reply = self.receive(
                    "z.a.m.b.u.m.b.a", message_id=f"<{action}@customer.example.com>"
                )
                self.assertEqual(reply.moderation_state, "held")
                self.assertEqual(self.seers(reply), self.bia | self.moderator)
                self.assertFalse(
                    self.notices.search([("post_id", "=", reply.id)]), "nobody is told"
                )
                rules.active = False
        self.assertEqual(len(self.refusals()), 1, "one letter about a thread a day")
        self.assertIn("A moderator reads it", self.refusals().body_html)
        self.assertNotIn("a.m.b.u", self.refusals().body_html)

    def test_gate_reads_agents_too(self):
        """Nobody can prove by an e-mail that he is one."""
        self.choose(self.agent, "answer", mail="now")
        self.agent.user_id.email = "agente@vendor.example.com"
        with self.told():
            self.post = self.ask(self.agent)
        with self.told():
            self.reply(self.post, self.ana)
        self.letter = self.letters(self.agent)
        self.rule("hold")
        reply = self.receive("zambumba", sender="agente@vendor.example.com")
        self.assertEqual(reply.moderation_state, "held")

    def test_boss_approves(self):
        self.env["community.company.policy"].create(
            {"organisation_id": self.rival.id, "participation": "approve"}
        )
        reply = self.receive()
        self.assertEqual(reply.approval, "waiting")
        self.assertIn("A manager of your company", self.refusals().body_html)

    # --- refused ----------------------------------------------------------------------

    def assert_refused(self, reason, **mail):
        self.assertFalse(self.receive(**mail))
        letter = self.refusals()
        self.assertEqual(len(letter), 1)
        self.assertIn(reason, letter.body_html)
        self.assertNotIn("NF-e", letter.body_html + letter.subject)
        self.assertIn("loop-detection-bounce-email", letter.references)
        self.assertIn("auto-replied", letter.headers)

    def test_company_lets_nobody_write(self):
        self.env["community.company.policy"].create(
            {"organisation_id": self.rival.id, "participation": "read"}
        )
        self.assert_refused("not write here")

    def test_space_is_for_reading(self):
        self.space.posting = "vendor"
        self.assert_refused("not write here")

    def test_thread_is_closed(self):
        self.post.sudo().locked = True
        self.assert_refused("This thread is closed")

    def test_thread_is_gone_for_the_reader(self):
        self.post.with_user(self.ana.user_id)._edit({"audience": "company"})
        self.assert_refused("does not exist or is not for you")

    def test_thread_is_removed(self):
        self.post.with_user(self.ana.user_id)._remove()
        self.assert_refused("does not exist or is not for you")

    def test_another_address(self):
        self.assert_refused("from another address", sender="gil@gama.example.com")
        self.assertFalse(self.letters(self.gil), "the forged sender gets nothing")

    def test_membership_ended(self):
        self.bia.state = "left"
        self.assert_refused("not a member")

    def test_account_closed(self):
        self.bia.user_id.active = False
        self.assertFalse(self.receive())

    def test_nothing_but_quotes(self):
        self.assert_refused("Write something first", text="> NF-e\n")

    def test_file_too_large(self):
        self.space.file_limit_mb = 1
        self.assert_refused(
            "is too large", files=[("log.bin", b"x" * (1024 * 1024 + 1))]
        )
        self.assertFalse(self.env["ir.attachment"].search([("name", "=", "log.bin")]))

    def test_too_many_files(self):
        files = [(f"{number}.bin", b"x") for number in range(500)]
        self.assert_refused("are too many", files=files)

    def test_too_long(self):
        self.assert_refused("too long", text="palavra " * 20_000)

    def test_one_letter_a_day(self):
        self.post.sudo().locked = True
        for number in range(3):
            self.receive(message_id=f"<{number}@customer.example.com>")
        self.assertEqual(len(self.refusals()), 1)

    # --- left aside -------------------------------------------------------------------

    def test_automatic_answers_and_bounces(self):
        for headers in (
            {"Auto_Submitted": "auto-replied"},
            {"Precedence": "bulk"},
            {"X_Autoreply": "yes"},
            {"Return_Path": "<>"},
            {"From": "MAILER-DAEMON@customer.example.com"},
        ):
            with self.subTest(headers=headers):
                number = base64.b16encode(str(headers).encode()).decode()[:60]
                self.assertFalse(self.receive(message_id=f"<{number}@x>", **headers))
                self.assertFalse(self.refusals())

    def test_forged_ids(self):
        good = self.letter.message_id
        other = self.ask(self.ana, audience="company")
        wrong = "1" if good[good.index("@") - 1] == "0" else "0"
        for forged in (
            good.replace(f"-{self.post.id}-", f"-{other.id}-", 1),
            good.replace(f"-{self.bia.id}-", f"-{self.agent.id}-", 1),
            good[: good.index("@") - 1] + wrong + "@x>",
            f"<community-{other.id}-{self.bia.id}--{'0' * 40}@x>",
            f"<community-{'9' * 18}-{'9' * 18}--{'0' * 40}@x>",
        ):
            with self.subTest(forged=forged):
                number = base64.b16encode(forged.encode()).decode()[-60:]
                self.assertFalse(
                    self.receive(
                        in_reply_to=forged, references="", message_id=f"<{number}@x>"
                    )
                )
                self.assertFalse(self.refusals(), "whoever guesses learns nothing")

    def test_forwarded_to_the_help_desk_is_the_help_desks(self):
        alias = self.env["mail.alias"].create(
            {
                "alias_name": "suporte",
                "alias_domain_id": self.domain.id,
                "alias_model_id": self.env["ir.model"]._get_id("helpdesk.ticket"),
            }
        )
        before = self.env["helpdesk.ticket"].search_count([])
        self.env["mail.thread"].message_process(
            None, self.mail(To=alias.alias_full_name).as_bytes()
        )
        self.assertEqual(self.env["helpdesk.ticket"].search_count([]), before + 1)
        self.assertFalse(self.replies())

    def test_other_mail_goes_its_way(self):
        before = self.env["helpdesk.ticket"].search_count([])
        self.env["mail.thread"].message_process(
            "helpdesk.ticket",
            self.mail(
                in_reply_to="<7@x>", references="", To="desk@vendor.example.com"
            ).as_bytes(),
        )
        self.assertEqual(self.env["helpdesk.ticket"].search_count([]), before + 1)
