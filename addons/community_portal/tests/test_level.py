import psycopg2

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.community_level import PRIVILEGES
from ..models.community_level_privileges import _hosts
from .reputation_common import ReputationCase


@tagged("post_install", "-at_install")
class TestLevel(ReputationCase):
    """What a member may do by his points."""

    def test_a_level_is_reached_by_points(self):
        for points, name in (
            (-5, ""),
            (0, "newcomer"),
            (99, "member"),
            (100, "helper"),
        ):
            with self.subTest(points=points):
                self.set_points(self.ana, points)
                level = self.env.ref(f"community_portal.level_{name}", False)
                self.assertEqual(self.ana.level_id.id, level.id if level else False)

    def test_a_privilege_stays_on_the_levels_above(self):
        self.allow("see_roadmap", 100)
        for points, may in ((99, False), (100, True), (5_000, True)):
            self.set_points(self.ana, points)
            self.assertEqual(self.ana._may("see_roadmap"), may)

    def test_roles_need_no_points(self):
        self.env["community.level"].search([]).write(dict.fromkeys(PRIVILEGES, False))
        for privilege in PRIVILEGES:
            self.assertTrue(self.agent._may(privilege))
            self.assertTrue(self.moderator._may(privilege))
            self.assertFalse(self.ana._may(privilege))

    def test_a_suspended_member_may_nothing(self):
        self.set_points(self.ana, 5_000)
        self.ana.state = "suspended"
        self.assertFalse(self.ana._may("post_links"))

    def test_an_unknown_privilege_is_a_mistake(self):
        with self.assertRaises(ValueError):
            self.ana._may("rule_the_world")

    def test_no_points_by_writing_them(self):
        """Neither by RPC nor by a perk or a badge: the field is read only for all,
        and the night puts right what SQL changed."""
        with self.assertRaises(UserError):
            self.ana.with_user(self.ana.user_id).write({"points": 9_999})

    def test_asking_often_costs_no_query(self):
        self.ana._may("post_links")
        with self.assertQueryCount(0):
            self.ana._may("post_links")

    def test_a_changed_level_counts_at_once(self):
        self.allow("post_links", 10)
        self.assertFalse(self.ana._may("post_links"))
        self.allow("post_links", 0)
        self.assertTrue(self.ana._may("post_links"))

    def test_two_levels_cannot_begin_at_the_same_points(self):
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env["community.level"].create({"name": "Outro", "points": 0})


@tagged("post_install", "-at_install")
class TestPrivileges(ReputationCase):
    """Where a level is asked for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        case = cls("setUp")
        for privilege in ("post_links", "vote_down", "edit_tags"):
            case.allow(privilege, 100)
        cls.env["ir.config_parameter"].set_param(
            "web.base.url", "https://suporte.horizonte.example"
        )

    def test_links_of_a_newcomer(self):
        for body in (
            '<p>Veja <a href="https://golpe.example/x">aqui</a></p>',
            "<p>Veja https://golpe.example/x</p>",
            "<p>Veja www.golpe.example</p>",
            '<p>Veja <a href="//golpe.example">aqui</a></p>',
            '<p><img src="https://golpe.example/p.png"/> foto</p>',
            "<p>HTTPS://GOLPE.EXAMPLE</p>",
            "<p>https://suporte.horizonte.example.golpe.example/</p>",
            "<p>https://suporte.horizonte.example@golpe.example/</p>",
        ):
            with (
                self.subTest(body),
                self.assertRaisesRegex(UserError, "links.*takes 100 points"),
            ):
                self.ask(body=body)

    def test_links_to_the_vendor_and_the_authorities(self):
        self.env.company.website = "https://www.horizonte.example"
        for link in (
            "https://suporte.horizonte.example/my/community/post/3",
            "/my/community/post/3",
            "https://horizonte.example/blog",
            "https://www.nfe.fazenda.gov.br/portal",
        ):
            with self.subTest(link):
                self.assertTrue(self.ask(body=f'<p>Veja <a href="{link}">x</a></p>'))

    def test_links_by_reply_title_and_edit(self):
        bad = "<p>https://golpe.example</p>"
        question = self.ask()
        for attempt in (
            lambda: self.reply(question, body=bad),
            lambda: self.ask(title="Veja www.golpe.example"),
            lambda: question._edit({"body": bad}),
            lambda: question._edit({"title": "https://golpe.example"}),
        ):
            with self.assertRaisesRegex(UserError, "cannot post links"):
                attempt()

    def test_links_with_the_points(self):
        self.set_points(self.ana, 100)
        post = self.ask(body="<p>https://exemplo.example</p>")
        self.set_points(self.ana, 0)
        post._edit({"body": "<p>https://exemplo.example e mais texto</p>"})

    def test_no_address_breaks_it(self):
        for text in ("<a href='http://[::1'>x</a>", "<", "<p>a&b</p>", "http://"):
            self.assertIsInstance(_hosts(text), set)

    def test_voting_down(self):
        _question, answer = self.answered()
        with self.assertRaisesRegex(UserError, "vote down yet.*100 points"):
            self.vote(answer, self.bia, -1)
        self.set_points(self.bia, 100)
        self.vote(answer, self.bia, -1)
        self.set_points(self.bia, 0)
        self.vote(answer, self.bia, 0)
        self.assertFalse(self.points(self.ana))

    def test_topics_of_others(self):
        tag = self.env["community.tag"].create({"name": "Devolução"})
        question = self.ask(self.ana)
        as_bia = question.with_user(self.bia.user_id)
        with self.assertRaisesRegex(UserError, "topics yet"):
            as_bia._edit_tags(tag.ids)
        self.set_points(self.bia, 100)
        as_bia._edit_tags(tag.ids + [0, 999_999])
        self.assertEqual(question.sudo().tag_ids, tag)
        question._edit_tags([])
        self.assertFalse(question.sudo().tag_ids)

    def test_helping_to_moderate(self):
        self.allow("help_moderate", 100)
        first, again = self.ask(self.ana), self.ask(self.ana)
        as_bia = again.with_user(self.bia.user_id)
        with self.assertRaises(UserError):
            as_bia._mark_duplicate(first)
        self.set_points(self.bia, 100)
        as_bia._mark_duplicate(first)
        self.assertEqual(again.sudo().duplicate_of_id, first.sudo())
        as_bia._unmark_duplicate()
        self.assertFalse(again.sudo().duplicate_of_id)
        with self.assertRaisesRegex(UserError, "Only who asked"):
            as_bia._accept(self.reply(again))

    def test_topics_of_what_one_cannot_see(self):
        self.set_points(self.bia, 5_000)
        secret = self.ask(self.ana, audience="company")
        with self.assertRaises(UserError):
            secret.with_user(self.bia.user_id)._edit_tags([])
