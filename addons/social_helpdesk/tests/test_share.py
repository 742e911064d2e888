from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from ..providers.errors import Uncertain
from ..providers.types import Card, Location
from .common import SocialCase
from .example_provider import Example
from .test_consent import NOW


class ShareCase(SocialCase):
    def setUp(self):
        super().setUp()
        self.patch(Example, "shows", ("location", "contact"))
        self.conv = self.receive({"text": "Where are you?", "at": NOW})
        self.ticket = self.conv.ticket_id
        self.shop = self.env["res.partner"].create(
            {
                "name": "Shop <1>",
                "street": "Rua XV, 1",
                "city": "Curitiba",
                "partner_latitude": -25.4284,
                "partner_longitude": -49.2733,
            }
        )

    def wizard(self, user=None, **values):
        wizards = self.env["helpdesk.social.share"].with_user(user or self.agent)
        return wizards.create({"ticket_id": self.ticket.id, **values})

    def send(self, **values):
        self.wizard(**values).action_send()
        self.conv._send_waiting()
        return self.messages(direction="out")[-1]


@tagged("post_install", "-at_install")
class TestPlace(ShareCase):
    def test_a_known_address(self):
        message = self.send(address_id=self.shop.id)
        [(part, *_rest)] = Example.sent
        place = part.location
        self.assertEqual((place.latitude, place.longitude), (-25.4284, -49.2733))
        self.assertEqual(place.name, "Shop <1>")
        self.assertIn("Rua XV, 1", place.address)
        self.assertNotIn("\n", place.address)
        self.assertEqual((message.kind, message.state), ("location", "sent"))

    def test_its_line_is_that_of_a_customers_place(self):
        message = self.send(address_id=self.shop.id)
        body = message.mail_message_id.body
        self.assertIn(
            "https://www.openstreetmap.org/?mlat=-25.428400&amp;mlon=-49.273300"
            "#map=17/-25.428400/-49.273300",
            body,
        )
        self.assertIn("Shop &lt;1&gt;", body)
        self.assertIn("Rua XV, 1", body)

    def test_the_chatters_link_opens_in_a_tab_of_its_own(self):
        inbound = self.env["helpdesk.social.inbound"]
        line = inbound._location(Location(0.00001, 1e-7))
        self.assertIn("mlat=0.000010&amp;mlon=0.000000#", line)
        self.assertIn('target="_blank" rel="noopener noreferrer"', line)

    def test_as_text_where_the_channel_has_no_map(self):
        self.patch(Example, "shows", ())
        message = self.send(address_id=self.shop.id)
        [(part, *_rest)] = Example.sent
        self.assertEqual((part.kind, message.kind), ("text", "text"))
        self.assertIn("openstreetmap.org", part.text)

    def test_a_pasted_link(self):
        with Form(
            self.env["helpdesk.social.share"]
            .with_user(self.agent)
            .with_context(default_ticket_id=self.ticket.id)
        ) as form:
            form.address_id = self.shop
            self.assertEqual(form.name, "Shop <1>")
            form.link = "https://www.google.com/maps/place/Loja+Sul/@-23.5,-46.6,17z"
            self.assertFalse(form.address_id)
            self.assertEqual((form.name, form.address), ("Loja Sul", False))
            self.assertEqual((form.latitude, form.longitude), (-23.5, -46.6))
            self.assertIn("Loja Sul", form.preview)
        form.record.action_send()
        self.conv._send_waiting()
        [(part, *_rest)] = Example.sent
        self.assertEqual(part.location, Location(-23.5, -46.6, "Loja Sul"))

    def test_a_link_without_a_place_is_said_at_once(self):
        wizard = self.env["helpdesk.social.share"].new(
            {"ticket_id": self.ticket.id, "link": "https://maps.app.goo.gl/x"}
        )
        self.assertIn("long address", wizard._onchange_link()["warning"]["message"])

    def test_the_companys_own_address_is_suggested(self):
        company = self.env.company.partner_id
        company.write({"partner_latitude": 0, "partner_longitude": 0})
        self.assertFalse(self.wizard().address_id)
        company.write({"partner_latitude": 1.5, "partner_longitude": 2.5})
        self.assertEqual(self.wizard().address_id, company)
        self.assertEqual(self.wizard().latitude, 1.5)

    def test_nowhere(self):
        for latitude, longitude, said in (
            (0, 0, "Say where"),
            (91, 0, "no such place"),
            (0, -181, "no such place"),
        ):
            values = {"latitude": latitude, "longitude": longitude, "address_id": False}
            with self.subTest(values), self.assertRaisesRegex(UserError, said):
                self.send(**values)
        self.assertFalse(Example.sent)

    def test_an_address_that_the_agent_may_not_read(self):
        self.env["ir.rule"].create(
            {
                "name": "Not the shop",
                "model_id": self.env.ref("base.model_res_partner").id,
                "domain_force": f"[('id', '!=', {self.shop.id})]",
                "groups": [(4, self.env.ref("base.group_user").id)],
            }
        )
        with self.assertRaises(AccessError):
            self.send(address_id=self.shop.id)
        with self.assertRaises(AccessError):
            self.send(what="card", partner_id=self.shop.id)

    def test_an_echo_faster_than_the_answer(self):
        self.patch(Example, "outcomes", [Uncertain("No answer came")])
        message = self.send(address_id=self.shop.id)
        at = fields.Datetime.now().timestamp()
        self.receive(
            {
                "id": "echo-1",
                "from": self.conv.thread,
                "kind": "location",
                "echo": True,
                "at": at,
            }
        )
        self.assertEqual((message.external_id, message.state), ("echo-1", "sent"))
        self.assertEqual(self.messages(direction="out"), message)


@tagged("post_install", "-at_install")
class TestCard(ShareCase):
    def setUp(self):
        super().setUp()
        company = self.env["res.partner"].create({"name": "ACME", "is_company": True})
        self.ana = self.env["res.partner"].create(
            {
                "name": "Ana <Lima>",
                "parent_id": company.id,
                "phone": "+55 41 99999-0000",
                "email": "Ana@Acme.example",
            }
        )

    def test_it_arrives(self):
        message = self.send(what="card", partner_id=self.ana.id)
        [(part, *_rest)] = Example.sent
        self.assertEqual(
            part.card,
            Card("Ana <Lima>", ("+5541999990000",), ("ana@acme.example",), "ACME"),
        )
        self.assertEqual((message.kind, message.state), ("contact", "sent"))
        body = message.mail_message_id.body
        self.assertIn("Ana &lt;Lima&gt;", body)
        self.assertIn("+5541999990000", body)

    def test_the_agent_sees_what_he_gives_away(self):
        wizard = self.wizard(what="card", partner_id=self.ana.id)
        self.assertIn("ana@acme.example", wizard.preview)
        self.assertFalse(self.wizard(what="card").preview)

    def test_somebody_who_cannot_be_reached(self):
        self.ana.write({"phone": False, "email": False})
        for partner in (self.ana, self.env["res.partner"]):
            with self.assertRaisesRegex(UserError, "telephone number or an e-mail"):
                self.send(what="card", partner_id=partner.id)

    def test_only_who_may_answer(self):
        stranger = new_test_user(
            self.env, "share_own", groups="helpdesk_mgmt.group_helpdesk_user_own"
        )
        with self.assertRaises(AccessError):
            self.wizard(user=stranger)
        with self.assertRaises(AccessError):
            self.ticket.with_user(stranger).action_social_share()
        action = self.ticket.with_user(self.agent).action_social_share()
        self.assertEqual(action["context"], {"default_ticket_id": self.ticket.id})

    def test_not_against_the_customers_will_nor_too_late(self):
        self.conv.contact_id.opted_out = True
        with self.assertRaisesRegex(UserError, "wants no messages"):
            self.send(what="card", partner_id=self.ana.id)
        self.conv.contact_id.opted_out = False
        self.conv.last_inbound_at = "2020-01-01 00:00:00"
        with self.assertRaisesRegex(UserError, "24 hours"):
            self.send(what="card", partner_id=self.ana.id)

    def test_a_ticket_of_no_channel(self):
        ticket = self.env["helpdesk.ticket"].create({"name": "x", "description": "x"})
        self.ticket = ticket.with_context(lang="en_US")
        with self.assertRaisesRegex(UserError, "Nobody is written to"):
            self.wizard(user=self.env.user, latitude=1).action_send()
