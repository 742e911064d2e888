from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from ..models import community_notice_audience
from .notice_common import NoticeCase


@tagged("post_install", "-at_install")
class TestNoticeTell(NoticeCase):
    """Who is told of what."""

    def test_thread_in_followed_space(self):
        self.follow(self.space, self.bia, self.gil)
        with self.told():
            self.ask(self.ana)
        self.assertEqual(self.events(self.bia), ["posted"])
        self.assertEqual(self.events(self.gil), ["posted"])
        self.assertEqual(self.events(self.ana), [], "nobody is told of himself")
        self.assertEqual(self.events(self.caio), [])

    def test_answer_reaches_asker_as_such_and_followers(self):
        with self.told():
            post = self.ask(self.ana)
            self.follow(post, self.gil, self.bia)
        with self.told():
            self.reply(post, self.bia)
        self.assertEqual(self.events(self.ana), ["answered"])
        self.assertEqual(self.events(self.gil), ["replied"])
        self.assertEqual(self.events(self.bia), [])

    def test_answer_to_an_answer(self):
        with self.told():
            post = self.ask(self.ana)
            first = self.reply(post, self.gil)
        with self.told():
            self.reply(post, self.bia, parent=first)
        self.assertEqual(self.events(self.gil), ["answered"])

    def test_muted_thread_is_quiet(self):
        with self.told():
            post = self.ask(self.ana)
            self.follow(post, self.gil, muted=True)
            post.with_user(self.ana.user_id)._mute(True)
        with self.told():
            self.reply(post, self.bia)
        self.assertEqual(self.events(self.ana), [])
        self.assertEqual(self.events(self.gil), [])

    def test_mention_is_nearer_than_following(self):
        with self.told():
            post = self.ask(self.ana)
            self.follow(post, self.gil)
        for mention_first in (True, False):
            with self.subTest(mention_first=mention_first), self.told() as trap:
                reply = self.reply(post, self.bia)
                reply.sudo()._happened("mentioned", self.bia, members=self.gil)
                trap.enqueued_jobs.sort(
                    key=lambda job: ("mentioned" in job.args) != mention_first
                )
            told = self.notices.search(
                [("post_id", "=", reply.id), ("member_id", "=", self.gil.id)]
            )
            self.assertEqual(told.mapped("event"), ["mentioned"])

    def call(self, *members):
        links = (f'<a href="/my/community/people/{m}">@x</a>' for m in members)
        return f"<p>Veja {' '.join(links)}</p>"

    def test_people_called_in_a_text(self):
        with self.told():
            post = self.ask(self.ana, body=self.call(self.gil.id, self.ana.id))
        self.assertEqual(self.events(self.gil), ["mentioned"])
        self.assertEqual(self.events(self.ana), [], "nobody calls himself")
        with self.told():
            reply = self.reply(post, self.caio, body=self.call(self.bia.id))
        self.assertEqual(self.events(self.bia), ["mentioned"])
        self.as_(self.gil, "community.notice")._mark_read()
        with self.told():
            post._edit({"body": self.call(self.gil.id, self.agent.id)})
        self.assertEqual(self.unread(self.gil), 0, "told once")
        self.assertEqual(self.events(self.agent), ["mentioned"])
        self.assertEqual(self.unread(self.bia), 1)
        self.assertTrue(reply)

    def test_calling_who_may_not_read_tells_him_nothing(self):
        with self.told():
            self.ask(
                self.ana, body=self.call(self.bia.id, 999_999_999), audience="company"
            )
        self.assertFalse(self.notices.search([("member_id", "=", self.bia.id)]))

    def test_called_only_when_it_is_published(self):
        self.env["community.company.policy"].create(
            {"organisation_id": self.steel.id, "participation": "approve"}
        )
        with self.told():
            post = self.ask(self.ana, body=self.call(self.gil.id))
            post._edit({"body": self.call(self.gil.id, self.bia.id)})
        self.assertEqual(self.events(self.gil) + self.events(self.bia), [])
        with self.told():
            post.sudo().approval = "free"
        self.assertEqual(self.events(self.gil), ["mentioned"])
        self.assertEqual(self.events(self.bia), ["mentioned"])

    def test_too_many_mentions_are_refused(self):
        crowd = self.call(*range(1, 10_001))
        post = self.ask(self.ana)
        with self.assertRaisesRegex(UserError, "people"):
            post.sudo().write({"body": self.call(*range(1, 22))})
        for action in (
            lambda: self.ask(self.ana, body=self.call(*range(1, 22))),
            lambda: (
                self.env["community.post"]
                .sudo()
                .create(
                    {
                        "space_id": self.space.id,
                        "author_id": self.ana.id,
                        "organisation_id": self.steel.id,
                        "body": crowd,
                    }
                )
            ),
        ):
            with self.assertRaisesRegex(UserError, "You mention .* people; 20"):
                action()

    def test_accepted_answer(self):
        with self.told():
            post = self.ask(self.ana)
            reply = self.reply(post, self.bia)
            self.follow(post, self.gil, self.bia)
        with self.told():
            post._accept(reply)
        self.assertIn("accepted", self.events(self.bia))
        self.assertIn("solved", self.events(self.gil))
        self.assertEqual(self.events(self.ana), ["answered"])

    def test_idea_reaches_author_voters_and_followers_each_time(self):
        with self.told():
            idea = self.ask(self.ana)
            self.env["community.vote"].create(
                {"post_id": idea.id, "member_id": self.gil.id, "value": 1}
            )
            self.follow(idea, self.bia)
        for state in ("planned", "shipped"):
            with self.told():
                idea.sudo()._happened(
                    "idea_state", self.agent, before="new", state=state
                )
            for member in (self.gil, self.bia, self.ana):
                self.assertEqual(self.events(member), ["idea_state"], state)
                self.assertEqual(self.unread(member), 1, "it is news again")
                self.as_(member, "community.notice")._mark_read()
                self.assertEqual(self.unread(member), 0)

    def test_what_becomes_of_a_post_is_its_authors_news(self):
        with self.told():
            post = self.ask(self.ana)
        for event in ("marked_duplicate", "escalated", "article_made", "ask_solved"):
            with self.told():
                post.sudo()._happened(event, self.agent)
            self.assertEqual(self.events(self.ana)[-1], event)
        self.assertEqual(self.events(self.caio), [])

    def test_boss_is_told_of_what_waits_and_nobody_else(self):
        self.env["community.company.policy"].create(
            {"organisation_id": self.steel.id, "participation": "approve"}
        )
        self.follow(self.space, self.bia, self.caio, self.agent)
        with self.told():
            post = self.ask(self.ana)
        self.assertEqual(post.sudo().approval, "waiting")
        self.assertEqual(self.events(self.boss), ["waiting"])
        for member in self.everyone - self.boss:
            self.assertEqual(self.events(member), [], member.name)
            self.assertFalse(self.letters(member), member.name)
        with self.told():
            post.sudo().approval = "free"
        self.assertEqual(self.events(self.bia), ["posted"])

    def test_boss_is_told_of_what_waits_for_the_vendor_alone(self):
        self.env["community.company.policy"].create(
            {"organisation_id": self.steel.id, "participation": "approve"}
        )
        with self.told():
            post = self.ask(self.ana, audience="vendor")
        self.assertEqual(self.events(self.boss), ["waiting"])
        self.assertEqual(self.unread(self.boss), 1)
        (card,) = self.as_(self.boss, "community.notice")._list()[0]
        self.assertEqual(card["url"], "/my/community/company")
        self.boss.is_manager = False
        self.assertEqual(self.unread(self.boss), 0)
        self.boss.is_manager = True
        post.sudo().approval = "free"
        self.assertEqual(self.unread(self.boss), 0)

    def test_boss_is_told_of_a_waiting_reply(self):
        with self.told():
            post = self.ask(self.bia)
            secret = self.ask(self.bia, audience="not_competitors")
        self.env["community.company.policy"].create(
            {"organisation_id": self.steel.id, "participation": "approve"}
        )
        with self.told():
            reply = self.reply(post, self.ana)
        self.assertEqual(self.events(self.boss), ["waiting"])
        readers = reply.sudo()._readers(self.everyone)
        self.assertEqual(readers, self.ana | self.boss)
        self.assertEqual(readers, self.seers(reply))
        reply.sudo().moderation_state = "held"
        self.assertFalse(reply.sudo()._readers(self.boss))
        self.assertFalse(self.seers(secret) & self.boss)

    def test_nothing_is_told_of_what_the_gate_holds(self):
        self.follow(self.space, self.bia, self.agent)
        with (
            self.told(),
            patch.object(
                type(self.env["community.post"]), "_is_public", lambda post: False
            ),
        ):
            self.ask(self.ana)
        self.assertEqual(self.done, [], "not even a job")

    def test_post_that_is_gone_before_the_job(self):
        self.follow(self.space, self.bia)
        with self.told():
            post = self.ask(self.ana)
            post.sudo().moderation_state = "hidden"
        self.assertFalse(self.notices.search([("post_id", "=", post.id)]))

    def test_imports_are_silent(self):
        self.follow(self.space, self.bia)
        with trap_jobs() as trap:
            silent = self.env["community.post"].with_context(community_import=True)
            silent.with_user(self.ana.user_id)._ask(
                {"space_id": self.space.id, "title": "Old", "body": "<p>Old</p>"}
            )
            trap.assert_jobs_count(0)

    def test_post_may_be_gone_altogether(self):
        self.notices._tell(2**31 - 1, "posted", self.ana.id, [], {})
        self.assertFalse(self.notices.search([]))


@tagged("post_install", "-at_install")
class TestNoticeCrowd(NoticeCase):
    """Many followers cost the writer nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()

    def crowd(self, number):
        """Members without an account of their own, as followers of the space."""
        self.env.flush_all()
        self.env.cr.execute(
            "INSERT INTO res_partner (name, active, type, commercial_partner_id, "
            "complete_name) SELECT 'Crowd ' || n, TRUE, 'contact', %s, 'Crowd' "
            "FROM generate_series(1, %s) n RETURNING id",
            [self.shop.id, number],
        )
        partners = [row[0] for row in self.env.cr.fetchall()]
        self.env.cr.execute(
            "INSERT INTO res_users (login, partner_id, company_id, active, share, "
            "notification_type) SELECT 'crowd-' || p, p, %s, TRUE, TRUE, 'email' "
            "FROM unnest(%s) p RETURNING id",
            [self.env.company.id, partners],
        )
        users = [row[0] for row in self.env.cr.fetchall()]
        self.env.cr.execute(
            "INSERT INTO community_member (user_id, partner_id, organisation_id, name, "
            "active, state, is_vendor, employer_shown) SELECT u.id, u.partner_id, %s, "
            "'Crowd', TRUE, 'active', FALSE, 'industry' FROM res_users u "
            "WHERE u.id = ANY(%s) RETURNING id",
            [self.shop.id, users],
        )
        members = [row[0] for row in self.env.cr.fetchall()]
        self.env.cr.execute(
            "INSERT INTO community_follow (member_id, space_id, muted) "
            "SELECT m, %s, FALSE FROM unnest(%s) m",
            [self.space.id, members],
        )
        self.env.invalidate_all()
        return members

    def queries_to_post(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.ask(self.ana)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_posting_costs_the_same_with_ten_thousand_followers(self):
        self.ask(self.ana)  # fills the caches
        alone = self.queries_to_post()
        self.crowd(10_000)
        self.env["queue.job"].search([]).unlink()
        self.queries_to_post()
        self.assertLessEqual(self.queries_to_post(), alone)
        jobs = self.env["queue.job"].search([("method_name", "=", "_tell")])
        self.assertEqual(len(jobs), 2, "one for each post")

    def test_chunks(self):
        members = self.crowd(25)
        self.follow(self.space, self.bia)
        with patch.object(community_notice_audience, "CHUNK", 10), self.told():
            post = self.ask(self.ana)
        self.assertEqual(self.done.count("_tell"), 3)
        told = self.notices.search([("post_id", "=", post.id)])
        self.assertEqual(set(told.member_id.ids), {*members, self.bia.id})
        self.assertEqual(len(told), 26, "each once")

    def test_chunk_costs_the_same_for_many(self):
        self.crowd(10)
        post = self.ask(self.ana).sudo()
        few = self.queries_to_tell(post)
        self.crowd(500)
        self.assertLessEqual(self.queries_to_tell(post), few)

    def queries_to_tell(self, post):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        with trap_jobs():
            self.notices._tell(post.id, "posted", self.ana.id, [], {})
        return self.env.cr.sql_log_count - before
