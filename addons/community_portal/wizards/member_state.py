from odoo import fields, models


class CommunityMemberState(models.TransientModel):
    """Why somebody is kept out, for a while or for good: he reads the reason."""

    _name = "community.member.state"
    _description = "Keep Somebody Out"

    member_ids = fields.Many2many(
        "community.member",
        required=True,
        default=lambda self: self.env.context.get("active_ids"),
    )
    change = fields.Selection(
        [
            ("refuse", "Refuse the request"),
            ("suspend", "Suspend"),
            ("close", "Close the membership"),
        ],
        required=True,
        default="suspend",
    )
    reason = fields.Text(required=True)
    until = fields.Datetime(help="Empty: until somebody lifts it.")

    def action_apply(self):
        self.ensure_one()
        members = self.member_ids
        members._require_administrator()
        if self.change == "suspend":
            members._suspend(self.reason, self.until)
        elif self.change == "close":
            members._close(self.reason)
        else:
            members._refuse_request(self.reason)
        return {"type": "ir.actions.act_window_close"}
