from odoo.tests import HttpCase, tagged

from odoo.addons.web.tests import test_js

# The telephone runs what is neither without a page nor made for a desk.
DESK = "preset=desktop"
TELEPHONE = "preset=mobile&tag=-headless"


class Hoot:
    """Runs ``static/tests`` in a browser. Not by way of ``WebSuite``, whose
    subclasses run all of Odoo's own suites once more."""

    def run_hoot(self, preset):
        suite = test_js.HOOTCommon._generate_hash(self, "@moderation")
        self.browser_js(
            f"/web/tests?headless&loglevel=2&{preset}&timeout=15000&id={suite}",
            "",
            "",
            login="admin",
            timeout=600,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=test_js.unit_test_error_checker,
        )


@tagged("post_install", "-at_install")
class TestDesk(Hoot, HttpCase):
    def test_desk(self):
        self.run_hoot(DESK)


@tagged("post_install", "-at_install")
class TestTelephone(Hoot, HttpCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_telephone(self):
        self.run_hoot(TELEPHONE)
