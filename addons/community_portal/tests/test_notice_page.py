from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..models.community_notice import KINDS
from .notice_common import NoticeCase


@tagged("post_install", "-at_install")
class TestNoticePage(NoticeCase):
    """What the page and its counter show, and to whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mine = cls.notices.with_user(cls.bia.user_id)

    def seen(self, member):
        cards, _next = self.as_(member, "community.notice")._list()
        return cards

    def test_card(self):
        self.follow(self.space, self.bia)
        with self.told():
            post = self.ask(self.ana, title="NF-e rejeitada")
        (card,) = self.seen(self.bia)
        self.assertEqual(card["text"], "Ana begins “NF-e rejeitada”")
        self.assertEqual(card["url"], f"/my/community/post/{post.id}")
        self.assertEqual(card["actor"]["id"], self.ana.id)
        self.assertFalse(card["read"])

    def test_pages_by_key(self):
        self.follow(self.space, self.bia)
        with self.told():
            posts = [self.ask(self.ana, title=f"T{n}") for n in range(5)]
        first, after = self.mine._list(limit=2)
        self.assertEqual([c["url"] for c in first], [p._url() for p in posts[:2:-1]])
        second, after = self.mine._list(after, limit=2)
        third, after = self.mine._list(after, limit=2)
        self.assertEqual(len(second + third), 3)
        self.assertFalse(after)
        self.assertEqual(
            [c["id"] for c in first + second + third],
            sorted((c["id"] for c in first + second + third), reverse=True),
        )

    def test_page_costs_the_same_for_many(self):
        self.follow(self.space, self.bia)
        with self.told():
            self.ask(self.ana)
            self.ask(self.agent)
        self.mine._list()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.mine._list()
        few = self.env.cr.sql_log_count - before
        with self.told():
            for member in (self.ana, self.caio, self.gil, self.agent) * 4:
                self.ask(member)
        self.mine._list()
        self.env.invalidate_all()
        with self.assertQueryCount(few):
            self.assertEqual(len(self.mine._list()[0]), 18)

    def test_cursor_of_a_stranger_is_no_cursor(self):
        self.follow(self.space, self.bia)
        with self.told():
            self.ask(self.ana)
        for cursor in ("x", True, {"a": 1}, "1; DROP TABLE res_users", None):
            self.assertEqual(len(self.mine._list(cursor)[0]), 1, cursor)

    def test_reading(self):
        self.follow(self.space, self.bia, self.gil)
        with self.told():
            post = self.ask(self.ana)
            self.ask(self.ana)
        self.assertEqual(self.unread(self.bia), 2)
        theirs = self.notices.search([("member_id", "=", self.gil.id)])
        self.mine._mark_read(theirs.ids)
        self.assertEqual(self.unread(self.gil), 2, "not another's")
        post.with_user(self.bia.user_id)._seen()
        self.assertEqual(self.unread(self.bia), 1)
        self.mine._mark_read()
        self.assertEqual(self.unread(self.bia), 0)
        bell = self.as_(self.gil, "community.member")._unread_notices()
        self.assertEqual(bell, 2)

    def test_customers_have_no_access_of_their_own(self):
        self.follow(self.space, self.bia)
        with self.told():
            self.ask(self.ana)
        for model in (
            "community.notice",
            "community.notice.setting",
            "community.notice.answer",
        ):
            records = self.env[model].with_user(self.bia.user_id)
            with self.assertRaises(AccessError, msg=model):
                records.search([])
            with self.assertRaises(AccessError, msg=model):
                records.create({})

    # --- what is not the reader's any more --------------------------------------------

    def lose(self, change):
        """Bia is told of a post of Ana's; then something changes.

        :return: whether the notice is still on her page or in her counter
        """
        self.follow(self.space, self.bia)
        with self.told():
            post = self.ask(self.ana, audience="everybody")
        self.assertEqual(self.unread(self.bia), 1)
        change(post)
        self.env.flush_all()
        return bool(self.seen(self.bia)), bool(self.unread(self.bia))

    def test_hidden_by_a_moderator(self):
        def hide(post):
            post.sudo().moderation_state = "hidden"

        self.assertEqual(self.lose(hide), (False, False))

    def test_removed_and_put_back(self):
        self.assertEqual(self.lose(lambda p: p._remove()), (False, False))
        self.env["community.post"].with_user(self.ana.user_id).with_context(
            active_test=False
        ).browse(self.notices.search([]).post_id.ids)._restore_removed()
        self.assertEqual(self.events(self.bia), ["posted"])

    def test_audience_narrowed(self):
        for audience in ("not_competitors", "company", "vendor"):
            with self.subTest(audience=audience):
                gone = self.lose(lambda p, a=audience: p._edit({"audience": a}))
                self.assertEqual(gone, (False, False))

    def test_companies_become_competitors(self):
        self.follow(self.space, self.gil)
        with self.told():
            self.ask(self.ana, audience="not_competitors")
        self.assertEqual(self.unread(self.gil), 1)
        self.env["community.competition"].create(
            {"organisation_id": self.steel.id, "rival_id": self.shop.id}
        )
        self.assertEqual(self.unread(self.gil), 0)
        self.assertEqual(self.seen(self.gil), [])

    def test_space_closed_to_the_reader(self):
        def close(post):
            self.space.access_ids = [
                Command.create({"right": "see", "organisation_id": self.steel.id})
            ]

        self.assertEqual(self.lose(close), (False, False))

    def test_company_policy_keeps_its_people_out(self):
        def keep_out(post):
            self.env["community.company.policy"].create(
                {"organisation_id": self.rival.id, "participation": "nobody"}
            )

        self.assertEqual(self.lose(keep_out), (False, False))

    def test_membership_ended(self):
        def leave(post):
            self.bia.state = "left"

        self.assertEqual(self.lose(leave), (False, False))

    # --- notes about no post ----------------------------------------------------------

    def test_note_without_a_post(self):
        with self.told():
            self.notices._note(self.gil | self.ana, "approved", url="/my/x")
        (card,) = self.seen(self.gil)
        self.assertEqual(card["url"], "/my/x")
        self.assertEqual(card["actor"], None)
        self.assertEqual(self.unread(self.ana), 1)

    def test_note_about_a_post_reaches_its_readers_alone(self):
        with self.told():
            post = self.ask(self.ana, audience="company").sudo()
            self.notices._note(self.everyone, "escalated", post, actor=self.agent)
        told = self.notices.search([("post_id", "=", post.id)]).member_id
        self.assertEqual(told, post._readers(self.everyone) - self.agent)
        self.assertNotIn(self.bia, told)


@tagged("post_install", "-at_install")
class TestNoticeReward(NoticeCase):
    """Who is given something hears of it, and who has to agree before."""

    def perk(self, name):
        return self.env["community.perk"].create(
            {"name": name, "kind": "event", "basis": "hand"}
        )

    def grant(self, member, perk=None):
        perk = perk or self.perk("Beta fechado")
        grant = self.env["community.perk.grant"].create(
            {"perk_id": perk.id, "member_id": member.id}
        )
        with self.told():
            grant.with_user(self.vendor.user_id).action_grant()
        return grant

    def test_granted(self):
        self.grant(self.ana)
        (card,) = self.as_(self.ana, "community.notice")._list()[0]
        self.assertEqual(card["event"], "perk_granted")
        self.assertIn("“Beta fechado” is yours", card["text"])
        self.assertEqual(card["url"], f"/my/community/people/{self.ana.id}")
        for member in self.everyone - self.ana:
            self.assertEqual(self.unread(member), 0, member.name)

    def test_granted_by_one_who_speaks_another_language(self):
        for lang in ("en_US", "pt_BR"):
            self.env["res.lang"]._activate_lang(lang)
        perk = self.perk("Closed beta")
        perk.with_context(lang="pt_BR").name = "Beta fechado"
        self.grant(self.ana, perk)
        notices = self.as_(self.ana, "community.notice")
        for lang, name in (("en_US", "Closed beta"), ("pt_BR", "Beta fechado")):
            (card,) = notices.with_context(lang=lang)._list()[0]
            self.assertIn(f"“{name}”", card["text"])

    def test_company_agrees_first(self):
        self.env["community.company.policy"].create(
            {"organisation_id": self.steel.id, "perk_consent": True}
        )
        self.grant(self.ana)
        self.assertEqual(self.events(self.boss), ["perk_consent"])
        self.assertEqual(self.events(self.ana), [])
        self.assertEqual(len(self.letters(self.boss)), 1, "asked at once")


@tagged("post_install", "-at_install")
class TestNoticeSettings(NoticeCase):
    """Each as he wants to be told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mine = cls.notices.with_user(cls.bia.user_id)
        cls.follow(cls.space, cls.bia)

    def test_defaults_and_choices(self):
        settings = self.mine._settings()
        codes = [row["code"] for row in settings["kinds"]]
        self.assertEqual(codes, [code for code in dict(KINDS) if code != "approval"])
        boss = self.as_(self.boss, "community.notice")._settings()["kinds"]
        self.assertEqual([row["code"] for row in boss], list(dict(KINDS)))
        space = next(row for row in settings["kinds"] if row["code"] == "space")
        self.assertEqual(
            (space["portal"], space["mail"], space["push"]), (1, "weekly", 0)
        )
        self.choose(self.bia, "space", portal=False, mail="now", push=True)
        self.choose(self.bia, "space", portal=False, mail="daily", push=True)
        space = next(r for r in self.mine._settings()["kinds"] if r["code"] == "space")
        self.assertEqual(
            (space["portal"], space["mail"], space["push"]), (0, "daily", 1)
        )
        gil = self.as_(self.gil, "community.notice")._settings()["kinds"]
        self.assertIn(("space", "weekly"), [(r["code"], r["mail"]) for r in gil])

    def test_kept_as_it_is_given(self):
        self.mine._save_settings(self.mine._settings() | {"quiet_from": 22.0})
        self.assertEqual(self.mine._settings()["quiet_from"], 22.0)

    def test_nothing_at_all(self):
        self.choose(self.bia, "space", portal=False)
        with self.told():
            self.ask(self.ana)
        self.assertFalse(self.notices.search([("member_id", "=", self.bia.id)]))

    def test_mail_without_the_page(self):
        self.choose(self.bia, "space", portal=False, mail="now")
        with self.told():
            self.ask(self.ana)
        self.assertEqual(self.events(self.bia), [])
        self.assertEqual(self.unread(self.bia), 0)
        self.assertEqual(len(self.letters(self.bia)), 1)

    def test_change_holds_for_what_waits(self):
        with self.told():
            self.ask(self.ana)
        waiting = self.notices.search([("member_id", "=", self.bia.id)])
        self.assertEqual(waiting.mail, "weekly")
        self.choose(self.bia, "space", mail="daily")
        self.assertEqual(waiting.mail, "daily")
        self.choose(self.bia, "space")
        self.assertFalse(waiting.mail)

    def test_wrong_choices_are_refused(self):
        for row in (
            {"code": "space", "mail": "hourly"},
            {"code": "everything", "mail": "now"},
            {"mail": "now"},
        ):
            with self.assertRaisesRegex(UserError, "Choose among"):
                self.mine._save_settings({"kinds": [row]})
        for hour in (-1, 25, "8", None):
            with self.assertRaisesRegex(UserError, "An hour is"):
                self.mine._save_settings({"quiet_from": hour})

    def test_stranger_has_no_settings(self):
        self.bia.state = "left"
        with self.assertRaisesRegex(UserError, "not a member"):
            self.mine._settings()
