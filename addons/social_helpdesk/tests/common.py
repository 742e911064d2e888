import json
from contextlib import contextmanager
from unittest.mock import patch

from odoo.tests import TransactionCase, new_test_user

from .. import providers
from ..models import helpdesk_social_drain
from ..models.helpdesk_social_event import LANES
from .example_provider import Example

SECRET = "a secret of the tests"
START = 1_790_000_000  # 2026-09-21, in seconds


class SocialCase(TransactionCase):
    """An account of the example channel, a team, an agent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The demo's people speak Portuguese; what tests read is the source.
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        providers.register(Example)
        cls.addClassCleanup(providers.unregister, "example")
        cls.agent = new_test_user(
            cls.env, "social_agent", groups="helpdesk_mgmt.group_helpdesk_user"
        )
        cls.team = cls.env["helpdesk.ticket.team"].create(
            {"name": "Front desk", "user_ids": [(4, cls.agent.id)]}
        )
        cls.account = cls.env["helpdesk.social.account"].create(
            {
                "name": "Example desk",
                "provider": "example",
                "team_id": cls.team.id,
                "lang": "en_US",
            }
        )
        cls.account.set_credentials({"secret": SECRET})

    def setUp(self):
        super().setUp()
        self.patch(helpdesk_social_drain, "GATHER_SECONDS", 0)
        # the first message of a process compiles the word lists
        self.patch(helpdesk_social_drain, "DRAIN_SECONDS", 60)
        Example.outcomes, Example.sent, Example.files = [], [], {}
        Example.profiles, Example.posts = {}, {}
        Example.polled, Example.cursors = [], []

    # --- shortcuts ---

    def store(self, *events, account=None):
        """Store events as the webhook does; newest ``at`` last."""
        account = account or self.account
        for index, event in enumerate(events):
            event.setdefault("id", f"m{index}")
            event.setdefault("from", "5511999990001")
            event.setdefault("at", START + index)
        body = json.dumps({"events": list(events)})
        raws = account._provider().split(body)
        return self.env["helpdesk.social.event"]._store(account.id, raws)

    def drain(self, account=None):
        for lane in range(LANES):
            (account or self.account)._drain(lane)

    def receive(self, *events):
        """Events come in and are worked off.

        :return: the conversation of the first customer
        """
        self.store(*events)
        self.drain()
        return self.conversation(events[0]["from"])

    def conversation(self, thread="5511999990001"):
        return self.env["helpdesk.social.conversation"].search(
            [("account_id", "=", self.account.id), ("thread", "=", thread)]
        )

    def bodies(self, ticket):
        """What the customer's and agents' lines say, oldest first."""
        posts = ticket.message_ids.filtered(lambda m: m.message_type == "comment")
        return [str(post.body) for post in posts.sorted("id")]

    def messages(self, **domain):
        """Of the account, whatever else the database holds."""
        domain.setdefault("account_id", self.account.id)
        return self.env["helpdesk.social.message"].search(
            [(name, "=", value) for name, value in domain.items()], order="id"
        )

    def answer(self, ticket, body="Hello", user=None, **kwargs):
        """The agent presses "Send" in the ticket."""
        return ticket.with_user(user or self.agent).message_post(
            body=body,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            **kwargs,
        )

    @contextmanager
    def now(self, at):
        """The clock of the Odoo side."""
        with patch("odoo.fields.Datetime.now", return_value=at):
            yield
