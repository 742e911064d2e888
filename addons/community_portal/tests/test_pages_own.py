from odoo import http
from odoo.tests import tagged

from ..controllers.show import excerpt
from .test_pages import RoomCase


@tagged("post_install", "-at_install")
class TestOwnPages(RoomCase):
    """What a member sets, is told and looks for."""

    def save(self, **values):
        values |= {"csrf_token": http.Request.csrf_token(self)}
        return self.url_open("/my/community/settings", data=values)

    def test_settings_are_saved(self):
        self.enter(self.ana)
        answer = self.save(
            about="Fiscal",
            employer_shown="hidden",
            **{"mail-answer": "weekly", "portal-answer": "on"},
            quiet_from="22",
            quiet_to="7",
        )
        self.assertIn("Saved.", answer.text)
        self.assertEqual(self.ana.about, "Fiscal")
        self.assertEqual(self.ana.employer_shown, "hidden")
        self.assertTrue(self.ana.board_optout)
        notices = self.env["community.notice"].with_user(self.ana.user_id)
        settings = notices._settings()
        [kind] = [one for one in settings["kinds"] if one["code"] == "answer"]
        self.assertEqual((kind["portal"], kind["mail"]), (True, "weekly"))
        self.assertEqual((settings["quiet_from"], settings["quiet_to"]), (22, 7))

    def test_what_is_no_choice_is_not_saved(self):
        self.enter(self.ana)
        for values in (
            {"employer_shown": "everything"},
            {"employer_shown": "name", "quiet_from": "soon"},
            {"employer_shown": "name", "mail-answer": "hourly"},
        ):
            with self.subTest(values):
                answer = self.save(about="No", **values)
                self.assertIn('role="alert"', answer.text)
                self.ana.invalidate_recordset()
                self.assertNotEqual(self.ana.about, "No")

    def test_settings_cannot_make_somebody_a_manager(self):
        self.enter(self.ana)
        self.save(employer_shown="name", is_manager="1", points="9999", is_expert="1")
        self.assertFalse(self.ana.is_manager or self.ana.is_expert)
        self.assertEqual(self.ana.points, 0)

    def test_search_finds_what_one_may_see(self):
        open_ = self.ask(title="Certificado digital vencido")
        self.ask(title="Certificado da matriz", audience="company")
        text = self.page("/my/community/search?q=certificado", self.bia).text
        self.assertIn(f"/my/community/post/{open_.id}", text)
        self.assertNotIn("matriz", text)
        text = self.page("/my/community/search?q=certificado", self.caio).text
        self.assertIn("matriz", text)

    def test_search_takes_any_filter(self):
        self.enter(self.ana)
        for filters in (
            "space=x&kind=y&days=z&tag=-1",
            "days=999999999&space=999999999",
            "after=nonsense&solved=1",
            "q=%3Cscript%3Ealert(1)%3C/script%3E",
            "q=%00%27%22%5C",
        ):
            with self.subTest(filters):
                answer = self.url_open(f"/my/community/search?{filters}")
                self.assertEqual(answer.status_code, 200)
                self.assertNotIn("<script>alert(1)", answer.text)

    def test_people_are_found_by_name(self):
        text = self.page("/my/community/search?q=moderadora", self.ana).text
        self.assertIn(f"/my/community/people/{self.moderator.id}", text)

    def test_notices_tell_what_happened(self):
        post = self.ask()
        self.reply(post, self.caio)
        self.env["community.notice"].create(
            {
                "member_id": self.ana.id,
                "post_id": post.id,
                "thread_id": post.id,
                "kind": "answer",
                "event": "replied",
                "actor_id": self.caio.id,
                "shown": True,
            }
        )
        text = self.page("/my/community/notices", self.ana).text
        self.assertIn("o_community_notice o_unread", text)
        self.assertIn("Caio", text)
        self.assertNotIn("Caio", self.page("/my/community/notices", self.gil).text)

    def test_the_board_is_shown_for_any_question(self):
        self.enter(self.ana)
        for query in ("period=all&space=x", "period=zzz", "space=99999&company=1"):
            with self.subTest(query):
                answer = self.url_open(f"/my/community/boards?{query}")
                self.assertEqual(answer.status_code, 200)

    def test_queries_do_not_grow_with_the_list(self):
        """A page of twenty threads asks the database as often as one of two."""
        posts = self.env["community.post"].with_user(self.bia.user_id)
        counts = []
        for number in (2, 18):
            for _thread in range(number):
                self.ask(title="Pergunta")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            found, _next = posts._page(posts._feed_domain())
            found._cards()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_excerpt(self):
        for body, text in (
            ("<p>Um <b>dois</b></p><p>três</p>", "Um dois\ntrês"),
            ("<p>a &lt;b&gt; &amp; c</p>", "a <b> & c"),
            ("<ul><li>a</li>\n<li>b</li></ul>", "a\nb"),
            ("", ""),
            ("<p>cut <a href='x", "cut"),
        ):
            with self.subTest(body):
                self.assertEqual(excerpt(body).strip(), text)
        long = excerpt("<p>" + "palavra " * 500 + "</p>")
        self.assertLessEqual(len(long), 321)
        self.assertTrue(long.endswith("…"))
