from odoo.tests import BaseCase, tagged

from odoo.addons.community_portal.models.community_post_html import tame


@tagged("post_install", "-at_install")
class TestHtml(BaseCase):
    """What a member's text may do to those who open it: nothing."""

    def test_pictures_of_ours_stay(self):
        for source in ("/web/image/12", "/web/content/12?download=true"):
            self.assertIn(f'src="{source}"', tame(f'<p><img src="{source}"></p>'))

    def test_pictures_from_elsewhere_become_links(self):
        html = tame('<p>a<img src="https://spy.example.com/p.gif" alt="nota">b</p>')
        self.assertNotIn("<img", html)
        self.assertIn('href="https://spy.example.com/p.gif"', html)
        self.assertIn(">nota</a>b", html)

    def test_other_addresses_of_ours_are_no_pictures(self):
        for source in (
            "/web/session/logout",
            "//spy.example.com/x",
            "data:image/svg+xml;base64,PHN2Zz4=",
            "/web/image/12/../../session/logout",
            "javascript:alert(1)",
            "",
        ):
            with self.subTest(source=source):
                html = tame(f'<p>a<img src="{source}" onerror="x()">b</p>')
                self.assertNotIn("<img", html)
                self.assertNotIn("onerror", html)

    def test_nothing_runs(self):
        for bad in (
            "<script>alert(1)</script>",
            '<svg onload="alert(1)"><script>alert(1)</script></svg>',
            '<iframe src="https://spy.example.com"></iframe>',
            '<a href="javascript:alert(1)">x</a>',
            '<form action="/web/session/logout"><button>x</button></form>',
            '<p style="background:url(https://spy.example.com)">x</p>',
            '<object data="x"></object><embed src="x">',
            '<img src="/web/image/1" srcset="https://spy.example.com 2x">',
            '<meta http-equiv="refresh" content="0;url=https://spy.example.com">',
            '<link rel="stylesheet" href="https://spy.example.com/x.css">',
            '<video src="https://spy.example.com/x" autoplay></video>',
        ):
            with self.subTest(bad=bad):
                html = tame(f"<p>bom dia</p>{bad}")
                self.assertIn("bom dia", html)
                for word in ("alert", "spy.example", "<form", "<iframe", "<svg"):
                    self.assertNotIn(word, html)

    def test_links_tell_nobody_where_they_were(self):
        html = tame('<a href="https://sefaz.example.com">x</a>')
        self.assertIn("noreferrer", html)
        self.assertIn('target="_blank"', html)
        self.assertNotIn("_blank", tame('<a href="/my/community/post/1">x</a>'))

    def test_what_is_empty_or_broken(self):
        for text in ("", False, "<", "<p", "\x00<img>", "<a>" * 500):
            self.assertIsInstance(tame(text), str)
