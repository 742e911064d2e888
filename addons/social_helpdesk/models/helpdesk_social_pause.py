"""An account can rest: nothing is lost, and nothing goes out meanwhile."""

from odoo import fields, models


class HelpdeskSocialAccount(models.Model):
    _inherit = "helpdesk.social.account"

    paused = fields.Boolean(
        readonly=True,
        copy=False,
        tracking=True,
        help="What customers write still becomes tickets. Answers wait until the "
        "account is resumed, and nothing is asked of the provider.",
    )

    def action_pause(self):
        self.check_access("write")
        self.write({"paused": True})
        return True

    def action_resume(self):
        """What waited goes out, each conversation in its order."""
        self.check_access("write")
        self.write({"paused": False})
        # sudo: also of conversations that the administrator does not see
        waiting = self.env["helpdesk.social.message"].sudo()
        for (conversation,) in waiting._read_group(
            [("account_id", "in", self.ids), ("state", "=", "queued")],
            ["conversation_id"],
        ):
            conversation._enqueue_sending()
        return True
