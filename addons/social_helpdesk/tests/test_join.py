import time

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import SocialCase
from .example_provider import Example

NOW = int(time.time()) - 600
PHONE = "5511987654321"


@tagged("post_install", "-at_install")
class TestJoin(SocialCase):
    """A comment and the later message of the same person share one ticket."""

    def setUp(self):
        super().setUp()
        self.public = self.hear("c1", "ana", thread="p1/ana", public=True)
        self.private = self.hear("d1", PHONE, text="It is me", at=NOW + 60)
        self.ana = self.public.contact_id._partner()
        self.private.contact_id.partner_id = self.ana
        self.ticket, self.other = self.public.ticket_id, self.private.ticket_id
        self.other.partner_id = self.ana

    def hear(self, number, sender, thread=None, text="It is broken", **event):
        event = {"id": number, "from": sender, "text": text, "at": NOW, **event}
        self.receive({**event, **({"thread": thread} if thread else {})})
        return self.conversation(thread or sender)

    def join(self, user=None):
        return self.ticket.with_user(user or self.agent).action_social_join(
            self.other.id
        )

    def separate(self, user=None):
        return self.ticket.with_user(user or self.agent).action_social_separate(
            self.other.id
        )

    def info(self, ticket=None, user=None):
        ticket = ticket or self.ticket
        ticket.invalidate_recordset(["social_info"])
        return ticket.with_user(user or self.agent).social_info

    def said(self, ticket):
        return " ".join(self.bodies(ticket))

    def test_the_other_ticket_is_offered(self):
        [offered] = self.info()["joinable"]
        self.assertEqual(offered["id"], self.other.id)
        self.assertEqual(offered["number"], self.other.number)
        self.assertFalse(offered["public"])
        [back] = self.info(self.other)["joinable"]
        self.assertTrue(back["public"])

    def test_everything_goes_on_in_one_ticket(self):
        self.join()
        self.assertEqual(self.private.ticket_id, self.ticket)
        self.assertIn("It is broken", self.said(self.ticket))
        self.assertIn("It is me", self.said(self.ticket))
        self.assertNotIn("It is me", self.said(self.other))
        self.assertTrue(self.other.closed)
        self.assertEqual(self.other.duplicate_id, self.ticket)
        self.hear("d2", PHONE, text="Any news?", at=NOW + 90)
        self.assertIn("Any news?", self.said(self.ticket))
        self.assertEqual(self.messages(external_id="d2").ticket_id, self.ticket)

    def test_each_line_says_where_it_was_written(self):
        self.join()
        lines = self.ticket.message_ids.filtered("social_message_ids")
        where = {line.social_info[0]["public"] for line in lines}
        self.assertEqual(where, {True, False})

    def test_the_agent_answers_where_he_chooses(self):
        self.join()
        [other] = self.info()["others"]
        self.assertEqual((other["id"], other["label"]), (self.private.id, "Example"))
        self.answer(self.ticket, "In public")
        self.public._send_waiting()
        self.assertEqual(Example.sent[-1][1], "p1/ana")
        self.ticket.with_user(self.agent).action_social_switch(self.private.id)
        with self.now(self.private.last_inbound_at):
            self.answer(self.ticket, "To you alone")
            self.private._send_waiting()
        self.assertEqual(Example.sent[-1][1], PHONE)

    def test_files_come_along(self):
        post = self.other.message_post(
            body="See this",
            message_type="comment",
            attachments=[("invoice.txt", b"12345")],
        )
        self.join()
        self.assertEqual(post.attachment_ids.res_id, self.ticket.id)
        self.assertEqual(post.res_id, self.ticket.id)

    def test_what_it_tells_of_itself_stays(self):
        self.other.message_post(body="Stage changed", message_type="notification")
        self.join()
        self.assertIn("Stage changed", self.other.message_ids.mapped("preview"))

    def test_the_joined_one_leads_to_where_it_goes_on(self):
        self.join()
        info = self.info(self.other)
        self.assertEqual(info["goes_on"][0]["id"], self.ticket.id)
        self.assertFalse(info["joinable"] or info["joined"])
        self.assertEqual(self.info()["joined"][0]["id"], self.other.id)
        self.assertFalse(self.info()["joinable"])

    def test_nobody_is_told_that_his_ticket_was_closed(self):
        template = self.env["mail.template"].create(
            {
                "name": "Closed",
                "model_id": self.env["ir.model"]._get_id(self.other._name),
            }
        )
        closed = self.other._social_joined_stage()
        self.assertTrue(closed.closed)
        closed.mail_template_id = template
        self.other.partner_id.email = "ana@example.com"
        self.join()
        self.assertFalse(self.env["mail.mail"].search([("res_id", "=", self.other.id)]))

    def test_and_apart_again(self):
        stage = self.other.stage_id
        self.join()
        self.hear("d2", PHONE, text="Any news?", at=NOW + 90)
        self.hear("c2", "ana", thread="p1/ana", public=True, text="Me too", at=NOW + 95)
        self.ticket.with_user(self.agent).action_social_switch(self.private.id)
        self.separate()
        self.assertEqual(self.private.ticket_id, self.other)
        self.assertEqual(self.ticket.social_conversation_id, self.public)
        self.assertEqual(self.other.social_conversation_id, self.private)
        self.assertEqual(self.other.stage_id, stage)
        self.assertFalse(self.other.duplicate_id or self.other.closed_date)
        self.assertIn("Any news?", self.said(self.other))
        self.assertIn("It is me", self.said(self.other))
        self.assertNotIn("Any news?", self.said(self.ticket))
        self.assertIn("Me too", self.said(self.ticket))
        self.assertEqual(self.messages(external_id="d2").ticket_id, self.other)
        self.assertEqual(self.info()["joinable"][0]["id"], self.other.id)

    def test_apart_only_once(self):
        self.join()
        self.separate()
        with self.assertRaisesRegex(UserError, "already"):
            self.separate()

    def test_not_of_another_customer(self):
        stranger = self.hear("x1", "5511900000000", text="Hello")
        self.assertNotIn(
            stranger.ticket_id.id, [t["id"] for t in self.info()["joinable"]]
        )
        with self.assertRaisesRegex(UserError, "same customer"):
            self.ticket.with_user(self.agent).action_social_join(stranger.ticket_id.id)

    def test_not_a_closed_one(self):
        self.other.stage_id = self.other._social_joined_stage()
        self.assertFalse(self.info()["joinable"])
        with self.assertRaises(UserError):
            self.join()

    def test_not_of_another_company(self):
        company = self.env["res.company"].create({"name": "Another one"})
        self.other.write({"team_id": False, "company_id": company.id})
        self.assertFalse(self.info()["joinable"])

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_not_by_who_may_not_see_both(self):
        colleague = new_test_user(
            self.env, "join_own", groups="helpdesk_mgmt.group_helpdesk_user_own"
        )
        self.ticket.user_id = colleague
        self.other.write({"user_id": self.agent.id})
        self.assertFalse(self.info(user=colleague)["joinable"])
        for button in (self.join, self.separate):
            with self.assertRaises(AccessError):
                button(colleague)

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_not_by_customers(self):
        portal = new_test_user(self.env, "join_portal", groups="base.group_portal")
        portal.partner_id.parent_id = self.ana
        self.ticket.partner_id = self.other.partner_id = portal.partner_id
        for button in (self.join, self.separate):
            with self.assertRaises(AccessError):
                button(portal)
        with self.assertRaises(AccessError):
            self.env["helpdesk.social.join"].with_user(self.agent).search([])

    def test_nothing_is_brought_into_a_closed_one(self):
        self.ticket.stage_id = self.other._social_joined_stage()
        self.assertFalse(self.info()["joinable"])
        with self.assertRaisesRegex(UserError, "open tickets"):
            self.join()

    def test_none_goes_on_in_itself(self):
        self.join()
        with self.assertRaises(UserError):
            self.other.with_user(self.agent).action_social_join(self.ticket.id)

    def test_answers_are_written_where_it_goes_on(self):
        self.join()
        with self.assertRaisesRegex(UserError, f"goes on in {self.ticket.number}"):
            self.answer(self.other, "Hello")
        self.assertFalse(self.messages(direction="out"))

    def test_a_chain_comes_apart_from_its_end(self):
        third = self.hear("x1", "5511900000000", text="Hello")
        third.contact_id.partner_id = third.ticket_id.partner_id = self.ana
        last = third.ticket_id.with_user(self.agent)
        self.join()
        last.action_social_join(self.ticket.id)
        self.assertEqual(self.private.ticket_id, third.ticket_id)
        with self.assertRaisesRegex(UserError, "Answer there"):
            self.separate()
        last.action_social_separate(self.ticket.id)
        self.separate()
        self.assertEqual(self.private.ticket_id, self.other)
        self.assertIn("It is me", self.said(self.other))
        self.assertEqual(self.public.ticket_id, self.ticket)

    def test_its_stage_is_gone(self):
        stage = self.other.stage_id.copy({"name": "For a while", "closed": False})
        self.other.stage_id = stage
        self.join()
        stage.unlink()
        self.separate()
        self.assertTrue(self.other.stage_id)
        self.assertFalse(self.other.closed)

    # --- who turns out to be somebody else ---

    def test_somebody_else_takes_his_ticket_with_him(self):
        self.join()
        self.split(self.private)
        self.assertEqual(self.private.ticket_id, self.other)
        self.assertEqual(self.other.partner_id, self.private.partner_id)
        self.assertNotEqual(self.other.partner_id, self.ana)
        self.hear("d2", PHONE, text="A secret", at=NOW + 90)
        self.assertIn("A secret", self.said(self.other))
        self.assertNotIn("It is me", self.said(self.ticket))
        self.assertEqual(self.ticket.social_conversation_id, self.public)

    def test_and_leaves_what_others_began(self):
        self.private.ticket_id = self.ticket  # gone on with in private
        self.ticket.social_conversation_id = self.private
        self.split(self.private)
        self.assertEqual(self.ticket.social_conversation_id, self.public)
        self.hear("d2", PHONE, text="A secret", at=NOW + 90)
        self.assertNotEqual(self.private.ticket_id, self.ticket)
        self.assertNotIn("A secret", self.said(self.ticket))
        self.assertEqual(self.private.ticket_id.partner_id, self.private.partner_id)

    def test_whom_undoing_takes_back_takes_his_ticket_with_him(self):
        lia = self.stranger("Lia")
        merge = self.merge(self.private, lia)
        self.merge(self.public, lia)
        self.join()
        merge.action_undo()
        self.assertEqual(self.private.ticket_id, self.other)
        self.assertEqual(self.other.partner_id, self.ana)
        self.assertNotIn("It is me", self.said(self.ticket))

    def test_whom_undoing_does_not_take_back_keeps_his(self):
        merge = self.merge(self.private, self.stranger("Lia"))
        rui = self.stranger("Rui")
        self.merge(self.private, rui)  # since; undoing the first leaves it so
        self.merge(self.public, rui)
        self.join()
        merge.action_undo()
        self.assertEqual(self.private.ticket_id, self.ticket)
        self.assertIn("It is me", self.said(self.ticket))

    def stranger(self, name):
        return self.env["res.partner"].create({"name": name})

    def split(self, conversation):
        merges = self.env["helpdesk.social.merge"]
        merge = merges._split(conversation.contact_id, self.env["res.partner"])
        merge._finish()

    def merge(self, conversation, partner):
        merges = self.env["helpdesk.social.merge"]
        merge = merges._merge(conversation.contact_id, partner)
        merge._finish()
        return merge

    def test_nonsense_from_outside(self):
        ticket = self.ticket.with_user(self.agent)
        for wrong in (None, False, "1", [1], 0, 2**31 - 1, self.ticket.id):
            with self.assertRaises(UserError):
                ticket.action_social_join(wrong)

    def test_a_ticket_goes_on_in_one_only(self):
        third = self.hear("x1", "5511900000000", text="Hello")
        third.contact_id.partner_id = third.ticket_id.partner_id = self.ana
        self.join()
        with self.assertRaises(UserError):
            third.ticket_id.with_user(self.agent).action_social_join(self.other.id)

    def test_its_queries_do_not_grow(self):
        self.join()
        self.separate()
        for number in range(30):
            self.hear(f"d{number + 9}", PHONE, text="More", at=NOW + 100 + number)
        self.env.flush_all()
        with self.assertQueryCount(60):
            self.join()
            self.env.flush_all()
