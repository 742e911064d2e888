from odoo import api, models


class HelpdeskTicket(models.Model):
    """What customers write in a ticket passes the gate, and what agents answer."""

    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket", "moderation.mixin"]

    _moderation_title = "name"
    _moderation_body = "description"

    def _moderation_place(self):
        return "ticket"

    def _moderation_author(self):
        """Who opened it; an e-mail or a channel opens it in a customer's name."""
        self.ensure_one()
        user = self.create_uid  # nobody, once he is deleted
        if not user or user._is_superuser() or user._is_public() or not user.share:
            return self.partner_id
        return user.partner_id

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """The gateway has no user who could be asked to correct his text."""
        gated = self.with_context(moderation_email=True)
        ticket = super(HelpdeskTicket, gated).message_new(msg_dict, custom_values)
        return ticket.with_env(self.env)

    @api.model
    def _get_thread_with_access(self, thread_id, *, mode="read", **kwargs):
        """A link with a token opens no ticket that is held or hidden."""
        thread = super()._get_thread_with_access(thread_id, mode=mode, **kwargs)
        return thread if thread._moderation_is_open_to_me() else self.browse()

    def _moderation_message_place(self, author, values):
        """Customers are gated however their text is marked: an agent would read
        even what claims to be a note or a notification. Agents are gated in what
        customers read."""
        if self._moderation_is_customers(author, values):
            return "ticket"
        kinds = ("email",) if self.env.user._is_superuser() else ("comment", "email")
        if values.get("message_type") not in kinds or values.get("is_internal"):
            return False
        subtype = values.get("subtype_id")
        subtype = self.env["mail.message.subtype"].sudo().browse(subtype)
        return "answer" if subtype and not subtype.internal else False

    def _moderation_is_customers(self, author, values):
        """The system itself writes for customers what came by e-mail (it has to
        pass) and what came over a channel (which is marked, never held up)."""
        if self.env.user.share:
            return True
        if self.env.user._is_superuser() and values.get("message_type") == "email":
            return not author or author.partner_share
        return False
