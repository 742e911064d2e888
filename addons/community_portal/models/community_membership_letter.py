from odoo import models


class CommunityMember(models.Model):
    """Whom to tell that somebody asked, and what was answered."""

    _inherit = "community.member"

    def _tell_requested(self):
        """The companies' managers; the vendor finds it in his list."""
        managers = self._managers().grouped("organisation_id")
        for member in self:
            for manager in managers.get(member.organisation_id, ()):
                member._send_letter("mail_membership_requested", manager.partner_id)

    def _tell_answered(self):
        for member in self.filtered("user_id"):
            member._send_letter("mail_membership_answered", member.partner_id)

    def _send_letter(self, template, partner, **context):
        """Queue a letter about this membership.

        :param template: name of a ``mail.template`` of this add-on
        :param partner: ``res.partner`` who gets it, in his language
        :param context: for the template's ``ctx``
        """
        self.env["community.letter"]._send(template, self, partner, **context)


class CommunityLetter(models.AbstractModel):
    """A letter in the reader's language, whoever causes it to be sent."""

    _name = "community.letter"
    _description = "Community Letter"

    def _send(self, template, record, partner, **context):
        if not partner.email:
            return
        # sudo: customers read no templates
        template = self.env.ref(f"community_portal.{template}").sudo()
        template.with_context(
            reader_id=partner.id,
            reader_name=partner.name,
            reader_lang=partner.lang or self.env.company.sudo().partner_id.lang,
            **context,
        ).send_mail(record.id)
