from datetime import datetime, timedelta, timezone
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import helpdesk_social_drain
from ..providers.types import (
    AccountNotice,
    Card,
    Deletion,
    Edit,
    Ignored,
    Kind,
    Location,
    Message,
    NewIdentity,
    Note,
    Person,
    Reaction,
    Status,
    StatusUpdate,
)
from .common import START, SocialCase
from .example_provider import Example

NOW = datetime.fromtimestamp(START, timezone.utc)
MARIA = Person("5511999990001", "Maria", phone="+5511999990001")


@tagged("post_install", "-at_install")
class TestInbound(SocialCase):
    def typed(self, *events):
        """Apply typed events straight away, as if their payloads said so."""
        account = self.account._inbound_env()
        pairs = []
        for index, event in enumerate(events):
            self.store({"id": f"t{index}:{event.external_id}", "at": START + index})
            record = self.env["helpdesk.social.event"].search(
                [("external_id", "=", f"t{index}:{event.external_id}")]
            )
            pairs.append((record, event))
        self.env["helpdesk.social.inbound"]._apply(account, pairs)
        return [record for record, _event in pairs]

    def message(self, external_id="w1", **values):
        values = {
            "thread": MARIA.id,
            "sender": MARIA,
            "occurred_at": NOW,
            "kind": Kind.TEXT,
            "text": "Nota rejeitada",
            "html": "Nota rejeitada",
            **values,
        }
        return Message(external_id=external_id, **values)

    # --- message to ticket ---

    def test_first_message_opens_a_ticket(self):
        conversation = self.receive(
            {"text": "Nota fiscal rejeitada\nerro 539", "name": "Maria"}
        )
        ticket = conversation.ticket_id
        self.assertEqual(ticket.name, "Nota fiscal rejeitada")
        self.assertEqual(ticket.team_id, self.team)
        self.assertEqual(ticket.channel_id.social_provider, "example")
        self.assertEqual(ticket.partner_id.name, "Maria")
        self.assertFalse(ticket.user_id)
        self.assertIn("erro 539", self.bodies(ticket)[0])
        self.assertEqual(ticket.message_ids[-1:].model, "helpdesk.ticket")

    def test_next_message_goes_into_the_same_ticket(self):
        first = self.receive({"id": "a", "text": "um"}).ticket_id
        second = self.receive({"id": "b", "text": "dois", "at": START + 60}).ticket_id
        self.assertEqual(first, second)
        self.assertEqual(len(self.bodies(first)), 2)

    def test_the_provider_s_time_is_kept(self):
        self.receive({"id": "a", "text": "um"})
        message = self.messages(external_id="a")
        self.assertEqual(message.occurred_at, NOW.replace(tzinfo=None))
        self.assertEqual(message.mail_message_id.date, NOW.replace(tzinfo=None))

    def test_a_shuffled_batch_is_applied_in_its_order(self):
        texts = [f"linha {n:02}" for n in range(20)]
        events = [
            {"id": f"s{n}", "text": text, "at": START + n}
            for n, text in enumerate(texts)
        ]
        events = events[7:] + events[:7]
        ticket = self.receive(*events).ticket_id
        self.assertEqual([b[5:13] for b in self.bodies(ticket)], texts)

    def test_a_large_body_is_worked_off_in_the_provider_s_order(self):
        """Else a piece of it could bring an edit before what it changes."""
        given = {"edit": START + 5, "next": START + 1, "now": None, "first": START}
        self.store(*({"id": name, "at": at} for name, at in given.items()))
        events = self.env["helpdesk.social.event"].search(
            [("external_id", "in", list(given))], order="id"
        )
        order = ["first", "next", "edit", "now"]
        self.assertEqual(events.mapped("external_id"), order)

    def test_order_of_one_second_is_the_provider_s_sequence(self):
        ticket = self.receive(
            {"id": "b", "text": "dois", "at": START, "seq": 2},
            {"id": "a", "text": "um", "at": START, "seq": 1},
        ).ticket_id
        self.assertEqual(["um" in b for b in self.bodies(ticket)], [True, False])

    def test_the_same_message_twice(self):
        self.receive({"id": "a", "text": "um"})
        self.assertFalse(self.store({"id": "a", "text": "um"}))
        self.typed(self.message("a"))
        self.assertEqual(len(self.messages(external_id="a")), 1)
        self.assertEqual(len(self.bodies(self.conversation().ticket_id)), 1)

    def test_the_same_id_at_two_accounts_is_two_messages(self):
        """Each bot counts its own updates."""
        second = self.account.copy({"name": "Second desk"})
        self.store({"id": "a", "text": "um"})
        self.store({"id": "a", "text": "dois"}, account=second)
        self.drain()
        self.drain(second)
        found = self.messages(external_id="a") | self.messages(
            external_id="a", account_id=second.id
        )
        self.assertEqual(len(found.ticket_id), 2)
        self.assertEqual(len(found.contact_id), 2)

    def test_a_late_message_turns_no_time_back(self):
        conversation = self.receive({"id": "b", "at": START + 60})
        newest = conversation.last_inbound_at
        self.receive({"id": "a", "at": START})
        self.assertEqual(conversation.last_inbound_at, newest)
        self.receive({"id": "c", "at": START + 90})
        self.assertGreater(conversation.last_inbound_at, newest)

    def test_photo_without_text_has_a_title(self):
        self.typed(self.message(kind=Kind.IMAGE, text="", html=""))
        self.assertEqual(self.conversation().ticket_id.name, "Photo")

    def test_what_happened_without_words_is_a_title(self):
        """A story that mentions us: its address is a link, and not in the title."""
        note = Note(
            "Mentioned <b>us: %(url)s", {"url": "https://example.com/s?a=1&b=2"}
        )
        self.typed(self.message(text="", html="", notes=(note,)))
        ticket = self.conversation().ticket_id
        self.assertEqual(ticket.name, "Mentioned <b>us")
        (body,) = self.bodies(ticket)
        self.assertIn('href="https://example.com/s?a=1&amp;b=2"', body)
        self.assertIn("Mentioned &lt;b&gt;us", body)

    def test_long_first_line_is_cut_at_a_word(self):
        ticket = self.receive({"text": "palavra " * 40}).ticket_id
        self.assertLessEqual(len(ticket.name), 100)
        self.assertTrue(ticket.name.endswith("palavra…"))

    def test_reopened_within_the_days(self):
        ticket = self.receive({"id": "a", "text": "um"}).ticket_id
        ticket.stage_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        again = self.receive({"id": "b", "text": "de novo", "at": START + 9}).ticket_id
        self.assertEqual(again, ticket)
        self.assertFalse(ticket.closed)
        self.assertFalse(ticket.closed_date)

    def test_a_new_ticket_after_the_days(self):
        ticket = self.receive({"id": "a", "text": "um"}).ticket_id
        ticket.stage_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        ticket.closed_date = datetime.now() - timedelta(days=8)
        again = self.receive({"id": "b", "text": "outro", "at": START + 9}).ticket_id
        self.assertNotEqual(again, ticket)
        self.assertTrue(ticket.closed)
        self.assertEqual(self.messages(external_id="a").ticket_id, ticket)

    def test_always_a_new_ticket_with_zero_days(self):
        self.account.reopen_days = 0
        ticket = self.receive({"id": "a", "text": "um"}).ticket_id
        ticket.stage_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        again = self.receive({"id": "b", "text": "outro", "at": START + 9}).ticket_id
        self.assertNotEqual(again, ticket)

    def test_deleted_or_archived_ticket_is_replaced(self):
        ticket = self.receive({"id": "a", "text": "um"}).ticket_id
        ticket.active = False
        again = self.receive({"id": "b", "text": "dois", "at": START + 9}).ticket_id
        self.assertNotEqual(again, ticket)
        again.unlink()
        third = self.receive({"id": "c", "text": "três", "at": START + 19}).ticket_id
        self.assertTrue(third.exists())

    def test_merged_ticket_is_followed(self):
        ticket = self.receive({"id": "a", "text": "um"}).ticket_id
        main = ticket.copy()
        ticket.duplicate_id = main
        self.receive({"id": "b", "text": "dois", "at": START + 9})
        self.assertIn("dois", self.bodies(main)[-1])

    # --- who wrote ---

    def test_known_partner_by_the_old_form_of_his_number(self):
        brazil = self.env.ref("base.br")
        known = self.env["res.partner"].create(
            {"name": "Márcia", "phone": "(43) 9912-3456", "country_id": brazil.id}
        )
        self.receive({"from": "5543999123456", "phone": "+5543999123456"})
        conversation = self.conversation("5543999123456")
        self.assertEqual(conversation.partner_id, known)

    def test_unknown_number_makes_a_partner_once(self):
        self.receive({"id": "a", "phone": "+5511999990001", "name": "Nova"})
        partner = self.conversation().partner_id
        self.receive({"id": "b", "phone": "+5511999990001", "at": START + 5})
        self.assertEqual(self.conversation().partner_id, partner)
        self.assertEqual(partner.name, "Nova")

    def test_name_learned_but_never_overwritten(self):
        self.receive({"id": "a"})
        contact = self.conversation().contact_id
        self.assertEqual(contact.name, "5511999990001")
        self.receive({"id": "b", "name": "Maria", "at": START + 5})
        self.assertEqual(contact.name, "Maria")
        contact.name = "Maria (financeiro)"
        self.receive({"id": "c", "name": "Mari", "at": START + 9})
        self.assertEqual(contact.name, "Maria (financeiro)")

    def test_phone_after_a_user_id_is_the_same_conversation(self):
        self.typed(
            self.message("a", thread="bsuid", sender=Person("bsuid", "Maria")),
            self.message(
                "b",
                sender=Person(
                    MARIA.id, "Maria", phone=MARIA.phone, other_ids=("bsuid",)
                ),
            ),
        )
        conversation = self.messages(external_id="a").conversation_id
        self.assertEqual(self.messages(external_id="b").conversation_id, conversation)
        self.assertEqual(conversation.contact_id.phone, MARIA.phone)
        self.assertEqual(conversation.contact_id.other_id, MARIA.id)

    def test_changed_number(self):
        conversation = self.receive({"id": "a"})
        new = Person("5511888880002", phone="+5511888880002")
        self.typed(NewIdentity("n", MARIA.id, MARIA.id, new, NOW))
        self.assertEqual(conversation.contact_id.external_id, new.id)
        self.assertEqual(conversation.thread, new.id)
        self.receive({"id": "b", "from": new.id, "at": START + 5})
        self.assertEqual(self.messages(external_id="b").conversation_id, conversation)

    def test_group_is_one_conversation_of_many(self):
        self.receive(
            {"id": "a", "from": "p1", "name": "Ana", "thread": "g1", "group": "Loja"},
            {"id": "b", "from": "p2", "name": "Bia", "thread": "g1", "group": "Loja"},
        )
        ticket = self.conversation("g1").ticket_id
        self.assertEqual(
            ["Ana" in self.bodies(ticket)[0], "Bia" in self.bodies(ticket)[1]],
            [True, True],
        )
        self.assertEqual(
            self.messages(ticket_id=ticket.id).contact_id.mapped("name"), ["Ana", "Bia"]
        )

    def test_blocked_contact_opens_nothing(self):
        conversation = self.receive({"id": "a"})
        conversation.contact_id.blocked = True
        self.receive({"id": "b", "at": START + 5})
        self.assertFalse(self.messages(external_id="b"))
        event = self.env["helpdesk.social.event"].search([("external_id", "=", "b")])
        self.assertEqual(event.state, "ignored")

    def test_nor_does_what_the_business_writes_to_him(self):
        conversation = self.receive({"id": "a"})
        conversation.contact_id.blocked = True
        self.receive({"id": "b", "echo": True, "at": START + 5})
        event = self.env["helpdesk.social.event"].search([("external_id", "=", "b")])
        self.assertEqual((event.state, len(self.messages())), ("ignored", 1))

    def test_a_tick_teaches_the_other_id(self):
        """Who writes without his number afterwards is the same customer."""
        self.receive({"id": "a"})
        self.messages(external_id="a").write({"direction": "out", "state": "sent"})
        told = Person(MARIA.id, other_ids=("BR.1349",))
        self.typed(StatusUpdate("a", Status.READ, NOW, recipient=told))
        self.typed(self.message("b", thread="BR.1349", sender=Person("BR.1349")))
        first, second = (self.messages(external_id=i) for i in ("a", "b"))
        self.assertEqual(second.contact_id, first.contact_id)
        self.assertEqual(second.conversation_id, first.conversation_id)

    def test_echo_from_the_phone_app_is_ours(self):
        self.receive({"id": "a"}, {"id": "b", "echo": True, "text": "do celular"})
        echo = self.messages(external_id="b")
        self.assertEqual((echo.direction, echo.state), ("out", "sent"))
        self.assertEqual(
            echo.mail_message_id.author_id, self.account.company_id.partner_id
        )

    # --- what is shown ---

    def test_html_of_a_customer_never_executes(self):
        attack = "<img src=x onerror=alert(1)><script>alert(2)</script>"
        ticket = self.receive({"text": attack, "name": attack}).ticket_id
        for text in (*self.bodies(ticket), str(ticket.description)):
            self.assertNotIn("<img", text)
            self.assertNotIn("<script", text)

    def test_location_and_card(self):
        place = Location(-23.5, -46.6, "<b>Loja</b>", "Rua 1")
        card = Card("Zé <i>", ("+55 11 1",), ("ze@example.com",), "Padaria")
        self.typed(self.message(text="", html="", location=place, cards=(card,)))
        body = self.bodies(self.conversation().ticket_id)[0]
        self.assertIn("mlat=-23.5", body)
        self.assertIn("&lt;b&gt;Loja", body)
        self.assertIn("Zé &lt;i&gt;", body)
        self.assertIn("ze@example.com", body)

    def test_note_of_an_unsupported_message(self):
        note = Note("Unsupported message: %(type)s", {"type": "order"})
        self.typed(self.message(kind=Kind.UNSUPPORTED, text="", html="", notes=(note,)))
        body = self.bodies(self.conversation().ticket_id)[0]
        self.assertIn("Unsupported message: order", body)
        self.assertIn("t0:w1", str(self.messages(external_id="w1").raw))

    def test_quote_of_a_known_and_an_unknown_message(self):
        ticket = self.receive(
            {"id": "a", "text": "qual o erro?"},
            {"id": "b", "text": "este", "reply_to": "a"},
            {"id": "c", "text": "e este", "reply_to": "nobody knows"},
        ).ticket_id
        _first, quoting, unknown = self.bodies(ticket)
        self.assertIn("o_social_quote", quoting)
        self.assertIn("qual o erro?", quoting)
        self.assertNotIn("o_social_quote", unknown)

    # --- events about a message ---

    def test_reaction_set_and_taken_back(self):
        self.receive({"id": "a", "text": "um"})
        post = self.messages(external_id="a").mail_message_id
        self.typed(Reaction("r1", "a", MARIA.id, MARIA, NOW, "👍"))
        self.assertEqual(post.reaction_ids.mapped("content"), ["👍"])
        self.typed(Reaction("r2", "a", MARIA.id, MARIA, NOW, "❤️"))
        self.assertEqual(post.reaction_ids.mapped("content"), ["❤️"])
        self.typed(Reaction("r3", "a", MARIA.id, MARIA, NOW, ""))
        self.assertFalse(post.reaction_ids)

    def test_nothing_less_than_a_message_makes_a_contact(self):
        stranger = Person("5599", "Stranger")
        events = self.typed(
            Reaction("r", "unknown", "5599", stranger, NOW, "👍"),
            Edit("e", "unknown", "5599", stranger, NOW, "x", "x"),
            Deletion("d", "unknown", "5599", stranger, NOW),
        )
        self.assertEqual({event.state for event in events}, {"ignored"})
        contacts = self.env["helpdesk.social.contact"]
        self.assertFalse(contacts.search([("external_id", "=", "5599")]))

    def test_edit_shows_both(self):
        self.receive({"id": "a", "text": "erro 538"})
        self.typed(Edit("e", "a", MARIA.id, MARIA, NOW, "erro 539", "erro 539"))
        body = self.messages(external_id="a").mail_message_id.body
        self.assertIn("erro 539", body)
        self.assertIn("erro 538", body)

    def test_what_came_too_early_waits_for_its_message(self):
        """The provider retries a message: what is about it can be here before."""
        early = self.typed(
            Edit("e1", "a", MARIA.id, MARIA, NOW, "erro 538", "erro 538"),
            Reaction("r", "b", MARIA.id, MARIA, NOW, "👍"),
        )
        self.typed(self.message("a", text="erro 53"))
        self.assertEqual([event.state for event in early], ["new", "ignored"])
        self.assertFalse(early[0].waits_for)
        self.assertEqual(early[1].waits_for, "b")
        self.typed(self.message("c"))
        self.assertEqual(early[1].state, "ignored")

    def test_deletion_leaves_a_line(self):
        self.receive({"id": "a", "text": "minha senha é 1234"})
        self.typed(Deletion("d", "a", MARIA.id, MARIA, NOW))
        body = self.messages(external_id="a").mail_message_id.body
        self.assertNotIn("1234", body)
        self.assertIn("deleted", body)

    def test_account_notices(self):
        self.typed(AccountNotice("n", "Quality is %(q)s", values={"q": "low"}))
        self.assertEqual(self.account.state, "draft")
        self.typed(AccountNotice("n2", "Locked", level="alarm"), Ignored("i", "typing"))
        self.assertEqual(self.account.state, "alarm")
        self.assertEqual(self.account.state_message, "Locked")

    def test_a_status_can_say_that_the_account_is_broken(self):
        self.receive({"id": "a", "text": "um"})
        self.messages(external_id="a").write({"direction": "out", "state": "sent"})
        self.typed(
            StatusUpdate(
                "a", Status.FAILED, NOW, code="131031", text="Locked", alarm=True
            )
        )
        self.assertEqual(self.account.state, "alarm")
        self.assertEqual(self.messages(external_id="a").error, "Locked")

    def test_a_message_is_in_its_ticket_before_the_job_waits_for_more(self):
        naps = []

        def nap(_seconds):
            naps.append(len(self.messages(external_id="a")))

        with patch.object(helpdesk_social_drain.time, "sleep", nap):
            self.receive({"id": "a"})
        self.assertEqual(naps, [1])

    # --- nothing is lost ---

    def test_a_malformed_event_is_parked_and_its_neighbours_pass(self):
        ticket = self.receive(
            {"id": "a", "text": "um"},
            {"id": "b", "bad": True},
            {"id": "c", "text": "três"},
        ).ticket_id
        self.assertEqual(len(self.bodies(ticket)), 2)
        parked = self.env["helpdesk.social.event"].search([("external_id", "=", "b")])
        self.assertEqual((parked.state, parked.reason), ("failed", "Bad as ordered"))

    @mute_logger("odoo.addons.social_helpdesk.models.helpdesk_social_event")
    def test_a_crash_while_applying_parks_only_its_event(self):
        self.account.team_id = self.team
        original = Example.parse

        def parse(provider, payload):
            understood = original(provider, payload)
            if payload["id"] == "b":
                return self.message("b", kind=Kind.IMAGE, media=("not a media",))
            return understood

        self.patch(Example, "parse", parse)
        ticket = self.receive(
            {"id": "a", "text": "um"}, {"id": "b"}, {"id": "c", "text": "três"}
        ).ticket_id
        self.assertEqual(len(self.bodies(ticket)), 2)
        parked = self.env["helpdesk.social.event"].search([("external_id", "=", "b")])
        self.assertEqual(parked.state, "failed")
        self.patch(Example, "parse", original)
        parked.action_retry()
        self.drain()
        self.assertEqual(parked.state, "done")

    def test_strings_that_postgresql_refuses(self):
        ticket = self.receive(
            {"id": "n\x00ul\ud800", "text": "a\x00b", "name": "x" * 10_000}
        )
        self.assertTrue(ticket.ticket_id)

    def test_jobs_one_per_lane(self):
        from odoo.addons.queue_job.tests.common import trap_jobs

        lanes = self.store({"id": "a"}, {"id": "b"})
        self.assertEqual(len(lanes), 1)
        events = self.env["helpdesk.social.event"]
        with trap_jobs() as trap:
            events._cron_wake()
            trap.assert_jobs_count(1, only=self.account._drain)
        events._wake(self.account.id, lanes)
        before = self.env["queue.job"].search_count([])
        events._wake(self.account.id, lanes)
        self.assertEqual(self.env["queue.job"].search_count([]), before)
