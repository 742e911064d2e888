"""What an update makes of what older versions stored."""

import importlib.util
import json

from odoo.tests import tagged
from odoo.tools.misc import file_path

from odoo.addons.queue_job.tests.common import trap_jobs

from .common import SocialCase

SECRET = 'nobody"may\\see-it'


@tagged("post_install", "-at_install")
class TestMigration(SocialCase):
    def migrate(self, version):
        path = file_path(f"social_helpdesk/migrations/{version}/post-migration.py")
        spec = importlib.util.spec_from_file_location("migration", path)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        self.env.flush_all()
        script.migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()

    def stored(self, provider, event):
        account = self.account.copy({"provider": provider})
        return self.env["helpdesk.social.event"].create(
            {
                "account_id": account.id,
                "external_id": "e1",
                "thread": "U1",
                "payload": json.dumps({"id": "e1", "event": event}),
            }
        )

    def test_keys_that_line_sent_are_gone(self):
        said = 'He wrote "replyToken": "x" 😀\0'
        event = {
            "replyToken": SECRET,
            "message": {"quoteToken": SECRET, "text": said, "markAsReadToken": SECRET},
        }
        line, other = (self.stored(code, event) for code in ("line", "telegram"))
        self.migrate("19.0.1.4.0")
        kept = {"quoteToken": "", "text": said, "markAsReadToken": ""}
        self.assertEqual(
            json.loads(line.payload),
            {"id": "e1", "event": {"replyToken": "", "message": kept}},
        )
        self.assertEqual(json.loads(other.payload)["event"], event)

    def test_who_was_there_before_is_compared(self):
        contact = self.receive({"id": "a", "text": "Oi"}).contact_id
        with trap_jobs() as trap:
            self.migrate("19.0.1.4.0")
        compared = [j for j in trap.enqueued_jobs if j.method_name == "_suggest"]
        self.assertIn(contact.id, {i for job in compared for i in job.recordset.ids})
