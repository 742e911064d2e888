from odoo import models

from .. import engine


class ModerationContent(models.AbstractModel):
    """What the moderators' process asks of a content."""

    _inherit = "moderation.content"

    def _moderation_around(self, limit):
        """What stands around it, for a moderator to understand it.

        :param limit: how many at most on each side
        :return: two lists, before and after, of ``{"author", "at", "text"}``
        """
        return [], []

    def _moderation_written(self):
        """When it was written."""
        self.ensure_one()
        return self.create_date

    def _moderation_files(self):
        """Its files: ``ir.attachment``."""
        return self.env["ir.attachment"]

    def _moderation_names(self):
        """The fields that hold title and body."""
        return self._moderation_title, self._moderation_body

    def _moderation_as_author(self):
        """The content with its author as the user: in which place it was written
        does not depend on who asks about it now."""
        self.ensure_one()
        user = self._moderation_author().main_user_id
        return self.with_user(user).sudo() if user else self

    def _moderation_report_threshold(self):
        """Weight of reports at which it is held until somebody has decided; 0: never.
        A space may say otherwise than its place."""
        place = self.env["moderation.place"].sudo()
        return place.browse(place._of(self._moderation_place())).report_threshold

    def _moderation_decided(self, decision):
        """Called once a decision is carried out: points and the like."""

    def _moderation_undo_effects(self, decision):
        """Called once a decision is undone: take back what
        ``_moderation_decided`` did."""

    def _moderation_bubble(self, text=None):
        """One message for the screen: its text is plain."""
        return {
            "author": self._moderation_author().display_name or "",
            "at": self._moderation_written(),
            "text": engine.plain_text(text or "").strip(),
        }


class MailMessage(models.Model):
    _inherit = "mail.message"

    def _moderation_names(self):
        return "subject", "body"

    def _moderation_written(self):
        self.ensure_one()
        return self.date

    def _moderation_files(self):
        return self.attachment_ids

    def _moderation_around(self, limit):
        document = self._moderation_document()
        if not document:
            return [], []
        thread = [
            ("model", "=", document._name),
            ("res_id", "=", document.id),
            ("message_type", "in", ("comment", "email", "email_outgoing")),
            ("is_internal", "=", False),
        ]
        before = self.search(
            [*thread, ("id", "<", self.id)], order="id desc", limit=limit
        )
        after = self.search([*thread, ("id", ">", self.id)], order="id", limit=limit)
        return (
            [message._moderation_bubble(message.body) for message in reversed(before)],
            [message._moderation_bubble(message.body) for message in after],
        )


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _moderation_files(self):
        return self.attachment_ids
