from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import tagged

from .common import CommunityCase


class QuestionCase(CommunityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What stands in the database already is not these tests' concern.
        cls.env["community.space"].search([("id", "!=", cls.space.id)]).active = False
        cls.team = cls.env["helpdesk.ticket.team"].create({"name": "Fiscal"})
        cls.space.write({"team_id": cls.team.id, "escalate_hours": 2})
        cls.posts = cls.env["community.post"]

    def due(self, *questions):
        """The time of these questions has come."""
        for question in questions:
            question.sudo().escalate_at = fields.Datetime.now() - timedelta(minutes=1)

    def escalate(self):
        """What the cron does, without its commits."""
        self.posts._due_questions()._escalate()

    def events(self):
        """Gather what happens: a list of (event, post, facts)."""
        gathered = []

        def happened(posts, event, actor, **facts):
            gathered.append((event, posts.ids, facts))

        self.startPatcher(
            patch.object(type(self.posts), "_happened", happened),
        )
        return gathered


@tagged("post_install", "-at_install")
class TestDuplicate(QuestionCase):
    def test_by_asker_and_agent(self):
        known = self.ask(self.gil, "Rejeição 539")
        mine = self.ask()
        mine._mark_duplicate(known)
        self.assertEqual(mine.sudo().duplicate_of_id, known.sudo())
        mine._unmark_duplicate()
        self.assertFalse(mine.sudo().duplicate_of_id)
        mine.with_user(self.agent.user_id)._mark_duplicate(known)
        self.assertEqual(mine.sudo().duplicate_of_id, known.sudo())

    def test_not_by_others(self):
        known, mine = self.ask(self.gil), self.ask()
        with self.assertRaisesRegex(UserError, "Only who asked"):
            mine.with_user(self.gil.user_id)._mark_duplicate(known)
        with self.assertRaisesRegex(UserError, "Only who asked"):
            mine.with_user(self.gil.user_id)._unmark_duplicate()

    def test_not_of_itself_or_an_idea(self):
        mine = self.ask()
        with self.assertRaisesRegex(UserError, "another question"):
            mine._mark_duplicate(mine)
        ideas = self.space.copy({"name": "Ideias", "kind": "idea"})
        idea = self.ask(self.gil, space_id=ideas.id)
        with self.assertRaisesRegex(UserError, "another question"):
            mine._mark_duplicate(idea)

    def test_of_a_duplicate_is_of_the_first(self):
        first, second, third = (self.ask() for _n in range(3))
        second._mark_duplicate(first)
        third._mark_duplicate(second)
        self.assertEqual(third.sudo().duplicate_of_id, first.sudo())
        with self.assertRaisesRegex(UserError, "another question"):
            first._mark_duplicate(second)

    def test_of_what_the_asker_cannot_see(self):
        secret = self.ask(self.bia, audience="company")
        mine = self.ask()
        with self.assertRaisesRegex(MissingError, "does not exist or is not for you"):
            mine._mark_duplicate(secret)
        with self.assertRaisesRegex(UserError, "cannot see that thread"):
            mine.with_user(self.agent.user_id)._mark_duplicate(secret)


@tagged("post_install", "-at_install")
class TestEscalation(QuestionCase):
    def test_becomes_a_ticket_of_the_asker_once(self):
        question = self.ask().sudo()
        self.due(question)
        self.escalate()
        ticket = question.ticket_id
        self.assertEqual(ticket.community_post_id, question)
        self.assertEqual(ticket.partner_id, self.ana.partner_id)
        self.assertEqual(ticket.team_id, self.team)
        self.assertEqual(ticket.name, question.title)
        self.assertIn("Alguém viu", ticket.description)
        self.assertIn(f"/my/community/post/{question.id}", ticket.description)
        self.assertIn(self.ana.partner_id, ticket.message_partner_ids)
        self.assertFalse(question.escalate_at)
        self.due(question)
        self.escalate()
        self.assertEqual(question.ticket_id, ticket)

    def test_answered_is_left_alone(self):
        question = self.ask().sudo()
        self.reply(question)
        self.due(question)
        self.escalate()
        self.assertFalse(question.ticket_id)
        self.assertFalse(question.escalate_at)

    def test_the_askers_own_reply_is_no_answer(self):
        question = self.ask().sudo()
        self.reply(question, self.ana)
        self.due(question)
        self.escalate()
        self.assertTrue(question.ticket_id)

    def test_an_answer_that_is_taken_away_counts_no_more(self):
        question = self.ask().sudo()
        answer = self.reply(question)
        self.due(question)
        self.escalate()
        answer._remove()
        self.assertTrue(question.escalate_at)

    def test_accepted_or_duplicate_is_due_no_more(self):
        question = self.ask()
        question._accept(self.reply(question))
        self.assertFalse(question.sudo().escalate_at)
        again = self.ask()
        again._mark_duplicate(question)
        self.assertFalse(again.sudo().escalate_at)
        question._unaccept()
        self.assertFalse(question.sudo().escalate_at, "it has an answer")

    def test_what_is_removed_or_held_becomes_no_ticket(self):
        removed, held = self.ask(), self.ask()
        removed._remove()
        held.sudo().moderation_state = "held"
        self.due(removed, held)
        self.escalate()
        self.assertFalse((removed + held).sudo().ticket_id)

    def test_only_questions_of_customers(self):
        own = self.ask(self.agent)
        talk = self.space.copy({"name": "Conversa", "kind": "discussion"})
        said = self.ask(space_id=talk.id)
        self.space.escalate_hours = 0
        never = self.ask()
        self.assertFalse(any((own + said + never).sudo().mapped("escalate_at")))

    def test_business_hours(self):
        """Friday at five, two hours: Monday at nine."""
        calendar = self.env["resource.calendar"].create(
            {
                "name": "8-18",
                "tz": "UTC",
                "attendance_ids": [
                    fields.Command.clear(),
                    *(
                        fields.Command.create(
                            {
                                "name": str(day),
                                "dayofweek": str(day),
                                "hour_from": 8,
                                "hour_to": 18,
                                "day_period": "morning",
                            }
                        )
                        for day in range(5)
                    ),
                ],
            }
        )
        friday = fields.Datetime.to_datetime("2027-03-05 17:00:00")
        self.assertEqual(self.space._escalate_at(friday), friday + timedelta(hours=2))
        self.space.calendar_id = calendar
        monday = fields.Datetime.to_datetime("2027-03-08 09:00:00")
        self.assertEqual(self.space._escalate_at(friday), monday)
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Feriado",
                "calendar_id": calendar.id,
                "date_from": "2027-03-08 00:00:00",
                "date_to": "2027-03-08 23:59:59",
            }
        )
        self.assertEqual(self.space._escalate_at(friday), monday + timedelta(days=1))

    def test_colleagues_read_no_more_in_the_ticket_than_in_the_room(self):
        alone = self.ask(title="Segredo", body="<p>só vocês</p>", audience="vendor")
        self.due(alone)
        self.escalate()
        tickets = self.as_(self.caio, "helpdesk.ticket").search([])
        self.assertIn(alone.sudo().ticket_id.id, tickets.ids)
        seen = " ".join(f"{one.name} {one.description}" for one in tickets)
        self.assertNotIn("Segredo", seen)
        self.assertNotIn("só vocês", seen)

    def test_many_at_once(self):
        questions = [self.ask(title=f"Pergunta {n}") for n in range(5)]
        self.due(*questions)
        self.escalate()
        tickets = self.posts.union(*questions).sudo().ticket_id
        self.assertEqual(len(tickets), 5)

    def test_link_is_not_for_customers(self):
        question = self.ask()
        self.due(question)
        self.escalate()
        for field in ("ticket_id", "escalate_at", "solved_asked_date"):
            with self.assertRaises(AccessError):
                question.read([field])
            with self.assertRaises(AccessError):
                self.as_(self.ana).search([(field, "!=", False)])
        ticket = question.sudo().ticket_id.with_user(self.ana.user_id)
        with self.assertRaises(AccessError):
            ticket.read(["community_post_id"])


@tagged("post_install", "-at_install")
class TestPostToTicket(QuestionCase):
    def test_agent(self):
        question = self.ask()
        ticket = question.with_user(self.agent.user_id)._make_ticket()
        self.assertEqual(ticket.community_post_id, question.sudo())
        again = question.with_user(self.moderator.user_id)._make_ticket()
        self.assertEqual(again, ticket)

    def test_a_reply_as_well(self):
        question = self.ask()
        reply = self.reply(question, self.gil, "<p>Comigo também</p>")
        ticket = reply.with_user(self.agent.user_id)._make_ticket()
        self.assertEqual(ticket.partner_id, self.gil.partner_id)
        self.assertEqual(ticket.name, question.title)
        self.assertIn("Comigo também", ticket.description)
        self.assertFalse(question.sudo().ticket_id)

    def test_not_what_is_held(self):
        question = self.ask()
        question.sudo().moderation_state = "held"
        with self.assertRaisesRegex(UserError, "held or removed"):
            question.with_user(self.moderator.user_id)._make_ticket()

    def test_not_a_customer(self):
        with self.assertRaisesRegex(AccessError, "Only the vendor's people"):
            self.ask()._make_ticket()

    def test_events(self):
        question = self.ask()
        gathered = self.events()
        ticket = question.with_user(self.agent.user_id)._make_ticket()
        self.assertEqual(gathered, [("escalated", question.ids, {"ticket": ticket})])


@tagged("post_install", "-at_install")
class TestQuiet(QuestionCase):
    def quiet(self, question, days=8):
        self.fold()
        question.sudo().last_activity = fields.Datetime.now() - timedelta(days=days)

    def test_asked_once(self):
        question = self.ask()
        self.reply(question)
        self.quiet(question)
        gathered = self.events()
        found = self.posts._quiet_questions()
        self.assertEqual(found, question.sudo())
        found._ask_solved()
        self.assertEqual(gathered, [("ask_solved", question.ids, {})])
        self.assertFalse(self.posts._quiet_questions())

    def test_not_without_an_answer_or_too_early(self):
        alone, young = self.ask(), self.ask()
        self.reply(young)
        self.quiet(alone)
        self.quiet(young, days=6)
        self.assertFalse(self.posts._quiet_questions())

    def test_not_when_solved_duplicate_or_never(self):
        solved, again, never = (self.ask() for _n in range(3))
        other = self.space.copy({"name": "Outro", "quiet_days": 0})
        elsewhere = self.ask(space_id=other.id)
        for question in (solved, again, never, elsewhere):
            self.reply(question)
        solved._accept(solved.sudo().reply_ids)
        again._mark_duplicate(solved)
        never._remove()
        for question in (solved, again, never, elsewhere):
            self.quiet(question)
        self.assertFalse(self.posts._quiet_questions())
