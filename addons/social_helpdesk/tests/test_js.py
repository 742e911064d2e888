from odoo.tests import tagged

from odoo.addons.web.tests import test_js

# The telephone runs what is neither without a page nor made for a desk.
DESK = "preset=desktop"
TELEPHONE = "preset=mobile&tag=-headless"


class HootCase(test_js.HOOTCommon):
    """Runs ``static/tests`` in a browser; not the whole of Odoo's suite, which
    subclasses of ``WebSuite`` run again."""

    def run_hoot(self, preset):
        self._test_params = [("+", "@social_helpdesk")]
        filters = self.get_hoot_filters()
        self.browser_js(
            f"/web/tests?headless&loglevel=2&{preset}&timeout=15000{filters}",
            "",
            "",
            login="admin",
            timeout=600,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=test_js.unit_test_error_checker,
        )


@tagged("post_install", "-at_install")
class TestDesk(HootCase):
    def test_desk(self):
        self.run_hoot(DESK)


@tagged("post_install", "-at_install")
class TestTelephone(HootCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_telephone(self):
        self.run_hoot(TELEPHONE)
