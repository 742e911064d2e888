import io
from datetime import datetime, timedelta

from PIL import Image

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import CommunityCase

GONE = "This post does not exist or is not for you."
COACHED = "odoo.addons.moderation.exceptions.Coached"
CPF = "529.982.247-25"
MP4 = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + b"\x00" * 64


def picture(width=40, height=30):
    file = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, "PNG")
    return file.getvalue()


class RoomCase(CommunityCase, HttpCase):
    """The room as its members open it in a browser, in English."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        for user in cls.everyone.user_id:
            user.write({"password": user.login, "lang": "en_US"})
        # What stands in the database already is not these tests' concern.
        cls.env["community.space"].search([("id", "!=", cls.space.id)]).active = False
        others = [("id", "not in", cls.everyone.ids)]
        cls.env["community.member"].search(others).state = "left"
        cls.outsider = cls.customer("fora", cls.shop, state="requested")
        cls.outsider.user_id.write({"password": "community_fora", "lang": "en_US"})

    def enter(self, member):
        self.authenticate(member.user_id.login, member.user_id.login)
        self.opener.cookies["frontend_lang"] = "en_US"

    def page(self, path, member=None):
        """:return: the answer to a member's request of a page"""
        if member:
            self.enter(member)
        return self.url_open(path)

    def json(self, route, **params):
        """:return: (result, error) of an action, one of them None"""
        answer = self.url_open(route, json={"params": params}).json()
        return answer.get("result"), answer.get("error")

    def done(self, route, **params):
        result, error = self.json(route, **params)
        self.assertFalse(error and error["data"]["message"])
        return result

    def refused(self, route, **params):
        """:return: what the person is told"""
        with mute_logger("odoo.http"):
            result, error = self.json(route, **params)
        self.assertIsNone(result)
        return error["data"]["message"]

    def upload(self, name, content, mimetype="application/octet-stream", **data):
        data |= {"csrf_token": http.Request.csrf_token(self)}
        return self.url_open(
            "/my/community/upload",
            data=data,
            files={"file": (name, content, mimetype)},
        )

    def act(self, post, action):
        return f"/my/community/post/{post.id}/{action}"


@tagged("post_install", "-at_install")
class TestPages(RoomCase):
    PAGES = (
        "",
        "/saved",
        "/notices",
        "/settings",
        "/boards",
        "/roadmap",
        "/search?q=x",
    )

    def test_members_enter_and_others_are_led_to_where_they_join(self):
        for path in self.PAGES:
            with self.subTest(path):
                self.assertEqual(
                    self.page(f"/my/community{path}", self.ana).status_code, 200
                )
                answer = self.page(f"/my/community{path}", self.outsider)
                self.assertIn("/my/community/join", answer.url)

    def test_agents_enter_without_having_joined(self):
        user = self.agent.user_id
        self.agent.unlink()
        self.authenticate(user.login, user.login)
        self.assertEqual(self.page("/my/community").status_code, 200)

    def test_feed_shows_what_one_may_see(self):
        open_, closed = self.ask(), self.ask(title="Só nós", audience="company")
        text = self.page("/my/community", self.caio).text
        self.assertIn(f'id="post-{open_.id}"', text)
        self.assertIn("Só nós", text)
        text = self.page("/my/community", self.bia).text
        self.assertIn(f'id="post-{open_.id}"', text)
        self.assertNotIn("Só nós", text)
        self.assertNotIn(f"post-{closed.id}", text)

    def test_space(self):
        post = self.ask()
        text = self.page(f"/my/community/space/{self.space.id}", self.bia).text
        self.assertIn(post.title, text)
        answer = self.page("/my/community/space/999999")
        self.assertEqual(answer.status_code, 404)
        self.assertIn(GONE, answer.text)

    def test_a_restricted_thread_and_none_are_the_same(self):
        post = self.ask(audience="company")
        there = self.page(f"/my/community/post/{post.id}", self.bia)
        nowhere = self.page("/my/community/post/99999999")
        for answer in (there, nowhere):
            self.assertEqual(answer.status_code, 404)
            self.assertIn(GONE, answer.text)
        bodies = [a.text[a.text.index('id="wrap"') :] for a in (there, nowhere)]
        self.assertEqual(*bodies)

    def test_thread_nests_replies_and_puts_the_accepted_first(self):
        post = self.ask()
        first = self.reply(post, self.gil, body="<p>Primeira</p>")
        second = self.reply(post, self.caio, body="<p>Segunda</p>")
        self.reply(post, self.ana, body="<p>Valeu</p>", parent=second)
        post._accept(second)
        text = self.page(f"/my/community/post/{post.id}", self.bia).text
        order = [text.index(word) for word in ("Segunda", "Valeu", "Primeira")]
        self.assertEqual(order, sorted(order))
        self.assertIn(f'id="under-{second.id}"', text)
        self.assertIn("Accepted answer", text)
        self.assertEqual(text.count(f'id="post-{first.id}"'), 1)

    def test_actions_speak_the_language_of_the_page(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self.enter(self.ana)
        self.opener.cookies["frontend_lang"] = "pt_BR"
        self.assertIn("Meus pontos", self.done("/my/community/aside")["html"])
        post = self.ask()
        self.assertIn("você mesmo", self.refused(self.act(post, "vote"), value=1))

    def test_a_reply_leads_to_its_thread(self):
        post = self.ask()
        reply = self.reply(post)
        answer = self.page(f"/my/community/post/{reply.id}", self.ana)
        self.assertTrue(
            answer.url.endswith(f"/my/community/post/{post.id}#post-{reply.id}")
        )

    def test_more_goes_on_where_the_page_ended(self):
        posts = [self.ask(title=f"Pergunta {n}") for n in range(25)]
        self.enter(self.bia)
        seen, after = set(), None
        for _page in range(2):
            answer = self.done("/my/community/more", place="feed", after=after)
            shown = {post.id for post in posts if f"post-{post.id}" in answer["html"]}
            self.assertFalse(seen & shown)
            seen |= shown
            after = answer["next"]
        self.assertEqual(seen, {post.id for post in posts})
        self.assertIsNone(after)

    def test_more_replies(self):
        post = self.ask()
        replies = [self.reply(post, body=f"<p>n{n}</p>") for n in range(35)]
        text = self.page(f"/my/community/post/{post.id}", self.bia).text
        self.assertIn(f'data-next="{replies[29].id}"', text)
        answer = self.done(self.act(post, "more"), after=replies[29].id)
        self.assertIn(f"post-{replies[34].id}", answer["html"])
        self.assertNotIn(f"post-{replies[29].id}", answer["html"])
        self.assertIsNone(answer["next"])

    def test_tabs(self):
        mine, theirs = self.ask(title="Minha"), self.ask(self.bia, title="Dela")
        mine._accept(self.reply(mine))
        text = self.page("/my/community?tab=mine", self.ana).text
        self.assertIn("Minha", text)
        self.assertNotIn("Dela", text)
        text = self.page("/my/community?tab=unanswered").text
        self.assertNotIn(f'id="post-{mine.id}"', text)
        self.assertIn(f'id="post-{theirs.id}"', text)
        self.assertEqual(self.page("/my/community?tab='--").status_code, 200)

    def test_saved_and_muted(self):
        post = self.ask()
        self.enter(self.bia)
        self.done(self.act(post, "save"), saved=True)
        self.assertIn(post.title, self.page("/my/community/saved").text)
        self.done(f"/my/community/space/{self.space.id}/mute", muted=True)
        self.assertNotIn(post.title, self.page("/my/community").text)
        self.done(f"/my/community/space/{self.space.id}/mute", muted=False)
        self.assertIn(post.title, self.page("/my/community").text)

    def test_unread_dot(self):
        before = datetime.now() - timedelta(days=2)
        self.gil.joined = before
        self.ask().sudo().last_activity = before + timedelta(days=1)
        self.assertIn("o_unread", self.page("/my/community", self.gil).text)
        post = self.as_(self.gil).search([])[:1]
        self.done(self.act(post, "seen"))
        self.assertNotIn("o_unread", self.page("/my/community").text)

    def test_aside_offers_what_others_have_not_solved(self):
        mine, theirs = self.ask(title="Minha"), self.ask(self.bia, title="Dela")
        self.enter(self.ana)
        html = self.done("/my/community/aside")["html"]
        self.assertIn(theirs.title, html)
        self.assertNotIn(mine.title, html)

    def test_text_of_members_runs_nowhere(self):
        evil = "<p>a<script>alert(1)</script><img src=x onerror=alert(2)></p>"
        post = self.ask(title="<script>alert(3)</script>", body=evil)
        for path in ("", f"/post/{post.id}"):
            text = self.page(f"/my/community{path}", self.bia).text
            self.assertNotIn("alert(1)</script>", text)
            self.assertNotIn("alert(2)", text)
            self.assertNotIn("<script>alert(3)", text)

    def test_person(self):
        self.ask(title="Pública")
        self.ask(title="Só nós", audience="company")
        path = f"/my/community/people/{self.ana.id}"
        text = self.page(path, self.bia).text
        self.assertIn("Pública", text)
        self.assertNotIn("Só nós", text)
        self.assertNotIn(self.steel.name, text)
        self.assertIn("Só nós", self.page(path, self.caio).text)
        self.assertEqual(self.page("/my/community/people/999999").status_code, 404)

    def test_faces(self):
        self.enter(self.bia)
        face = self.url_open(f"/my/community/avatar/{self.ana.id}")
        self.assertTrue(face.headers["Content-Type"].startswith("image/"))
        self.ana.anonymous = True
        hidden = self.url_open(f"/my/community/avatar/{self.ana.id}")
        nobody = self.url_open("/my/community/avatar/999999")
        self.assertEqual(hidden.content, nobody.content)
        self.assertNotEqual(face.content, nobody.content)


@tagged("post_install", "-at_install")
class TestActions(RoomCase):
    # What can be done with a post, and what it is told.
    ACTIONS = {
        "vote": {"value": 1},
        "react": {"code": "like"},
        "follow": {"following": True},
        "mute": {"muted": True},
        "save": {"saved": True},
        "seen": {},
        "reply": {"body": "<p>x</p>"},
        "edit": {"body": "<p>x</p>"},
        "accept": {},
        "remove": {},
        "restore": {},
        "history": {},
        "more": {"after": 0},
    }

    def test_nothing_can_be_done_with_what_is_not_ones_own_to_see(self):
        post = self.ask(audience="company")
        for member in (self.bia, self.outsider):
            self.enter(member)
            for action, params in self.ACTIONS.items():
                with self.subTest(member=member.name, action=action):
                    there = self.refused(self.act(post, action), **params)
                    nowhere = self.refused(
                        f"/my/community/post/99999999/{action}", **params
                    )
                    self.assertEqual(there, nowhere)

    def test_members_can_do_all_of_it(self):
        post = self.ask()
        self.enter(self.caio)
        for action in ("react", "follow", "mute", "save"):
            with self.subTest(action):
                answer = self.done(self.act(post, action), **self.ACTIONS[action])
                self.assertIn(f'id="post-{post.id}"', answer["posts"][str(post.id)])
        self.assertTrue(self.done(self.act(post, "seen")))

    def test_vote_and_take_back(self):
        post = self.ask()
        self.enter(self.caio)
        for value, score in ((1, 1), (-1, -1), (0, 0)):
            html = self.done(self.act(post, "vote"), value=value)["vote"]
            self.assertIn(f'aria-label="Score">{score}</output>', html)
        self.enter(self.ana)
        self.assertIn("yourself", self.refused(self.act(post, "vote"), value=1))

    def test_accept_shows_all_that_changed(self):
        post = self.ask()
        first, second = self.reply(post), self.reply(post, self.bia)
        self.enter(self.ana)
        answer = self.done(self.act(first, "accept"))
        self.assertEqual(set(answer["posts"]), {str(post.id), str(first.id)})
        answer = self.done(self.act(second, "accept"))
        self.assertEqual(
            set(answer["posts"]), {str(post.id), str(first.id), str(second.id)}
        )
        self.assertNotIn("o_accepted", answer["posts"][str(first.id)])
        self.assertIn("o_accepted", answer["posts"][str(second.id)])
        answer = self.done(self.act(second, "accept"), accepted=False)
        self.assertNotIn("o_accepted", answer["posts"][str(second.id)])

    def test_remove_and_undo(self):
        post = self.ask()
        self.enter(self.ana)
        self.assertIn(
            "Undo", self.done(self.act(post, "remove"))["posts"][str(post.id)]
        )
        self.assertFalse(post.sudo().active)
        self.enter(self.caio)
        self.assertEqual(self.refused(self.act(post, "restore")), GONE)
        self.enter(self.ana)
        self.assertIn(
            "NF-e rejeitada", str(self.done(self.act(post, "restore"))["posts"])
        )
        self.assertTrue(post.sudo().active)

    def test_edit_keeps_the_version_before(self):
        post = self.ask(body="<p>Antes</p>")
        self.enter(self.ana)
        answer = self.done(self.act(post, "edit"), title="Novo", body="<p>Depois</p>")
        self.assertIn("Depois", answer["posts"][str(post.id)])
        self.enter(self.bia)
        self.assertIn("Antes", self.done(self.act(post, "history"))["html"])
        self.assertIn("author", self.refused(self.act(post, "edit"), body="<p>x</p>"))

    def test_article_from_an_accepted_answer(self):
        self.env["community.space"].create({"name": "Base", "kind": "knowledge"})
        post = self.ask()
        reply = self.reply(post, self.bia)
        post._accept(reply)
        self.enter(self.gil)
        text = self.page(f"/my/community/post/{post.id}").text
        self.assertNotIn("Turn into an article", text)
        self.enter(self.agent)
        text = self.page(f"/my/community/post/{post.id}").text
        self.assertIn("Turn into an article", text)
        url = self.done(self.act(reply, "article"))["url"]
        text = self.page(url, self.gil).text
        self.assertIn("Did this help you?", text)
        article = self.env["community.post"].search([("kind", "=", "article")], limit=1)
        # What is on the page of a thread is answered as it stands there.
        self.opener.headers["Referer"] = f"{self.base_url()}{url}"
        answer = self.done(self.act(article, "helpful"), helped=True)
        self.assertIn("Yes (1)", answer["posts"][str(article.id)])

    def test_official_answer_to_an_idea(self):
        space = self.env["community.space"].create({"name": "Ideias", "kind": "idea"})
        idea = self.ask(space_id=space.id)
        idea.with_user(self.agent.user_id)._set_idea("planned", answer="<p>Em maio</p>")
        text = self.page(f"/my/community/post/{idea.id}", self.bia).text
        self.assertIn("Official answer", text)
        self.assertIn("Em maio", text)

    def test_votes_on_ideas_are_few_and_the_page_says_how_many(self):
        space = self.env["community.space"].create(
            {"name": "Ideias", "kind": "idea", "idea_person_votes": 2}
        )
        idea = self.ask(space_id=space.id)
        for path in (f"/my/community/space/{space.id}", idea._url()):
            text = self.page(path, self.bia).text
            self.assertIn("Your votes left here", text)
            self.assertNotIn("Not helpful", text, "nobody votes against an idea")
        left = self.done(self.act(idea, "vote"), value=1)["votes"]
        self.assertIn('data-left="person">1</strong>', left)
        self.assertNotIn("votes left", self.page(idea._url(), self.agent).text)
        question = self.ask()
        self.enter(self.bia)
        self.assertNotIn("votes", self.done(self.act(question, "vote"), value=1))

    def test_history_does_not_show_what_a_moderator_masked(self):
        post = self.ask(body="<p>Segredo</p>")
        self.enter(self.ana)
        self.done(self.act(post, "edit"), body="<p>Depois</p>")
        post.sudo().moderation_state = "masked"
        self.enter(self.bia)
        self.assertNotIn("Segredo", self.done(self.act(post, "history"))["html"])


@tagged("post_install", "-at_install")
class TestWriting(RoomCase):
    def test_ask_with_all_there_is(self):
        tag = self.env["community.tag"].create({"name": "Tópico de teste"})
        self.enter(self.ana)
        file = self.upload("tela.png", picture(), "image/png").json()["file"]
        answer = self.done(
            "/my/community/ask",
            space_id=self.space.id,
            title="Nova",
            body="<p>Texto</p>",
            audience="not_competitors",
            tag_ids=[tag.id],
            attachment_ids=[file["id"]],
        )
        post = self.env["community.post"].browse(answer["id"])
        self.assertEqual(post.audience, "not_competitors")
        self.assertEqual(post.tag_ids, tag)
        self.assertEqual(post.author_id, self.ana)
        self.assertIn(f"/web/image/{file['id']}", answer["html"])

    def test_what_a_page_must_not_say_is_not_heard(self):
        self.enter(self.ana)
        answer = self.done(
            "/my/community/ask",
            space_id=self.space.id,
            title="Nova",
            body="<p>Texto</p>",
            score=1000,
            author_id=self.bia.id,
            approval="free",
            pinned=True,
        )
        post = self.env["community.post"].browse(answer["id"])
        self.assertEqual(
            (post.author_id, post.score, post.pinned), (self.ana, 0, False)
        )

    def coach_about_personal_data(self):
        sets = self.env["moderation.rule.set"]
        sets.search([]).active = False
        place = self.env.ref("community_portal.place_community")
        rule = self.env["moderation.rule"].create(
            {
                "name": "Personal data",
                "set_id": sets.create({"name": "Test", "place_ids": place.ids}).id,
                "kind": "confidential",
                "action": "coach",
                "insist": "hold",
                "category_id": self.env.ref("moderation.category_personal").id,
            }
        )
        rule._switch_on()

    def test_a_coached_author_gets_the_advice_and_keeps_his_draft(self):
        self.coach_about_personal_data()
        self.enter(self.ana)
        words = {
            "space_id": self.space.id,
            "title": "Cadastro",
            "body": f"<p>Meu CPF é {CPF}</p>",
        }
        self.done("/my/community/draft", key="new", values=words)
        with mute_logger("odoo.http"):
            result, error = self.json("/my/community/ask", **words)
        self.assertIsNone(result)
        self.assertEqual(error["data"]["name"], COACHED)
        advice = error["data"]["context"]["moderation"]
        self.assertNotIn(CPF, advice["masked"]["body"])
        html = self.done("/my/community/compose", mode="ask")["html"]
        self.assertIn("Cadastro", html)
        self.assertIn(CPF, html)
        held = self.done("/my/community/ask", insist=True, **words)
        post = self.env["community.post"].browse(held["id"])
        self.assertEqual(post.moderation_state, "held")
        self.assertIn("Waiting for a moderator", held["html"])
        html = self.done("/my/community/compose", mode="ask")["html"]
        self.assertNotIn("Cadastro", html)

    def test_reply_stands_under_what_it_answers(self):
        post = self.ask()
        self.enter(self.caio)
        first = self.done(self.act(post, "reply"), body="<p>Um</p>")
        self.assertIsNone(first["under"])
        second = self.done(
            self.act(post, "reply"), body="<p>Dois</p>", parent_id=first["id"]
        )
        self.assertEqual(second["under"], first["id"])
        third = self.done(
            self.act(post, "reply"), body="<p>Três</p>", parent_id=second["id"]
        )
        self.assertEqual(third["under"], first["id"])

    def test_composer_offers_what_the_space_allows(self):
        self.space.write({"allow_vendor": False, "default_audience": "company"})
        closed = self.env["community.space"].create(
            {"name": "Avisos", "posting": "vendor"}
        )
        self.enter(self.ana)
        html = self.done("/my/community/compose", mode="ask")["html"]
        self.assertIn("Your colleagues and", html)
        self.assertNotIn(f'"id": {closed.id}', html)
        self.assertNotIn("Not even your colleagues", html)

    def test_composer_for_an_edit_begins_with_the_text(self):
        post = self.ask(body="<p>Original</p>")
        self.enter(self.ana)
        html = self.done("/my/community/compose", mode="edit", post_id=post.id)["html"]
        self.assertIn("Original", html)
        self.done(
            "/my/community/draft",
            key=f"edit-{post.id}",
            values={"body": "<p>Outro</p>"},
        )
        html = self.done("/my/community/compose", mode="edit", post_id=post.id)["html"]
        self.assertIn("Outro", html)
        self.enter(self.bia)
        post.sudo().audience = "company"
        self.assertEqual(
            self.refused("/my/community/compose", mode="edit", post_id=post.id), GONE
        )

    def test_drafts_are_ones_own(self):
        self.enter(self.ana)
        self.done(
            "/my/community/draft", key="new", values={"title": "Rascunho secreto"}
        )
        self.enter(self.caio)
        html = self.done("/my/community/compose", mode="ask")["html"]
        self.assertNotIn("Rascunho secreto", html)

    def test_a_broken_draft_breaks_nothing(self):
        self.enter(self.ana)
        values = {
            "title": ["x"],
            "body": {"a": 1},
            "tag_ids": "abc",
            "attachment_ids": [{}, "1", -1],
            "space_id": "x",
        }
        self.done("/my/community/draft", key="new", values=values)
        self.assertIn("form", self.done("/my/community/compose", mode="ask")["html"])

    def test_share_puts_a_link_into_a_new_thread(self):
        post = self.ask()
        self.enter(self.bia)
        html = self.done("/my/community/compose", mode="ask", share=post.id)["html"]
        self.assertIn(f"/my/community/post/{post.id}", html)
        closed = self.ask(audience="company")
        self.enter(self.caio)
        told = self.refused("/my/community/compose", mode="ask", share=closed.id)
        self.assertIn("cannot be shared", told)

    def test_mention_names_readers_alone(self):
        self.enter(self.ana)

        def found(text, **place):
            place = {"space_id": self.space.id} | place
            people = self.done("/my/community/mention", text=text, **place)
            return [person["name"] for person in people]

        self.assertEqual(found("bi"), ["Bia"])
        self.assertEqual(found("bi", audience="not_competitors"), [])
        self.assertEqual(found("cai", audience="company"), ["Caio"])
        self.assertEqual(found("an"), [])
        self.assertEqual(found("b"), [])
        self.assertEqual(found("%%"), [])
        closed = self.ask(audience="company")
        self.assertEqual(found("gil", root_id=closed.id), [])
        self.assertEqual(found("agente", root_id=closed.id), ["Agente"])
        self.enter(self.bia)
        told = self.refused("/my/community/mention", text="ca", root_id=closed.id)
        self.assertEqual(told, GONE)

    def test_similar_is_silent_until_there_is_something(self):
        self.enter(self.ana)
        answer = self.done("/my/community/similar", text="zzzz qqqq", space_id="x")
        self.assertEqual(answer, {"html": ""})


@tagged("post_install", "-at_install")
class TestFiles(RoomCase):
    def attached(self, name, content, mimetype, audience="everybody"):
        self.enter(self.ana)
        file = self.upload(name, content, mimetype).json()["file"]
        self.done(
            "/my/community/ask",
            space_id=self.space.id,
            title="Com arquivo",
            body="<p>Veja</p>",
            audience=audience,
            attachment_ids=[file["id"]],
        )
        return file

    def test_files_follow_their_post(self):
        file = self.attached("tela.png", picture(), "image/png", audience="company")
        for path in (f"/web/content/{file['id']}", f"/web/image/{file['id']}/800x0"):
            self.enter(self.caio)
            mine = self.url_open(path)
            self.assertEqual(mine.status_code, 200)
            self.assertEqual(mine.headers["Content-Type"], "image/png")
            self.enter(self.bia)
            theirs = self.url_open(path)
            self.assertNotEqual(theirs.content, mine.content)

    def test_what_is_pending_is_its_authors_alone(self):
        self.enter(self.ana)
        file = self.upload("tela.png", picture(), "image/png").json()["file"]
        self.assertEqual(self.url_open(file["url"]).status_code, 200)
        self.enter(self.caio)
        self.assertEqual(self.url_open(file["url"]).status_code, 404)
        told = self.refused(
            "/my/community/ask",
            space_id=self.space.id,
            title="Roubo",
            body="<p>x</p>",
            attachment_ids=[file["id"]],
        )
        self.assertIn("no longer there", told)

    def test_video_is_played_and_can_be_entered_anywhere(self):
        file = self.attached("tela.mp4", MP4, "video/mp4")
        self.assertEqual(file["kind"], "video")
        text = self.page(f"/my/community/people/{self.ana.id}").text
        post = self.as_(self.ana).search([("title", "=", "Com arquivo")])
        text = self.page(f"/my/community/post/{post.id}").text
        self.assertIn("<video", text)
        part = self.url_open(file["url"], headers={"Range": "bytes=4-7"})
        self.assertEqual((part.status_code, part.content), (206, b"ftyp"))

    def test_what_a_file_says_it_is_does_not_count(self):
        self.enter(self.ana)
        for name, content, mimetype, told in (
            ("filme.mp4", b"nothing of the kind", "video/mp4", "not a video"),
            ("filme.txt", b"nothing of the kind", "video/mp4", "not a video"),
            ("foto.png", b"<script>alert(1)</script>", "image/png", "not a picture"),
            ("vazio.txt", b"", "text/plain", "is empty"),
        ):
            with self.subTest(name):
                answer = self.upload(name, content, mimetype)
                self.assertEqual(answer.status_code, 422)
                self.assertIn(told, answer.json()["error"])

    def test_what_would_run_is_plain_text(self):
        svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
        page = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
        self.enter(self.ana)
        for name, content in (("a.svg", svg), ("a.html", page)):
            with self.subTest(name):
                answer = self.upload(name, content, "image/svg+xml")
                file = answer.json()["file"]
                self.assertEqual(file["kind"], "file")
                sent = self.url_open(file["url"])
                self.assertTrue(sent.headers["Content-Type"].startswith("text/plain"))
                self.assertEqual(sent.headers["X-Content-Type-Options"], "nosniff")

    def test_limits_of_the_space(self):
        self.space.write({"file_limit_mb": 1, "video_limit_mb": 0})
        self.enter(self.ana)
        big = self.upload("log.txt", b"x" * (2**20 + 1), space_id=self.space.id)
        self.assertIn("2 MB; 1 MB are possible", big.json()["error"])
        film = self.upload("a.mp4", MP4, "video/mp4", space_id=self.space.id)
        self.assertEqual(film.status_code, 422)

    def test_a_path_is_no_name(self):
        self.enter(self.ana)
        file = self.upload("..\\..\\etc/passwd", b"text").json()["file"]
        self.assertEqual(file["name"], "passwd")

    def test_five_hundred_files(self):
        self.enter(self.ana)
        draft = self.env["community.draft"].with_user(self.ana.user_id)
        ids = [draft._upload(f"{n}.txt", b"x").id for n in range(100)]
        answer = self.upload("100.txt", b"x")
        self.assertIn("not sent yet", answer.json()["error"])
        told = self.refused(
            "/my/community/ask",
            space_id=self.space.id,
            title="Muitos",
            body="<p>x</p>",
            attachment_ids=ids,
        )
        self.assertIn("20 are possible", told)

    def test_forgotten_uploads_are_cleaned_up(self):
        draft = self.env["community.draft"].with_user(self.ana.user_id)
        old, new = draft._upload("a.txt", b"x"), draft._upload("b.txt", b"x")
        self.env.cr.execute(
            "UPDATE ir_attachment SET create_date = now() - interval '31 days' "
            "WHERE id = %s",
            [old.id],
        )
        old.invalidate_recordset()
        draft.sudo()._gc_pending_files()
        self.assertFalse(old.exists())
        self.assertTrue(new.exists())

    def test_outsiders_upload_nothing(self):
        self.enter(self.outsider)
        answer = self.upload("a.txt", b"x")
        self.assertEqual(answer.status_code, 422)
        self.assertIn("not a member", answer.json()["error"])
