import re

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw, get_public_method
from odoo.tests import tagged

from . import test_invitation
from .test_invitation import fingerprint

MODELS = (
    "community.domain",
    "community.invitation",
    "community.policy.leak",
    "community.privacy.request",
    "community.rules",
    "community.rules.acceptance",
)
OURS = re.compile(
    r"odoo\.addons\.community_portal\.models\."
    r"community_(rules|membership|invitation|policy|privacy)"
)


@tagged("post_install", "-at_install")
class TestDoorAttacks(test_invitation.InvitationCase):
    """What a customer can do by RPC with what decides about membership: nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.record = {
            "community.domain": cls.env["community.domain"].create(
                {"name": "alfa.example.com", "organisation_id": cls.steel.id}
            ),
            "community.policy.leak": cls.env["community.policy.leak"].create(
                {"organisation_id": cls.steel.id, "action": "hold"}
            ),
            "community.privacy.request": cls.env["community.privacy.request"]
            .with_user(cls.ana.user_id)
            ._ask("erase", cls.ana),
            "community.rules": cls.env["community.rules"]._current(),
            "community.rules.acceptance": cls.env["community.rules.acceptance"].create(
                {
                    "member_id": cls.ana.id,
                    "rules_id": cls.env["community.rules"]._current().id,
                }
            ),
        }

    def rpc(self, who, model, method, *args, **kwargs):
        return call_kw(self.env[model].with_user(who.user_id), method, args, kwargs)

    def test_no_reading_and_no_writing(self):
        self.record["community.invitation"] = self.invite()
        for model in MODELS:
            ids = self.record[model].ids
            for who in (self.ana, self.boss, self.bia):
                for method, args in (
                    ("search_read", ([],)),
                    ("search_count", ([],)),
                    ("read", (ids,)),
                    ("name_search", ("",)),
                    ("formatted_read_group", ([], [], ["__count"])),
                    ("write", (ids, {"create_date": "2020-01-01"})),
                    ("create", ([{}],)),
                    ("unlink", (ids,)),
                    ("copy", (ids,)),
                ):
                    with (
                        self.subTest(model=model, who=who.name, method=method),
                        self.assertRaises(AccessError),
                    ):
                        self.rpc(who, model, method, *args)

    def test_no_public_method_but_for_the_vendor(self):
        """Whatever of ours can be called from outside refuses a customer."""
        found = 0
        for model in (*MODELS, "community.member", "community.company.policy"):
            for name in dir(self.env.registry[model]):
                method = getattr(self.env.registry[model], name, None)
                ours = OURS.match(getattr(method, "__module__", "") or "")
                if name.startswith("_") or not callable(method) or not ours:
                    continue
                if name in ("create", "write", "unlink"):
                    continue
                get_public_method(self.env[model], name)
                found += 1
                record = self.record.get(model, self.caio)
                for who in (self.ana, self.boss, self.bia):
                    with (
                        self.subTest(model=model, method=name, who=who.name),
                        self.assertRaises(UserError),
                    ):
                        self.rpc(who, model, name, record.ids)
        self.assertGreaterEqual(found, 2)

    def test_one_s_own_membership(self):
        for who in (self.ana, self.boss):
            for values in (
                {"is_manager": True},
                {"manager_of_id": self.rival.id},
                {"state": "active"},
                {"rules_version": 99},
                {"suspended_until": False},
                {"is_expert": True},
            ):
                with self.assertRaises(AccessError):
                    self.rpc(who, "community.member", "write", who.ids, values)
            with self.assertRaises(AccessError):
                self.rpc(who, "community.member", "create", [{"user_id": 1}])

    def test_what_is_noted_of_members(self):
        """Neither a colleague nor a rival reads why somebody was let in or stopped."""
        self.caio.sudo().write({"reason": "segredo", "state_reason": "segredo"})
        for who in (self.ana, self.boss, self.bia):
            for field in (
                "reason",
                "state_reason",
                "manager_of_id",
                "state_by_id",
                "suspended_until",
                "requested",
            ):
                with self.assertRaises(AccessError):
                    self.rpc(who, "community.member", "read", self.caio.ids, [field])
                with self.assertRaises(AccessError):
                    self.rpc(
                        who, "community.member", "search_count", [(field, "!=", False)]
                    )

    def test_what_is_noted_of_posts(self):
        post = self.ask()
        for field in ("approval_by_id", "approval_date", "approval_reason"):
            with self.assertRaises(AccessError):
                self.rpc(self.bia, "community.post", "read", post.ids, [field])

    def test_the_token_is_nobody_s(self):
        invitation = self.invite()
        for who in (self.agent, self.vendor):
            with self.assertRaises(AccessError):
                self.rpc(
                    who,
                    "community.invitation",
                    "read",
                    invitation.ids,
                    ["token_hash"],
                )
            with self.assertRaises(AccessError):
                self.rpc(
                    who,
                    "community.invitation",
                    "search_count",
                    [("token_hash", "=", fingerprint("x"))],
                )

    def test_an_administrator_does_not_choose_the_token(self):
        values = {
            "email": "paulo@alfa.example.com",
            "organisation_id": self.steel.id,
            "token_hash": fingerprint("t" * 43),
            "by_vendor": False,
            "invited_by_id": self.boss.user_id.id,
        }
        self.rpc(self.vendor, "community.invitation", "create", [values])
        made = self.invitations.search([("email", "=", "paulo@alfa.example.com")])
        self.assertFalse(self.invitations._of_token("t" * 43))
        self.assertTrue(made.by_vendor)
        self.assertEqual(made.invited_by_id, self.vendor.user_id)

    def test_a_proof_stays_as_it_is(self):
        proof = self.record["community.privacy.request"]
        for who in (self.agent, self.vendor):
            for method, args in (
                ("write", (proof.ids, {"state": "done"})),
                ("unlink", (proof.ids,)),
            ):
                with self.assertRaises(AccessError):
                    self.rpc(who, "community.privacy.request", method, *args)

    def test_approval_by_rpc(self):
        self.env["community.company.policy"].create(
            {"organisation_id": self.steel.id, "participation": "approve"}
        )
        post = self.ask()
        for who in (self.ana, self.boss, self.bia):
            with self.assertRaises(AccessError):
                self.rpc(who, "community.post", "write", post.ids, {"approval": "free"})
        self.assertEqual(post.sudo().approval, "waiting")
