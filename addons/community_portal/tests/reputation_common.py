from datetime import timedelta

from freezegun import freeze_time

from odoo import fields

from .common import CommunityCase


class ReputationCase(CommunityCase):
    """The room, with what is needed to earn in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ledger = cls.env["community.reputation.entry"]
        cls.rules = {
            name: cls.env.ref(f"community_portal.rule_{name}")
            for name in (
                "reply_up",
                "thread_up",
                "accepted",
                "accepting",
                "reply_down",
                "voting_down",
            )
        }

    def answered(self, asker=None, helper=None, **vals):
        """:return: (question, answer), as their authors"""
        question = self.ask(asker or self.gil, **vals)
        return question, self.reply(question, helper or self.ana)

    def vote(self, post, member, value=1):
        return post.with_user(member.user_id)._vote(value)

    def accept(self, question, answer, member=None):
        member = member or question.sudo().author_id
        question.with_user(member.user_id)._accept(answer)

    def points(self, member, only_open=False):
        """The sum of the ledger."""
        domain = [("member_id", "=", member.id)]
        if only_open:
            domain.append(("open", "=", True))
        return sum(self.ledger.search(domain).mapped("points"))

    def entries(self, member, **values):
        domain = [(name, "=", value) for name, value in values.items()]
        return self.ledger.search([("member_id", "=", member.id), *domain])

    def on_day(self, number):
        """Days from now; votes are stored by SQL, whose clock goes on."""
        return freeze_time(fields.Datetime.now() + timedelta(days=number))

    def customers(self, count, name="Cliente"):
        """So many customers of as many companies."""
        return self.env["community.member"].union(
            *(
                self.customer(f"{name.lower()}{i}", self.company(f"{name} {i}"))
                for i in range(count)
            )
        )

    def now(self):
        return fields.Datetime.now()

    def allow(self, privilege, points=0):
        """Give a privilege to everybody, or from some points on."""
        levels = self.env["community.level"].search([])
        levels.write({privilege: False})
        level = levels.filtered(lambda one: one.points == points)
        if not level:
            level = levels.create({"name": "Teste", "points": points})
        level.write({privilege: True})

    def set_points(self, member, points):
        """As if folded; the ledger knows nothing of it."""
        member.write({"points": points, "open_points": points})
