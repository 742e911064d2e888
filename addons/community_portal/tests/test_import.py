"""Another community comes: what is said before, what comes, and what never twice."""

import io
import zipfile
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from ..models import community_import_look, community_import_take
from .common import CommunityCase

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000000000200015e9d0a3a0000000049454e44ae426082"
)
PEOPLE = """id,name,email,company,about,picture
ana,Ana,ana@alfa.example.com,,,
bia,Bia,BIA@beta.example.com,,,
zoe,Zoé Nova,zoe@gama.example.com,Mercado Gama,,
rui,Rui Só,rui@nowhere.example.com,Desconhecida Ltda,,
"""
POSTS = """id,parent,space,title,body,format,author,date,tags,accepted
q1,,fiscal,Nota rejeitada,Rejeição 539,,ana,2020-03-01 10:00:00,NF-e,
a1,q1,,,<p>Veja <img src='tela.png' alt='tela'/></p>,html,bia,2020-03-02 10:00:00,,yes
c1,a1,,,Obrigada,,ana,2020-03-03 10:00:00,,
q2,,Outro,Impressora,Não imprime,,ghost,2021-01-01 10:00:00,,
"""
VOTES = "post,person,value\na1,ana,1\nq1,bia,1\nq1,ana,1\nq1,ghost,1\n"


def packed(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in files.items():
            file.writestr(name.replace("_", "."), data)
    return out.getvalue()


class ImportCase(CommunityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["community.space"].create({"name": "Geral"})
        cls.hold("segredão")

    @classmethod
    def hold(cls, word, kind="word", **values):
        """From now on the gate holds texts with this word."""
        place = cls.env.ref("community_portal.place_community")
        terms = [Command.create({"text": word, "role": "word"})]
        rule = cls.env["moderation.rule"].create(
            {
                "name": word,
                "set_id": cls.env["moderation.rule.set"]
                .create({"name": word, "place_ids": [Command.set(place.ids)]})
                .id,
                "kind": kind,
                "action": "hold",
                "category_id": cls.env.ref("moderation.category_reserved").id,
                "term_ids": terms if kind == "word" else [],
                **values,
            }
        )
        rule._switch_on()

    def importing(self, data=None, name="all.zip", **values):
        data = data or packed(
            people_csv=PEOPLE, posts_csv=POSTS, votes_csv=VOTES, tela_png=PNG
        )
        one = self.as_(self.vendor, "community.import").create(
            {"name": "Old", "space_id": self.other.id} | values
        )
        if one.origin == "file":
            self.attach(one, data, name)
        return one

    def attach(self, one, data, name):
        self.env["ir.attachment"].create(
            {
                "name": name,
                "raw": data,
                "res_model": one._name,
                "res_id": one.id,
                "res_field": "file",
            }
        )
        one.file_name = name

    def work(self, one, action):
        with trap_jobs() as trap:
            getattr(one, action)()
            trap.perform_enqueued_jobs()
            while trap.enqueued_jobs:
                trap.perform_enqueued_jobs()
        one.invalidate_recordset()
        return one

    def check(self, *args, **values):
        return self.work(self.importing(*args, **values), "action_check")

    def take(self, *args, **values):
        return self.work(self.check(*args, **values), "action_import")

    def line(self, one, key, kind=None):
        kinds = (kind,) if kind else ("person", "post", "reply")
        return one.line_ids.filtered(
            lambda line: line.external_id == key and line.kind in kinds
        )

    def came(self, one, key):
        return self.env["community.post"].browse(self.line(one, key).res_id)


@tagged("post_install", "-at_install")
class TestCheck(ImportCase):
    def test_nothing_comes_yet(self):
        before = self.env["community.post"].search_count([])
        one = self.check()
        self.assertEqual(one.state, "checked")
        self.assertEqual(one.waiting_count, 12)
        self.assertEqual(self.env["community.post"].search_count([]), before)

    def test_unknown_people_and_companies_are_named(self):
        one = self.check(unknown_people="create")
        self.assertFalse(self.line(one, "ana").doubt)
        self.assertFalse(self.line(one, "bia").doubt, "however the address is written")
        self.assertIn("not invited yet", self.line(one, "zoe").note)
        self.assertNotIn("company", self.line(one, "zoe").note)
        self.assertIn("Desconhecida Ltda", self.line(one, "rui").note)
        self.assertIn("ghost", self.line(one, "q2").note)

    def test_what_the_gate_would_hold_is_named(self):
        table = POSTS + "q3,,,Senha,um segredão,,ana,,,\n"
        one = self.check(packed(people_csv=PEOPLE, posts_csv=table))
        self.assertIn("gate would hold", self.line(one, "q3").note)
        self.assertFalse(self.line(one, "q1").doubt)

    def test_a_file_that_cannot_be_read_says_why(self):
        one = self.check(b"id,author,body\nq1,a\0na,x\n", "posts.csv")
        self.assertEqual(one.state, "failed")
        self.assertIn("posts.csv is not a text file: line 2", one.note)
        self.assertFalse(one.line_ids)

    def test_a_huge_file_says_so(self):
        one = self.check(b"id,author,body\n" + b"x" * 20_000_000, "posts.csv")
        self.assertEqual(one.state, "failed")
        self.assertIn("20.0 MB", one.note)

    def test_lines_that_are_left_out_name_their_place(self):
        one = self.check(b"id,author,title,body\n,ana,T,x\n", "posts.csv")
        self.assertEqual(one.line_ids.mapped("state"), ["left"])
        self.assertEqual(one.line_ids.place, "posts.csv, line 2")

    def test_without_a_file(self):
        one = self.as_(self.vendor, "community.import").create(
            {"space_id": self.other.id}
        )
        with self.assertRaisesRegex(UserError, "Choose a file"):
            one.action_check()

    def test_nothing_is_taken_over_unchecked(self):
        with self.assertRaisesRegex(UserError, "Check it first"):
            self.importing().action_import()

    def test_many_are_looked_at_in_pieces(self):
        with patch.object(community_import_look, "LOOK", 3):
            one = self.check()
        self.assertEqual(one.state, "checked")
        self.assertTrue(self.line(one, "q2").doubt)

    def test_stopped_it_does_nothing(self):
        one = self.importing()
        with trap_jobs() as trap:
            one.action_check()
            one.action_stop()
            trap.perform_enqueued_jobs()
        self.assertEqual((one.state, len(one.line_ids)), ("draft", 0))

    def test_at_work_nothing_is_changed(self):
        one = self.importing()
        with trap_jobs():
            one.action_check()
        for change in (lambda: one.write({"source": "x"}), one.unlink):
            with self.assertRaisesRegex(UserError, "at work"):
                change()


@tagged("post_install", "-at_install")
class TestTake(ImportCase):
    def test_threads_come_with_their_dates(self):
        one = self.take()
        self.assertEqual(one.state, "done")
        question, answer = self.came(one, "q1"), self.came(one, "a1")
        self.assertEqual(question.space_id, self.space, "it has this name")
        self.assertEqual(question.author_id, self.ana)
        self.assertEqual(question.organisation_id, self.steel)
        self.assertEqual(str(question.published_date), "2020-03-01 10:00:00")
        self.assertEqual(str(question.create_date), "2020-03-01 10:00:00")
        self.assertEqual(question.create_uid, self.ana.user_id)
        self.assertEqual(question.tag_ids.name, "NF-e")
        self.assertEqual(question.accepted_id, answer)
        self.assertTrue(question.is_solved)
        self.assertEqual(answer.root_id, question)
        self.assertEqual(self.came(one, "c1").parent_id, answer)
        self.assertEqual(self.came(one, "q2").space_id, self.other)

    def test_replies_of_years_ago_do_not_move_threads_up(self):
        one = self.take()
        self.fold()
        question = self.came(one, "q1")
        self.assertEqual(question.reply_count, 2)
        self.assertEqual(str(question.last_activity), "2020-03-03 10:00:00")

    def test_unknown_people_have_no_name(self):
        one = self.take()
        former = self.env.ref("community_portal.member_former")
        self.assertEqual(self.came(one, "q2").author_id, former)
        self.assertEqual(former.name, "Former member")
        self.assertEqual(self.line(one, "zoe").state, "left")

    def test_unknown_people_get_users_that_are_not_invited(self):
        outbox = self.env["mail.mail"].search_count([])
        one = self.take(unknown_people="create")
        zoe = self.env["community.member"].browse(self.line(one, "zoe").res_id)
        self.assertEqual(zoe.user_id.login, "zoe@gama.example.com")
        self.assertTrue(zoe.user_id.share)
        self.assertEqual(zoe.organisation_id, self.shop)
        self.assertEqual(self.env["mail.mail"].search_count([]), outbox)

    def test_a_contact_that_is_known_stays_as_it_is(self):
        contact = self.env["res.partner"].create(
            {
                "name": "Rui",
                "email": "rui@nowhere.example.com",
                "parent_id": self.shop.id,
            }
        )
        one = self.take(unknown_people="create")
        rui = self.env["community.member"].browse(self.line(one, "rui").res_id)
        self.assertEqual((rui.partner_id, rui.name), (contact, "Rui"))
        self.assertEqual(rui.organisation_id, self.shop)

    def test_votes_count_and_earn_nothing(self):
        one = self.take()
        self.fold()
        self.assertEqual(self.came(one, "a1").score, 1)
        self.assertEqual(self.came(one, "q1").score, 1, "not one's own, not unknown's")
        self.assertFalse(self.ana.points or self.bia.points)
        left = self.line(one, "q1", "vote").filtered(lambda line: line.state == "left")
        own, ghost = left.sorted("id").mapped("note")
        self.assertIn("own posts", own)
        self.assertIn("no user", ghost)

    def test_nothing_happens_to_anybody(self):
        posts = type(self.env["community.post"])
        with patch.object(posts, "_happened", autospec=True) as happened:
            self.take()
        happened.assert_not_called()

    def test_pictures_come_and_belong_to_their_post(self):
        answer = self.came(self.take(), "a1")
        picture = self.env["ir.attachment"].search(
            [("res_model", "=", "community.post"), ("res_id", "=", answer.id)]
        )
        self.assertEqual(picture.raw, PNG)
        self.assertFalse(picture.public)
        self.assertIn(f'src="/web/image/{picture.id}"', answer.body)
        self.assertIn('alt="tela"', answer.body)

    def test_a_picture_that_runs_does_not(self):
        table = POSTS.replace("tela.png", "x.svg")
        svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>"
        one = self.take(packed(people_csv=PEOPLE, posts_csv=table, x_svg=svg))
        self.assertNotIn("<img", self.came(one, "a1").body)

    def test_markup_is_made_harmless(self):
        table = POSTS.replace(
            "Rejeição 539,,", "<p onclick='x()'>a<script>b</script></p>,html,"
        )
        body = self.came(
            self.take(packed(people_csv=PEOPLE, posts_csv=table)), "q1"
        ).body
        self.assertNotIn("onclick", body)
        self.assertNotIn("script", body)

    def test_what_the_gate_finds_waits_for_a_moderator(self):
        table = POSTS + "q3,,,Senha,um segredão,,ana,2020-01-01,,\n"
        one = self.take(packed(people_csv=PEOPLE, posts_csv=table))
        post = self.came(one, "q3")
        self.assertEqual(self.line(one, "q3").state, "held")
        self.assertEqual(post.moderation_state, "held")
        self.assertFalse(self.as_(self.bia).search([("id", "=", post.id)]))
        self.assertTrue(self.as_(self.ana).search([("id", "=", post.id)]), "his own")
        self.fold()
        self.assertEqual(self.ana.post_count, 2, "what is held does not count")
        self.assertEqual(one.held_count, 1)

    def test_years_in_a_minute_are_no_flood(self):
        self.hold("flood", kind="spam", pace=3, pace_seconds=60)
        for _number in range(2):
            self.ask(self.ana, title="Igual", body="<p>Bom dia a todos aqui</p>")
        head = POSTS[: POSTS.index("q1")]
        rows = "".join(
            f"s{n},,,Igual,Bom dia a todos aqui,,ana,2020-01-0{n},,\n"
            for n in range(1, 9)
        )
        one = self.take(packed(people_csv=PEOPLE, posts_csv=head + rows))
        self.assertEqual((one.held_count, one.done_count), (0, 10))

    def test_audience_is_that_of_the_space(self):
        self.space.write({"default_audience": "company"})
        question = self.came(self.take(), "q1")
        self.assertEqual(question.audience, "company")
        self.assertFalse(self.as_(self.bia).search([("id", "=", question.id)]))

    def test_again_nothing_comes_twice(self):
        first = self.take()
        count = self.env["community.post"].search_count([])
        self.fold()
        again = self.take()
        self.fold()
        self.assertEqual(self.env["community.post"].search_count([]), count)
        self.assertEqual(again.there_count, 6)
        self.assertEqual(self.came(first, "q1").score, 1)

    def test_later_what_is_new_comes_to_what_is_there(self):
        first = self.take()
        more = POSTS + "a2,q1,,,E o CFOP?,,bia,2020-03-05 10:00:00,,\n"
        again = self.take(packed(people_csv=PEOPLE, posts_csv=more))
        self.assertEqual(self.came(again, "a2").root_id, self.came(first, "q1"))

    def test_another_source_is_another_community(self):
        self.take()
        self.assertEqual(self.take(source="other").there_count, 0)

    def test_it_goes_on_where_it_stopped(self):
        one = self.check()
        with patch.object(community_import_take, "TAKE", 2), trap_jobs() as trap:
            one.action_import()
            trap.perform_enqueued_jobs()
            one.action_stop()
            trap.perform_enqueued_jobs()
        self.assertEqual(one.state, "stopped")
        self.assertEqual(one.done_count + one.left_count, 2)
        with patch.object(community_import_take, "TAKE", 2):
            self.work(one, "action_import")
        self.assertEqual(one.state, "done")
        self.assertEqual(one.waiting_count, 0)
        self.assertEqual(self.came(one, "c1").parent_id, self.came(one, "a1"))

    def test_an_older_job_does_nothing(self):
        one = self.check()
        with trap_jobs():
            one.action_import()
        one._take_on(one.run - 1)
        self.assertEqual(one.waiting_count, 12)

    def test_one_that_fails_does_not_take_others_with_it(self):
        one = self.check()
        create = type(self.env["community.post"]).create
        sentence = "Not this one"

        def refuse(posts, vals_list):
            if any(vals.get("title") == "Impressora" for vals in vals_list):
                raise UserError(sentence)
            return create(posts, vals_list)

        with patch.object(type(self.env["community.post"]), "create", refuse):
            self.work(one, "action_import")
        self.assertEqual(self.line(one, "q2").state, "failed")
        self.assertEqual(self.line(one, "q2").note, "Not this one")
        self.assertEqual(self.line(one, "q1").state, "done")

    def test_many_at_once_cost_little_each(self):
        rows = "".join(
            f"p{n},,,Pergunta {n},Texto {n},,ana,2020-01-01,,\n" for n in range(40)
        )
        head = POSTS[: POSTS.index("q1")]
        few = self.check(
            packed(posts_csv=head + rows[: rows.index("p20,")], people_csv=PEOPLE),
            source="few",
        )
        many = self.check(
            packed(posts_csv=head + rows, people_csv=PEOPLE), source="many"
        )
        costs = []
        for one in (few, many):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.work(one, "action_import")
            self.env.flush_all()
            costs.append(self.env.cr.sql_log_count - before)
        self.assertLess((costs[1] - costs[0]) / 20, 12, "queries for one more post")


@tagged("post_install", "-at_install")
class TestForgotten(ImportCase):
    def test_words_do_not_stay_with_the_lines(self):
        one = self.take()
        self.assertFalse(any(one.line_ids.mapped("data")))

    def test_old_imports_go_and_nothing_comes_twice_all_the_same(self):
        one = self.take()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE community_import SET write_date = now() - interval '91 days' "
            "WHERE id = %s",
            [one.id],
        )
        one.invalidate_recordset()
        self.env["community.import"]._gc_imports()
        self.assertFalse(one.exists())
        self.assertEqual(self.take().there_count, 6)

    def test_who_is_forgotten_is_forgotten_here_too(self):
        one = self.take()
        self.ana._anonymise()
        lines = self.env["community.import.line"].search([("import_id", "=", one.id)])
        self.assertNotIn("Ana", lines.mapped("title"))
        keys = self.env["community.import.key"].search([("kind", "=", "person")])
        self.assertNotIn(self.ana.id, keys.mapped("res_id"))


@tagged("post_install", "-at_install")
class TestWhoMay(ImportCase):
    def test_only_the_administrator(self):
        one = self.importing()
        for member in (self.ana, self.boss, self.agent, self.moderator):
            for name in ("community.import", "community.import.line"):
                model = self.as_(member, name)
                with self.assertRaises(AccessError):
                    model.search([])
                with self.assertRaises(AccessError):
                    model.create({"name": "x", "space_id": self.space.id})
            with self.assertRaises(AccessError):
                one.with_user(member.user_id).action_check()
