from markupsafe import Markup

from .common import ModerationCase


class ProcessCase(ModerationCase):
    """A word that is held, one that is masked, moderators, and letters to read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.user("kim", "moderation.group_manager")
        cls.word = cls.rule(words=["treco"], exempt_staff=True)
        cls.cases = cls.env["moderation.case"]
        cls.log = cls.env["moderation.log"]

    @classmethod
    def user(cls, *args, **kwargs):
        """Whatever language the demo's people speak, what tests read is the source."""
        cls.env["res.lang"]._activate_lang("en_US")
        user = super().user(*args, **kwargs)
        user.lang = "en_US"
        return user

    def held(self, text="<p>que treco ruim</p>", user=None):
        """A customer's message that waits.

        :return: the message, its case
        """
        message = self.published(text, user)
        case = self.case_of(message)
        self.assertEqual(case.content_state, "held")
        return message, case

    def published(self, text="<p>bom dia</p>", user=None):
        return self.post(Markup(text), user=user).sudo()

    def decide(self, case, kind, reason="Because", user=None, **choices):
        return (
            case.with_user(user or self.moderator)
            .sudo()
            ._decide(kind, reason, **choices)
        )

    def letters(self, partner):
        """Subjects of the letters to somebody, newest first."""
        mails = self.env["mail.mail"].search(
            [
                ("recipient_ids", "in", partner.ids),
                ("model", "=like", "moderation.%"),
                ("model", "!=", "moderation.case"),
            ]
        )
        return mails.mapped("subject")

    def events(self, case):
        return self.log.search([("case_number", "=", case.id)], order="id").mapped(
            "event"
        )
