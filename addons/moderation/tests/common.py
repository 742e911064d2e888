from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

from ..exceptions import Coached, Refused

CPF = "529.982.247-25"
ROLES = {"confidential": "detector", "terms": "term", "trick": "trick"}


class ModerationCase(TransactionCase):
    """A desk with a customer, an agent, a moderator and a few rules of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True))
        cls.switch_off_all()
        cls.customer = cls.user("ana", "base.group_portal", "Padaria Sol", "Ana Souza")
        cls.colleague = cls.user(
            "rui", "base.group_portal", partner=cls.company_of(cls.customer)
        )
        cls.stranger = cls.user("eva", "base.group_portal", "Padaria Lua", "Eva Lima")
        cls.agent = cls.user("bia", "helpdesk_mgmt.group_helpdesk_user")
        cls.moderator = cls.user("max", "moderation.group_moderator")
        cls.second = cls.user("liz", "moderation.group_moderator")
        cls.employee = cls.user("tom", "base.group_user")
        cls.ticket = cls.env["helpdesk.ticket"].create(
            {
                "name": "Nota fiscal rejeitada",
                "description": "<p>Rejeição 539</p>",
                "partner_id": cls.customer.partner_id.id,
                "user_id": cls.agent.id,
            }
        )
        cls.ticket.message_subscribe(
            partner_ids=(cls.customer.partner_id | cls.agent.partner_id).ids
        )
        cls.rules = cls.env["moderation.rule.set"].create(
            {
                "name": "Test",
                "place_ids": [Command.set(cls.env["moderation.place"].search([]).ids)],
            }
        )

    @classmethod
    def switch_off_all(cls):
        """What the add-on brings along is another test's concern."""
        cls.env["moderation.rule.set"].search([]).active = False

    @classmethod
    def company_of(cls, user):
        return user.partner_id.commercial_partner_id

    @classmethod
    def user(cls, login, groups, company="", name="", partner=None):
        user = new_test_user(
            cls.env,
            f"{login}@example.com",
            groups=groups,
            name=name or login.title(),
            email=f"{login}@example.com",
        )
        if company:
            partner = cls.env["res.partner"].create(
                {"name": company, "is_company": True}
            )
        if partner:
            user.partner_id.parent_id = partner
        return user

    @classmethod
    def rule(cls, kind="word", action="hold", category="reserved", words=(), **values):
        """A rule that is switched on."""
        rule = cls.env["moderation.rule"].create(
            {
                "name": f"{kind} {action}",
                "set_id": cls.rules.id,
                "kind": kind,
                "action": action,
                "category_id": cls.env.ref(f"moderation.category_{category}").id,
                "term_ids": [
                    Command.create({"text": word, "role": ROLES.get(kind, "word")})
                    for word in words
                ],
                **values,
            }
        )
        rule._switch_on()
        return rule

    # --- writing ----------------------------------------------------------------------

    def post(self, text, user=None, ticket=None, **values):
        """As the page does it: the user's rights to post, then ``sudo``."""
        user = user or self.customer
        ticket = (ticket or self.ticket).with_user(user)
        context = values.pop("context", {})
        return (
            ticket.sudo()
            .with_context(tracking_disable=False, **context)
            .message_post(
                body=text,
                message_type=values.pop("message_type", "comment"),
                subtype_xmlid=values.pop("subtype_xmlid", "mail.mt_comment"),
                **values,
            )
        )

    def shown(self, user, ticket=None):
        """The texts of the ticket's messages that a user finds, one way or the
        other."""
        ticket = ticket or self.ticket
        messages = self.env["mail.message"].with_user(user)
        found = messages.search(
            [("model", "=", ticket._name), ("res_id", "=", ticket.id)]
        )
        if ticket.with_user(user).has_access("read"):
            thread = ticket.with_user(user)
            found |= messages._message_fetch(None, thread=thread)["messages"]
            found |= thread.message_ids
        return [str(body) for body in found.mapped("body")]

    def case_of(self, record):
        return self.env["moderation.case"].search(
            [("res_model", "=", record._name), ("res_id", "=", record.id)]
        )

    def stopped(self, error=Coached):
        """Assert that a text is refused; ``.exception.context`` has the advice."""
        assert issubclass(error, Refused)
        return self.assertRaises(error)
