import json
from types import SimpleNamespace
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.bus.models import ir_websocket
from odoo.addons.bus.models.bus import channel_with_db, json_dump

from ..models import community_notice_bus
from .notice_common import NoticeCase


@tagged("post_install", "-at_install")
class TestNoticeBus(NoticeCase):
    """New posts announce themselves to those who may see them."""

    def setUp(self):
        super().setUp()
        self.flush_bus()
        self.env["bus.bus"].search([]).unlink()

    def flush_bus(self):
        self.env.cr.precommit.run()

    def channels(self, user):
        """The spaces that a connection of the user listens to."""
        session = SimpleNamespace(session=SimpleNamespace(uid=user.id))
        with patch.object(ir_websocket, "request", session):
            websocket = self.env["ir.websocket"].with_user(user)
            channels = websocket._build_bus_channel_list([])
        return [c for c in channels if not isinstance(c, str)]

    def heard(self, member, channels=None):
        """Ids of the posts of which the member hears."""
        self.flush_bus()
        if channels is None:
            channels = self.channels(member.user_id)
        channels = [channel_with_db(self.env.cr.dbname, c) for c in channels]
        found = self.env["bus.bus"].with_user(member.user_id)._poll(channels)
        return [
            message["message"]["payload"]["post_id"]
            for message in found
            if message["message"]["type"] == "community/new"
        ]

    def test_open_post(self):
        with self.told():
            post = self.ask(self.ana)
            reply = self.reply(post, self.bia)
        for member in self.everyone:
            self.assertEqual(self.heard(member), [post.id, reply.id], member.name)
        messages = self.env["bus.bus"].search([]).mapped("message")
        payload = json.loads(messages[0])["payload"]
        self.assertEqual(set(payload), {"space_id", "thread_id", "post_id"})

    def test_restricted_post_is_announced_to_followers_who_may_read(self):
        self.follow(self.space, *self.everyone)
        for audience in ("not_competitors", "company", "vendor"):
            with self.subTest(audience=audience):
                with self.told():
                    post = self.ask(self.ana, audience=audience)
                readers = post.sudo()._readers(self.everyone)
                hearing = self.everyone.filtered(
                    lambda m, p=post: p.id in self.heard(m)
                )
                self.assertEqual(hearing, readers)
                self.assertNotIn(self.bia, hearing)
                space = json_dump(channel_with_db(self.env.cr.dbname, self.space))
                rows = self.env["bus.bus"].search([("channel", "=", space)])
                self.assertFalse(rows, "not on the channel of the space")

    def test_restricted_reply_in_an_open_thread(self):
        with self.told():
            post = self.ask(self.gil)
            self.follow(post, *self.everyone)
        with self.told():
            reply = self.reply(post, self.ana, audience="company")
        self.assertNotIn(reply.id, self.heard(self.bia))
        self.assertNotIn(reply.id, self.heard(self.gil))
        self.assertIn(reply.id, self.heard(self.caio))

    def test_announced_to_a_bounded_number(self):
        self.follow(self.space, *self.everyone)
        with patch.object(community_notice_bus, "LISTENERS", 2), self.told():
            self.ask(self.ana, audience="company")
        self.flush_bus()
        self.assertEqual(self.env["bus.bus"].search_count([]), 2)

    def test_nothing_of_what_is_held_or_waits(self):
        self.env["community.company.policy"].create(
            {"organisation_id": self.steel.id, "participation": "approve"}
        )
        self.follow(self.space, *self.everyone)
        with self.told():
            self.ask(self.ana)
        for member in self.everyone:
            self.assertEqual(self.heard(member), [], member.name)

    def test_channels(self):
        closed = self.env["community.space"].create(
            {
                "name": "Projeto",
                "access_ids": [
                    Command.create({"right": "see", "organisation_id": self.steel.id})
                ],
            }
        )
        self.assertIn(closed, self.channels(self.ana.user_id))
        self.assertNotIn(closed, self.channels(self.bia.user_id))
        self.assertIn(self.space, self.channels(self.bia.user_id))
        stranger = self.env.ref("base.public_user")
        self.assertNotIn(self.space, self.channels(stranger))

    def test_open_page_of_somebody_who_lost_access(self):
        for change in (
            lambda: self.space.write(
                {
                    "access_ids": [
                        Command.create(
                            {"right": "see", "organisation_id": self.steel.id}
                        )
                    ]
                }
            ),
            lambda: self.bia.write({"state": "left"}),
        ):
            channels = self.channels(self.bia.user_id)
            self.assertIn(self.space, channels)
            with self.env.cr.savepoint() as savepoint:
                change()
                with self.told():
                    self.ask(self.ana)
                self.assertEqual(self.heard(self.bia, channels), [])
                self.assertNotIn(self.space, self.channels(self.bia.user_id))
                savepoint.rollback()
            self.env.registry.clear_cache()

    def test_name_of_a_channel_is_no_key(self):
        """Clients ask for channels by text; the channels of spaces are records."""
        with self.told():
            self.ask(self.ana)
        for name in (
            f"community.space,{self.space.id}",
            json_dump(channel_with_db(self.env.cr.dbname, self.space)),
        ):
            self.assertEqual(self.heard(self.bia, [name]), [])
