from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import SocialCase
from .test_consent import NOW


@tagged("post_install", "-at_install")
class TestReplay(SocialCase):
    def events(self):
        return self.env["helpdesk.social.event"].search(
            [("account_id", "=", self.account.id)], order="id"
        )

    def replay(self):
        self.account._replay(self.events().ids)

    def test_nothing_is_doubled(self):
        conv = self.receive(
            {"text": "Hi", "at": NOW}, {"id": "m2", "text": "You?", "at": NOW + 1}
        )
        self.answer(conv.ticket_id)
        conv._send_waiting()
        self.receive(
            {"id": "s", "of": "out-1", "status": "read", "from": "x", "at": NOW + 2}
        )
        before = (self.bodies(conv.ticket_id), len(self.messages()))
        self.replay()
        self.assertEqual(before, (self.bodies(conv.ticket_id), len(self.messages())))
        self.assertEqual(self.messages(direction="out").state, "read")

    def test_a_parked_one_gets_its_place(self):
        conv = self.receive({"text": "Hi", "at": NOW})
        self.receive({"id": "bad", "text": "Lost", "bad": True, "at": NOW + 1})
        event = self.events()[-1]
        self.assertEqual(event.state, "failed")
        event.payload = event.payload.replace('"bad": true', '"good": true')
        self.replay()
        self.assertEqual(event.state, "done")
        self.assertIn("Lost", "".join(self.bodies(conv.ticket_id)))

    def test_what_was_overtaken_does_not_come_back(self):
        conv = self.receive({"text": "Hi", "at": NOW})
        stop = {"id": "c1", "from": conv.thread, "wants": False, "at": NOW + 1}
        again = {"id": "c2", "from": conv.thread, "wants": True, "at": NOW + 2}
        self.receive(stop)
        self.receive(again)
        told = len(conv.ticket_id.message_ids)
        self.replay()
        self.assertFalse(conv.contact_id.opted_out)
        self.assertEqual(len(conv.ticket_id.message_ids), told)

    def test_in_a_queue_of_its_own(self):
        self.receive({"text": "Hi", "at": NOW})
        manager = new_test_user(
            self.env, "replayer", groups="helpdesk_mgmt.group_helpdesk_manager"
        )
        notice = self.events().with_user(manager).action_replay()
        self.assertIn("1 events", notice["params"]["message"])
        job = self.env["queue.job"].search([("method_name", "=", "_replay")])
        self.assertEqual((job.channel, job.priority), ("root.social_bulk", 20))

    def test_the_parked_ones_of_an_account(self):
        self.receive({"text": "Hi", "at": NOW})
        self.receive({"id": "bad", "text": "Lost", "bad": True, "at": NOW + 1})
        self.account.action_replay_failed()
        job = self.env["queue.job"].search([("method_name", "=", "_replay")])
        self.assertEqual(job.args, [self.events()[-1].ids])

    def test_agents_do_not(self):
        self.receive({"text": "Hi", "at": NOW})
        with self.assertRaises(AccessError):
            self.events().with_user(self.agent).action_replay()
