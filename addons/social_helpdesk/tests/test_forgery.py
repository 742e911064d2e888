from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, new_test_user, tagged

from odoo.addons.queue_job.exception import RetryableJobError

from ..models.helpdesk_ticket import QUIET
from ..providers.errors import RetryLater
from .common import SocialCase
from .example_provider import Example

COMMENT = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}


@tagged("post_install", "-at_install")
class TestForgery(SocialCase):
    """What a user can say over RPC that no screen of ours lets him say."""

    def setUp(self):
        super().setUp()
        self.conv = self.receive(
            {"id": "in", "text": "Olá", "at": self.env.cr.now().timestamp()}
        )
        self.ticket = self.conv.ticket_id

    def outgoing(self):
        return self.messages(direction="out")

    def user(self, login, groups, **values):
        return new_test_user(self.env, login, groups=groups, lang="en_US", **values)

    def own_agent(self, **values):
        """An agent who sees his own tickets only, and one of them."""
        group = "helpdesk_mgmt.group_helpdesk_user_own"
        user = self.user("own", group, **values)
        values = {"name": "Own", "description": "x", "user_id": user.id}
        ticket = self.env["helpdesk.ticket"].create(
            {**values, "company_id": user.company_id.id}
        )
        return user, ticket.with_user(user)

    # --- writing to customers of others ---

    def test_no_ticket_takes_over_a_conversation(self):
        other = self.env["res.company"].create({"name": "Concorrente"})
        user, ticket = self.own_agent(
            company_id=other.id, company_ids=[Command.set(other.ids)]
        )
        stolen = {"social_conversation_id": self.conv.id}
        values = {"name": "x", "description": "x", "user_id": user.id}
        with self.assertRaises(AccessError):
            ticket.write(stolen)
        with self.assertRaises(AccessError):
            ticket.create({**values, **stolen})
        with self.assertRaises(AccessError):
            ticket.with_context(default_social_conversation_id=self.conv.id).create(
                values
            )
        self.assertFalse(ticket.copy({"name": "copy"}).sudo().social_conversation_id)
        with self.assertRaises(AccessError):
            ticket.copy(stolen)

    def test_no_template_for_another_s_ticket_or_account(self):
        template = self.env["helpdesk.social.template"].create(
            {
                "account_id": self.account.copy({"name": "Other"}).id,
                "external_id": "1",
                "name": "promo",
                "language": "pt_BR",
                "status": "approved",
                "body": "Compre já",
            }
        )
        values = {"ticket_id": self.ticket.id, "template_id": template.id}
        wizard = self.env["helpdesk.social.template.send"]
        user, own = self.own_agent()
        with self.assertRaises(AccessError):
            wizard.with_user(user).create(values)
        for ticket in (self.ticket, own):
            opened = wizard.with_user(self.agent).create(
                {**values, "ticket_id": ticket.id}
            )
            with self.assertRaisesRegex(UserError, "promo"):
                opened.action_send()
        self.assertFalse(self.outgoing())

    # --- speaking as an agent ---

    def test_a_customer_does_not_speak_as_an_agent(self):
        portal = self.user("forger", "base.group_portal")
        self.ticket.message_subscribe(portal.partner_id.ids)
        forged = {"author_id": self.agent.partner_id.id, "email_from": "a@example.com"}
        for values in (COMMENT, {**COMMENT, "message_type": "email"}):
            post = self.ticket.with_user(portal).message_post
            for poster in (post, self.ticket.with_user(portal).sudo().message_post):
                poster(body="Forjado", **forged, **values)
        self.assertFalse(self.outgoing())

    def test_a_colleague_who_only_follows_does_not_answer(self):
        colleague = self.user("colleague", "base.group_user")
        self.ticket.message_subscribe(colleague.partner_id.ids)
        self.answer(self.ticket, "Sou do financeiro", user=colleague)
        self.assertFalse(self.outgoing())
        self.assertFalse(self.ticket.with_user(colleague).social_info)

    def test_a_colleague_who_only_follows_opens_the_ticket(self):
        colleague = self.user("colleague", "base.group_user")
        self.ticket.message_subscribe(colleague.partner_id.ids)
        self.env.invalidate_all()
        self.assertEqual(Form(self.ticket.with_user(colleague)).name, self.ticket.name)
        self.assertEqual(self.ticket.with_user(colleague).social_message_count, 1)

    def test_no_context_keeps_an_answer_inside(self):
        for value in (True, 1, str(QUIET)):
            quiet = {"social_quiet": value, "social_inbound": value}
            self.answer(self.ticket.with_context(**quiet), "Resolvido")
        self.assertEqual(len(self.outgoing()), 3)

    def test_no_context_quotes_what_was_not_chosen(self):
        post = self.messages(external_id="in").mail_message_id
        self.answer(self.ticket.with_context(social_quoted_id=post.id), "Olá")
        self.assertIn('"reply_to": ""', self.outgoing().part)

    def test_what_a_customer_received_is_not_rewritten(self):
        post = self.answer(self.ticket, "O prazo é amanhã")
        ticket = self.ticket.with_user(self.agent)
        for body in ("O prazo era ontem", ""):
            with self.assertRaisesRegex(UserError, "went to the customer"):
                ticket._message_update_content(post, body=body)
        note = ticket.message_post(body="Nota", message_type="comment")
        ticket._message_update_content(note, body="Outra nota")

    def test_a_manager_does_not_change_what_a_provider_said(self):
        manager = self.user("desk_manager", "helpdesk_mgmt.group_helpdesk_manager")
        event = self.env["helpdesk.social.event"].search([("external_id", "=", "in")])
        event.state = "failed"
        event = event.with_user(manager)
        for values in ({"payload": "{}"}, {"state": "new"}):
            with self.assertRaises(AccessError):
                event.write(values)
        event.action_retry()
        self.assertEqual(event.state, "new")
        with self.assertRaises(AccessError):
            event.with_user(self.agent).action_retry()

    def test_a_used_account_keeps_its_channel(self):
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            self.account.provider = "telegram"
        unused = self.account.copy({"name": "Unused"})
        unused.provider = "telegram"
        self.assertIn("bot_token", unused.credential_ids.mapped("name"))

    # --- reading ---

    def test_what_the_portal_reads(self):
        portal = self.user("forger", "base.group_portal")
        self.ticket.message_subscribe(portal.partner_id.ids)
        self.account.write({"state": "alarm", "state_message": "Token expired"})
        ticket = self.ticket.with_user(portal)
        self.assertFalse(ticket.social_info)
        post = self.answer(self.ticket, "Olá")
        for name in ("social_info", "social_message_ids"):
            with self.assertRaises(AccessError):
                post.with_user(portal).read([name])

    def test_the_server_s_report_is_for_administrators(self):
        manager = self.user("desk_manager", "helpdesk_mgmt.group_helpdesk_manager")
        accounts = self.env["helpdesk.social.account"]
        with self.assertRaises(AccessError):
            accounts.with_user(manager).doctor_report()
        system = self.user(
            "settings", "base.group_system,helpdesk_mgmt.group_helpdesk_manager"
        )
        report = accounts.with_user(system).doctor_report()
        self.assertNotIn("a secret of the tests", str(report))


@tagged("post_install", "-at_install")
class TestBrowserForgery(HttpCase, SocialCase):
    """The chatter's own route, which posts as the system."""

    def post(self, login, **values):
        self.authenticate(login, login)
        return self.make_jsonrpc_request(
            "/mail/message/post",
            {
                "thread_model": "helpdesk.ticket",
                "thread_id": self.ticket.id,
                "context": {"social_quiet": True},
                "post_data": {"body": "Olá", **COMMENT, **values},
            },
        )

    def setUp(self):
        super().setUp()
        at = self.env.cr.now().timestamp()
        self.ticket = self.receive({"id": "in", "text": "Olá", "at": at}).ticket_id

    def test_an_agent_s_answer_goes_out_whatever_the_context(self):
        self.post("social_agent")
        self.assertEqual(len(self.messages(direction="out")), 1)

    def test_a_customer_s_words_stay_inside(self):
        portal = new_test_user(self.env, "forger", groups="base.group_portal")
        self.ticket.message_subscribe(portal.partner_id.ids)
        for kind in ("comment", "email"):
            self.post("forger", message_type=kind, author_id=self.agent.partner_id.id)
        self.assertFalse(self.messages(direction="out"))


@tagged("post_install", "-at_install")
class TestSending(SocialCase):
    def setUp(self):
        super().setUp()
        at = self.env.cr.now().timestamp()
        self.conv = self.receive({"id": "in", "text": "Olá", "at": at})
        self.answer(self.conv.ticket_id, "Olá")
        self.message = self.messages(direction="out")

    def test_not_again_while_it_is_being_sent(self):
        self.message.write({"state": "sending", "error": "?"})
        with self.registry.cursor() as other:
            other.execute(
                "SELECT pg_advisory_lock(hashtextextended(%s, 0))",
                [self.conv._outbox()],
            )
            with self.assertRaisesRegex(UserError, "right now"):
                self.message.with_user(self.agent).action_settle(False)
            other.execute("SELECT pg_advisory_unlock_all()")
        self.message.with_user(self.agent).action_settle(False)
        self.assertEqual(self.message.state, "queued")

    def test_files_in_the_order_in_which_they_were_attached(self):
        names = ["1.pdf", "2.pdf", "3.pdf"]
        self.answer(
            self.conv.ticket_id, "Três", attachments=[(n, b"%PDF-1.4") for n in names]
        )
        sent = self.messages(direction="out").attachment_id
        self.assertEqual(sent.mapped("name"), names)

    def test_an_echo_faster_than_the_answer_to_our_call(self):
        at = self.env.cr.now().timestamp()
        self.receive({"id": "out-1", "text": "Olá", "echo": True, "at": at})
        self.conv._send_waiting()
        self.assertEqual(self.message.state, "sent")
        self.message.invalidate_recordset()
        self.assertFalse(self.message.external_id)

    def test_no_server_s_word_makes_a_message_wait_for_ever(self):
        Example.outcomes = [RetryLater("Later", seconds=1e300)]
        try:
            self.conv._send_waiting()
        except RetryableJobError as error:
            self.assertLessEqual(error.seconds, 24 * 3600)
        self.assertEqual(self.message.state, "queued")
