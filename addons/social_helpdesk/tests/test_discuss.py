import base64
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessDenied, AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged

AGENT = "helpdesk_mgmt.group_helpdesk_user"
NOTE = "mail.mt_note"


class DiscussCase(TransactionCase):
    """An agent, an employee and a customer who talk in Discuss."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.agent = new_test_user(cls.env, "discuss_agent", groups=AGENT)
        cls.employee = new_test_user(cls.env, "discuss_employee", name="Eva Prado")
        cls.customer = new_test_user(
            cls.env, "discuss_customer", groups="base.group_portal", name="Rui Dias"
        )
        cls.team = cls.env["helpdesk.ticket.team"].create(
            {"name": "Front desk", "user_ids": [Command.set(cls.agent.ids)]}
        )

    def group(self, *users):
        """A group of the agent and others."""
        partners = self.env["res.partner"].union(*(user.partner_id for user in users))
        channels = self.env["discuss.channel"].with_user(self.agent)
        return channels._create_group(partners_to=partners.ids, name="Invoices").sudo()

    def says(self, channel, user, text, **values):
        return (
            channel.sudo(False)
            .with_user(user)
            .message_post(
                body=text,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                **values,
            )
            .sudo()
        )

    def command(self, channel, title="The invoice is rejected", user=None):
        """:return: the conversation's tickets, newest first"""
        mine = channel.sudo(False).with_user(user or self.agent)
        mine.execute_command_ticket(body=f"/ticket {title}")
        return self.tickets(channel)

    def tickets(self, channel):
        return self.env["helpdesk.ticket"].search(
            [("discuss_channel_id", "=", channel.id)], order="id desc"
        )

    def answer(self, ticket, text="Send us the file", **values):
        values = {"subtype_xmlid": "mail.mt_comment", **values}
        return ticket.with_user(self.agent).message_post(
            body=text, message_type="comment", **values
        )

    def lines(self, record, note=False):
        """Comments of a ticket or a channel, oldest first."""
        posts = record.message_ids.filtered(
            lambda m: (
                m.message_type == "comment"
                and (m.subtype_id == self.env.ref(NOTE)) == note
            )
        )
        return [str(post.body) for post in posts.sorted("id")]


def suggested(ticket):
    """To whom the composer would send the answer by e-mail; partners."""
    found = ticket._message_get_suggested_recipients(reply_discussion=True)
    return [recipient["partner_id"] for recipient in found]


@tagged("post_install", "-at_install")
class TestCommand(DiscussCase):
    def setUp(self):
        super().setUp()
        self.channel = self.group(self.customer)
        self.says(self.channel, self.customer, "My invoice is rejected")
        self.says(self.channel, self.agent, "Which number?")

    def test_a_conversation_becomes_a_ticket_with_its_history(self):
        ticket = self.command(self.channel)
        self.assertEqual(ticket.name, "The invoice is rejected")
        self.assertEqual(ticket.partner_id, self.customer.partner_id)
        self.assertEqual(ticket.team_id, self.team)
        self.assertEqual(ticket.channel_id.name, "Discuss")
        [history] = self.lines(ticket, note=True)
        self.assertLess(history.index("is rejected"), history.index("Which number?"))
        self.assertIn("Rui Dias", history)
        told = self.channel.message_ids.sorted("id")[-1]
        self.assertIn(f"Ticket {ticket.number} created", told.body)

    def test_twice_is_one_ticket(self):
        self.assertEqual(self.command(self.channel), self.command(self.channel, "More"))

    def test_without_a_title_it_explains_itself(self):
        self.assertFalse(self.command(self.channel, ""))

    def test_what_is_said_afterwards_is_heard_in_the_ticket(self):
        ticket = self.command(self.channel)
        self.says(self.channel, self.customer, "Number 4711")
        self.assertIn("Number 4711", self.lines(ticket)[-1])
        self.assertEqual(
            ticket.message_ids.sorted("id")[-1].author_id, self.customer.partner_id
        )

    def test_an_answer_goes_into_the_conversation_once(self):
        ticket = self.command(self.channel)
        self.answer(ticket, "Certificate renewed")
        said = self.channel.message_ids.sorted("id")[-1]
        self.assertIn("Certificate renewed", said.body)
        self.assertEqual(said.author_id, self.agent.partner_id)
        self.assertEqual(len(self.lines(ticket)), 1)

    def test_a_note_stays_inside(self):
        ticket = self.command(self.channel)
        before = self.lines(self.channel)
        self.answer(ticket, "A difficult customer", subtype_xmlid=NOTE)
        self.assertEqual(self.lines(self.channel), before)

    def test_the_composer_says_where_it_goes(self):
        ticket = self.command(self.channel)
        info = ticket.with_user(self.agent).social_info
        self.assertEqual((info["channel"], info["contact"]), ("discuss", "Rui Dias"))
        self.assertFalse(info["can_ask"] or info["public"])
        self.channel.active = False
        ticket.invalidate_recordset()
        self.assertFalse(ticket.with_user(self.agent).social_info)

    def test_files_are_copied_with_the_rights_of_where_they_go(self):
        self.channel = self.group(self.employee)
        ticket = self.command(self.channel)
        values = {"name": "nfe.xml", "datas": base64.b64encode(b"<nfe/>")}
        uploaded = {**values, "res_model": "mail.compose.message", "res_id": 0}
        files = self.env["ir.attachment"].with_user(self.employee)
        file = files.create(uploaded).sudo()
        self.says(self.channel, self.employee, "Here", attachment_ids=file.ids)
        copy = ticket.message_ids.sorted("id")[-1].attachment_ids
        self.assertNotEqual(copy, file)
        self.assertEqual((copy.res_model, copy.res_id), (ticket._name, ticket.id))
        self.assertEqual(copy.raw, b"<nfe/>")
        self.assertEqual(
            (file.res_model, file.res_id), (self.channel._name, self.channel.id)
        )

    def test_a_guest_is_heard_under_his_name(self):
        guest = self.env["mail.guest"].create({"name": "Visitor 7"})
        self.channel = self.group()
        self.channel._add_members(guests=guest)
        public = self.env.ref("base.public_user")
        as_guest = self.channel.with_user(public).with_context(guest=guest).sudo()
        as_guest.message_post(
            body="Do you have a minute?",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        ticket = self.command(self.channel)
        self.assertFalse(ticket.partner_id)
        self.assertEqual(ticket.partner_name, "Visitor 7")
        self.assertIn("Visitor 7", self.lines(ticket, note=True)[0])

    def test_a_live_chat_says_when_it_is_over(self):
        """Its fields are there when Live Chat is installed."""
        ticket = self.command(self.channel)
        self.assertEqual(self.channel._discuss_ended(), "")
        with patch.object(type(self.channel), "livechat_end_dt", "now", create=True):
            self.answer(ticket)
        self.assertIn("live chat has ended", ticket.message_ids.sorted("id")[-1].body)

    def test_a_closed_ticket_is_not_written_into(self):
        ticket = self.command(self.channel)
        closed = self.env["helpdesk.ticket.stage"].search([("closed", "=", True)])
        ticket.stage_id = closed[:1]
        self.says(self.channel, self.customer, "Thank you")
        self.assertFalse(self.lines(ticket))
        self.assertEqual(len(self.command(self.channel, "Again")), 2)

    def test_when_the_conversation_is_over_the_agent_is_told(self):
        ticket = self.command(self.channel)
        self.channel.active = False
        self.answer(ticket)
        told = ticket.message_ids.sorted("id")[-1]
        self.assertEqual(told.subtype_id, self.env.ref(NOTE))
        self.assertIn("is archived", told.body)

    def test_what_was_read_there_stays_as_it_was(self):
        ticket = self.command(self.channel)
        post = self.answer(ticket)
        with self.assertRaisesRegex(UserError, "went to the customer"):
            ticket._message_update_content(post.sudo(), body="Something else")

    # --- who may not ---

    def test_customers_and_strangers_make_none(self):
        for user in (self.customer, self.employee):
            self.channel.sudo()._add_members(users=user)
            with self.assertRaises(AccessError):
                self.command(self.channel, user=user)
        other = new_test_user(self.env, "other_agent", groups=AGENT)
        with self.assertRaises(AccessError):
            self.command(self.channel, user=other)
        self.assertFalse(self.tickets(self.channel))

    def test_nobody_ties_a_ticket_to_a_conversation_by_hand(self):
        ticket = self.env["helpdesk.ticket"].create({"name": "A", "description": "B"})
        with self.assertRaises(AccessError):
            ticket.with_user(self.agent).discuss_channel_id = self.channel
        with self.assertRaises(AccessError):
            self.env["helpdesk.ticket"].with_user(self.agent).create(
                {
                    "name": "A",
                    "description": "B",
                    "discuss_channel_id": self.channel.id,
                }
            )
        with self.assertRaises(AccessError):
            self.channel.sudo(False).with_user(self.agent).has_tickets = True

    def test_what_links_both_is_read_by_nobody(self):
        self.command(self.channel)
        for user in (self.agent, self.customer):
            with self.assertRaises(AccessError):
                self.env["helpdesk.discuss.line"].with_user(user).search([])


@tagged("post_install", "-at_install")
class TestSupportDesk(DiscussCase):
    """Employees get the same treatment as customers."""

    def setUp(self):
        super().setUp()
        self.channel = self.env["discuss.channel"]._create_channel("IT", None)
        self.channel.write({"support_desk": True, "helpdesk_team_id": self.team.id})
        self.channel._add_members(users=self.agent | self.employee)

    def test_an_employees_line_opens_his_ticket(self):
        self.says(self.channel, self.employee, "My printer is dead")
        [ticket] = self.tickets(self.channel)
        self.assertEqual(ticket.name, "My printer is dead")
        self.assertEqual(ticket.partner_id, self.employee.partner_id)
        self.assertEqual(ticket.team_id, self.team)
        self.says(self.channel, self.employee, "Still dead")
        self.assertEqual(len(self.tickets(self.channel)), 1)
        self.assertEqual(len(self.lines(ticket)), 2)

    def test_the_answer_comes_back_as_a_reply(self):
        asked = self.says(self.channel, self.employee, "My printer is dead")
        ticket = self.tickets(self.channel)
        self.answer(ticket, "Take the one upstairs")
        reply = self.channel.message_ids.sorted("id")[-1]
        self.assertEqual(reply.parent_id, asked)
        self.assertIn(ticket.number, reply.body)
        self.assertIn("Take the one upstairs", reply.body)
        self.assertEqual(len(self.lines(ticket)), 2)

    def test_an_agent_may_answer_in_the_channel(self):
        asked = self.says(self.channel, self.employee, "My printer is dead")
        ticket = self.tickets(self.channel)
        self.says(self.channel, self.agent, "Which one?", parent_id=asked.id)
        self.assertIn("Which one?", self.lines(ticket)[-1])
        self.says(self.channel, self.agent, "Lunch at noon?")
        self.assertEqual(len(self.lines(ticket)), 2)

    def test_every_employee_has_his_own(self):
        other = new_test_user(self.env, "other_employee", name="Ivo Reis")
        self.channel._add_members(users=other)
        self.says(self.channel, self.employee, "My printer is dead")
        self.says(self.channel, other, "Mine too")
        partners = self.tickets(self.channel).partner_id
        self.assertEqual(partners, (self.employee | other).partner_id)

    def test_managers_alone_set_it_up(self):
        mine = self.channel.sudo(False).with_user(self.agent)
        with self.assertRaisesRegex(AccessError, "Only helpdesk managers"):
            mine.support_desk = False
        with self.assertRaisesRegex(ValidationError, "Choose the team"):
            self.channel.helpdesk_team_id = False
        with self.assertRaisesRegex(ValidationError, "Only a channel"):
            self.group(self.employee).write(
                {"support_desk": True, "helpdesk_team_id": self.team.id}
            )


@tagged("post_install", "-at_install")
class TestSupportBot(DiscussCase):
    """The same in a chat with somebody who is nobody."""

    def setUp(self):
        super().setUp()
        self.team.support_bot_name = "IT Support"
        self.bot = self.team.sudo().support_bot_id.partner_id
        self.bot.invalidate_recordset(["im_status"])  # asked before it was one
        self.channel = self.chat(self.employee)

    def chat(self, user):
        channels = self.env["discuss.channel"].with_user(user)
        return channels._get_or_create_chat(self.bot.ids).sudo()

    def test_employees_find_it_and_know_what_it_is(self):
        partners = self.env["res.partner"].with_user(self.employee)
        found = partners.search_for_channel_invite("IT Supp")["partner_ids"]
        self.assertEqual(found, self.bot.ids)
        self.assertEqual(self.bot.im_status, "bot")
        self.assertNotEqual(self.agent.partner_id.im_status, "bot")

    def test_a_message_to_it_opens_a_ticket_and_is_answered_there(self):
        asked = self.says(self.channel, self.employee, "My printer is dead")
        [ticket] = self.tickets(self.channel)
        self.assertEqual(ticket.name, "My printer is dead")
        self.assertEqual(ticket.partner_id, self.employee.partner_id)
        self.assertEqual((ticket.team_id, ticket.user_id.id), (self.team, False))
        told = self.channel.message_ids.sorted("id")[-1]
        self.assertEqual(told.author_id, self.bot)
        self.assertIn(f"Ticket {ticket.number} created", told.body)
        self.answer(ticket, "Take the one upstairs")
        reply = self.channel.message_ids.sorted("id")[-1]
        self.assertIn("Take the one upstairs", reply.body)
        self.assertEqual(reply.author_id, self.agent.partner_id)
        self.assertEqual(reply.parent_id, asked)
        self.says(self.channel, self.employee, "It works")
        self.assertEqual(len(self.tickets(self.channel)), 1)
        self.assertEqual(len(self.lines(ticket)), 3)

    def test_it_speaks_the_language_of_whoever_asks(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self.employee.lang = "pt_BR"
        self.says(self.channel, self.employee, "A impressora parou")
        told = self.channel.message_ids.sorted("id")[-1]
        self.assertIn("Você lerá a resposta aqui", told.body)

    def test_an_agent_asks_as_everybody_else(self):
        channel = self.chat(self.agent)
        self.says(channel, self.agent, "My own printer")
        self.assertEqual(self.tickets(channel).partner_id, self.agent.partner_id)

    def test_the_command_gives_a_title(self):
        mine = self.channel.sudo(False).with_user(self.employee)
        mine.execute_command_ticket(body="/ticket New badge")
        self.assertEqual(self.tickets(self.channel).name, "New badge")

    def test_the_composer_names_it(self):
        self.says(self.channel, self.employee, "My printer is dead")
        info = self.tickets(self.channel).with_user(self.agent).social_info
        self.assertEqual(info["address"], "IT Support")

    def test_switched_off_it_says_so_and_open_tickets_go_on(self):
        self.says(self.channel, self.employee, "My printer is dead")
        ticket = self.tickets(self.channel)
        self.team.support_bot_name = False
        self.says(self.channel, self.employee, "Still dead")
        self.assertIn("Still dead", self.lines(ticket)[-1])
        closed = self.env["helpdesk.ticket.stage"].search([("closed", "=", True)])
        ticket.stage_id = closed[:1]
        self.says(self.channel, self.employee, "Anybody?")
        self.assertEqual(self.tickets(self.channel), ticket)
        told = self.channel.message_ids.sorted("id")[-1]
        self.assertIn("not taken here any more", told.body)
        self.assertEqual(told.author_id, self.bot)
        mine = self.channel.sudo(False).with_user(self.employee)
        mine.execute_command_ticket(body="/ticket Please")
        self.assertEqual(self.tickets(self.channel), ticket)
        self.team.support_bot_name = "Help"
        self.assertEqual(self.bot.name, "Help")
        self.says(self.channel, self.employee, "Now?")
        self.assertEqual(len(self.tickets(self.channel)), 2)

    def test_nobody_else_gets_a_copy(self):
        """Least of all somebody without an address, for whom the composer waits."""
        for address in (False, "eva@example.com"):
            self.employee.email = address
            self.says(self.channel, self.employee, "My printer is dead")
            ticket = self.tickets(self.channel).with_user(self.agent)
            self.assertEqual(suggested(ticket), [])
        self.answer(ticket)
        self.assertEqual(suggested(ticket), [])
        ticket.sudo().message_post(
            body="By e-mail",
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            author_id=self.customer.partner_id.id,
        )
        self.assertEqual(suggested(ticket), self.customer.partner_id.ids)

    def test_an_ordinary_chat_stays_one(self):
        channels = self.env["discuss.channel"].with_user(self.employee)
        chat = channels._get_or_create_chat(self.agent.partner_id.ids).sudo()
        self.says(chat, self.employee, "Lunch?")
        self.assertFalse(chat.support_desk or self.tickets(chat))

    def test_nobody_logs_in_as_it(self):
        bot = self.team.sudo().support_bot_id
        for password in ("x", bot.login):
            with self.assertRaises(AccessDenied):
                credential = {"type": "password", "password": password}
                bot.with_user(bot)._check_credentials(credential, {"interactive": True})

    def test_managers_alone_name_it(self):
        with self.assertRaises(AccessError):
            self.team.with_user(self.agent).support_bot_name = "Mine"
        manager = new_test_user(
            self.env,
            "discuss_manager",
            groups="helpdesk_mgmt.group_helpdesk_manager",
        )
        self.team.with_user(manager).support_bot_name = "Desk"
        self.assertEqual(self.bot.name, "Desk")
