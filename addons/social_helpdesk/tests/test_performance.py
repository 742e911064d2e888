import json
from datetime import datetime, timezone

from odoo.tests import tagged

from .common import START, SocialCase


@tagged("post_install", "-at_install")
class TestPerformance(SocialCase):
    """Queries of the hot paths. They may fall; when they rise, say why."""

    def test_storing_is_one_query_whatever_the_number(self):
        self.store({"id": "warm"})
        raws = [
            {"id": f"x{n}", "from": str(n % 50), "text": "Olá", "at": START + n}
            for n in range(1000)
        ]
        provider = self.account._provider()
        cut = provider.split(json.dumps({"events": raws}).encode())
        with self.assertQueryCount(1):
            self.env["helpdesk.social.event"]._store(self.account.id, cut)

    def test_waking_a_woken_lane_is_one_query(self):
        events = self.env["helpdesk.social.event"]
        events._wake(self.account.id, {0, 1, 2, 3})
        with self.assertQueryCount(1):
            events._wake(self.account.id, {0, 1, 2, 3})

    def test_the_cost_of_one_more_message(self):
        """Ten more messages of one batch cost ten times the same."""
        self.receive({"id": "warm"})

        def queries(count, start):
            self.store(
                *(
                    {"id": f"q{start + n}", "at": START + start + n}
                    for n in range(count)
                )
            )
            before = self.env.cr.sql_log_count
            self.drain()
            return self.env.cr.sql_log_count - before

        queries(5, 0)
        five, fifteen = queries(5, 100), queries(15, 200)
        self.assertLessEqual((fifteen - five) / 10, 20)

    def test_ticks_of_a_page_of_messages(self):
        now = datetime.now(timezone.utc).timestamp() - 60
        ticket = self.receive({"id": "a", "at": now}).ticket_id
        for n in range(10):
            self.answer(ticket, f"resposta {n}")
        self.env.invalidate_all()
        posts = self.env["mail.message"].browse(ticket.message_ids.ids)
        posts.mapped("model")
        with self.assertQueryCount(4):
            posts.mapped("social_info")
