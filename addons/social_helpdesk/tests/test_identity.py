from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..providers.types import Deletion, Edit, NewIdentity, Person, Reaction
from .common import START, SocialCase
from .example_provider import Example, moment

MARIA, JOAO = "5511999990001", "5511999990002"


@tagged("post_install", "-at_install")
class TestIdentity(SocialCase):
    """Every message stays with the customer who wrote it."""

    def typed(self, external_id, make, at=START + 50, sender=MARIA):
        """One more event of ``sender``, understood as what ``make`` says.

        :return: the state in which it ends
        """
        original = Example.parse

        def parse(provider, e):
            return make(e) if e["id"] == external_id else original(provider, e)

        self.patch(Example, "parse", parse)
        self.receive({"id": external_id, "from": sender, "at": at})
        return (
            self.env["helpdesk.social.event"]
            .search([("external_id", "=", external_id)])
            .state
        )

    def two(self):
        """Maria and João have written."""
        maria = self.receive({"id": "m", "text": "Sou Maria", "from": MARIA})
        joao = self.receive({"id": "j", "text": "Sou João", "from": JOAO})
        return maria, joao

    def conversation(self, thread=MARIA):
        return super().conversation(thread)

    # --- another customer's messages ---

    def test_nobody_changes_another_s_message(self):
        self.two()
        post = self.messages(external_id="j").mail_message_id
        before = post.body
        person = Person(MARIA)
        for make in (
            lambda e: Edit(e["id"], "j", MARIA, person, moment(e), "x", "x"),
            lambda e: Deletion(e["id"], "j", MARIA, person, moment(e)),
            lambda e: Reaction(e["id"], "j", MARIA, person, moment(e), "👍"),
        ):
            self.assertEqual(self.typed(f"e{id(make)}", make), "ignored")
        self.assertEqual(post.body, before)
        self.assertFalse(post.reaction_ids)

    def test_nobody_quotes_another_s_message(self):
        self.two()
        self.receive({"id": "q", "from": MARIA, "reply_to": "j", "at": START + 5})
        body = self.messages(external_id="q").mail_message_id.body
        self.assertNotIn("João", body)

    # --- merged tickets ---

    def test_merged_into_another_customer_s_ticket(self):
        maria, joao = self.two()
        maria.ticket_id.duplicate_id = joao.ticket_id
        self.receive({"id": "m2", "text": "segredo", "from": MARIA, "at": START + 5})
        message = self.messages(external_id="m2")
        self.assertNotEqual(message.ticket_id, joao.ticket_id)
        self.assertEqual(message.ticket_id.social_conversation_id, maria)

    def test_merged_into_the_same_customer_s_other_ticket(self):
        conversation = self.receive({"id": "m", "at": START})
        main = conversation.ticket_id.copy()
        last = main.copy()
        conversation.ticket_id.duplicate_id = main
        main.duplicate_id = last
        self.receive({"id": "m2", "text": "mais", "at": START + 5})
        self.assertEqual(self.messages(external_id="m2").ticket_id, last)
        self.assertEqual(conversation.ticket_id, last)
        conversation.last_inbound_at = self.env.cr.now()
        self.answer(last, "Vi")
        self.assertEqual(self.messages(direction="out").conversation_id, conversation)

    def test_merged_in_a_circle(self):
        conversation = self.receive({"id": "m"})
        ticket = conversation.ticket_id
        other = ticket.copy({"duplicate_id": ticket.id})
        ticket.duplicate_id = other
        self.receive({"id": "m2", "at": START + 5})
        self.assertIn(self.messages(external_id="m2").ticket_id, ticket | other)

    def test_the_business_s_own_last_word_reopens_nothing(self):
        ticket = self.receive({"id": "m"}).ticket_id
        ticket.stage_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        self.receive({"id": "e", "echo": True, "text": "Obrigado!", "at": START + 5})
        self.assertTrue(ticket.closed)
        self.assertEqual(self.messages(external_id="e").ticket_id, ticket)

    # --- who is who ---

    def test_the_id_that_addresses_him_now_is_learned(self):
        contact = self.receive({"id": "m", "from": "bsuid"}).contact_id or self.env[
            "helpdesk.social.contact"
        ].search([("external_id", "=", "bsuid")])
        contact.other_id = "parent-bsuid"
        contact._learn(Person(MARIA, other_ids=("bsuid", "parent-bsuid")))
        self.assertEqual((contact.external_id, contact.other_id), ("bsuid", MARIA))

    def says_from(self, number, **event):
        """A message from a telephone number, which is the customer's id.

        :return: its conversation
        """
        self.receive({"from": number, "phone": f"+{number}", **event})
        return self.messages(external_id=event["id"]).conversation_id

    def test_a_number_in_its_other_form_is_the_same_customer(self):
        """WhatsApp knows some with Brazil's ninth digit or Argentina's 9, and some
        without: whichever form was stored, he is not a second contact."""
        pairs = (("554799123456", "5547999123456"), ("5491122334455", "541122334455"))
        for stored, other in (*pairs, *((b, a) for a, b in pairs)):
            with self.subTest(stored=stored), self.cr.savepoint() as savepoint:
                first = self.says_from(stored, id="one")
                first.contact_id.other_id = "BR.1349"
                again = self.says_from(other, id="two", at=START + 5)
                self.assertEqual(again, first)
                self.assertEqual(first.thread, stored)
                contact = first.contact_id
                known = (contact.external_id, contact.other_id)
                self.assertEqual(known, (stored, "BR.1349"))
                savepoint.rollback()
                self.env.invalidate_all()

    def test_another_number_is_another_customer(self):
        """A landline has no ninth digit, and who has no telephone no other form."""
        first = self.says_from("554733123456", id="one")
        self.assertNotEqual(self.says_from("5547933123456", id="two"), first)
        self.receive({"id": "three", "from": "554799123456"})
        self.receive({"id": "four", "from": "5547999123456"})
        three, four = (self.messages(external_id=i) for i in ("three", "four"))
        self.assertNotEqual(three.contact_id, four.contact_id)

    def test_conversations_are_found_by_name(self):
        conversation = self.receive({"id": "m", "name": "Maria das Dores"})
        conversations = self.env["helpdesk.social.conversation"].with_user(self.agent)
        found = conversations.name_search("das Dores")
        self.assertEqual([found_id for found_id, _name in found], conversation.ids)

    def test_a_number_changed_that_was_the_second_id(self):
        self.receive({"id": "m", "from": "bsuid"})
        contact = self.conversation("bsuid").contact_id
        contact.other_id = MARIA
        change = Person(JOAO, phone=f"+{JOAO}")
        self.typed("n", lambda e: NewIdentity(e["id"], MARIA, MARIA, change, moment(e)))
        self.assertEqual((contact.external_id, contact.other_id), ("bsuid", JOAO))
        self.assertEqual(contact.phone, f"+{JOAO}")

    def test_agents_correct_names_and_nothing_else(self):
        maria, joao = self.two()
        contact = maria.contact_id.with_user(self.agent)
        contact.write({"name": "Maria S.", "blocked": True})
        other = self.account.copy({"name": "Other"})
        for values in (
            {"external_id": "x"},
            {"other_id": JOAO},
            {"phone": "+5511"},
            {"account_id": other.id},
            {"name": "x", "username": "x"},
        ):
            with self.assertRaises(AccessError):
                contact.write(values)


@tagged("post_install", "-at_install")
class TestMoved(SocialCase):
    """A group goes on under another address, with its topics."""

    def setUp(self):
        super().setUp()
        self.says("a", "-9", "Hello")

    def says(self, key, thread, text):
        return self.receive(
            {"id": key, "thread": thread, "group": "Shop", "text": text}
        )

    def conversations(self):
        return self.env["helpdesk.social.conversation"].search(
            [("account_id", "=", self.account.id)], order="id"
        )

    def test_its_conversations_go_on(self):
        self.says("b", "-9:4", "In a topic")
        self.says("c", "-99", "Another group")
        self.receive({"id": "d", "thread": "-9", "moved_to": "-1007"})
        threads = self.conversations().mapped("thread")
        self.assertEqual(threads, ["-1007", "-1007:4", "-99"])
        ticket = self.conversations()[0].ticket_id
        self.says("e", "-1007", "Still here")
        self.assertEqual(len(self.bodies(ticket)), 2)

    def test_what_is_there_already_is_left(self):
        self.says("b", "-1007", "Faster")
        self.receive({"id": "d", "thread": "-9", "moved_to": "-1007"})
        self.assertEqual(self.conversations().mapped("thread"), ["-9", "-1007"])
