from odoo.tests import new_test_user, tagged

from ..models.known_partners import KnownPartners
from ..providers.types import Person
from .common import SECRET, START, SocialCase

NUMBER = "+5511999990001"
OLD_NUMBER = "(11) 9999-0001"  # before the ninth digit


@tagged("post_install", "-at_install")
class TestMatch(SocialCase):
    """Who writes gets the partner he certainly is, else a new one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.br")

    def partner(self, **values):
        return self.env["res.partner"].create({"name": "Ana Souza", **values})

    def writes(self, person="ana", account=None, **values):
        """Somebody writes for the first time.

        :return: his contact
        """
        account = account or self.account
        self.store(
            {"id": f"{account.id}:{person}", "from": person, **values}, account=account
        )
        self.drain(account)
        return self.env["helpdesk.social.contact"].search(
            [("account_id", "=", account.id), ("external_id", "=", person)]
        )

    def other_account(self, page="", **values):
        account = self.account.copy({"name": "Second desk", **values})
        account.set_credentials({"secret": SECRET, "page": page})
        return account

    # --- a number ---

    def test_a_proved_number(self):
        ana = self.partner(phone=OLD_NUMBER, country_id=self.env.ref("base.br").id)
        contact = self.writes(phone=NUMBER)
        self.assertEqual(contact.partner_id, ana)
        self.assertEqual(contact.matched_by, "phone")
        self.assertTrue(contact.phone_proven)

    def test_a_number_that_was_only_typed(self):
        ana = self.partner(phone=NUMBER)
        self.patch(type(self.account._provider()), "proves", ())
        contact = self.writes(phone=NUMBER)
        self.assertNotEqual(contact.partner_id, ana)
        self.assertEqual(contact.matched_by, "new")
        self.assertTrue(contact.partner_id.social_said_phone)

    def test_a_number_of_two_people_is_nobody_s(self):
        couple = self.partner(phone=NUMBER) | self.partner(name="Rui", phone=NUMBER)
        contact = self.writes(phone=NUMBER)
        self.assertNotIn(contact.partner_id, couple)
        self.assertEqual(contact.matched_by, "new")

    def test_a_person_before_his_company(self):
        self.partner(name="Padaria", is_company=True, phone=NUMBER)
        ana = self.partner(phone=NUMBER)
        self.assertEqual(self.writes(phone=NUMBER).partner_id, ana)

    def test_who_has_a_login_before_who_has_none(self):
        self.partner(phone=NUMBER)
        self.partner(name="Padaria", is_company=True, phone=NUMBER)
        user = new_test_user(self.env, "ana_portal", groups="base.group_portal")
        user.partner_id.phone = NUMBER
        self.assertEqual(self.writes(phone=NUMBER).partner_id, user.partner_id)

    def test_a_number_that_somebody_claims_in_the_portal(self):
        thief = new_test_user(self.env, "thief", groups="base.group_portal")
        thief.partner_id.with_user(thief).sudo().phone = NUMBER
        self.assertTrue(thief.partner_id.social_said_phone)
        contact = self.writes(phone=NUMBER)
        self.assertNotEqual(contact.partner_id, thief.partner_id)

    def test_a_claim_that_an_agent_has_confirmed(self):
        thief = new_test_user(self.env, "honest", groups="base.group_portal")
        thief.partner_id.with_user(thief).sudo().phone = NUMBER
        thief.partner_id.phone = NUMBER
        self.assertEqual(self.writes(phone=NUMBER).partner_id, thief.partner_id)

    def test_confirming_the_address_does_not_confirm_the_number(self):
        thief = new_test_user(self.env, "sly", groups="base.group_portal").partner_id
        claimed = thief.with_user(thief.user_ids).sudo()
        claimed.write({"phone": NUMBER, "email": "ana@example.com"})
        thief.email = "sly@example.com"
        self.assertFalse(thief.social_said_email)
        contact = self.writes(phone=NUMBER)
        self.assertNotEqual(contact.partner_id, thief)
        contact._suggest()
        self.assertEqual(contact.suggestion_ids.reasons, ["phone"])

    def test_confirming_the_number_does_not_confirm_the_address(self):
        thief = new_test_user(self.env, "sly", groups="base.group_portal").partner_id
        thief.with_user(thief.user_ids).sudo().email = "ana@example.com"
        thief.phone = NUMBER
        contact = self.writes(email="ana@example.com", proven=["email"])
        self.assertNotEqual(contact.partner_id, thief)

    def test_who_proved_his_number_before_who_has_it_noted(self):
        first = self.writes(phone=NUMBER)
        self.partner(phone=NUMBER)
        second = self.writes("ana2", phone=NUMBER)
        self.assertEqual(second.partner_id, first.partner_id)

    def test_a_number_of_very_many_is_nobody_s(self):
        """A switchboard, and one of those who have it noted can also log in."""
        for _number in range(5):
            self.partner(phone=NUMBER)
        user = new_test_user(self.env, "ana_portal", groups="base.group_portal")
        user.partner_id.phone = NUMBER
        self.assertEqual(self.writes(phone=NUMBER).matched_by, "new")

    def test_archived_partners_are_left_alone(self):
        self.partner(phone=NUMBER, active=False)
        self.assertEqual(self.writes(phone=NUMBER).matched_by, "new")

    # --- an address ---

    def test_a_proved_address(self):
        ana = self.partner(email="Ana <ana@example.com>")
        contact = self.writes(email="ana@example.com", proven=["email"])
        self.assertEqual((contact.partner_id, contact.matched_by), (ana, "email"))
        self.assertTrue(contact.email_proven)

    def test_a_typed_address_is_no_proof(self):
        ana = self.partner(email="ana@example.com")
        contact = self.writes(email="ana@example.com")
        self.assertNotEqual(contact.partner_id, ana)
        self.assertEqual(contact.email, "ana@example.com")
        self.assertFalse(contact.partner_id.email)

    def test_a_new_partner_has_the_proved_address(self):
        contact = self.writes(email="ana@example.com", proven=["email"])
        self.assertEqual(contact.partner_id.email, "ana@example.com")
        self.assertTrue(contact.partner_id.social_made)
        self.assertFalse(contact.partner_id.social_said_email)

    def test_number_and_address_of_two_people(self):
        self.partner(phone=NUMBER)
        self.partner(name="Rui", email="rui@example.com")
        contact = self.writes(phone=NUMBER, email="rui@example.com", proven=["email"])
        self.assertEqual(contact.matched_by, "new")

    def test_the_address_decides_between_two_of_one_number(self):
        self.partner(name="Rui", phone=NUMBER)
        ana = self.partner(phone=NUMBER, email="ana@example.com")
        contact = self.writes(phone=NUMBER, email="ana@example.com", proven=["email"])
        self.assertEqual(contact.partner_id, ana)

    # --- the same id ---

    def test_the_same_id_on_another_account_of_its_scope(self):
        self.account.set_credentials({"page": "p1"})
        first = self.writes("ana")
        second = self.writes("ana", self.other_account("p1"))
        self.assertEqual(second.partner_id, first.partner_id)
        self.assertEqual(second.matched_by, "identity")

    def test_the_second_id_of_the_same_person(self):
        self.account.set_credentials({"page": "p1"})
        first = self.writes("ana")
        first.other_id = "ana-2"
        second = self.writes("ana-2", self.other_account("p1"))
        self.assertEqual(second.partner_id, first.partner_id)

    def test_the_same_id_means_nothing_elsewhere(self):
        self.account.set_credentials({"page": "p1"})
        first = self.writes("ana")
        for page in ("p2", ""):
            second = self.writes("ana", self.other_account(page))
            self.assertNotEqual(second.partner_id, first.partner_id)

    def test_the_same_id_goes_before_a_number(self):
        self.account.set_credentials({"page": "p1"})
        first = self.writes("ana")
        self.partner(name="Rui", phone=NUMBER)
        second = self.writes("ana", self.other_account("p1"), phone=NUMBER)
        self.assertEqual(second.partner_id, first.partner_id)

    # --- companies ---

    def test_another_company_s_people_are_never_found(self):
        company = self.env["res.company"].create({"name": "Concorrente"})
        self.partner(phone=NUMBER, company_id=company.id)
        self.assertEqual(self.writes(phone=NUMBER).matched_by, "new")

    def test_another_company_s_contacts_are_never_found(self):
        self.account.set_credentials({"page": "p1"})
        first = self.writes("ana", email="a@example.com", proven=["email"])
        first.partner_id.email = False
        company = self.env["res.company"].create({"name": "Concorrente"})
        team = self.team.copy({"company_id": company.id})
        other = self.other_account("p1", company_id=company.id, team_id=team.id)
        second = self.writes("ana", other, email="a@example.com", proven=["email"])
        self.assertNotEqual(second.partner_id, first.partner_id)

    # --- learning ---

    def test_what_is_learned_later_merges_nothing(self):
        ana = self.partner(phone=NUMBER)
        contact = self.writes("ana")
        self.assertTrue(contact._learn(Person("ana", phone=NUMBER)))
        self.assertTrue(contact.phone_proven)
        self.assertNotEqual(contact.partner_id, ana)
        self.assertFalse(contact._learn(Person("ana", phone=NUMBER)))

    def test_a_typed_number_is_proved_later(self):
        cls = type(self.account._provider())
        proves = cls.proves
        cls.proves = ()
        self.addCleanup(setattr, cls, "proves", proves)
        contact = self.writes("ana", phone=NUMBER)
        self.assertFalse(contact.phone_proven)
        self.assertFalse(contact._learn(Person("ana", phone="+5511988880002")))
        cls.proves = proves
        self.assertFalse(contact._learn(Person("ana", phone="+5511988880002")))
        self.assertFalse(contact.phone_proven)
        self.assertTrue(contact._learn(Person("ana", phone=NUMBER)))
        self.assertTrue(contact.phone_proven)

    def test_his_old_number_is_nobody_s_any_longer(self):
        for number, (new_id, phone) in enumerate(
            [("5511988880002", "+5511988880002"), ("user-7", "")]
        ):
            old = f"551199999000{number}"
            contact = self.writes(old, phone=f"+{old}")
            self.assertEqual(contact.partner_id.phone, f"+{old}")
            contact._become(old, Person(new_id, phone=phone))
            self.assertEqual(contact.phone or "", phone)
            self.assertEqual(contact.partner_id.phone or "", phone)
            self.assertEqual(contact.phone_proven, bool(phone))
            heir = self.writes(f"heir{number}", phone=f"+{old}")
            self.assertNotEqual(heir.partner_id, contact.partner_id)

    def test_a_new_id_alone_leaves_the_number(self):
        contact = self.writes("user-1", phone=NUMBER)
        contact._become("user-1", Person("user-2"))
        self.assertEqual((contact.phone, contact.phone_proven), (NUMBER, True))
        self.assertEqual(contact.partner_id.phone, NUMBER)

    # --- batches ---

    def test_two_of_one_batch_with_one_number(self):
        self.store(
            {"id": "a", "from": "ana", "phone": NUMBER},
            {"id": "b", "from": "ana-2", "phone": NUMBER, "at": START + 1},
        )
        self.drain()
        found = self.env["helpdesk.social.contact"].search(
            [("account_id", "=", self.account.id)]
        )
        self.assertEqual(len(found), 2)
        self.assertEqual(len(found.partner_id), 1)

    def test_people_of_a_batch_are_looked_up_together(self):
        self.account.set_credentials({"page": "p1"})
        self.other_account("p1")

        def people(count, start):
            numbers = [f"+55119{70000000 + start + n}" for n in range(count)]
            for number in numbers[::2]:
                self.partner(phone=number)
            return [Person(n[1:], phone=n, email=f"{n}@example.com") for n in numbers]

        def queries(count, start):
            wanted = people(count, start)
            self.env.flush_all()
            account = self.account._inbound_env()
            before = self.env.cr.sql_log_count
            partners = KnownPartners(account, wanted)
            found = [partners.match(person).how for person in wanted]
            self.assertEqual(found.count("phone"), (count + 1) // 2)
            return self.env.cr.sql_log_count - before

        queries(2, 0)
        self.assertEqual(queries(4, 100), queries(40, 200))
        self.assertLessEqual(queries(40, 300), 5)

    def test_known_people_cost_nothing(self):
        contact = self.writes("ana", phone=NUMBER)
        account = self.account._inbound_env()
        self.assertEqual((account.provider, contact.matched_by), ("example", "new"))
        with self.assertQueryCount(0):
            KnownPartners(account, [])
            contact._partner()
