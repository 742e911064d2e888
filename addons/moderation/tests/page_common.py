from odoo.tests import HttpCase

from .common import CPF, ModerationCase

COACHED = "odoo.addons.moderation.exceptions.Coached"
REFUSED = "odoo.addons.moderation.exceptions.Refused"


class PageCase(ModerationCase, HttpCase):
    """The desk as seen from a browser, in English."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        for user in (cls.customer, cls.colleague, cls.agent, cls.moderator):
            user.write({"password": user.login, "lang": "en_US"})
        cls.customer.partner_id.lang = "en_US"
        cls.rule(words=["pau"], action="hold")
        cls.rule(words=["matar"], action="block", category="threat")
        cls.coaching = cls.rule(
            kind="confidential", action="coach", category="personal", insist="hold"
        )

    def login(self, user):
        self.authenticate(user.login, user.login)
        self.opener.cookies["frontend_lang"] = "en_US"

    def json(self, route, **params):
        """:return: the answer's result and error, one of them empty"""
        answer = self.url_open(route, json={"params": params}).json()
        return answer.get("result"), answer.get("error")

    def send(self, body, user=None, **params):
        """As the composer does it."""
        self.login(user or self.customer)
        return self.json(
            "/mail/message/post",
            thread_model=self.ticket._name,
            thread_id=self.ticket.id,
            post_data={
                "body": body,
                "message_type": "comment",
                "subtype_xmlid": "mail.mt_comment",
            },
            **params,
        )

    def sent(self, body, user=None, **params):
        """:return: the message"""
        result, error = self.send(body, user, **params)
        self.assertFalse(error)
        return self.env["mail.message"].browse(result["message_id"])

    def edit(self, message, body, **params):
        return self.json(
            "/mail/message/update_content",
            message_id=message.id,
            update_data={
                "body": body,
                "attachment_ids": [],
                "attachment_tokens": [],
                "partner_ids": [],
                **params.pop("data", {}),
            },
            **params,
        )

    def fetched(self, user, fetch_params=None, **params):
        """What the portal's chatter shows: {id: message}, newest first."""
        self.login(user)
        result, error = self.json(
            "/mail/chatter_fetch",
            thread_model=self.ticket._name,
            thread_id=self.ticket.id,
            fetch_params=fetch_params or {},
            **params,
        )
        self.assertFalse(error)
        messages = {one["id"]: one for one in result["data"]["mail.message"]}
        return {id_: messages[id_] for id_ in result["messages"]}


__all__ = ["COACHED", "CPF", "PageCase", "REFUSED"]
