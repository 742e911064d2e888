from datetime import timedelta
from unittest.mock import patch

from markupsafe import Markup

from odoo import fields
from odoo.exceptions import UserError

from ..models import community_search_find, community_search_query
from .common import CommunityCase


class SearchCase(CommunityCase):
    def search_as(self, member, text, after=None, limit=20, **filters):
        search = self.as_(member, "community.search")
        return search._search_posts(text, filters, after, limit)

    def found(self, text, member=None, **filters):
        found = self.search_as(member or self.gil, text, **filters)
        return [card["id"] for card in found["results"]]

    def know_words(self):
        """What the job does each night."""
        self.env["community.search"]._now()
        self.env["community.search.word"]._refresh()

    def rows(self, post):
        self.env["community.search"]._now()
        return self.env["community.search"].search_count([("post_id", "=", post.id)])


class TestSearchWords(SearchCase):
    """Words find posts: in both languages, unfinished, mistyped, without accents."""

    def test_accents_capitals_and_plurals_are_one(self):
        post = self.ask(title="Atualizações do Módulo Fiscal", body="<p>Cartões</p>")
        for text in ("atualizacao", "ATUALIZAÇÃO", "atualizar", "modulos fiscais"):
            self.assertEqual(self.found(text), [post.id], text)
        self.assertEqual(self.found("cartao"), [post.id])
        self.assertEqual(self.found("contrato"), [])

    def test_english_words_have_their_stems_too(self):
        post = self.ask(title="Rejected invoices", body="<p>The printers stopped</p>")
        for text in ("invoice reject", "printer stops", "invoices"):
            self.assertEqual(self.found(f"{text} "), [post.id], text)

    def test_the_ways_of_writing_an_invoice_are_one(self):
        hyphen = self.ask(title="NF-e parada")
        joined = self.ask(title="nfe parada")
        for text in ("nf-e parada", "NFe parada", "nfe"):
            self.assertEqual(set(self.found(text)), {hyphen.id, joined.id}, text)

    def test_all_words_have_to_be_there(self):
        both = self.ask(title="Boleto vencido", body="<p>no banco azul</p>")
        self.ask(title="Boleto pago")
        self.assertEqual(self.found("boleto azul"), [both.id])

    def test_the_last_word_may_be_unfinished(self):
        post = self.ask(title="Impressora fiscal parada")
        self.assertEqual(self.found("impres"), [post.id])
        self.assertEqual(self.found("fiscal impr"), [post.id])
        self.assertEqual(self.found("impr fiscal"), [], "only the last one")
        self.assertEqual(self.found("im"), [], "two letters say too little")

    def test_a_slip_of_the_finger_is_forgiven_and_told(self):
        post = self.ask(title="Impressora fiscal parada")
        self.know_words()
        for text in ("impresora ", "inpressora ", "impressroa fiscal"):
            found = self.search_as(self.gil, text)
            self.assertEqual([card["id"] for card in found["results"]], [post.id], text)
            self.assertTrue(found["guessed"])
        self.assertFalse(self.search_as(self.gil, "impressora")["guessed"])
        self.assertEqual(self.found("xyzwkq"), [])

    def test_common_words_that_say_nothing_are_passed_over(self):
        post = self.ask(title="A nota não sai", body="<p>Alguém viu?</p>")
        self.assertEqual(self.found("a nota não sai"), [post.id])
        self.assertEqual(self.found("porque a nota"), [])

    def test_a_reply_is_found_by_its_own_words_and_its_threads(self):
        post = self.ask(title="Rejeição 539", body="<p>Como resolver?</p>")
        reply = self.reply(post, body="<p>Renove o certificado.</p>")
        [card] = self.search_as(self.gil, "539 certificado")["results"]
        self.assertEqual(card["id"], reply.id)
        self.assertEqual(card["thread_title"], "Rejeição 539")
        self.assertEqual(card["excerpt"], "Renove o <mark>certificado</mark>.")

    def test_a_thread_comes_up_once(self):
        post = self.ask(title="Estoque negativo", body="<p>estoque</p>")
        for number in range(3):
            self.reply(post, body=f"<p>Conte o estoque {number}.</p>")
        self.assertEqual(self.found("estoque"), [post.id])

    def test_any_text_can_be_typed(self):
        post = self.ask(title="Preço d'água", body="<p>C:\\temp & 50% (off) | !</p>")
        for text in (
            *("d'água", "preço & !(", "':* | 'a'", "\\", "a\0b", "''''", "<->", "%"),
            *("😀", "( ) & | ! :*", "-", "C:\\temp", "x" * 5_000, "a " * 5_000, None),
        ):
            self.search_as(self.gil, text)
            self.as_(self.gil, "community.search")._similar(text)
        self.assertEqual(self.found("d'agua"), [post.id])
        self.assertEqual(self.found("temp"), [post.id])

    def test_an_excerpt_shows_the_words_and_no_markup_of_the_text(self):
        body = f"<p>{'começo ' * 60}&lt;b&gt;impressão&lt;/b&gt; fim</p>"
        self.ask(title="Tela", body=body)
        [card] = self.search_as(self.gil, "impressao")["results"]
        self.assertIsInstance(card["excerpt"], Markup)
        self.assertIn("&lt;b&gt;<mark>impressão</mark>&lt;/b&gt;", card["excerpt"])
        self.assertTrue(card["excerpt"].startswith("…"))


class TestSearchOrder(SearchCase):
    def test_solved_and_points_come_before_the_newest(self):
        best = self.ask(title="Sped atrasado")
        solved = self.ask(title="Sped atrasado")
        newest = self.ask(title="Sped atrasado")
        tally = self.env["community.tally"]
        tally._add("community.post", best.id, "score", 1_000)
        self.fold()
        answer = self.reply(solved, body="<p>Reenvie.</p>")
        solved.with_user(self.ana.user_id)._accept(answer)
        self.assertEqual(self.found("sped"), [best.id, solved.id, newest.id])

    def test_a_very_old_post_has_to_be_better(self):
        old, new = self.ask(title="Folha errada"), self.ask(title="Folha errada")
        old.sudo().published_date = fields.Datetime.now() - timedelta(days=800)
        self.assertEqual(self.found("folha"), [new.id, old.id])

    def test_words_in_the_title_count_more(self):
        title = self.ask(title="Comissão", body="<p>Valor?</p>")
        body = self.ask(title="Valor", body="<p>O campo comissão</p>")
        self.assertEqual(self.found("comissão"), [title.id, body.id])

    def test_points_lost_move_a_post_down(self):
        bad, good = self.ask(title="Backup"), self.ask(title="Backup")
        self.assertEqual(self.found("backup"), [good.id, bad.id])
        self.env["community.tally"]._add("community.post", good.id, "score", -7)
        self.fold()
        self.assertEqual(self.found("backup"), [bad.id, good.id])


class TestSearchFilters(SearchCase):
    def test_filters(self):
        tag = self.env["community.tag"].create({"name": "NF-e"})
        ideas = self.env["community.space"].create({"name": "Ideias", "kind": "idea"})
        asked = self.ask(title="Etiqueta torta", tag_ids=tag.ids)
        reply = self.reply(asked, member=self.bia, body="<p>Troque o rolo.</p>")
        idea = self.ask(title="Etiqueta colorida", space_id=ideas.id, member=self.bia)
        asked.with_user(self.ana.user_id)._accept(reply)
        day = timedelta(days=1)
        now = fields.Datetime.now()
        for filters, expected in (
            ({"space": ideas.id}, [idea]),
            ({"kind": "idea"}, [idea]),
            ({"kind": "reply"}, [reply]),
            ({"solved": True}, [asked]),
            ({"solved": False}, [idea]),
            ({"tag": tag.id}, [asked]),
            ({"author": self.bia.id}, [idea, reply]),
            ({"author": self.bia.id, "space": self.space.id}, [reply]),
            ({"since": now - day}, [idea, asked]),
            ({"since": now + day}, []),
            ({"until": now - day}, []),
            ({"space": 0}, []),
        ):
            ids = self.found("etiqueta", **filters)
            self.assertEqual(set(ids), {post.id for post in expected}, filters)

    def test_filters_alone_list_threads(self):
        tag = self.env["community.tag"].create({"name": "NF-e"})
        tagged = self.ask(tag_ids=tag.ids)
        self.ask()
        self.assertEqual(self.found("", tag=tag.id), [tagged.id])
        self.assertEqual(self.found("de", tag=tag.id), [tagged.id])

    def test_a_space_one_cannot_see_cannot_be_asked_for(self):
        closed = self.env["community.space"].create(
            {
                "name": "Projeto",
                "access_ids": [
                    (0, 0, {"right": "see", "organisation_id": self.steel.id})
                ],
            }
        )
        post = self.ask(title="Prazo do projeto", space_id=closed.id)
        self.assertEqual(self.found("prazo", self.ana, space=closed.id), [post.id])
        self.assertEqual(self.found("prazo", self.bia, space=closed.id), [])


class TestSearchPages(SearchCase):
    def setUp(self):
        super().setUp()
        self.posts = [self.ask(title=f"Boleto {number}") for number in range(23)]

    def pages(self, member=None, limit=4):
        after, ids = None, []
        while True:
            found = self.search_as(member or self.gil, "boleto", after, limit)
            ids += [card["id"] for card in found["results"]]
            after = found["next"]
            if not after:
                return ids
            self.assertLessEqual(len(found["results"]), limit)

    def test_pages_hold_each_thread_once(self):
        wanted = sorted(post.id for post in self.posts)
        self.assertEqual(sorted(self.pages()), wanted)
        with patch.object(community_search_find, "BLOCK", 5):
            self.assertEqual(sorted(self.pages()), wanted, "across blocks")

    def test_common_words_give_the_same_as_rare_ones(self):
        rare = self.pages()
        with patch.object(community_search_query, "RARE", 0):
            self.assertEqual(self.pages(), rare)
            with patch.object(community_search_find, "BEST", 7):
                self.assertEqual(self.pages(), rare, "not enough among the best")
            with patch.object(community_search_find, "BLOCK", 5):
                self.assertEqual(sorted(self.pages()), sorted(rare))

    def test_what_is_no_cursor_begins_again(self):
        first = self.search_as(self.gil, "boleto", None, 4)
        for junk in ("", "x", "1.2", "9" * 40 + ".1.0", "1.1.-5", "0.0.999", "..", 7):
            found = self.search_as(self.gil, "boleto", junk, 4)
            self.assertEqual(found["results"][0]["id"], first["results"][0]["id"])

    def test_a_cursor_tells_nothing_of_what_is_not_for_the_reader(self):
        for number in range(9):
            self.ask(title=f"Senha {number}", audience="company")
        with patch.object(community_search_find, "BLOCK", 5):
            found = self.search_as(self.bia, "senha", None, 4)
            self.assertEqual(found, {"results": [], "next": None, "guessed": False})

    def test_a_search_takes_few_queries(self):
        self.know_words()
        search = self.as_(self.gil, "community.search")
        search._search_posts("boleto")
        self.env.invalidate_all()
        with self.assertQueryCount(22):
            search._search_posts("boleto")
        with self.assertQueryCount(6):
            search._similar("boleto vencido")


class TestSearchKeepsUp(SearchCase):
    """The table of words follows the posts."""

    def test_an_edit_changes_the_words(self):
        post = self.ask(title="Pedido antigo", body="<p>errado</p>")
        self.reply(post, body="<p>certo</p>")
        post.with_user(self.ana.user_id)._edit({"title": "Cotação nova"})
        self.assertEqual(self.found("pedido"), [])
        self.assertEqual(self.found("cotacao certo"), self.found("certo"))
        post.with_user(self.ana.user_id)._edit({"body": "<p>trocado</p>"})
        self.assertEqual(self.found("errado"), [])
        self.assertEqual(self.found("trocado"), [post.id])

    def test_nothing_stays_of_what_was_taken_away(self):
        post = self.ask(title="Contrato")
        reply = self.reply(post, body="<p>Reajuste</p>")
        self.assertEqual((self.rows(post), self.rows(reply)), (1, 1))
        post.with_user(self.ana.user_id)._remove()
        self.assertEqual((self.rows(post), self.rows(reply)), (0, 0))
        post.with_user(self.ana.user_id)._restore_removed()
        self.assertEqual((self.rows(post), self.rows(reply)), (1, 1))
        reply.sudo().unlink()
        self.assertEqual(self.rows(reply), 0)

    def test_words_of_restricted_posts_are_not_in_the_list(self):
        self.ask(title="Fenixiano", audience="company")
        closed = self.env["community.space"].create(
            {"name": "Sala", "access_ids": [(0, 0, {"member_id": self.ana.id})]}
        )
        self.ask(title="Grifotte", space_id=closed.id)
        opened = self.ask(title="Dragonia")
        secret = self.reply(opened, body="<p>Quimerix</p>", audience="company")
        self.assertTrue(secret)
        self.know_words()
        words = self.env["community.search.word"].search([]).mapped("word")
        self.assertTrue([word for word in words if word.startswith("drag")])
        hidden = ("fenix", "grif", "quim")
        self.assertFalse([word for word in words if word.startswith(hidden)])
        self.assertFalse(self.search_as(self.gil, "fenixano")["guessed"])

    def test_a_word_is_forgotten_with_the_last_post_that_held_it(self):
        post = self.ask(title="Zumbificado")
        self.know_words()
        known = [("word", "=like", "zumb%")]
        self.assertTrue(self.env["community.search.word"].search_count(known))
        post.with_user(self.ana.user_id)._remove()
        self.know_words()
        self.assertEqual(self.env["community.search.word"].search_count(known), 0)

    def test_posts_that_came_by_sql_are_found_after_the_job(self):
        post = self.ask(title="Importado")
        self.env["community.search"]._now()
        self.env.cr.execute(
            "DELETE FROM community_search WHERE post_id = %s", [post.id]
        )
        self.assertEqual(self.found("importado"), [])
        cron = self.env.ref("community_portal.cron_search")
        with patch.object(type(cron), "_commit_progress", return_value=60):
            cron.ir_actions_server_id.run()
        self.assertEqual(self.found("importado"), [post.id])

    def test_without_its_extensions_it_is_not_installed(self):
        with self.assertRaisesRegex(UserError, "does not offer"):
            self.env["community.search"]._need("no_such_extension")


class TestSearchRights(SearchCase):
    """Nobody finds what he could not open, by any way of asking."""

    def test_audiences(self):
        posts = {
            audience: self.ask(title="Sigiloso", audience=audience)
            for audience in ("everybody", "not_competitors", "company", "vendor")
        }
        replies = {
            audience: self.reply(
                posts["everybody"], body="<p>Reservado</p>", audience=audience
            )
            for audience in ("everybody", "not_competitors", "company", "vendor")
        }
        self.env["community.search"]._now()
        for member in self.everyone:
            model = self.as_(member)
            readable = [
                post.id
                for post in posts.values()
                if model.search([("id", "=", post.id)])
            ]
            self.assertEqual(set(self.found("sigiloso", member)), set(readable))
            similar = self.as_(member, "community.search")._similar("sigiloso", limit=9)
            self.assertEqual({found["id"] for found in similar}, set(readable))
            shown = [
                r.id for r in replies.values() if model.search([("id", "=", r.id)])
            ]
            self.assertIn(self.found("reservado", member)[0], shown)
        self.assertEqual(self.found("sigiloso", self.bia), [posts["everybody"].id])

    def test_what_others_do_not_see_comes_up_for_nobody(self):
        held, hidden, waiting = (self.ask(title="Invisível") for _post in range(3))
        held.sudo().moderation_state = "held"
        hidden.sudo().moderation_state = "hidden"
        waiting.sudo().approval = "waiting"
        for member in self.everyone:
            self.assertEqual(self.found("invisivel", member), [], member.name)
        self.assertFalse(self.rows(held) or self.rows(hidden) or self.rows(waiting))

    def test_a_row_that_was_left_behind_opens_nothing(self):
        post = self.ask(title="Esquecido")
        self.env["community.search"]._now()
        self.env.cr.execute(
            "UPDATE community_post SET moderation_state = 'hidden' WHERE id = %s",
            [post.id],
        )
        self.env.invalidate_all()
        for member in self.everyone:
            self.assertEqual(self.found("esquecido", member), [])

    def test_replies_in_a_thread_that_is_gone(self):
        post = self.ask(title="Fio")
        self.reply(post, body="<p>Resposta perdida</p>")
        post.sudo().moderation_state = "hidden"
        self.assertEqual(self.found("perdida"), [])

    def test_who_is_no_member_finds_nothing(self):
        self.ask(title="Público")
        self.gil.state = "suspended"
        self.assertEqual(self.found("publico"), [])
        self.assertEqual(self.as_(self.gil, "community.search")._similar("publico"), [])
        self.assertEqual(self.as_(self.gil, "community.search")._people("ana"), [])

    def test_customers_cannot_read_the_tables(self):
        for model in ("community.search", "community.search.word"):
            self.assertFalse(self.as_(self.gil, model).has_access("read"))


class TestSimilar(SearchCase):
    def similar(self, text, **how):
        found = self.as_(self.gil, "community.search")._similar(text, **how)
        return [thread["id"] for thread in found]

    def test_solved_questions_come_first(self):
        open_one = self.ask(title="NF-e rejeitada com erro 539 ao transmitir")
        solved = self.ask(title="Nota rejeitada: erro 539")
        solved.with_user(self.ana.user_id)._accept(self.reply(solved))
        self.ask(title="Impressora sem papel")
        self.know_words()
        found = self.similar("Minha NF-e foi rejeitada, erro 539")
        self.assertEqual(found, [solved.id, open_one.id])

    def test_accents_and_slips_are_forgiven(self):
        post = self.ask(title="Conciliação bancária não fecha")
        self.know_words()
        for text in (
            "conciliacao bancaria",
            "concilação bancária",
            "bancaria concilia",
        ):
            self.assertEqual(self.similar(text), [post.id], text)

    def test_one_common_word_is_not_alike(self):
        self.ask(title="Boleto vencido no banco")
        self.assertEqual(self.similar("boleto da transportadora"), [])
        self.assertEqual(len(self.similar("boleto")), 1)

    def test_common_words_give_the_same_as_rare_ones(self):
        for number in range(5):
            self.ask(title=f"Boleto vencido {number}")
        rare = self.similar("boleto vencido")
        with patch.object(community_search_query, "RARE", 0):
            self.assertEqual(self.similar("boleto vencido"), rare)
        self.assertEqual(len(rare), 5)

    def test_the_space_where_one_asks_comes_first(self):
        other = self.env["community.space"].create({"name": "Vendas"})
        here = self.ask(title="Desconto no pedido")
        there = self.ask(title="Desconto no pedido", space_id=other.id)
        text = "desconto pedido"
        self.assertEqual(self.similar(text, space=self.space), [here.id, there.id])
        self.assertEqual(self.similar(text, space=other.id), [there.id, here.id])

    def test_duplicates_and_replies_are_left_out(self):
        first = self.ask(title="Caixa não abre")
        double = self.ask(title="Caixa não abre mesmo")
        double.sudo().duplicate_of_id = first
        self.reply(first, body="<p>Caixa abre com a chave</p>")
        self.assertEqual(self.similar("caixa abre"), [first.id])

    def test_what_is_told_of_a_thread(self):
        post = self.ask(title="Frete dobrado")
        [found] = self.as_(self.gil, "community.search")._similar("frete dobrado")
        self.assertEqual(found["url"], f"/my/community/post/{post.id}")
        self.assertEqual((found["title"], found["solved"]), ("Frete dobrado", False))


class TestPeople(SearchCase):
    def people(self, text, member=None):
        search = self.as_(member or self.gil, "community.search")
        return [card["name"] for card in search._people(text)]

    def test_by_any_part_of_the_name(self):
        self.ana.partner_id.name = "Ana Conceição Prado"
        for text in ("conceição", "CONCEICAO", "prado ana", "conc pra"):
            self.assertEqual(self.people(text), ["Ana Conceição Prado"], text)
        for text in ("%", "_", "a", "", None, "a%", "zzz"):
            self.assertEqual(self.people(text), [], text)

    def test_not_by_a_name_that_is_not_shown(self):
        self.ana.anonymous = True
        self.caio.state = "left"
        self.assertEqual(self.people("ana") + self.people("former"), [])
        self.assertEqual(self.people("caio"), [])
