import time

from odoo.tests import tagged

from odoo.addons.queue_job.exception import RetryableJobError

from ..providers.errors import RetryLater
from ..providers.types import About, Person
from .common import SocialCase
from .example_provider import Example

PSID = "7654321098765432"
NOW = int(time.time()) - 60


@tagged("post_install", "-at_install")
class TestProfile(SocialCase):
    def setUp(self):
        super().setUp()
        self.patch(Example, "has_profiles", True)
        self.patch(Example, "has_posts", True)

    def contact(self, **event):
        conversation = self.receive({"from": PSID, "text": "Hi", "at": NOW, **event})
        return conversation.contact_id

    def jobs(self, key):
        return self.env["queue.job"].search([("identity_key", "=like", f"{key}:%")])

    def test_a_name_is_asked_for_once(self):
        contact = self.contact()
        self.receive({"id": "2", "from": PSID, "text": "Hello?", "at": NOW + 1})
        (job,) = self.jobs("social_profile")
        self.assertEqual(job.channel, "root.social_media")
        Example.profiles = {PSID: Person(PSID, "Ana Beatriz Conceição")}
        contact._fetch_profile()
        ticket = contact.conversation_ids.ticket_id
        names = (contact.name, contact.partner_id.name, ticket.partner_name)
        self.assertEqual(names, ("Ana Beatriz Conceição",) * 3)

    def test_who_has_a_name_is_not_asked_about(self):
        self.contact(name="Ana")
        self.assertFalse(self.jobs("social_profile"))

    def test_what_an_agent_has_corrected_stays(self):
        contact = self.contact()
        contact.partner_id.name = "Ana from the warehouse"
        Example.profiles = {PSID: Person(PSID, "Ana B.")}
        contact._fetch_profile()
        self.assertEqual(contact.partner_id.name, "Ana from the warehouse")

    def test_a_provider_that_does_not_say(self):
        contact = self.contact()
        contact._fetch_profile()
        self.assertEqual(contact.name, PSID)
        Example.profiles = {PSID: RetryLater("Slow", seconds=7)}
        with self.assertRaises(RetryableJobError):
            contact._fetch_profile()

    def test_a_provider_that_is_down_costs_no_message(self):
        """What was written is in its ticket before anybody asks who wrote it."""
        contact = self.contact()
        Example.profiles = {PSID: RetryLater("Down")}
        with self.assertRaises(RetryableJobError):
            contact._fetch_profile()
        self.assertEqual(contact.name, PSID)
        self.receive({"id": "2", "from": PSID, "text": "Hello?", "at": NOW + 1})
        self.assertEqual(len(self.bodies(contact.conversation_ids.ticket_id)), 2)

    def test_what_a_comment_is_about(self):
        event = {"id": "c", "from": "ana", "thread": "p1/ana", "public": True}
        self.receive({**event, "text": "It fails", "at": NOW})
        conversation = self.conversation("p1/ana")
        self.assertEqual(len(self.jobs("social_about")), 1)
        url = "https://example.com/p1"
        Example.posts = {"p1/ana": About("p1", "Version 12 is here!", url)}
        conversation._fetch_about()
        self.assertEqual(conversation.about, "Version 12 is here!")
        self.assertEqual(conversation.about_url, url)
        note = conversation.ticket_id.message_ids.sorted("id")[-1]
        self.assertIn("Version 12 is here!", note.body)

    def test_a_post_that_is_gone(self):
        event = {"id": "c", "from": "ana", "thread": "p1/ana", "public": True}
        self.receive({**event, "text": "It fails", "at": NOW})
        self.conversation("p1/ana")._fetch_about()
        self.assertFalse(self.conversation("p1/ana").about)
