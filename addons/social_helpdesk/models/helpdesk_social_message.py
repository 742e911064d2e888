import json
import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import providers
from ..database import is_running
from ..providers.types import Kind, Status

# A message that is still "sending" after so long has lost its answer.
UNCONFIRMED_MINUTES = 2


class HelpdeskSocialMessage(models.Model):
    """One message in or out as the provider counts them.

    An agent's answer in the chatter can be several of these (a long text, two
    files); a customer's message is one.
    """

    _name = "helpdesk.social.message"
    _description = "Social Message"
    _order = "occurred_at desc, sequence desc, id desc"
    _rec_name = "external_id"

    conversation_id = fields.Many2one(
        "helpdesk.social.conversation", required=True, index=True, ondelete="cascade"
    )
    account_id = fields.Many2one(
        "helpdesk.social.account", required=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="account_id.company_id")
    contact_id = fields.Many2one("helpdesk.social.contact", index="btree_not_null")
    ticket_id = fields.Many2one("helpdesk.ticket", index=True, ondelete="set null")
    mail_message_id = fields.Many2one(
        "mail.message", index="btree_not_null", ondelete="set null"
    )
    direction = fields.Selection([("in", "Received"), ("out", "Sent")], required=True)
    kind = fields.Selection(
        [(k.value, k.value.capitalize()) for k in Kind], required=True, default="text"
    )
    external_id = fields.Char(string="External ID", readonly=True, copy=False)
    occurred_at = fields.Datetime(readonly=True)
    sequence = fields.Integer(readonly=True)
    event_ids = fields.One2many("helpdesk.social.event", "message_id")
    raw = fields.Text(compute="_compute_raw", string="As received")

    # --- sending ---
    state = fields.Selection(
        [
            ("received", "Received"),
            ("queued", "Queued"),
            ("sending", "Sending"),
            ("sent", "Sent"),
            ("delivered", "Delivered"),
            ("read", "Read"),
            ("failed", "Failed"),
        ],
        required=True,
        default="received",
        readonly=True,
        index=True,
    )
    correlation = fields.Char(
        readonly=True, copy=False, default=lambda self: uuid.uuid4().hex
    )
    part = fields.Text(readonly=True, help="What is sent, as the adapter planned it.")
    attachment_id = fields.Many2one("ir.attachment", ondelete="set null")
    attempts = fields.Integer(readonly=True)
    next_try_at = fields.Datetime(readonly=True)
    sending_since = fields.Datetime(readonly=True)
    error_code = fields.Char(readonly=True)
    error = fields.Char(readonly=True)
    unconfirmed = fields.Boolean(compute="_compute_unconfirmed")

    # --- answers to choose from (``[{"id", "label", "url"}]``) ---
    choices = fields.Json(readonly=True)
    choice = fields.Char(readonly=True, help="What the customer chose.")

    # --- a file still to be fetched ---
    media = fields.Text(readonly=True)
    media_state = fields.Selection(
        [("waiting", "Waiting"), ("done", "Fetched"), ("failed", "Failed")],
        readonly=True,
    )

    _external_unique = models.UniqueIndex(
        "(account_id, external_id) WHERE external_id IS NOT NULL",
        "This message is already there.",
    )
    _correlation_unique = models.UniqueIndex("(correlation)")
    _outbox_idx = models.Index(
        "(conversation_id, id) WHERE state IN ('queued', 'sending')"
    )
    _day_idx = models.Index("(account_id, occurred_at) WHERE direction = 'out'")
    _timeline_idx = models.Index("(conversation_id, occurred_at, sequence, id)")

    @api.depends("event_ids.payload")
    def _compute_raw(self):
        for message in self:
            # sudo: whoever may read the message may see how it arrived
            events = message.sudo().event_ids.sorted("id")
            message.raw = "\n\n".join(
                json.dumps(json.loads(e.payload), indent=2, ensure_ascii=False)
                for e in events
            )

    @api.depends("state", "sending_since")
    def _compute_unconfirmed(self):
        limit = fields.Datetime.subtract(
            fields.Datetime.now(), minutes=UNCONFIRMED_MINUTES
        )
        for message in self:
            message.unconfirmed = message.state == "sending" and bool(
                message.error
                or (message.sending_since and message.sending_since < limit)
            )

    @api.model
    def _targets(self, account, external_ids):
        """Messages of an account by the provider's ids."""
        found = self.search(
            [("account_id", "=", account.id), ("external_id", "in", list(external_ids))]
        )
        return {message.external_id: message for message in found}

    # --- delivery states ------------------------------------------------------------

    def _advance(self, status, code="", text=""):
        """Take over a delivery state: never back in rank, and a failure only
        of what is not known to have arrived.

        :return: whether it changed anything
        """
        self.ensure_one()
        arrived = self.state in ("delivered", "read")
        if status is Status.FAILED:
            if arrived or self.state == "failed":
                return False
            self.write({"state": "failed", "error_code": code, "error": text})
            return True
        proves_arrival = status in (Status.DELIVERED, Status.READ)
        if self.state == "failed" and not proves_arrival:
            return False
        current = -1 if self.state == "failed" else Status(self.state).rank
        if status.rank <= current:
            return False
        self.write({"state": status.value, "error_code": False, "error": False})
        return True

    # --- buttons ----------------------------------------------------------------------

    def _check_agent(self):
        """Who may write in the ticket may settle what happens to its answers."""
        self.check_access("read")
        self.ticket_id.check_access("write")

    def action_retry(self):
        """Send a failed message again (the agent has seen why it failed)."""
        self._check_agent()
        failed = self.sudo().filtered(
            lambda m: m.direction == "out" and m.state == "failed"
        )
        failed.conversation_id._check_consent()
        for conversation in failed.conversation_id:
            mine = failed.filtered(lambda m, c=conversation: m.conversation_id == c)
            if any(m.kind != Kind.TEMPLATE.value for m in mine):
                conversation._check_window()
        failed._requeue()
        return True

    def action_settle(self, arrived):
        """A person says what became of a message without an answer.

        :param bool arrived: True: the customer has it; False: send it again
        """
        self._check_agent()
        lost = self.sudo().filtered("unconfirmed")
        if not lost:
            raise UserError(
                self.env._("The state of this message is known; reload the page.")
            )
        lost._check_not_sending()
        if arrived:
            for message in lost:
                message._advance(Status.SENT)
            self._announce()
        else:
            lost._requeue()
        return True

    def _check_not_sending(self):
        """A large file takes minutes; sent again meanwhile, it would come twice."""
        for conversation in self.conversation_id:
            if is_running(self.env, conversation._outbox()):
                raise UserError(
                    self.env._(
                        "This conversation's messages are being sent right now. Wait "
                        "a moment: the state of this one may become known."
                    )
                )

    def _requeue(self):
        self._leave_albums()
        self.write(
            {
                "state": "queued",
                "attempts": 0,
                "next_try_at": False,
                "error_code": False,
                "error": False,
                "correlation": False,
            }
        )
        for message in self:
            # A new try gets a new id: a late status of the first one must not
            # be taken for an answer about the second.
            message.correlation = uuid.uuid4().hex
        self.conversation_id._enqueue_sending()
        self._announce()

    def action_fetch_again(self):
        """Fetch the file of a customer's message once more."""
        self._check_agent()
        waiting = self.sudo().filtered(lambda m: m.media_state == "failed")
        waiting.media_state = "waiting"
        for message in waiting:
            message._enqueue_media()
        return True

    def action_show_raw(self):
        """The message as the provider sent it, for whoever may read it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("As received"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [
                [
                    self.env.ref("social_helpdesk.helpdesk_social_message_view_raw").id,
                    "form",
                ]
            ],
            "target": "new",
        }

    def _announce(self):
        for account, messages in self.grouped("account_id").items():
            account.sudo()._tell_tickets(messages.ticket_id)

    # --- for the chatter ------------------------------------------------------------

    def _is_public(self):
        """Whether everybody can read it: not what answers a comment in private."""
        if not self.conversation_id.public:
            return False
        return not (self.part and json.loads(self.part).get("private"))

    def _chatter_values(self):
        """What the browser needs to draw ticks and buttons. No secrets."""
        self.ensure_one()
        cls = providers.known().get(self.account_id.provider)
        return {
            "id": self.id,
            "channel": self.account_id.provider,
            "label": cls.label if cls else self.account_id.provider,
            "direction": self.direction,
            "public": self._is_public(),
            "kind": self.kind,
            "state": self.state,
            "unconfirmed": self.unconfirmed,
            "error": self.error or "",
            "error_code": self.error_code or "",
            "media_state": self.media_state or "",
            "receipts": bool(cls and cls.has_receipts),
            "occurred_at": fields.Datetime.to_string(self.occurred_at) or "",
            "can_edit": bool(cls) and self._can_edit(),
            "can_unsend": bool(cls) and self._can_unsend(),
        }
