from odoo.tests import tagged

from .common import SocialCase
from .example_provider import Example
from .test_private import NOW

WAY_IN = "https://example.com/write?to=1"


@tagged("post_install", "-at_install")
class TestInvitation(SocialCase):
    """Who has complained in public is asked to write in private."""

    def setUp(self):
        super().setUp()
        self.patch(Example, "way_in", WAY_IN)
        comment = {"from": "ana", "thread": "p1/ana", "public": True, "at": NOW}
        self.receive({"id": "c1", "text": "No!", **comment})
        self.public = self.conversation("p1/ana")
        self.ticket = self.public.ticket_id

    def invitation(self, ticket=None):
        ticket = (ticket or self.ticket).with_user(self.agent)
        ticket.invalidate_recordset(["social_info"])
        return ticket.social_info["invitation"]

    def test_a_sentence_with_the_way_there_at_its_end(self):
        self.assertTrue(self.invitation().startswith("Please send us"))
        self.assertTrue(self.invitation().endswith(f": {WAY_IN}"))

    def test_in_the_customers_language(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self.account.lang = "pt_BR"
        self.assertIn("mensagem direta", self.invitation())

    def test_only_in_public_and_where_there_is_a_way(self):
        self.receive({"id": "d1", "from": "bia", "text": "Hello", "at": NOW})
        self.assertEqual(self.invitation(self.conversation("bia").ticket_id), "")
        self.patch(Example, "way_in", "")
        self.assertEqual(self.invitation(), "")

    def test_the_same_person_writes_in_private(self):
        self.receive({"id": "d1", "from": "ana", "text": "Here I am", "at": NOW + 9})
        private = self.conversation("ana")
        self.assertEqual(private.contact_id, self.public.contact_id)
        private.ticket_id = self.ticket
        self.assertEqual(self.invitation(), "")
