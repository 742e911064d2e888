from odoo import models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _notify_thread(self, message, msg_vals=False, **kwargs):
        """Nobody is told of what nobody may see; publishing makes up for it."""
        # sudo: only whether it is held
        if message.sudo()._moderation_is_withdrawn():
            return []
        return super()._notify_thread(message, msg_vals=msg_vals, **kwargs)
