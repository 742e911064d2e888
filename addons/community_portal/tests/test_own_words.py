from odoo.tests import BaseCase, tagged
from odoo.tools.mail import append_content_to_html

from ..own_words import MARKER, own_words


@tagged("post_install", "-at_install")
class TestOwnWords(BaseCase):
    """What people wrote themselves in mails of the common programs."""

    def words(self, body):
        return own_words(body)[0]

    def plain(self, text):
        """As the gateway hands over a mail without HTML."""
        return self.words(append_content_to_html("", text, preserve=True))

    def test_plain_text_keeps_its_lines(self):
        self.assertEqual(
            self.plain("Oi\n\n  cst = 60\nobrigado\n").strip(),
            "<pre>Oi\n\n  cst = 60\nobrigado\n</pre>",
        )

    def test_plain_text_quotes(self):
        for introduction in (
            "Em seg., 23 de nov. de 2026 às 10:00, ERP\n<x@y.example> escreveu:",
            "On Mon, Nov 23, 2026 at 10:00 AM ERP <x@y.example> wrote:",
            "-----Mensagem original-----",
            "-----Original Message-----\nFrom: x@y.example",
            "________________________________",
            "De: ERP <x@y.example>\nEnviada em: segunda-feira",
            "From: ERP <x@y.example>\nSent: Monday",
            f"{MARKER} Write your answer above this line.",
        ):
            with self.subTest(introduction=introduction):
                words = self.plain(f"Funcionou!\n\n{introduction}\n\nsegredo\n")
                self.assertEqual(words, "<pre>Funcionou!</pre>")

    def test_plain_text_arrows_and_signatures(self):
        for rest in (
            "> segredo\n> mais",
            "-- \nsegredo",
            "Enviado do meu iPhone",
            "Sent from my Galaxy",
        ):
            with self.subTest(rest=rest):
                words = self.plain(f"Funcionou!\n{rest}\n")
                self.assertIn("Funcionou!", words)
                self.assertNotIn(rest.split()[-1], words)

    def test_gmail(self):
        words = self.words(
            '<div dir="ltr">Funcionou, <b>obrigado</b>!</div><br>'
            '<div class="gmail_quote gmail_quote_container"><div class="gmail_attr">'
            "Em seg. escreveu:<br></div><blockquote>segredo</blockquote></div>"
        )
        self.assertIn("<b>obrigado</b>", words)
        self.assertNotIn("segredo", words)
        self.assertNotIn("escreveu", words)

    def test_outlook(self):
        words = self.words(
            "<div><p>Sim.</p><div><p><b>De:</b> ERP &lt;x@y&gt;<br>"
            "<b>Enviada em:</b> hoje</p></div><p>segredo</p></div>"
        )
        self.assertIn("Sim.", words)
        self.assertNotIn("segredo", words)
        self.assertNotIn("Enviada", words)

    def test_apple(self):
        words = self.words(
            "<div>Sim.</div><div>On Nov 3, 2026, at 10:00, X &lt;a@b.c&gt; wrote:</div>"
            '<br><blockquote type="cite">segredo</blockquote>'
        )
        self.assertIn("Sim.", words)
        self.assertNotIn("segredo", words)
        self.assertNotIn("wrote", words)

    def test_marker_deep_in_a_table(self):
        words = self.words(
            f"<p>Sim.</p><table><tr><td>{MARKER} above</td></tr><tr><td>segredo</td>"
            "</tr></table><p>segredo</p>"
        )
        self.assertIn("Sim.", words)
        self.assertNotIn("segredo", words)

    def test_what_only_looks_like_a_quote_stays(self):
        for text in (
            "De: 10 a 20, o imposto muda.",
            "Em 2026 o layout muda.\nFoi o que ele escreveu: nada.",
            "On error resume next",
        ):
            self.assertIn(text.splitlines()[0], self.plain(text))

    def test_pictures(self):
        words, pictures = own_words(
            '<p>Veja</p><img src="cid:tela1"><blockquote><img src="cid:logo">'
            "</blockquote>"
        )
        self.assertEqual(pictures, {"tela1"})
        self.assertNotIn("<img", words)

    def test_nothing_left(self):
        for body in ("", None, "   ", "<p> </p>", f"<p>{MARKER}</p><p>segredo</p>"):
            self.assertEqual(self.words(body), "", body)
        self.assertEqual(self.plain("> segredo\n> mais\n"), "")

    def test_scripts_and_bare_text(self):
        words = self.words('a &lt;b&gt;<script>alert(1)</script><b onclick="x()">c</b>')
        self.assertNotIn("alert", words)
        self.assertNotIn("onclick", words)
        self.assertNotIn("<b>", words.replace("<b>c</b>", ""))

    def test_hostile_size_ends(self):
        self.assertEqual(self.plain("On " + "wrote " * 20_000)[:8], "<pre>On ")
        self.assertIn("x", self.words("<div>" * 200 + "x" + "</div>" * 200))
