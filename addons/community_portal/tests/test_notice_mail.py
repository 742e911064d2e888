from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.tests import tagged

from ..models import community_notice_digest, community_notice_send
from .notice_common import NoticeCase

SECRET = "Contrato Netuno"


@tagged("post_install", "-at_install")
class TestNoticeMail(NoticeCase):
    """Letters at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.choose(cls.bia, "space", mail="now")
        cls.choose(cls.gil, "follow", mail="now")
        cls.follow(cls.space, cls.bia)

    def thread(self, *followers, **vals):
        with self.told():
            post = self.ask(self.ana, **vals)
            self.follow(post, *followers)
        self.mails.search([]).unlink()
        return post

    def test_letter(self):
        with self.told():
            post = self.ask(self.ana, title="NF-e rejeitada", body="<p>Código 539</p>")
        letter = self.letters(self.bia)
        self.assertEqual(letter.subject, "Ana begins “NF-e rejeitada”")
        self.assertIn("Código 539", letter.body_html)
        self.assertIn(f"{post.get_base_url()}{post._url()}", letter.body_html)
        self.assertEqual(letter.state, "outgoing")
        self.assertFalse(letter.author_id)
        self.assertIn("catchall@room.example.com", letter.reply_to)
        self.assertIn("↑↑↑↑↑", letter.body_html)

    def test_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self.bia.user_id.lang = "pt_BR"
        seen = []
        render = type(self.env["ir.qweb"])._render

        def spy(qweb, template, *args, **kwargs):
            seen.append(qweb.env.lang)
            return render(qweb, template, *args, **kwargs)

        with patch.object(type(self.env["ir.qweb"]), "_render", spy), self.told():
            self.ask(self.ana)
        self.assertEqual(seen, ["pt_BR"])

    def test_one_click_headers(self):
        with self.told():
            self.ask(self.ana)
        letter = self.letters(self.bia)
        sent = letter._prepare_outgoing_list()[0]["headers"]
        self.assertEqual(sent["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        self.assertRegex(
            sent["List-Unsubscribe"], r"^<http.*/community/unsubscribe/[\w-]+>$"
        )
        self.assertEqual(sent["Auto-Submitted"], "auto-generated")

    def test_no_address_to_answer_to(self):
        self.env.company.alias_domain_id = False
        with self.told():
            self.ask(self.ana)
        letter = self.letters(self.bia)
        self.assertFalse(letter.reply_to and "catchall" in letter.reply_to)
        self.assertNotIn("↑↑↑↑↑", letter.body_html)

    def test_several_of_one_thread_in_one_letter(self):
        post = self.thread(self.gil)
        waits = patch.object(
            type(self.notices), "_mail_later", lambda *args, **kw: None
        )
        with waits, self.told():
            self.reply(post, self.caio, "<p>Primeira</p>")
            self.reply(post, self.caio, "<p>Segunda</p>")
        self.notices._mail_now(post.id)
        letter = self.letters(self.gil)
        self.assertEqual(len(letter), 1)
        self.assertIn("2 news", letter.subject)
        self.assertLess(
            letter.body_html.index("Primeira"), letter.body_html.index("Segunda")
        )

    def test_thread_that_talks_without_end_is_gathered(self):
        post = self.thread(self.gil)
        with self.told():
            self.reply(post, self.caio, "<p>Um</p>")
        for text in ("Dois", "Três", "Quatro"):
            with self.minutes_later(5), self.told():
                self.reply(post, self.caio, f"<p>{text}</p>")
            self.assertEqual(len(self.letters(self.gil)), 1, "rests for a while")
            self.assertEqual({job.func.__name__ for job in self.later}, {"_mail_now"})
        with self.minutes_later(16):
            self.notices._mail_now(post.id)
        newest = self.letters(self.gil)[0]
        self.assertEqual(len(self.letters(self.gil)), 2)
        for text in ("Dois", "Três", "Quatro"):
            self.assertIn(text, newest.body_html)
        self.assertNotIn(">Um<", newest.body_html)

    def test_another_thread_does_not_wait(self):
        first, second = self.thread(self.gil), self.thread(self.gil)
        with self.told():
            self.reply(first, self.caio)
            self.reply(second, self.caio)
        self.assertEqual(len(self.letters(self.gil)), 2)

    def test_not_twice(self):
        post = self.thread(self.gil)
        with self.told():
            self.reply(post, self.caio)
        with self.minutes_later(60):
            self.notices._mail_now(post.id)
        self.assertEqual(len(self.letters(self.gil)), 1)

    def test_what_was_read_is_not_sent(self):
        post = self.thread(self.gil)
        with self.told():
            self.reply(post, self.caio)
        self.mails.search([]).unlink()
        notices = self.notices.search([("member_id", "=", self.gil.id)])
        notices.mailed = False
        post.with_user(self.gil.user_id)._seen()
        self.notices._mail_now(post.id)
        self.assertFalse(self.letters(self.gil))

    def test_quiet_hours(self):
        self.gil.user_id.tz = "America/Sao_Paulo"  # UTC - 3
        self.gil.write({"quiet_from": 22, "quiet_to": 7})
        post = self.thread(self.gil)
        night = datetime(2026, 5, 5, 2, 30)
        with self.at(night), self.told():
            self.reply(post, self.caio)
        self.assertFalse(self.letters(self.gil))
        self.assertEqual(self.later[0].eta, datetime(2026, 5, 5, 10))
        with self.at(datetime(2026, 5, 5, 10, 1)):
            self.notices._mail_now(post.id)
        self.assertEqual(len(self.letters(self.gil)), 1)

    def test_members_in_chunks(self):
        post = self.thread(self.gil, self.caio, self.agent)
        for member in (self.caio, self.agent):
            self.choose(member, "follow", mail="now")
        with patch.object(community_notice_send, "MEMBERS", 2), self.told():
            self.reply(post, self.boss)
        self.assertGreater(self.done.count("_mail_now"), 2)
        for member in (self.ana, self.gil, self.caio, self.agent):
            self.assertEqual(len(self.letters(member)), 1, member.name)

    def test_person_without_an_address(self):
        self.gil.user_id.partner_id.email = False
        post = self.thread(self.gil)
        with self.told():
            self.reply(post, self.caio)
        self.assertFalse(self.letters(self.gil))


@tagged("post_install", "-at_install")
class TestNoticeMailSecrets(NoticeCase):
    """What not everybody in the room may read stands in no letter."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for member in cls.everyone:
            for kind in ("space", "follow", "mention", "answer"):
                cls.choose(member, kind, mail="now")
        cls.follow(cls.space, *cls.everyone)

    def all_text(self):
        letters = self.mails.search([])
        return " ".join(
            f"{letter.subject} {letter.body_html} {letter.headers} {letter.reply_to}"
            for letter in letters
        )

    def assert_clean(self, *words):
        text = self.all_text()
        self.assertTrue(text.strip(), "letters were written")
        for word in (SECRET, *words):
            self.assertNotIn(word, text)

    def test_restricted_thread_and_its_answers(self):
        for audience in ("not_competitors", "company", "vendor"):
            self.mails.search([]).unlink()
            with self.subTest(audience=audience), self.told():
                post = self.ask(
                    self.ana, title=SECRET, body=f"<p>{SECRET}</p>", audience=audience
                )
                self.follow(post, *self.everyone)
                self.reply(post, self.agent, f"<p>Sobre {SECRET}</p>")
            self.assert_clean("Ana ", "Agente ")
            for member in self.everyone - post.sudo()._readers(self.everyone):
                self.assertFalse(self.letters(member), member.name)
            self.assertFalse(self.letters(self.bia))

    def test_restricted_answer_in_an_open_thread(self):
        with self.told():
            post = self.ask(self.gil, title="Aberta")
            self.follow(post, *self.everyone)
        self.mails.search([]).unlink()
        with self.minutes_later(30), self.told():
            self.reply(post, self.ana, f"<p>{SECRET}</p>", audience="company")
        self.assert_clean()
        self.assertFalse(self.letters(self.bia))

    def test_space_that_is_not_open_to_all(self):
        self.env["community.space.access"].create(
            {
                "space_id": self.space.id,
                "right": "see",
                "organisation_id": self.steel.id,
            }
        )
        with self.told():
            self.ask(self.ana, title=SECRET, body=f"<p>{SECRET}</p>")
        self.assert_clean(self.space.name)
        self.assertTrue(self.letters(self.caio))
        for member in (self.bia, self.gil):
            self.assertFalse(self.letters(member), member.name)

    def test_restricted_between_the_job_and_the_letter(self):
        with self.told() as trap:
            post = self.ask(self.ana, title=SECRET)
            jobs, trap.enqueued_jobs = trap.enqueued_jobs, []
            for job in jobs:
                job.perform()
            trap.enqueued_jobs = []
            post._edit({"audience": "company"})
        waiting = self.notices.search(
            [("post_id", "=", post.id), ("member_id", "=", self.bia.id)]
        )
        self.assertEqual(waiting.mail, "now")
        self.notices._mail_now(post.id)
        self.assertFalse(self.letters(self.bia))
        self.assertFalse(waiting.mail, "nor later")
        self.assert_clean()


@tagged("post_install", "-at_install")
class TestNoticeDigest(NoticeCase):
    """Letters of a day and of a week."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.follow(cls.space, *cls.everyone)
        for member in cls.everyone:
            cls.choose(member, "space", mail="daily")

    def digest(self, period="daily"):
        with self.told():
            self.notices._cron_digest(period)

    def test_digest(self):
        with self.told():
            self.ask(self.ana, title="Primeira")
            self.ask(self.ana, title="Segunda")
        self.assertFalse(self.mails.search([]))
        self.digest("weekly")
        self.assertFalse(self.mails.search([]))
        self.digest()
        letter = self.letters(self.bia)
        self.assertEqual(letter.subject, "Today in the community: 2 news")
        self.assertLess(
            letter.body_html.index("Primeira"), letter.body_html.index("Segunda")
        )
        self.assertFalse(letter.references, "a digest answers nothing")
        self.assertFalse(self.letters(self.ana), "no news, no letter")
        self.digest()
        self.assertEqual(len(self.letters(self.bia)), 1, "once")

    def test_restricted_ones_are_counted_and_not_named(self):
        with self.told():
            self.ask(self.ana, title="Aberta")
            self.ask(self.ana, title=SECRET, audience="not_competitors")
        self.digest()
        gil, bia = self.letters(self.gil), self.letters(self.bia)
        self.assertIn("2 news", gil.subject)
        self.assertIn("Aberta", gil.body_html)
        self.assertIn("a new thread in a space that you follow", gil.body_html)
        self.assertIn("1 news", bia.subject)
        for letter in self.mails.search([]):
            self.assertNotIn(SECRET, letter.body_html + letter.subject)

    def test_weekly(self):
        self.choose(self.bia, "space", mail="weekly")
        with self.told():
            self.ask(self.ana)
        self.digest("weekly")
        self.assertEqual(
            self.letters(self.bia).subject, "This week in the community: 1 news"
        )

    def test_chunks_by_key(self):
        with self.told():
            self.ask(self.ana)
        patched = patch.object(community_notice_digest, "MEMBERS", 3)
        with patched:
            self.digest()
        self.assertEqual(self.done.count("_send_digests"), 3)
        for member in self.everyone - self.ana:
            self.assertEqual(len(self.letters(member)), 1, member.name)

    def test_long_list_ends(self):
        with patch.object(community_notice_digest, "LISTED", 2):
            with self.told():
                for number in range(5):
                    self.ask(self.ana, title=f"Pergunta {number}")
            self.digest()
        body = self.letters(self.bia).body_html
        self.assertNotIn("Pergunta 2", body)
        self.assertIn("Pergunta 4", body)
        self.assertRegex(body, r"And\s+3\s+more")

    def test_old_notices_go(self):
        with self.told():
            self.ask(self.ana)
        self.notices.search([]).date = datetime.now() - timedelta(days=200)
        self.assertEqual(self.notices._gc_notices()[1], False)
        self.assertFalse(self.notices.search([]))
