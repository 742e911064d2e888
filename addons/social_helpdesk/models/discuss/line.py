from odoo import fields, models


class HelpdeskDiscussLine(models.Model):
    """One message of a Discuss conversation and what stands for it in the ticket.

    Nobody reads it over RPC: it only tells what is already on the other side, so
    that nothing is copied twice or back.
    """

    _name = "helpdesk.discuss.line"
    _description = "Discuss Message in a Ticket"
    _log_access = False

    ticket_id = fields.Many2one(
        "helpdesk.ticket", required=True, index=True, ondelete="cascade"
    )
    channel_message_id = fields.Many2one(
        "mail.message", required=True, ondelete="cascade"
    )
    ticket_message_id = fields.Many2one(
        "mail.message", required=True, index=True, ondelete="cascade"
    )
    to_channel = fields.Boolean(help="An agent's answer that went to the conversation.")

    _channel_message_unique = models.UniqueIndex("(channel_message_id)")
