from odoo.tests import TransactionCase

from ..anonymise import bare, names_of, search, sentences

CPF = "529.982.247-25"


class TestAnonymise(TransactionCase):
    """Whose a text is can be read nowhere in it any more."""

    def masked(self, body, people=("Ana Souza",), companies=("Padaria Sol Ltda.",)):
        return search("", body, names_of(people, companies)).body

    def test_names_of_a_person(self):
        names = names_of(["Ana  dos Santos e Silva"], [])
        self.assertEqual(names, ("Ana dos Santos e Silva", "Ana", "Santos", "Silva"))

    def test_names_of_a_company(self):
        self.assertEqual(
            names_of([], ["Padaria Sol Ltda."]), ("Padaria Sol Ltda.", "Padaria Sol")
        )
        self.assertEqual(names_of([], ["Aço S/A"]), ("Aço S/A", "Aço"))

    def test_no_name_at_all(self):
        self.assertEqual(names_of(["", False, "Jo", "42"], [None, "  "]), ())
        self.assertEqual(search("a", "<p>b</p>", ()).body, "<p>b</p>")

    def test_people_and_companies_are_masked(self):
        for text in (
            "Att, Ana",
            "sou a ANA SOUZA",
            "aqui na Padaria Sol",
            "a padaria sol ltda. parou",
            "A<b>na</b> aqui",
        ):
            masked = self.masked(f"<p>{text}</p>")
            self.assertIn("█", masked, text)
            for name in ("ana", "souza", "padaria sol"):
                self.assertNotIn(name, masked.lower().replace("<b>", ""), text)

    def test_other_words_stay(self):
        body = "<p>Analisei o banana: a nota 539 foi rejeitada no sol.</p>"
        self.assertEqual(self.masked(body), body)

    def test_data_are_masked(self):
        for secret in (
            CPF,
            "11.222.333/0001-81",
            "ana@padariasol.com.br",
            "(11) 98765-4321",
            "a senha é Xy12!abc",
        ):
            masked = self.masked(f"<p>Bom dia: {secret}.</p>")
            self.assertIn("█", masked, secret)
            self.assertIn("Bom dia", masked)
            self.assertNotIn(secret.split()[-1], masked)

    def test_the_title_as_well(self):
        found = search("Nota da Padaria Sol", "<p>x</p>", names_of([], ["Padaria Sol"]))
        self.assertEqual(found.title, "Nota da " + "█" * 11)
        self.assertEqual([one.part for one in found.findings], ["title"])

    def test_markup_stays_whole(self):
        masked = self.masked('<p class="ana">Ana disse <i>Souza</i></p>')
        self.assertEqual(masked, '<p class="ana">███ disse <i>█████</i></p>')

    def test_only_words_and_paragraphs_go_on(self):
        body = (
            '<p style="x" data-ana="1">Veja <a href="mailto:ana@sol.com">aqui</a> e'
            '<img src="/web/image/7" alt="Ana"/> <b onclick="x">isto</b>'
            "<!-- Ana --></p>"
            "<script>ana()</script>fim"
        )
        self.assertEqual(bare(body), "<p>Veja aqui e <b>isto</b></p>fim")
        self.assertEqual(bare(""), "")
        self.assertEqual(bare("a < b & c"), "a &lt; b &amp; c")

    def test_sentences_repeat_nothing(self):
        found = search("", f"<p>Ana {CPF} e Ana</p>", names_of(["Ana"], []))
        told = sentences(found.findings, "en_US", "A name: %s")
        self.assertEqual(len(told), len(set(told)))
        self.assertIn("A name: A•••", told)
        self.assertNotIn(CPF, " ".join(told))
        self.assertNotIn("Ana", " ".join(told))
