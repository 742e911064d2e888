from odoo import api, fields, models

from odoo.addons.mail.tools.discuss import Store


class MailMessage(models.Model):
    _inherit = "mail.message"

    social_message_ids = fields.One2many(
        "helpdesk.social.message", "mail_message_id", groups="base.group_user"
    )
    social_info = fields.Json(compute="_compute_social_info", groups="base.group_user")

    @api.depends("social_message_ids.state", "social_message_ids.media_state")
    def _compute_social_info(self):
        """Ticks and buttons of all these messages, in one query."""
        tickets = self.filtered(lambda m: m.model == "helpdesk.ticket")
        (self - tickets).social_info = False
        # sudo: who may read the message in the ticket may see its ticks
        found = (
            self.env["helpdesk.social.message"]
            .sudo()
            .search([("mail_message_id", "in", tickets.ids)], order="id")
        )
        grouped = found.grouped("mail_message_id")
        for message in tickets:
            parts = grouped.get(message.sudo(), found.browse())
            message.social_info = [part._chatter_values() for part in parts] or False

    def _to_store_defaults(self, target):
        """Agents see ticks under each answer; customers on the portal do not."""
        fields_ = super()._to_store_defaults(target)
        if target.is_internal(self.env):
            fields_.append(
                Store.Attr(
                    "social_info", predicate=lambda m: m.model == "helpdesk.ticket"
                )
            )
        return fields_
