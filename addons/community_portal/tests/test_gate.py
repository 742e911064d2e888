"""Every text of the room passes the gate, whatever door it comes by."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.moderation.exceptions import Coached

from .common import CommunityCase

BAD = "<p>Vai tomar no c.u., seu imbecil</p>"
CPF = "<p>O CPF dele é 529.982.247-25</p>"


@tagged("post_install", "-at_install")
class TestGate(CommunityCase):
    def setUp(self):
        super().setUp()
        place = self.env.ref("community_portal.place_community")
        answer = self.env.ref("moderation.place_answer")
        self.rules = self.env["moderation.rule.set"].create(
            {"name": "Prova", "place_ids": [(6, 0, (place | answer).ids)]}
        )
        self.rule = self.env["moderation.rule"].create(
            {
                "name": "Palavra",
                "set_id": self.rules.id,
                "kind": "word",
                "category_id": self.env.ref("moderation.category_reserved").id,
                "action": "hold",
                "term_ids": [(0, 0, {"text": "zambumba", "role": "word"})],
            }
        )
        self.rule._switch_on()

    def starter_rules(self):
        self.env.ref("community_portal.set_community").active = True

    def held(self, post):
        return post.sudo().moderation_state == "held"

    def test_starter_rules_are_there(self):
        self.starter_rules()
        rules = self.env["moderation.rule"].search(
            [("set_id", "=", self.env.ref("community_portal.set_community").id)]
        )
        self.assertIn("on", rules.mapped("state"))

    def test_a_held_question_is_announced_when_it_is_published(self):
        post = self.ask(body="<p>z.a.m.b.u.m.b.a</p>")
        self.assertTrue(self.held(post))
        self.assertFalse(post.sudo().announced)
        self.assertEqual(self.seers(post), self.ana | self.moderator)
        case = post.sudo()._moderation_case()
        self.assertEqual(case.author_id, self.ana.partner_id)
        post.sudo()._moderation_publish(case)
        self.assertTrue(post.sudo().announced)
        self.assertEqual(self.seers(post), self.everyone)

    def test_a_held_reply_is_not_counted(self):
        post = self.ask()
        reply = self.reply(post, body="<p>zambumba</p>")
        self.assertTrue(self.held(reply))
        self.fold()
        self.assertEqual(post.sudo().reply_count, 0)
        self.assertNotIn(self.gil, self.seers(reply))

    def test_an_edit_waits_and_keeps_what_was_approved(self):
        post = self.ask()
        post._edit({"body": "<p>zambumba</p>"})
        self.assertEqual(post.sudo().moderation_state, "edit_held")
        self.assertNotIn("zambumba", str(post.sudo().body))
        self.assertFalse(post.sudo().version_ids)
        self.assertEqual(self.seers(post), self.everyone)

    def test_titles_are_read_too(self):
        self.assertTrue(self.held(self.ask(title="zambumba")))

    def test_our_own_people_are_gated(self):
        self.assertTrue(self.held(self.ask(self.agent, body="<p>zambumba</p>")))

    def test_confidential_data_is_stopped_before_it_is_written(self):
        self.starter_rules()
        posts = self.env["community.post"].search_count([])
        with self.assertRaises(Coached):
            self.ask(body=CPF)
        self.assertEqual(self.env["community.post"].search_count([]), posts)

    def test_insults_in_disguise_are_held(self):
        self.starter_rules()
        self.assertTrue(self.held(self.ask(body=BAD)))

    def test_an_angry_customer_stays(self):
        self.starter_rules()
        post = self.ask(body="<p>Estou cansado, nada funciona, vou cancelar tudo!</p>")
        self.assertFalse(self.held(post))

    def test_the_author_cannot_free_himself(self):
        post = self.ask(body="<p>zambumba</p>").with_user(self.ana.user_id)
        for vals in ({"moderation_state": "published"}, {"body": "<p>x</p>"}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                post.write(vals)

    def test_a_correction_publishes_it(self):
        post = self.ask(body="<p>zambumba</p>")
        post._edit({"body": "<p>Uma bateria</p>"})
        self.assertEqual(post.sudo().moderation_state, "published")
        self.assertTrue(post.sudo().announced)

    def test_whoever_answers_a_held_thread_is_told_the_same_as_for_none(self):
        post = self.ask(body="<p>zambumba</p>")
        self.assertFalse(self.as_(self.gil).search([("id", "=", post.id)]))
        with self.assertRaises(AccessError):
            self.reply(post.with_user(self.gil.user_id), self.gil)

    def test_a_space_brings_its_own_rules(self):
        self.rules.everywhere = False
        self.assertFalse(self.held(self.ask(body="<p>zambumba</p>")))
        self.space.moderation_set_ids = self.rules
        self.assertTrue(self.held(self.ask(body="<p>zambumba agora</p>")))

    def test_the_same_text_again_and_again(self):
        self.starter_rules()
        text = "<p>Conheçam o nosso novo curso de gestão fiscal, vagas limitadas</p>"
        states = [
            self.ask(title=f"Curso {n}", body=text).sudo().moderation_state
            for n in range(4)
        ]
        self.assertEqual(states[-1], "held")
