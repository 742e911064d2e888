"""Odoo's own forum, in the same database."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .test_import import PNG, ImportCase

# As website_forum makes them, with the columns that are read.
TABLES = """
    CREATE TABLE forum_forum (id serial PRIMARY KEY, name jsonb);
    CREATE TABLE forum_post (
        id serial PRIMARY KEY, forum_id int, parent_id int, name varchar, content text,
        state varchar, active boolean, is_correct boolean, create_uid int,
        create_date timestamp);
    CREATE TABLE forum_tag (id serial PRIMARY KEY, name varchar);
    CREATE TABLE forum_tag_rel (forum_post_id int, forum_tag_id int);
    CREATE TABLE forum_post_vote (
        id serial PRIMARY KEY, post_id int, user_id int, vote varchar);
"""


@tagged("post_install", "-at_install")
class TestForum(ImportCase):
    """On the forum's own tables where it is installed, else on tables like them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.real = "forum.post" in cls.env
        if cls.real:
            cls.forum = cls.env["forum.forum"].create({"name": "Fiscal"}).id
        else:
            cls.env.cr.execute(TABLES)
            cls.forum = cls.row("forum_forum", name='{"en_US": "Fiscal"}')
        cls.question = cls.forum_post(
            cls.ana, name="Nota rejeitada", content="<p>Rejeição 539</p>"
        )
        cls.answer = cls.forum_post(
            cls.bia, parent_id=cls.question, content="<p>Veja o CST</p>", right=True
        )
        of_forum = {"forum_id": cls.forum} if cls.real else {}
        cls.tag = cls.row("forum_tag", name="NF-e", **of_forum)
        cls.row("forum_tag_rel", forum_post_id=cls.question, forum_tag_id=cls.tag)
        cls.vote(cls.ana, "1")
        cls.vote(cls.gil, "-1")
        cls.vote(cls.caio, "0")

    @classmethod
    def row(cls, table, **values):
        """Insert past the forum's rights and karma.

        :return: the id, if the table has one
        """
        names = [SQL.identifier(name) for name in values]
        returned = SQL("*") if table == "forum_tag_rel" else SQL("id")
        cls.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s) VALUES %s RETURNING %s",
                SQL.identifier(table),
                SQL(", ").join(names),
                tuple(values.values()),
                returned,
            )
        )
        return cls.env.cr.fetchone()[0]

    @classmethod
    def forum_post(cls, member, right=False, state="active", **values):
        dates = {"create_date": "2019-05-06 07:08:09"}
        if cls.real:
            dates["last_activity_date"] = dates["create_date"]
        return cls.row(
            "forum_post",
            forum_id=cls.forum,
            state=state,
            active=True,
            is_correct=right,
            create_uid=member.user_id.id,
            **dates,
            **values,
        )

    @classmethod
    def vote(cls, member, value):
        cls.row(
            "forum_post_vote",
            post_id=cls.answer,
            user_id=member.user_id.id,
            vote=value,
        )

    def take_forum(self):
        with patch.object(type(self.env["community.import"]), "_has_forum") as has:
            has.return_value = True
            one = self.check(origin="forum", source="forum")
            self.assertEqual(one.state, "checked", one.note)
            return self.work(one, "action_import")

    def came_as(self, one, key):
        return self.came(one, str(key))

    def test_threads_come_with_people_and_dates(self):
        one = self.take_forum()
        question = self.came_as(one, self.question)
        self.assertEqual(
            (question.title, question.author_id), ("Nota rejeitada", self.ana)
        )
        self.assertEqual(question.space_id, self.space, "the forum has this name")
        self.assertEqual(str(question.published_date), "2019-05-06 07:08:09")
        self.assertEqual(question.tag_ids.name, "NF-e")
        answer = self.came_as(one, self.answer)
        self.assertEqual((answer.author_id, answer.root_id), (self.bia, question))
        self.assertEqual(question.accepted_id, answer)

    def test_votes_come_and_karma_does_not(self):
        points = self.bia.points
        one = self.take_forum()
        self.fold()
        answer = self.came_as(one, self.answer)
        votes = self.env["community.vote"].search([("post_id", "=", answer.id)])
        self.assertEqual(
            {vote.member_id: vote.value for vote in votes}, {self.ana: 1, self.gil: -1}
        )
        self.assertEqual((answer.score, self.bia.points), (0, points))

    def test_comments_become_replies(self):
        self.row(
            "mail_message",
            model="forum.post",
            res_id=self.answer,
            message_type="comment",
            body="<p>Obrigada!</p>",
            author_id=self.ana.partner_id.id,
            date="2019-05-07 07:08:09",
        )
        one = self.take_forum()
        comment = one.line_ids.filtered(
            lambda line: (line.external_id or "").startswith("comment")
        )
        reply = self.env["community.post"].browse(comment.res_id)
        self.assertEqual(reply.parent_id, self.came_as(one, self.answer))
        self.assertEqual(reply.author_id, self.ana)

    def test_what_waits_or_is_hidden_stays(self):
        hidden = self.forum_post(
            self.gil, name="Oferta", content="<p>Compre</p>", state="offensive"
        )
        one = self.take_forum()
        self.assertFalse(self.line(one, str(hidden)))
        (left,) = one.line_ids.filtered(lambda line: line.kind == "problem")
        self.assertEqual(left.place, f"forum.post, line {hidden}")

    def test_what_is_closed_stays_closed(self):
        closed = self.forum_post(
            self.gil, name="Velha", content="<p>Já foi</p>", state="close"
        )
        self.assertTrue(self.came_as(self.take_forum(), closed).locked)

    def test_pictures_are_copied(self):
        picture = self.env["ir.attachment"].create(
            {"name": "tela.png", "raw": PNG, "res_model": "forum.post"}
        )
        post = self.forum_post(
            self.gil,
            name="Tela",
            content=f'<p><img src="/web/image/{picture.id}-1/tela.png"/></p>',
        )
        came = self.came_as(self.take_forum(), post)
        copy = self.env["ir.attachment"].search(
            [("res_model", "=", "community.post"), ("res_id", "=", came.id)]
        )
        self.assertEqual(copy.raw, PNG)
        self.assertNotEqual(copy, picture)
        self.assertIn(f"/web/image/{copy.id}", str(came.body))

    def test_pictures_of_others_are_not(self):
        secret = self.env["ir.attachment"].create(
            {"name": "x.png", "raw": PNG, "res_model": "res.partner", "res_id": 1}
        )
        post = self.forum_post(
            self.gil,
            name="Tela",
            content=f'<p>Veja <img src="/web/image/{secret.id}"/></p>',
        )
        self.assertNotIn("<img", str(self.came_as(self.take_forum(), post).body))

    def test_twice_comes_once(self):
        self.take_forum()
        again = self.take_forum()
        self.assertFalse(again.done_count - self.line_votes(again))
        self.assertEqual(again.there_count, 6, "four people and two posts")

    def line_votes(self, one):
        return len(one.line_ids.filtered(lambda line: line.kind == "vote"))

    def test_without_the_forum(self):
        one = self.importing(origin="forum")
        with patch.object(type(one), "_has_forum") as has:
            has.return_value = False
            with self.assertRaisesRegex(UserError, "not installed"):
                one.action_check()
