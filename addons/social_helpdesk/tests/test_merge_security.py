from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.service.model import get_public_method
from odoo.tests import new_test_user, tagged

from .merge_common import MergeCase

MODELS = (
    "helpdesk.social.suggestion",
    "helpdesk.social.merge",
    "helpdesk.social.same.person",
    "helpdesk.social.somebody.else",
    "helpdesk.social.clue",
)


@tagged("post_install", "-at_install")
class TestMergeSecurity(MergeCase):
    """Only who sees the tickets decides who wrote them."""

    def setUp(self):
        super().setUp()
        self.suggestion = self.env["helpdesk.social.suggestion"].create(
            {"contact_id": self.zoe.id, "partner_id": self.ana.id, "reasons": ["name"]}
        )

    def user(self, login, groups, **values):
        return new_test_user(self.env, login, groups=groups, **values)

    def strangers(self):
        """A customer, an employee, an agent of another team, a manager of another
        company."""
        company = self.env["res.company"].create({"name": "Concorrente"})
        elsewhere = {
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
        }
        team = "helpdesk_mgmt.group_helpdesk_user_team"
        manager = "helpdesk_mgmt.group_helpdesk_manager"
        return [
            self.user("m_portal", "base.group_portal"),
            self.user("m_employee", "base.group_user"),
            self.user("m_team", team),
            self.user("m_own", "helpdesk_mgmt.group_helpdesk_user_own"),
            self.user("m_company", manager, **elsewhere),
        ]

    def test_no_stranger_does_any_of_it(self):
        merge = self.merge()
        doors = [
            lambda user: self.zoe.with_user(user).action_same_person(),
            lambda user: self.zoe.with_user(user).action_somebody_else(),
            lambda user: self.suggestion.with_user(user).action_same_person(),
            lambda user: self.suggestion.with_user(user).action_somebody_else(),
            lambda user: self.suggestion.with_user(user).action_open_contact(),
            lambda user: self.suggestion.with_user(user).read(["reasons"]),
            lambda user: merge.with_user(user).action_undo(),
            lambda user: merge.with_user(user).action_tickets(),
            lambda user: merge.with_user(user).read(["kind"]),
            lambda user: self.same(user).action_confirm(),
            lambda user: self.same(user).read(["ticket_count"]),
            lambda user: self.other(user).action_confirm(),
            lambda user: self.other(user).read(["ticket_count"]),
        ]
        for user in self.strangers():
            for number, door in enumerate(doors):
                with (
                    self.subTest(user=user.login, door=number),
                    self.assertRaises(AccessError),
                ):
                    door(user)
        self.assertEqual(self.zoe.partner_id, self.ana)
        self.assertEqual(merge.state, "done")

    def same(self, user):
        wizard = self.env["helpdesk.social.same.person"].with_user(user)
        return wizard.create(
            {"contact_ids": self.zoe.ids, "partner_id": self.agent.partner_id.id}
        )

    def other(self, user):
        wizard = self.env["helpdesk.social.somebody.else"].with_user(user)
        return wizard.create({"contact_id": self.zoe.id})

    def test_the_ticket_tells_strangers_nothing(self):
        for user in self.strangers()[1:2]:
            self.ticket.message_subscribe(user.partner_id.ids)
            self.assertFalse(self.ticket.with_user(user).social_suggestions)
        self.assertTrue(self.ticket.with_user(self.agent).social_suggestions)

    def test_an_agent_of_the_team_may(self):
        user = self.user("m_ours", "helpdesk_mgmt.group_helpdesk_user_team")
        self.team.user_ids = [Command.link(user.id)]
        self.suggestion.with_user(user).check_access("read")
        self.same(user).action_confirm()
        self.assertEqual(self.zoe.partner_id, self.agent.partner_id)

    def test_another_team_s_contact_among_one_s_own(self):
        user = self.user("m_ours", "helpdesk_mgmt.group_helpdesk_user_team")
        team = self.team.copy({"user_ids": [Command.set(user.ids)]})
        rui = self.writes("rui")
        rui.conversation_ids.ticket_id.team_id = team
        rui.with_user(user).check_access("write")
        wizard = self.env["helpdesk.social.same.person"].with_user(user)
        both = (rui | self.zoe).ids
        with self.assertRaises(AccessError):
            wizard.create({"contact_ids": both, "partner_id": self.ana.id})
        with self.assertRaises(AccessError):
            self.zoe.browse(both).with_user(user).action_same_person()

    def test_undo_only_by_who_sees_all_of_it(self):
        user = self.user("m_ours", "helpdesk_mgmt.group_helpdesk_user_team")
        team = self.team.copy({"user_ids": [Command.set(user.ids)]})
        rui = self.writes("rui")
        self.merge(rui, self.old)
        merge = self.merge(self.zoe | rui)
        rui.conversation_ids.ticket_id.team_id = team
        with self.assertRaises(AccessError):
            merge.with_user(user).action_undo()
        self.undo(merge)

    def test_what_undoing_left_names_no_ticket_of_another_team(self):
        user = self.user("m_ours", "helpdesk_mgmt.group_helpdesk_user_team")
        team = self.team.copy({"user_ids": [Command.set(user.ids)]})
        rui = self.writes("rui")
        hers = rui.conversation_ids.ticket_id
        self.merge(rui, self.old)
        merge = self.merge(self.zoe | rui)
        hers.team_id = team
        other = self.env["res.partner"].create({"name": "Lia"})
        (hers | self.ticket).partner_id = other
        self.undo(merge)
        told = merge.with_user(user).left_text
        self.assertIn(hers.number, told)
        self.assertNotIn(self.ticket.number, told)
        self.assertIn("1 more", told)
        everything = merge.with_user(self.agent).left_text
        self.assertIn(self.ticket.number, everything)
        self.assertNotIn("more", everything)

    def test_nobody_writes_the_records_themselves(self):
        merge = self.merge()
        manager = self.user("m_manager", "helpdesk_mgmt.group_helpdesk_manager")
        for user in (self.agent, manager):
            for record in (merge, self.suggestion):
                for mode in ("write", "create", "unlink"):
                    self.assertFalse(record.with_user(user).has_access(mode))
            self.assertFalse(
                self.env["helpdesk.social.clue"].with_user(user).has_access("read")
            )

    def test_the_link_is_not_written_past_the_record(self):
        for user in (
            self.agent,
            self.user("m2", "helpdesk_mgmt.group_helpdesk_manager"),
        ):
            for values in (
                {"partner_id": self.ana.id},
                {"matched_by": "phone"},
                {"phone_proven": True},
                {"email": "a@example.com"},
            ):
                with self.assertRaises(AccessError):
                    self.zoe.with_user(user).write(values)

    def test_never_across_companies(self):
        company = self.env["res.company"].create({"name": "Concorrente"})
        self.agent.company_ids = [Command.link(company.id)]
        allowed = (self.env.company | company).ids
        theirs = self.ana.copy({"company_id": company.id})
        account = self.account.copy(
            {
                "company_id": company.id,
                "team_id": self.team.copy({"company_id": company.id}).id,
            }
        )
        contact = self.zoe.copy({"account_id": account.id, "external_id": "x"})
        merges = self.merges.with_context(allowed_company_ids=allowed)
        agent = merges.env
        for contacts, partner in (
            (self.zoe, theirs),
            (self.zoe | contact, self.ana),
        ):
            with self.assertRaisesRegex(UserError, "companies"):
                merges._merge(contacts.with_env(agent), partner.with_env(agent))
            with self.assertRaisesRegex(UserError, "companies"):
                merges._split(contacts.with_env(agent), partner.with_env(agent))
        self.assertEqual(self.zoe.partner_id, self.old)

    def test_nobody_learns_who_reads_for_another_company(self):
        """The dialog asks before anything is stored."""
        company = self.env["res.company"].create({"name": "Concorrente"})
        theirs = self.ana.copy({"company_id": company.id})
        elsewhere = {
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
        }
        self.user("m_theirs", "base.group_portal", partner_id=theirs.id, **elsewhere)
        for name, who in (
            ("helpdesk.social.same.person", {"contact_ids": self.zoe.ids}),
            ("helpdesk.social.somebody.else", {"contact_id": self.zoe.id}),
        ):
            wizard = self.env[name].with_user(self.agent)
            with self.subTest(name), self.assertRaises(AccessError):
                _ = wizard.new({**who, "partner_id": theirs.id}).readers

    def test_a_candidate_the_agent_may_not_see_is_not_shown(self):
        company = self.env["res.company"].create({"name": "Concorrente"})
        self.ana.company_id = company
        suggestion = self.suggestion.with_user(self.agent)
        self.assertFalse(suggestion.search([("id", "=", suggestion.id)]))
        self.assertFalse(self.ticket.with_user(self.agent).social_suggestions)
        with self.assertRaises(AccessError):
            suggestion.action_same_person()

    def test_only_buttons_are_public(self):
        for name in MODELS:
            model = self.env[name]
            own = {
                method
                for cls in type(model).mro()
                if cls.__module__.startswith("odoo.addons.social_helpdesk")
                for method, value in vars(cls).items()
                if callable(value) and not method.startswith("_")
            }
            for method in own:
                self.assertTrue(method.startswith("action_"), f"{name}.{method}")
                self.assertTrue(get_public_method(model, method))

    def test_what_the_portal_shows_after_a_merge(self):
        """The surviving partner's login sees the ticket, and nobody else."""
        user = self.user("m_ana", "base.group_portal", partner_id=self.ana.id)
        stranger = self.user("m_other", "base.group_portal")
        self.assertFalse(self.ticket.with_user(user).has_access("read"))
        merge = self.merge()
        self.assertTrue(self.ticket.with_user(user).has_access("read"))
        self.assertFalse(self.ticket.with_user(stranger).has_access("read"))
        self.undo(merge)
        self.assertFalse(self.ticket.with_user(user).has_access("read"))
