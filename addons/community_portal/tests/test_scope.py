"""Who finds a post: by search, and asked from the other side for mails."""

from itertools import product

from odoo.exceptions import AccessError, MissingError
from odoo.tests import tagged

from .common import CommunityCase


@tagged("post_install", "-at_install")
class TestScope(CommunityCase):
    def test_everybody(self):
        post = self.ask()
        self.assertEqual(self.seers(post), self.everyone)

    def test_not_competitors(self):
        post = self.ask(audience="not_competitors")
        self.assertEqual(self.seers(post), self.everyone - self.bia)

    def test_company(self):
        post = self.ask(audience="company")
        self.assertEqual(self.seers(post), self.everyone - self.bia - self.gil)

    def test_vendor(self):
        post = self.ask(audience="vendor")
        vendor = self.agent | self.moderator | self.vendor
        self.assertEqual(self.seers(post), self.ana | vendor)

    def test_rival_of_the_rival(self):
        post = self.ask(self.bia, audience="not_competitors")
        hidden = self.ana | self.caio | self.boss
        self.assertEqual(self.seers(post), self.everyone - hidden)

    def test_a_competition_holds_at_once_for_what_was_written(self):
        post = self.ask(audience="not_competitors")
        self.assertIn(self.gil, self.seers(post))
        self.env["community.competition"].create(
            {"organisation_id": self.shop.id, "rival_id": self.steel.id}
        )
        self.assertNotIn(self.gil, self.seers(post))

    def test_an_industry_that_competes(self):
        industry = self.env["res.partner.industry"].create({"name": "Aço"})
        (self.steel | self.shop).industry_id = industry
        post = self.ask(audience="not_competitors")
        self.assertIn(self.gil, self.seers(post))
        industry.community_compete = True
        self.assertNotIn(self.gil, self.seers(post))

    def test_replies_follow_their_thread(self):
        post = self.ask(audience="company")
        reply = self.reply(post)
        self.assertEqual(self.seers(reply), self.seers(post))

    def test_a_reply_for_fewer_than_its_thread(self):
        post = self.ask(self.gil)
        reply = self.reply(post, self.ana, audience="not_competitors")
        self.assertEqual(self.seers(reply), self.everyone - self.bia)

    def test_a_reply_never_reaches_more_than_its_thread(self):
        post = self.ask(self.ana, audience="not_competitors")
        reply = self.reply(post, self.gil, audience="not_competitors")
        self.assertEqual(self.seers(reply), self.everyone - self.bia)

    def test_narrowing_a_thread_takes_its_replies_along(self):
        post = self.ask()
        reply = self.reply(post, self.gil)
        post._edit({"audience": "company"})
        self.assertNotIn(self.bia, self.seers(reply))

    def test_who_changes_his_employer_leaves_its_secrets_behind(self):
        post = self.ask(audience="company")
        other = self.ask(self.caio, audience="company")
        self.ana.user_id.partner_id.parent_id = self.rival
        self.env.flush_all()
        self.assertNotIn(self.ana, self.seers(other))
        self.assertNotIn(self.ana, self.seers(post))

    def test_withdrawn_threads_take_their_replies_along(self):
        post = self.ask()
        reply = self.reply(post)
        post._remove()
        staff = self.agent | self.moderator | self.vendor
        self.assertFalse(self.seers(reply) - staff)

    def test_no_member_sees_nothing(self):
        post = self.ask()
        self.bia.state = "suspended"
        self.assertNotIn(self.bia, self.seers(post))
        self.assertFalse(self.as_(self.bia, "community.space").search([]))
        self.assertFalse(self.as_(self.bia, "community.member").search([]))

    def test_not_there_and_not_for_you_are_the_same(self):
        post = self.ask(audience="company")
        with self.assertRaises(MissingError) as hidden:
            self.as_(self.bia)._find(post.id)
        with self.assertRaises(MissingError) as missing:
            self.as_(self.bia)._find(10**8)
        self.assertEqual(str(hidden.exception), str(missing.exception))

    def test_customers_read_named_fields_only(self):
        post = self.ask().with_user(self.bia.user_id)
        open_fields = self.as_(self.bia)._portal_fields()
        for name in post._fields:
            if name in open_fields:
                post.read([name])
            else:
                with self.subTest(field=name), self.assertRaises(AccessError):
                    post.read([name])

    def test_customers_write_nothing(self):
        post = self.ask().with_user(self.ana.user_id)
        for vals in ({"title": "x"}, {"score": 99}, {"audience": "everybody"}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                post.write(vals)
        with self.assertRaises(AccessError):
            post.unlink()
        with self.assertRaises(AccessError):
            self.as_(self.ana).create(
                {
                    "space_id": self.space.id,
                    "title": "x",
                    "author_id": self.bia.id,
                    "organisation_id": self.rival.id,
                }
            )

    def test_readers_are_those_who_find_it(self):
        """``_readers`` and the rule say the same of every kind of post."""
        group = self.env["community.space"].create(
            {
                "name": "Projeto",
                "kind": "group",
                "access_ids": [
                    (0, 0, {"organisation_id": self.steel.id}),
                    (0, 0, {"organisation_id": self.shop.id}),
                ],
            }
        )
        audiences = ["everybody", "not_competitors", "company", "vendor"]
        for space, first, second in product(self.space | group, audiences, audiences):
            post = self.ask(space_id=space.id, audience=first)
            writer = self.ana if first == "vendor" else self.caio
            reply = self.reply(post, writer, audience=second)
            for text in (post, reply):
                with self.subTest(space=space.name, first=first, second=second):
                    self.assertEqual(text._readers(self.everyone), self.seers(text))
