from odoo import api, models


class ModerationLetter(models.AbstractModel):
    """How people are told: in their language, in the company's name, never in the
    name of the moderator who decided."""

    _name = "moderation.letter"
    _description = "Moderation Letter"

    @api.model
    def _send(self, template, record, partner):
        """Queue a letter.

        :param template: XML id of a ``mail.template``
        :param record: what it is about
        :param partner: ``res.partner`` who gets it
        :return: whether he has an address to send it to
        """
        if not partner.email:
            return False
        self.env.ref(template).sudo().send_mail(record.id)
        return True

    @api.model
    def _language(self, partner):
        """Of what a person reads: his own, or the company's."""
        return partner.lang or self.env.company.partner_id.lang or "en_US"

    @api.model
    def _tell_overdue(self, records, url):
        """Tell each moderator of what waits too long and he may see, without a word
        of anybody's text.

        :param records: cases or appeals; both have a ``deadline``
        :param url: where they are found
        """
        for user in self.env.ref("moderation.group_moderator").all_user_ids:
            if user.share or not user.active or user._is_superuser():
                continue
            seen = records.with_user(user)._filtered_access("read")
            if seen:
                self._tell_one_overdue(user, seen.with_context(lang=user.lang), url)

    @api.model
    def _tell_one_overdue(self, user, records, url):
        env = self.with_context(lang=user.lang).env
        self.env["mail.thread"].message_notify(
            partner_ids=user.partner_id.ids,
            subject=env._("Overdue in moderation: %s", len(records)),
            body=env["ir.qweb"]._render(
                "moderation.notice_overdue", {"records": records, "url": url}
            ),
        )
