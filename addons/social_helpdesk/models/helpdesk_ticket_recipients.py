from odoo import models
from odoo.fields import Domain


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    def _sort_suggested_messages(self, messages):
        """An answer to what was said on a channel is read there: Odoo would send it to
        the author by e-mail as well. One without an address would even keep the agent
        from sending, for Odoo's composer waits until everybody has one."""
        found = super()._sort_suggested_messages(messages)
        newest = found.browse()
        for ticket in self:
            newest |= found.filtered(lambda m, t=ticket: m.res_id == t.id)[:1]
        on_channel = set(self._said_on_channel(newest).mapped("res_id"))
        return found.filtered(lambda message: message.res_id not in on_channel)

    def _said_on_channel(self, messages):
        """Those of ``messages`` that came over a channel or went out there."""
        # sudo: only whether there are such; the messages are the reader's own
        tickets = self.sudo()
        if not (tickets.social_conversation_id or tickets.discuss_channel_id):
            return messages.browse()
        parts = self.env["helpdesk.social.message"].sudo()
        lines = self.env["helpdesk.discuss.line"].sudo()
        said = parts.search(Domain("mail_message_id", "in", messages.ids))
        heard = lines.search(Domain("ticket_message_id", "in", messages.ids))
        known = said.mail_message_id | heard.ticket_message_id
        return messages.filtered(lambda message: message.id in known.ids)
