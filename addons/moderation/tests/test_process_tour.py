from odoo.tests import HttpCase, tagged

from .process_common import ProcessCase


@tagged("post_install", "-at_install")
class TestTour(ProcessCase, HttpCase):
    def test_deciding_with_keys(self):
        self.cases.search([]).state = "closed"
        _one, first = self.held("<p>o primeiro treco</p>")
        _two, second = self.held("<p>o segundo treco</p>")
        self.moderator.password = self.moderator.login
        self.start_tour(
            "/odoo/moderation-queue",
            "moderation_queue_keys",
            login=self.moderator.login,
        )
        self.assertEqual((first.state, first.content_state), ("decided", "hidden"))
        self.assertEqual(first.decision_ids.reason, "aphmwsxoecun")
        self.assertEqual((second.state, second.content_state), ("decided", "published"))
        self.assertEqual(second.decision_ids.user_id, self.moderator)
