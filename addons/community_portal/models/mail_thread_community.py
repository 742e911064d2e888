from odoo import api, models


class MailThread(models.AbstractModel):
    """Answers to the community's mails are published there and nowhere else."""

    _inherit = "mail.thread"

    @api.model
    def message_route(
        self, message, message_dict, model=None, thread_id=None, custom_values=None
    ):
        if not message_dict.get("is_bounce"):
            # sudo: the gateway's user need not be one of the community's
            answers = self.env["community.notice.answer"].sudo()
            if answers._take(message, message_dict):
                return []
        return super().message_route(
            message,
            message_dict,
            model=model,
            thread_id=thread_id,
            custom_values=custom_values,
        )
