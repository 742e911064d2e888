from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import CommunityCase

OFFICE = {"days": ["0", "1", "2", "3", "4"], "start": 8.0, "end": 18.0}
OFFICE["tz"] = "America/Sao_Paulo"
# Monday, November 23 2026: 12:00 and 20:00 in São Paulo, which is UTC - 3.
NOON, EVENING = "2026-11-23 15:00:00", "2026-11-23 23:00:00"


class PolicyCase(CommunityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policies = cls.env["community.company.policy"]

    def save(self, who=None, **values):
        policies = self.policies.with_user((who or self.boss).user_id)
        return policies._save({"participation": "free"} | values)


@tagged("post_install", "-at_install")
class TestPolicy(PolicyCase):
    """What a manager sets, and that it holds."""

    def test_only_the_manager_and_only_his_own(self):
        policy = self.save(participation="read")
        self.assertEqual(policy.organisation_id, self.steel)
        for who in (self.ana, self.bia, self.agent):
            for method in ("_mine", "_form", "_people", "_value", "_leaks"):
                policies = self.policies.with_user(who.user_id)
                with self.assertRaises(AccessError):
                    getattr(policies, method)()
            with self.assertRaises(AccessError):
                self.save(who)

    def test_what_is_no_choice(self):
        for values in (
            {"participation": "all"},
            {"participation": None},
            {"space_ids": []},
            {"space_ids": [2**31]},
            {"hours": {**OFFICE, "days": []}},
            {"hours": {**OFFICE, "days": ["7"]}},
            {"hours": {**OFFICE, "start": 19.0}},
            {"hours": {**OFFICE, "start": None}},
            {"hours": {**OFFICE, "end": 25}},
            {"hours": {**OFFICE, "tz": "Mars/Base"}},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                self.save(**values)

    def test_reading_only(self):
        post = self.ask()
        self.save(participation="read")
        self.assertIn(self.caio, self.seers(post))
        for write in (lambda: self.ask(self.caio), lambda: self.reply(post)):
            with self.assertRaisesRegex(UserError, "your company has set it so"):
                write()

    def test_nobody(self):
        post = self.ask()
        self.save(participation="nobody")
        self.assertFalse(
            self.seers(post) & (self.ana | self.caio | self.boss), "closed to all"
        )
        self.save(participation="free")
        self.assertIn(self.caio, self.seers(post))

    def test_it_is_said_on_each_page(self):
        self.assertEqual(self.caio._company_notice(), "")
        self.save(participation="nobody")
        self.assertIn("does not take part", self.caio._company_notice())
        self.assertEqual(self.gil._company_notice(), "")
        self.assertEqual(self.agent._company_notice(), "")
        self.save(participation="free")
        self.assertEqual(self.caio._company_notice(), "")

    def test_some_spaces(self):
        other = self.env["community.space"].create({"name": "Estoque"})
        post = self.ask()
        self.save(space_ids=[other.id])
        self.assertNotIn(self.caio, self.seers(post))
        offered = self.policies.with_user(self.boss.user_id)._spaces_to_choose()
        self.assertLessEqual(self.space | other, offered)
        self.save(space_ids=[other.id, self.space.id])
        self.assertIn(self.caio, self.seers(post))
        self.assertFalse(self.save(space_ids=None).space_ids)

    def test_spaces_that_are_not_theirs(self):
        secret = self.env["community.space"].create(
            {
                "name": "Beta",
                "access_ids": [
                    (0, 0, {"right": "see", "organisation_id": self.rival.id})
                ],
            }
        )
        boss = self.policies.with_user(self.boss.user_id)
        self.assertNotIn(secret, boss._spaces_to_choose())
        with self.assertRaises(UserError):
            self.save(space_ids=[secret.id])
        policy = self.save()
        policy.space_ids = secret | self.space
        self.assertEqual(
            self.save(space_ids=[self.space.id]).space_ids,
            secret | self.space,
            "what the vendor set there stays",
        )

    # --- working hours ----------------------------------------------------------------

    def test_hours_hold(self):
        post = self.ask()
        self.save(hours=OFFICE)
        with freeze_time(EVENING):
            self.assertIn(self.caio, self.seers(post))
            for write in (
                lambda: self.ask(self.caio),
                lambda: self.reply(post),
                lambda: post._edit({"title": "Outro"}),
            ):
                with self.assertRaisesRegex(UserError, "working hours only"):
                    write()
            self.reply(post, self.gil)
            self.reply(post, self.agent)
        with freeze_time(NOON):
            self.reply(post)

    def test_the_notice_says_when(self):
        self.save(hours=OFFICE)
        self.env["res.lang"]._activate_lang("en_US")
        caio = self.caio.with_context(lang="en_US")
        with freeze_time(EVENING):
            self.assertRegex(caio._hours_notice(), r"from Tuesday, \S*24\S* 0?8:00")
        with freeze_time("2026-11-27 22:00:00"):
            self.assertRegex(caio._hours_notice(), r"from Monday, \S*30\S* 0?8:00")
        with freeze_time(NOON):
            self.assertEqual(caio._hours_notice(), "")

    def test_holidays(self):
        policy = self.save(hours=OFFICE)
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Recesso",
                "calendar_id": policy.calendar_id.id,
                "date_from": datetime(2026, 11, 23, 3),
                "date_to": datetime(2026, 12, 20, 3),
            }
        )
        with freeze_time(NOON):
            self.assertIn("next two weeks have none", self.caio._hours_notice())

    def test_hours_are_lifted(self):
        self.save(hours=OFFICE)
        policy = self.save(hours=None)
        self.assertFalse(policy.working_hours_only)
        with freeze_time(EVENING):
            self.ask(self.caio)

    def test_the_vendor_s_calendar_is_left_alone(self):
        policy = self.save()
        shared = self.env.company.resource_calendar_id
        before = shared.attendance_ids
        policy.write({"working_hours_only": True, "calendar_id": shared.id})
        policy = self.save(hours=OFFICE)
        self.assertNotEqual(policy.calendar_id, shared)
        self.assertEqual(shared.attendance_ids, before)
        own = policy.calendar_id
        self.assertEqual(self.save(hours={**OFFICE, "end": 17}).calendar_id, own)
        form = self.policies.with_user(self.boss.user_id)._form()
        self.assertEqual(
            form["hours"], {**OFFICE, "end": 17.0}, "as it was set comes back"
        )

    def test_hours_need_a_calendar(self):
        with self.assertRaises(ValidationError):
            self.policies.create(
                {"organisation_id": self.rival.id, "working_hours_only": True}
            )

    def test_asking_for_the_hours_costs_no_query(self):
        self.save(hours=OFFICE)
        self.caio._company_notice()
        with self.assertQueryCount(0):
            self.caio._company_notice()


@tagged("post_install", "-at_install")
class TestApproval(PolicyCase):
    """What waits for the boss is seen by nobody else before he says so."""

    def setUp(self):
        super().setUp()
        self.save(participation="approve")
        self.post = self.ask()

    def boss_s(self, post=None):
        return (post or self.post).with_user(self.boss.user_id)

    def test_it_waits(self):
        self.assertEqual(self.post.sudo().approval, "waiting")
        self.assertEqual(self.seers(self.post), self.ana | self.boss)
        waiting = self.policies.with_user(self.boss.user_id)._waiting_posts()
        self.assertEqual([one["id"] for one in waiting], self.post.ids)

    def test_the_boss_writes_freely(self):
        self.assertEqual(self.ask(self.boss).sudo().approval, "free")

    def test_approving_lets_it_out(self):
        happened = []
        self.patch(
            type(self.env["community.post"]),
            "_happened",
            lambda post, event, actor, **facts: happened.append((event, actor)),
        )
        self.boss_s()._approve()
        self.assertEqual(happened, [("posted", self.ana), ("approved", self.boss)])
        self.assertIn(self.bia, self.seers(self.post))
        self.assertEqual(self.post.sudo().approval_by_id, self.boss)
        with self.assertRaisesRegex(UserError, "Reload"):
            self.boss_s()._approve()

    def test_refusing_says_why_to_its_author(self):
        with self.assertRaisesRegex(UserError, "Write a reason"):
            self.boss_s()._refuse(" ")
        self.boss_s()._refuse("Names a customer")
        self.assertEqual(self.post.sudo().approval, "refused")
        self.assertEqual(self.post.sudo().approval_reason, "Names a customer")
        self.assertFalse(self.seers(self.post) - (self.ana | self.boss))

    def test_nobody_else_decides(self):
        rival_boss = self.customer("rboss", self.rival, is_manager=True)
        for who in (self.ana, self.caio, rival_boss, self.bia, self.agent, self.vendor):
            post = self.post.with_user(who.user_id)
            for change in (post._approve, lambda one=post: one._refuse("No")):
                with self.assertRaises(UserError):
                    change()
        self.assertEqual(self.post.sudo().approval, "waiting")

    def test_not_there_and_not_his_sound_the_same(self):
        self.policies.create(
            {"organisation_id": self.rival.id, "participation": "approve"}
        )
        theirs = self.ask(self.bia)
        gone = self.env["community.post"].browse(2**31 - 1)
        sentences = set()
        for post in (theirs, gone):
            with self.assertRaises(UserError) as caught:
                self.boss_s(post)._approve()
            sentences.add(str(caught.exception))
        self.assertEqual(len(sentences), 1)

    def test_what_was_approved_were_those_words(self):
        self.boss_s()._approve()
        self.post._edit({"body": "<p>Quite another text</p>"})
        self.assertEqual(self.post.sudo().approval, "waiting")
        self.assertNotIn(self.bia, self.seers(self.post))
        self.boss_s()._approve()
        self.assertIn(self.bia, self.seers(self.post))

    def test_correcting_what_was_refused(self):
        self.boss_s()._refuse("Names a customer")
        self.post._edit({"body": "<p>Without names</p>"})
        self.assertEqual(self.post.sudo().approval, "waiting")

    def test_replies_wait_too(self):
        question = self.ask(self.gil)
        reply = self.reply(question, self.caio)
        self.assertFalse(self.seers(reply) - (self.caio | self.boss))
        self.boss_s(reply)._approve()
        self.assertIn(self.gil, self.seers(reply))

    def test_for_the_vendor_alone_waits_too(self):
        post = self.ask(audience="vendor")
        self.assertNotIn(self.agent, self.seers(post))
        waiting = self.policies.with_user(self.boss.user_id)._waiting_posts()
        self.assertIn(post.id, [one["id"] for one in waiting])
        self.boss_s(post)._approve()
        self.assertIn(self.agent, self.seers(post))
        self.assertNotIn(self.caio, self.seers(post))


@tagged("post_install", "-at_install")
class TestValue(PolicyCase):
    def value(self, who=None):
        return self.policies.with_user((who or self.boss).user_id)._value()

    def test_got_and_gave(self):
        self.env.company.community_avoided_hours = 1.5
        mine, theirs = self.ask(), self.ask(self.gil)
        self.reply(mine, self.caio)
        solving = self.reply(mine, self.gil)
        self.reply(mine, self.agent)
        mine._accept(solving)
        answer = self.reply(theirs, self.caio)
        theirs._accept(answer)
        value = self.value()
        self.assertEqual(value["got"]["answers"], 2, "colleagues do not count")
        self.assertEqual(value["got"]["accepted"], 1)
        self.assertEqual(value["gave"], {"answers": 1, "accepted": 1, "articles": 0})
        self.assertEqual(value["got"]["hours_per_ticket"], 1.5)

    def test_only_what_the_boss_may_find(self):
        """A number of posts for the vendor alone would tell that there are some."""
        hidden = self.ask(audience="vendor")
        self.reply(hidden, self.agent)
        self.assertEqual(self.value()["got"]["answers"], 0)
