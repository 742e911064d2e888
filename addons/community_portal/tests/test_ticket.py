from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import Form, tagged

from odoo.addons.moderation.tests.common import CPF

from .common import CommunityCase

DESCRIPTION = f"""
<p>Bom dia, aqui é a Ana, da Aços Alfa. A nota 1234 foi rejeitada.</p>
<p>CPF {CPF}, <a href="mailto:ana@alfa.com.br">escreva</a>.<img src="/web/image/1"/></p>
<p>Att, ANA</p>
"""


class TicketCase(CommunityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What stands in the database already is not these tests' concern.
        cls.env["community.space"].search([("id", "!=", cls.space.id)]).active = False
        cls.env["moderation.rule.set"].search([]).active = False
        cls.boss.user_id.partner_id.name = "Beatriz Lopes"
        cls.ticket = cls.ticket_of(cls.ana)

    @classmethod
    def ticket_of(cls, member, name="Rejeição na nota da Aços Alfa"):
        return cls.env["helpdesk.ticket"].create(
            {
                "name": name,
                "description": DESCRIPTION,
                "partner_id": member.partner_id.id,
                "partner_name": member.partner_id.name,
            }
        )

    def solved(self, title="Rejeição 539 na nota fiscal", **vals):
        question = self.ask(self.gil, title, "<p>A nota foi rejeitada</p>", **vals)
        answerer = self.agent if vals else self.caio
        question._accept(self.reply(question, answerer, "<p>Troque o CST.</p>"))
        return question

    def wizard(self, name, member=None, ticket=None, **values):
        wizards = self.as_(member or self.agent, f"community.ticket.{name}")
        return wizards.with_context(
            default_ticket_id=(ticket or self.ticket).id
        ).create(values)


@tagged("post_install", "-at_install")
class TestAvoided(TicketCase):
    def note(self, post, member=None):
        return self.as_(member or self.bia, "community.avoided")._note(post.id)

    def counted(self):
        return self.env["community.avoided"].search(
            [("member_id", "in", self.everyone.ids)]
        )

    def test_counted_once_a_day(self):
        question = self.solved()
        for _click in range(3):
            self.note(question)
        avoided = self.counted()
        self.assertEqual(avoided.member_id, self.bia)
        self.assertEqual(avoided.organisation_id, self.rival)
        self.assertEqual(avoided.post_id, question.sudo())
        self.note(question, self.ana)
        self.assertEqual(len(self.counted()), 2)

    def test_five_a_day_for_a_person(self):
        for number in range(6):
            self.note(self.solved(f"Rejeição {number}"))
        self.assertEqual(len(self.counted()), 5)

    def test_not_the_vendors_own(self):
        self.note(self.solved(), self.agent)
        self.assertFalse(self.counted())

    def test_only_what_is_solved(self):
        with self.assertRaisesRegex(UserError, "not solved yet"):
            self.note(self.ask(self.gil))

    def test_what_one_cannot_see_is_not_there(self):
        secret = self.solved(audience="company")
        for post in (secret, self.env["community.post"].browse(10**9)):
            with self.assertRaisesRegex(MissingError, "does not exist or is not for"):
                self.note(post)
        self.assertFalse(self.counted())

    def test_not_readable_for_customers(self):
        self.note(self.solved())
        with self.assertRaises(AccessError):
            self.as_(self.bia, "community.avoided").search([])


@tagged("post_install", "-at_install")
class TestBesideTicket(TicketCase):
    def setUp(self):
        super().setUp()
        self.ticket.name = "Rejeição 539 da nota fiscal"

    def similar(self, ticket=None):
        ticket = (ticket or self.ticket).with_user(self.agent.user_id)
        ticket.invalidate_recordset(["community_similar_ids"])
        return ticket.community_similar_ids

    def test_solved_questions_alone(self):
        question = self.solved()
        self.ask(self.gil, "Rejeição na nota de ontem")
        self.assertEqual(self.similar().ids, question.ids)

    def test_only_what_the_customer_may_read(self):
        self.solved(audience="company")
        self.assertFalse(self.similar())
        own = self.ticket_of(self.gil, self.ticket.name)
        self.assertTrue(self.similar(own))

    def test_who_is_no_member_gets_what_is_open(self):
        stranger = self.env["res.partner"].create({"name": "Zé"})
        self.ticket.partner_id = stranger
        self.solved(audience="not_competitors")
        self.assertFalse(self.similar())
        question = self.solved()
        self.assertEqual(self.similar().ids, question.ids)

    def test_standing(self):
        question = self.ask(self.gil)
        question._accept(self.reply(question, self.ana))
        self.ana.points = 120
        ticket = self.ticket.with_user(self.agent.user_id)
        self.assertEqual(ticket.community_member_id.id, self.ana.id)
        self.assertEqual(ticket.community_points, 120)
        self.assertEqual(ticket.community_accepted, 1)
        self.assertTrue(ticket.community_level)

    def test_standing_of_who_is_no_member(self):
        self.ana.state = "left"
        ticket = self.ticket.with_user(self.agent.user_id)
        self.assertFalse(ticket.community_member_id)
        self.assertEqual(ticket.community_points, 0)
        self.assertFalse(ticket.community_level)

    def test_customers_see_none_of_it(self):
        ticket = self.ticket.with_user(self.ana.user_id)
        ticket.read(["name"])
        for field in (
            "community_post_id",
            "community_question_id",
            "community_similar_ids",
            "community_member_id",
            "community_points",
        ):
            with self.assertRaises(AccessError):
                ticket.read([field])

    def test_form(self):
        self.solved()
        with Form(self.ticket.with_user(self.agent.user_id)) as form:
            self.assertEqual(form.community_points, 0)
            self.assertEqual(len(form.community_similar_ids), 1)


@tagged("post_install", "-at_install")
class TestAsk(TicketCase):
    def test_proposal_tells_nobody(self):
        wizard = self.wizard("ask")
        text = f"{wizard.title} {wizard.body}".lower()
        for told in ("ana", "aços alfa", CPF, "mailto", "<img", "href"):
            self.assertNotIn(told, text)
        self.assertIn("rejeitada", text)
        self.assertTrue(wizard.masked)
        self.assertNotIn(CPF, wizard.masked)
        self.assertFalse(wizard.left)

    def test_asked_by_the_agent(self):
        wizard = self.wizard("ask", space_id=self.space.id, confirmed=True)
        self.assertTrue(wizard.action_ask()["close"], "nobody asks twice")
        question = self.ticket.community_question_id
        self.assertEqual(question.author_id, self.agent)
        self.assertEqual(question.space_id, self.space)
        self.assertEqual(self.seers(question), self.everyone)
        with self.assertRaisesRegex(UserError, "question of this ticket already"):
            self.wizard("ask", space_id=self.space.id, confirmed=True).action_ask()

    def test_what_the_agent_types_is_looked_at_again(self):
        for typed in ("<p>A Beatriz disse</p>", "<p>Da Aços Alfa</p>", f"<p>{CPF}</p>"):
            wizard = self.wizard("ask", space_id=self.space.id, confirmed=True)
            wizard.body = typed
            self.assertTrue(wizard.left, typed)
            with self.assertRaisesRegex(UserError, "learn whose ticket"):
                wizard.action_ask()
        self.assertFalse(self.ticket.community_question_id)

    def test_title_as_well(self):
        wizard = self.wizard("ask", space_id=self.space.id, confirmed=True)
        wizard.title = "Nota da Aços Alfa"
        with self.assertRaisesRegex(UserError, "learn whose ticket"):
            wizard.action_ask()

    def test_read_before(self):
        with self.assertRaisesRegex(UserError, "Read it once more"):
            self.wizard("ask", space_id=self.space.id).action_ask()

    def test_the_gate_runs_as_for_a_customer(self):
        rules = self.env["moderation.rule.set"].create(
            {
                "name": "Room",
                "place_ids": self.env["moderation.place"].search([]).ids,
            }
        )
        rule = self.env["moderation.rule"].create(
            {
                "name": "Words",
                "set_id": rules.id,
                "kind": "word",
                "action": "hold",
                "audience": "external",
                "category_id": self.env.ref("moderation.category_reserved").id,
                "term_ids": [(0, 0, {"text": "projeto condor", "role": "word"})],
            }
        )
        rule._switch_on()
        wizard = self.wizard("ask", space_id=self.space.id, confirmed=True)
        wizard.body = "<p>No projeto condor</p>"
        self.assertTrue(wizard.left)
        with self.assertRaisesRegex(UserError, "learn whose ticket"):
            wizard.action_ask()

    def test_not_for_customers(self):
        with self.assertRaises(AccessError):
            self.wizard("ask", self.ana)

    def test_not_a_ticket_that_one_may_not_read(self):
        own = self.staff("nova", "helpdesk_mgmt.group_helpdesk_user_own")
        other = self.env["helpdesk.ticket.team"].create({"name": "Outro"})
        self.ticket.write({"team_id": other.id, "user_id": False})
        with self.assertRaises(AccessError):
            self.wizard("ask", own)


@tagged("post_install", "-at_install")
class TestReply(TicketCase):
    def answer(self, body="<p>Olá Ana, troque o CST da Aços Alfa.</p>"):
        self.ticket.with_user(self.agent.user_id).message_post(
            body=body, message_type="comment", subtype_xmlid="mail.mt_comment"
        )

    def test_latest_answer_goes_into_the_thread(self):
        question = self.ask()
        self.ticket.community_post_id = question.sudo()
        self.answer()
        self.ticket.with_user(self.agent.user_id).message_post(body="interno")
        wizard = self.wizard("reply", confirmed=True)
        self.assertEqual(wizard.post_id.id, question.id)
        self.assertIn("troque o CST", wizard.body)
        self.assertNotIn("Aços Alfa", wizard.body)
        self.assertTrue(wizard.action_reply()["close"], "nobody answers twice")
        self.assertEqual(question.sudo().reply_ids.author_id, self.agent)

    def test_without_a_thread(self):
        self.answer()
        with self.assertRaisesRegex(UserError, "has no thread"):
            self.wizard("reply", confirmed=True).action_reply()

    def test_names_stop_it(self):
        self.ticket.community_post_id = self.ask().sudo()
        wizard = self.wizard("reply", confirmed=True, body="<p>Da Aços Alfa</p>")
        with self.assertRaisesRegex(UserError, "learn whose ticket"):
            wizard.action_reply()


@tagged("post_install", "-at_install")
class TestInsert(TicketCase):
    def test_into_the_composer(self):
        self.ticket.name = "Rejeição 539 da nota fiscal"
        question = self.solved()
        wizard = self.wizard("insert")
        self.assertEqual(wizard.post_id.id, question.id)
        self.assertIn("Troque o CST", wizard.preview)
        context = wizard.action_insert()["context"]
        self.assertEqual(context["default_res_ids"], self.ticket.ids)
        self.assertEqual(context["default_partner_ids"], self.ana.partner_id.ids)
        body = context["default_body"]
        self.assertIn("Troque o CST", body)
        self.assertIn(f"/my/community/post/{question.id}", body)
        self.assertNotIn("Caio", body)
        composer = (
            self.as_(self.agent, "mail.compose.message")
            .with_context(**context)
            .create({})
        )
        composer._action_send_mail()
        sent = self.ticket.message_ids[:1]
        self.assertIn("Troque o CST", sent.body)

    def test_not_what_the_customer_may_not_read(self):
        secret = self.solved(audience="company")
        wizard = self.wizard("insert", post_id=secret.id)
        with self.assertRaisesRegex(UserError, "may not read that thread"):
            wizard.action_insert()

    def test_no_preview_of_what_the_agent_may_not_read(self):
        waiting = self.solved()
        waiting.sudo().approval = "waiting"
        wizard = self.wizard("insert", post_id=waiting.id)
        self.assertFalse(wizard.preview)
        with self.assertRaises(AccessError):
            wizard.action_insert()

    def test_nothing_chosen(self):
        with self.assertRaisesRegex(UserError, "Choose a solved question"):
            self.wizard("insert").action_insert()


@tagged("post_install", "-at_install")
class TestTasks(TicketCase):
    def task(self, task, post, member=None, **values):
        tasks = self.as_(member or self.agent, "community.post.task")
        return tasks.with_context(default_post_id=post.id, default_task=task).create(
            values
        )

    def test_ticket(self):
        question = self.ask()
        action = self.task("ticket", question).action_apply()
        self.assertEqual(action["res_id"], question.sudo().ticket_id.id)

    def test_article(self):
        self.env["community.space"].create({"name": "Base", "kind": "knowledge"})
        question = self.solved()
        task = self.task("article", question)
        self.assertEqual(task.title, question.title)
        action = task.action_apply()
        article = self.env["community.post"].browse(action["res_id"])
        self.assertEqual(article.source_id, question.sudo().accepted_id)
        self.task("reviewed", article).action_apply()
        self.assertTrue(article.review_date)

    def test_duplicate(self):
        question, again = self.solved(), self.ask()
        with self.assertRaisesRegex(UserError, "Choose the question"):
            self.task("duplicate", again).action_apply()
        self.task("duplicate", again, target_id=question.id).action_apply()
        self.assertEqual(again.sudo().duplicate_of_id, question.sudo())

    def test_idea(self):
        ideas = self.env["community.space"].create({"name": "Ideias", "kind": "idea"})
        one, two = (self.ask(title=t, space_id=ideas.id) for t in ("Um", "Dois"))
        decide = self.as_(self.agent, "community.idea.decide")
        wizard = decide.with_context(default_post_id=one.id).create({})
        self.assertEqual(wizard.state, "new")
        wizard.write({"state": "planned", "release": "2027.1"})
        wizard.action_decide()
        self.assertEqual(one.sudo().release, "2027.1")
        wizard.state = "merge"
        with self.assertRaisesRegex(UserError, "Choose the idea that stays"):
            wizard.action_decide()
        wizard.into_id = two.id
        wizard.action_decide()
        self.assertEqual(one.sudo().merged_into_id, two.sudo())

    def test_not_for_customers(self):
        question = self.ask()
        with self.assertRaises(AccessError):
            self.task("ticket", question, self.ana)
        with self.assertRaises(AccessError):
            self.as_(self.ana, "community.idea.decide").create(
                {"post_id": question.id, "state": "shipped"}
            )

    def test_views(self):
        """Agents open each of them."""
        question = self.ask()
        posts = self.as_(self.agent)
        for kind in ("list", "kanban", "search", "form"):
            self.assertIn("arch", posts.get_view(view_type=kind))
        for name in ("idea_view_kanban", "idea_view_list", "article_view_list"):
            view = self.env.ref(f"community_portal.{name}")
            self.assertIn("arch", posts.get_view(view.id))
        form = Form(posts.browse(question.id))
        self.assertEqual(form.display_name, question.title)
