from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.bus.models.bus import channel_with_db

from .common import SocialCase

OURS = (
    "helpdesk.social.account",
    "helpdesk.social.clue",
    "helpdesk.social.contact",
    "helpdesk.social.conversation",
    "helpdesk.social.credential",
    "helpdesk.social.event",
    "helpdesk.social.merge",
    "helpdesk.social.message",
    "helpdesk.social.suggestion",
    "helpdesk.social.template",
)


@tagged("post_install", "-at_install")
class TestSecurity(SocialCase):
    def setUp(self):
        super().setUp()
        self.ticket = self.receive({"id": "a", "text": "segredo"}).ticket_id
        self.message = self.messages(external_id="a")

    def user(self, login, groups):
        return new_test_user(self.env, login, groups=groups)

    def test_portal_and_plain_users_see_nothing(self):
        for groups in ("base.group_portal", "base.group_user"):
            user = self.user(groups.replace(".", "_"), groups)
            for model in OURS:
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])

    def test_agents_change_nothing_by_rpc(self):
        for model in OURS:
            for mode in ("write", "create", "unlink"):
                if (model, mode) == ("helpdesk.social.contact", "write"):
                    continue  # an agent corrects a name and links the partner
                allowed = self.env[model].with_user(self.agent).has_access(mode)
                self.assertFalse(allowed, f"{mode} on {model}")

    def test_personal_team_and_other_tickets(self):
        own = self.user("own", "helpdesk_mgmt.group_helpdesk_user_own")
        self.message.with_user(self.agent).check_access("read")
        with self.assertRaises(AccessError):
            self.message.with_user(own).check_access("read")
        self.team.user_ids = [Command.link(own.id)]
        self.ticket.user_id = own
        for record in (
            self.message,
            self.message.conversation_id,
            self.message.contact_id,
        ):
            record.with_user(own).check_access("read")

    def test_other_company(self):
        other = self.env["res.company"].create({"name": "Concorrente"})
        user = new_test_user(
            self.env,
            "other",
            groups="helpdesk_mgmt.group_helpdesk_manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        for record in (
            self.account,
            self.message,
            self.message.conversation_id,
            self.message.contact_id,
            self.env["helpdesk.social.event"].search([], limit=1),
        ):
            with self.assertRaises(AccessError):
                record.with_user(user).check_access("read")

    def test_buttons_ask_for_the_ticket(self):
        reader = self.user("reader", "base.group_user")
        for button in ("action_retry", "action_fetch_again"):
            with self.assertRaises(AccessError):
                getattr(self.message.with_user(reader), button)()
        with self.assertRaises(AccessError):
            self.message.with_user(reader).action_settle(True)
        with self.assertRaises(AccessError):
            self.ticket.with_user(reader).action_social_template()

    def test_raw_payload_only_with_the_message(self):
        self.assertIn("segredo", self.message.with_user(self.agent).raw)
        own = self.user("own", "helpdesk_mgmt.group_helpdesk_user_own")
        with self.assertRaises(AccessError):
            self.message.with_user(own).read(["raw"])
        with self.assertRaises(AccessError):
            self.env["helpdesk.social.event"].with_user(self.agent).search([])

    def test_no_public_door_to_what_jobs_do(self):
        for model in OURS:
            for name in ("_drain", "_send_waiting", "_store", "_routes", "_apply"):
                self.assertTrue(name.startswith("_"))
                self.assertFalse(hasattr(self.env[model], name.lstrip("_")))

    def test_bus_only_for_agents_of_the_company(self):
        bus = self.env["ir.websocket"]
        plain = self.user("plain", "base.group_user")
        ours = channel_with_db("db", self.account._bus_channel())

        def heard(user, *asked):
            channels = bus.with_user(user)._build_bus_channel_list(list(asked))
            return ours in [channel_with_db("db", channel) for channel in channels]

        with self.mock_request():
            self.assertTrue(heard(self.agent))
            self.assertFalse(heard(plain))
            # A browser asks for channels by name, whoever sits in front of it.
            company = self.account.company_id.id
            self.assertFalse(heard(plain, f"social_helpdesk.{company}", str(ours)))

    def mock_request(self):
        from types import SimpleNamespace
        from unittest.mock import patch

        fake = SimpleNamespace(session=SimpleNamespace(uid=self.agent.id))
        return patch("odoo.addons.bus.models.ir_websocket.request", fake)

    def test_only_ids_travel_on_the_bus(self):
        sent = []
        self.patch(
            type(self.env["bus.bus"]),
            "_sendone",
            lambda bus, target, kind, message: sent.append((target, kind, message)),
        )
        self.receive({"id": "b", "text": "outro segredo"})
        ours = [s for s in sent if s[1] == "social_helpdesk/tickets"]
        self.assertEqual(
            ours, [(self.account._bus_channel(), ours[0][1], {"ids": self.ticket.ids})]
        )
