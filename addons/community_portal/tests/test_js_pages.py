from odoo.tests import HttpCase, tagged

from odoo.addons.web.tests import test_js


@tagged("post_install", "-at_install")
class TestPagesScripts(HttpCase):
    """Runs ``static/tests/pages`` in a browser. Not by way of ``WebSuite``, whose
    subclasses run all of Odoo's own suites once more."""

    def test_pages(self):
        suite = test_js.HOOTCommon._generate_hash(self, "@community_portal/pages")
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={suite}",
            "",
            "",
            login="admin",
            timeout=600,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=test_js.unit_test_error_checker,
        )
