import json

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from ..models.known_partners import KnownPartners
from ..models.person_lookup import EMAIL, NAME, PHONE, partners_by
from ..providers.types import Person
from .common import START, SocialCase

NUMBER = "+5511999990001"


@tagged("post_install", "-at_install")
class TestSuggestion(SocialCase):
    """Doubtful ones are suggested to an agent with the reasons."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.br")

    def partner(self, **values):
        return self.env["res.partner"].create({"name": "Ana Souza", **values})

    def writes(self, person="zoe", account=None, **values):
        """Somebody writes, and the job has compared him.

        :return: his contact
        """
        account = account or self.account
        values.setdefault("name", "Zoé")
        values.setdefault("id", f"{account.id}:{person}")
        self.store({"from": person, **values}, account=account)
        self.drain(account)
        contact = self.env["helpdesk.social.contact"].search(
            [("account_id", "=", account.id), ("external_id", "=", person)]
        )
        contact.with_user(self.env.ref("base.user_root"))._suggest()
        return contact

    def suggested(self, contact, **domain):
        found = self.env["helpdesk.social.suggestion"].search(
            [("contact_id", "=", contact.id), ("state", "=", "open")]
        )
        return {s.partner_id: s.reasons for s in found}

    # --- reasons ---

    def test_nobody(self):
        self.partner()
        self.assertFalse(self.suggested(self.writes()))

    def test_a_typed_address(self):
        ana = self.partner(email="ana@example.com")
        contact = self.writes(email="ana@example.com")
        self.assertEqual(self.suggested(contact), {ana: ["email"]})

    def test_a_number_of_two_people(self):
        couple = self.partner(phone=NUMBER) | self.partner(name="Rui", phone=NUMBER)
        found = self.suggested(self.writes(phone=NUMBER))
        self.assertEqual(found, dict.fromkeys(couple, ["phone_proven"]))

    def test_a_number_that_the_customer_entered_himself(self):
        ana = self.partner(phone=NUMBER, social_said_phone=True)
        self.assertEqual(self.suggested(self.writes(phone=NUMBER)), {ana: ["phone"]})

    def test_what_he_says_of_himself(self):
        ana = self.partner(email="ana@example.com")
        rui = self.partner(name="Rui", phone="(11) 98888-7777")
        contact = self.writes(
            text="Meu e-mail é ana@example.com e meu celular é 11 8888-7777"
        )
        found = self.suggested(contact)
        self.assertEqual(found, {ana: ["said_email"], rui: ["said_phone"]})

    def test_what_he_says_later(self):
        ana = self.partner(email="ana@example.com")
        contact = self.writes()
        with trap_jobs() as trap:
            self.store({"id": "2", "from": "zoe", "text": "ana@example.com"})
            self.drain()
            trap.assert_jobs_count(1, only=contact._suggest)
        contact._suggest()
        self.assertEqual(self.suggested(contact), {ana: ["said_email"]})

    def test_his_own_card(self):
        ana = self.partner(phone=NUMBER, name="A. S.")
        card = {"name": "zoé lima", "phones": [NUMBER]}
        contact = self.writes(name="Zoe Lima", cards=[card])
        self.assertEqual(self.suggested(contact), {ana: ["said_phone"]})

    def test_what_the_business_says_is_not_his(self):
        self.partner(email="ana@example.com")
        contact = self.writes(text="Meu e-mail é ana@example.com", echo=True)
        self.assertFalse(self.suggested(contact))

    def test_said_before_it_was_proved(self):
        """On Instagram he wrote his number, today he writes from it."""
        said = self.writes(text="meu zap: 11 99999-0001")
        proved = self.writes("other", name="Y", phone=NUMBER)
        self.assertEqual(self.suggested(proved), {said.partner_id: ["said_phone"]})

    def test_the_same_full_name(self):
        ana = self.partner(name="  IÑIGO  peçanha D'Ávila")
        contact = self.writes(name="Inigo Pecanha d'Avila")
        self.assertEqual(self.suggested(contact), {ana: ["name"]})

    def test_a_first_name_says_nothing(self):
        self.partner(name="Zoé")
        self.assertFalse(self.suggested(self.writes()))

    def test_a_name_that_many_have_says_nothing(self):
        for _number in range(6):
            self.partner(name="Maria da Silva")
        self.assertFalse(self.suggested(self.writes(name="Maria da Silva")))

    def test_the_same_name_in_the_same_company(self):
        company = self.partner(name="Padaria", is_company=True)
        ana = self.partner(parent_id=company.id)
        contact = self.writes(name="Ana Souza")
        contact.partner_id.parent_id = company
        contact._suggest()
        self.assertEqual(self.suggested(contact), {ana: ["name_company"]})

    def test_the_same_user_name_on_another_channel(self):
        first = self.writes(username="Ana.Souza")
        telegram = self.env["helpdesk.social.account"].create(
            {"name": "T", "provider": "telegram", "team_id": self.team.id}
        )
        values = {"account_id": telegram.id, "external_id": "7", "name": "A"}
        contacts = self.env["helpdesk.social.contact"]
        second = contacts.create({**values, "username": "ana.souza"})
        second._partner()
        same_channel = self.writes("other", name="B", username="ana.souza")
        (second | same_channel)._suggest()
        self.assertEqual(self.suggested(second)[first.partner_id], ["username"])
        self.assertEqual(list(self.suggested(same_channel)), [second.partner_id])

    def test_the_same_id_after_both_had_a_partner(self):
        self.account.set_credentials({"page": "p1"})
        sibling = self.account.copy({"name": "Second desk"})
        sibling.set_credentials({"page": "p2"})
        first = self.writes("same")
        second = self.writes("same", sibling)
        self.assertFalse(self.suggested(second))
        sibling.set_credentials({"page": "p1"})
        second._suggest()
        self.assertEqual(self.suggested(second), {first.partner_id: ["identity"]})

    def test_another_company_s_people_are_never_suggested(self):
        company = self.env["res.company"].create({"name": "Concorrente"})
        self.partner(name="Zoé Lima", email="z@example.com", company_id=company.id)
        contact = self.writes(name="Zoé Lima", email="z@example.com")
        self.assertFalse(self.suggested(contact))

    # --- how they are kept ---

    def test_reasons_are_sorted_and_said_in_the_reader_s_language(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self.partner(name="Zoé Lima", email="z@example.com")
        self.writes(name="Zoé Lima", email="z@example.com")
        found = self.env["helpdesk.social.suggestion"].search([("state", "=", "open")])
        found = found.filtered(lambda s: s.contact_id.name == "Zoé Lima")
        self.assertEqual(found.reason_text, "same e-mail, same full name")
        self.assertEqual(
            found.with_context(lang="pt_BR").reason_text,
            "mesmo e-mail, mesmo nome completo",
        )
        self.assertEqual(found.strength, 95)

    def test_the_best_five(self):
        for number in range(4):
            self.partner(name="Zoé Lima", phone=f"+551197000000{number}")
        strong = self.partner(email="z@example.com") | self.partner(
            email="z@example.com"
        )
        contact = self.writes(name="Zoé Lima", email="z@example.com")
        found = self.suggested(contact)
        self.assertEqual(len(found), 5)
        self.assertLessEqual(set(strong), set(found))

    def test_dismissed_stays_dismissed_both_ways(self):
        first = self.writes(name="Zoé Lima")
        second = self.writes("other", name="Zoé Lima")
        first._suggest()
        self.assertEqual(list(self.suggested(first)), [second.partner_id])
        suggestion = second.suggestion_ids
        suggestion.with_user(self.agent).action_somebody_else()
        self.assertEqual(suggestion.state, "dismissed")
        self.assertEqual(suggestion.user_id, self.agent)
        (first | second)._suggest()
        self.assertFalse(self.suggested(first))
        self.assertFalse(self.suggested(second))
        with self.assertRaisesRegex(UserError, "already"):
            suggestion.with_user(self.agent).action_somebody_else()

    def test_the_other_way_round_is_not_asked_later_either(self):
        first = self.writes(name="Zoé Lima")
        second = self.writes("other", name="Zoé Lima")
        first.suggestion_ids.unlink()
        second.suggestion_ids.with_user(self.agent).action_somebody_else()
        first._suggest()
        self.assertFalse(self.suggested(first))

    def test_what_is_no_longer_so_goes(self):
        ana = self.partner(name="Zoé Lima")
        contact = self.writes(name="Zoé Lima")
        ana.name = "Ana Lima"
        contact._suggest()
        self.assertFalse(self.suggested(contact))

    # --- when, and at what cost ---

    def compared(self, trap):
        jobs = [job for job in trap.enqueued_jobs if job.method_name == "_suggest"]
        self.assertEqual({job.priority for job in jobs}, {20})
        self.assertEqual({job.job_config.channel for job in jobs}, {"root.social_bulk"})
        return [contact for job in jobs for contact in job.recordset]

    def test_found_in_a_job_of_the_slow_channel(self):
        people = [f"551199999000{n}" for n in range(4)]
        with trap_jobs() as trap:
            self.store(*({"id": who, "from": who} for who in people))
            self.drain()
            self.store({"id": "again", "at": START + 9})
            self.drain()
        compared = self.compared(trap)
        self.assertEqual(sorted(c.external_id for c in compared), people)

    def test_a_name_that_is_learned_is_compared(self):
        contact = self.writes("77", name="")
        with trap_jobs() as trap:
            contact._be_called("Ana Souza")
            trap.assert_jobs_count(1, only=contact._suggest)

    def test_nobody_is_compared_twice_for_nothing(self):
        contact = self.writes(phone=NUMBER)
        self.assertFalse(contact._learn(Person("zoe", "Zoé", phone=NUMBER)))

    def test_the_cost_of_one_more(self):
        """Ten more contacts are compared in the same queries."""

        def contacts(count, start):
            values = [
                {
                    "account_id": self.account.id,
                    "external_id": f"c{start + n}",
                    "name": f"Cliente Número{start + n}",
                    "phone": f"+55119{80000000 + start + n}",
                    "phone_proven": True,
                    "partner_id": self.partner(name=f"P{n}").id,
                }
                for n in range(count)
            ]
            for value in values:
                self.partner(name=value["name"], phone=value["phone"])
            return self.env["helpdesk.social.contact"].create(values)

        def queries(count, start):
            found = contacts(count, start)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found._suggest()
            self.assertEqual(len(found.suggestion_ids), count)
            return self.env.cr.sql_log_count - before

        queries(2, 0)
        self.assertEqual(queries(5, 100), queries(15, 200))

    def plans(self):
        """How PostgreSQL will do whatever is asked of partners from here on."""
        plans, execute = [], type(self.env.cr).execute

        def explain(cr, query, params=None, log_exceptions=True):
            said = cr.mogrify(query, params).decode()
            if "res_partner" in said and said.lstrip().startswith("SELECT"):
                execute(cr, f"EXPLAIN (FORMAT JSON) {said}".replace("%", "%%"))
                plans.append(json.dumps(cr.fetchall()))
            return execute(cr, query, params, log_exceptions)

        self.patch(type(self.env.cr), "execute", explain)
        return plans

    def test_no_scan_of_all_partners(self):
        """On twenty thousand partners, as on a million."""
        self.env.cr.execute(
            """
            INSERT INTO res_partner (name, active, phone_sanitized, email_normalized)
            SELECT 'Cliente ' || n, true, '+5511' || (900000000 + n),
                   'c' || n || '@example.com' FROM generate_series(1, 20000) n
            """
        )
        self.env.cr.execute("ANALYZE res_partner")
        account, plans = self.account._inbound_env(), self.plans()
        for expression, value in (
            (PHONE, "+5511900000007"),
            (EMAIL, "c7@example.com"),
            (NAME, "cliente 7"),
        ):
            found = partners_by(self.env, self.env.company, expression, [value])
            self.assertEqual(len(found[value]), 1)
        person = Person(
            "ana",
            phone="+5511900000008",
            email="c8@example.com",
            proven=("phone", "email"),
        )
        others = [Person("r", phone="+5511900000009", proven=("phone",)), person]
        self.assertEqual(KnownPartners(account, others).match(person).how, "phone")
        self.assertGreaterEqual(len(plans), 4)
        for plan in plans:
            self.assertNotRegex(plan, r'Seq Scan"[^}]*"Relation Name": "res_partner"')
            self.assertIn("Index", plan)

    # --- in the ticket ---

    def test_the_ticket_says_it_to_its_agents(self):
        ana = self.partner(name="Zoé Lima")
        ticket = self.writes(name="Zoé Lima").conversation_ids.ticket_id
        shown = ticket.with_user(self.agent).social_suggestions
        self.assertEqual(
            [(s["partner_id"], s["name"], s["reasons"]) for s in shown],
            [(ana.id, "Zoé Lima", "same full name")],
        )

    def test_of_everybody_who_writes_in_the_ticket(self):
        ana, rui = self.partner(), self.partner(name="Rui Lima")
        ticket = self.writes(name="Ana Souza").conversation_ids.ticket_id
        second = self.writes("second", name="Rui Lima")
        second.conversation_ids.ticket_id = ticket
        shown = ticket.with_user(self.agent).social_suggestions
        self.assertEqual({s["partner_id"] for s in shown}, {ana.id, rui.id})

    def test_open_tickets_hear_of_it(self):
        self.partner(name="Zoé Lima")
        told = []
        self.patch(
            type(self.account), "_tell_tickets", lambda account, t: told.append(t)
        )
        contact = self.writes(name="Zoé Lima")
        ticket = contact.conversation_ids.ticket_id
        self.assertIn(ticket, told[-1])
        told.clear()
        contact.suggestion_ids.with_user(self.agent).action_somebody_else()
        self.assertEqual(told, [ticket])
        self.assertFalse(ticket.with_user(self.agent).social_suggestions)
