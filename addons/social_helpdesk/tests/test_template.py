from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..providers.errors import Refused
from ..providers.types import Part, Template
from .common import SocialCase
from .example_provider import Example

RESOLVED = Template(
    external_id="1",
    name="chamado_resolvido",
    language="pt_BR",
    category="UTILITY",
    status="approved",
    body="Olá {{1}}, o chamado {{2}} foi resolvido.",
    header="Suporte",
    footer="ERP Horizonte",
    buttons=("Reabrir",),
    variables=("body:1", "body:2"),
)
REJECTED = Template("2", "promo", "pt_BR", "MARKETING", "rejected", "Compre já")


@tagged("post_install", "-at_install")
class TestTemplate(SocialCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(Example, "has_templates", True))
        self.startPatcher(
            patch.object(Example, "templates", lambda provider: [RESOLVED, REJECTED])
        )
        self.startPatcher(
            patch.object(
                Example, "template_part", lambda provider, *args: self.part(*args)
            )
        )
        self.account.invalidate_recordset(["has_templates"])
        self.account.action_sync_templates()
        self.ticket = self.receive({"text": "Olá", "name": "Maria Souza"}).ticket_id

    @staticmethod
    def part(template, values):
        if not all(values.values()):
            raise Refused("Fill in every place")
        return Part(kind="template", template={"name": template.name, **values})

    def test_synchronised(self):
        names = self.account.template_ids.mapped("name")
        self.assertEqual(sorted(names), ["chamado_resolvido", "promo"])
        usable = self.account.template_ids.search([("usable", "=", True)])
        self.assertEqual(usable.name, "chamado_resolvido")

    def test_what_disappears_is_archived_and_comes_back(self):
        with patch.object(Example, "templates", lambda provider: []):
            self.account.action_sync_templates()
        self.assertFalse(self.account.template_ids)
        self.account.action_sync_templates()
        self.assertEqual(len(self.account.template_ids), 2)

    def test_refused(self):
        def refuse(provider):
            raise Refused("No permission")

        with (
            patch.object(Example, "templates", refuse),
            self.assertRaisesRegex(UserError, "No permission"),
        ):
            self.account.action_sync_templates()

    def wizard(self, **values):
        context = self.ticket.with_user(self.agent).action_social_template()["context"]
        wizard = self.env["helpdesk.social.template.send"].with_user(self.agent)
        form = Form(wizard.with_context(**context))
        form.template_id = self.account.template_ids.filtered("usable")
        for index, value in enumerate(values.values()):
            with form.line_ids.edit(index) as line:
                line.value = value
        return form.save()

    def test_preview_and_suggestion(self):
        wizard = self.wizard()
        self.assertEqual(wizard.line_ids.mapped("value"), ["Maria", False])
        self.assertIn("Olá Maria, o chamado {{2}} foi resolvido.", wizard.preview)
        self.assertIn("ERP Horizonte", wizard.preview)
        self.assertIn("Reabrir", wizard.preview)

    def test_sent_also_with_the_window_closed(self):
        conversation = self.ticket.social_conversation_id
        self.assertFalse(conversation._window_open())
        self.wizard(first="Maria", second="HT00042").action_send()
        message = self.messages(direction="out")
        self.assertEqual((message.kind, message.state), ("template", "queued"))
        self.assertIn("HT00042", message.mail_message_id.body)
        self.assertEqual(message.mail_message_id.author_id, self.agent.partner_id)
        conversation._send_waiting()
        self.assertEqual(message.state, "sent")
        self.assertEqual(Example.sent[0][0].template["body:2"], "HT00042")

    def test_missing_variable(self):
        with self.assertRaisesRegex(UserError, "Fill in every place"):
            self.wizard().action_send()
        self.assertFalse(self.messages(direction="out"))
