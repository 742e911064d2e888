from odoo.tests import HttpCase, TransactionCase, new_test_user


class CommunityCase(TransactionCase):
    """A room with two rival companies, a neutral one and the vendor's people.

    Each person is a ``community.member``; ``self.as_(member)`` gives the model of
    posts as that person.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "no_reset_password": True})
        cls.leave_demo_out()
        # What the gate does is told by test_gate; here it would only cost time.
        cls.env["moderation.rule.set"].search([]).active = False
        cls.let_newcomers_do_all()
        cls.steel = cls.company("Aços Alfa")
        cls.rival = cls.company("Metais Beta")
        cls.shop = cls.company("Mercado Gama")
        cls.env["community.competition"].create(
            {"organisation_id": cls.steel.id, "rival_id": cls.rival.id}
        )
        cls.ana = cls.customer("ana", cls.steel)
        cls.caio = cls.customer("caio", cls.steel)
        cls.boss = cls.customer("boss", cls.steel, is_manager=True)
        cls.bia = cls.customer("bia", cls.rival)
        cls.gil = cls.customer("gil", cls.shop)
        cls.agent = cls.staff("agente", "helpdesk_mgmt.group_helpdesk_user")
        cls.moderator = cls.staff("moderadora", "moderation.group_moderator")
        cls.vendor = cls.staff("gestora", "community_portal.group_manager")
        cls.everyone = (
            cls.ana
            | cls.caio
            | cls.boss
            | cls.bia
            | cls.gil
            | cls.agent
            | cls.moderator
            | cls.vendor
        )
        cls.space = cls.env["community.space"].create({"name": "Fiscal"})

    @classmethod
    def let_newcomers_do_all(cls):
        """What takes how many points is another test's concern."""
        newcomer = cls.env.ref("community_portal.level_newcomer")
        newcomer.write({"post_links": True, "vote_down": True})

    @classmethod
    def leave_demo_out(cls):
        """The demo's people and posts would stand in every list and count. By SQL, as
        nothing is to happen because of it."""
        while cls.env["community.tally"]._fold():
            pass
        for query in (
            "UPDATE community_space SET active = false",
            "UPDATE community_post SET active = false, thread_open = false",
            "UPDATE community_member SET state = 'left'",
            "UPDATE community_tag SET active = false, "
            "name = jsonb_build_object('en_US', 'demo ' || id)",
            "UPDATE community_company_policy SET perk_consent = false",
            "DELETE FROM community_perk_grant",
            "DELETE FROM community_notice",
            "DELETE FROM mail_mail",
        ):
            cls.env.cr.execute(query)
        cls.env.invalidate_all()
        cls.env.registry.clear_cache()

    @classmethod
    def company(cls, name):
        return cls.env["res.partner"].create({"name": name, "is_company": True})

    @classmethod
    def customer(cls, login, company, **values):
        user = new_test_user(
            cls.env,
            login=f"community_{login}",
            groups="base.group_portal",
            name=login.capitalize(),
            email=f"{login}@{company.name.split()[-1].lower()}.example.com",
        )
        user.partner_id.parent_id = company
        agreed = cls.env["community.rules"]._current_key()[1]
        return cls.env["community.member"].create(
            {"user_id": user.id, "rules_version": agreed} | values
        )

    @classmethod
    def staff(cls, login, group):
        user = new_test_user(
            cls.env,
            login=f"community_{login}",
            groups=f"base.group_user,{group}",
            name=login.capitalize(),
        )
        return cls.env["community.member"].create({"user_id": user.id})

    def as_(self, member, model="community.post"):
        return self.env[model].with_user(member.user_id)

    def ask(
        self, member=None, title="NF-e rejeitada", body="<p>Alguém viu?</p>", **vals
    ):
        vals = {"space_id": self.space.id, "title": title, "body": body} | vals
        return self.as_(member or self.ana)._ask(vals)

    def reply(self, post, member=None, body="<p>Veja o CST.</p>", **how):
        return post.with_user((member or self.caio).user_id)._reply(body, **how)

    def seers(self, post):
        """Those of ``everyone`` who find the post."""
        return self.everyone.filtered(
            lambda m: self.as_(m).search([("id", "=", post.id)])
        )

    def fold(self):
        while self.env["community.tally"]._fold():
            pass


class CommunityHttpCase(CommunityCase, HttpCase):
    """The same over HTTP."""

    def login(self, member):
        """The browser belongs to this person from now on."""
        login = member.user_id.login
        self.authenticate(login, login)
