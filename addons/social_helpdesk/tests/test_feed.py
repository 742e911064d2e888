from datetime import datetime, timedelta, timezone
from unittest.mock import patch

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..providers.errors import Refused
from ..providers.feed import Feed
from ..providers.http import Response
from .common import SocialCase

URL = "https://reclama.example/erp.rss"


def feed(*items):
    """``(id, text)``, all of today."""
    now = datetime.now(timezone.utc).isoformat()
    entries = "".join(
        f"<entry><id>{key}</id><title>Nota rejeitada</title><link href='/r/{key}'/>"
        f"<author><name>Padaria Trigo Dourado</name></author>"
        f"<published>{now}</published><content>{text}</content></entry>"
        for key, text in items
    )
    text = f"<feed xmlns='http://www.w3.org/2005/Atom'>{entries}</feed>"
    return Response(200, {"etag": '"1"'}, text.encode())


@tagged("post_install", "-at_install")
class TestFeed(SocialCase):
    """An item that names the company becomes a mention, answered on its page."""

    def setUp(self):
        super().setUp()
        self.account = self.env["helpdesk.social.account"].create(
            {
                "name": "Open web",
                "provider": "feed",
                "team_id": self.team.id,
                "lang": "en_US",
            }
        )
        self.account.set_credentials({"feed_url": URL, "keywords": "horizonte"})
        self.account.state = "connected"

    def poll(self, *items):
        with patch.object(Feed, "_fetch", lambda *args: feed(*items)):
            self.account._poll()
        self.drain(self.account)
        return self.messages(direction="in").ticket_id

    def note(self, ticket, user=None, **values):
        wizard = (
            self.env["helpdesk.social.answered.elsewhere"]
            .with_user(user or self.agent)
            .create({"ticket_id": ticket.id, "text": "We wrote to you", **values})
        )
        return wizard.action_note()

    def test_an_item_that_names_us_becomes_a_ticket_and_others_do_not(self):
        ticket = self.poll(("1", "O Horizonte não emite."), ("2", "Outro sistema."))
        self.assertEqual(len(ticket), 1)
        self.assertEqual(ticket.team_id, self.team)
        self.assertEqual(ticket.partner_id.name, "Padaria Trigo Dourado")
        info = ticket.with_user(self.agent).social_info
        self.assertTrue(info["elsewhere"] and info["public"])
        self.assertEqual(info["about_url"], "https://reclama.example/r/1")

    def test_read_again_nothing_is_doubled_and_a_change_is_an_edit(self):
        ticket = self.poll(("1", "O Horizonte não emite."))
        self.assertEqual(self.poll(("1", "O Horizonte não emite.")), ticket)
        self.assertEqual(len(self.bodies(ticket)), 1)
        self.poll(("1", "O Horizonte já emite, obrigada."))
        [body] = self.bodies(ticket)
        self.assertIn("já emite", body)

    def test_what_was_answered_is_noted_and_counts_as_the_answer(self):
        ticket = self.poll(("1", "O Horizonte não emite."))
        conversation = ticket.social_conversation_id
        self.assertFalse(conversation.last_outbound_at)
        self.note(ticket, url="https://reclama.example/r/1#resposta")
        self.assertTrue(conversation.last_outbound_at)
        note = ticket.message_ids[0]
        self.assertEqual(note.subtype_id, self.env.ref("mail.mt_note"))
        self.assertEqual(note.author_id, self.agent.partner_id)
        self.assertIn('href="https://reclama.example/r/1#resposta"', note.body)
        self.assertIn("We wrote to you", note.body)
        self.assertFalse(self.messages(direction="out"))

    def test_a_link_that_runs_is_no_link(self):
        ticket = self.poll(("1", "O Horizonte não emite."))
        self.note(ticket, url="javascript:alert(1)")
        self.assertNotIn("javascript", ticket.message_ids[0].body)

    def test_nothing_is_sent_from_the_ticket(self):
        ticket = self.poll(("1", "O Horizonte não emite."))
        with self.assertRaisesRegex(UserError, "Open the page and answer there"):
            self.answer(ticket)

    def test_other_channels_are_answered_here(self):
        self.account = self.env["helpdesk.social.account"].search(
            [("provider", "=", "example")], limit=1
        )
        ticket = self.receive({"text": "Hello"}).ticket_id
        with self.assertRaisesRegex(UserError, "answered right here"):
            self.note(ticket)

    def test_only_who_may_write_notes(self):
        ticket = self.poll(("1", "O Horizonte não emite."))
        stranger = new_test_user(
            self.env,
            "own_tickets_only",
            groups="helpdesk_mgmt.group_helpdesk_user_own",
        )
        ticket.write({"user_id": self.agent.id})
        self.team.user_ids = [Command.set(self.agent.ids)]
        with self.assertRaises(AccessError):
            self.note(ticket, user=stranger)

    def test_the_alarm_ends_when_the_feed_is_back(self):
        with patch.object(Feed, "poll", side_effect=Refused("Gone", alarm=True)):
            self.account._poll()
        self.assertEqual(self.account.state, "alarm")
        left = self.account.next_poll_at - fields.Datetime.now()
        self.assertGreater(left, timedelta(minutes=50), "politely")
        self.poll()
        self.assertEqual(self.account.state, "connected")

    def test_accounts_of_one_site_are_asked_one_after_the_other(self):
        accounts = self.account
        for url in ("https://reclama.example/b.xml", "https://outro.example/a.xml"):
            other = self.account.copy({"name": url})
            other.set_credentials({"feed_url": url})
            other.state = "connected"
            accounts |= other
        self.env["helpdesk.social.account"]._cron_poll()
        keys = [f"social_poll:{account.id}" for account in accounts]
        jobs = self.env["queue.job"].search([("identity_key", "in", keys)])
        self.assertEqual(len(jobs), 3)
        self.assertEqual(len(jobs.filtered("eta")), 1)
