from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class HelpdeskSocialMerge(models.Model):
    """Contacts that an agent gave to another partner, and how to take it back.

    What is moved is decided in ``helpdesk_social_move``; nothing is deleted.
    """

    _name = "helpdesk.social.merge"
    _description = "Same Person or Somebody Else"
    _order = "id desc"
    _rec_name = "to_partner_id"

    kind = fields.Selection(
        [("merge", "Same person"), ("split", "Somebody else")],
        required=True,
        readonly=True,
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Decided by",
        readonly=True,
        default=lambda self: self.env.uid,
    )
    from_partner_id = fields.Many2one(
        "res.partner", string="From", required=True, readonly=True, ondelete="cascade"
    )
    to_partner_id = fields.Many2one(
        "res.partner", string="To", required=True, readonly=True, ondelete="cascade"
    )
    contact_ids = fields.Many2many(
        "helpdesk.social.contact",
        "helpdesk_social_merge_contact",
        "merge_id",
        "contact_id",
        string="Social Contacts",
        readonly=True,
    )
    ticket_ids = fields.Many2many(
        "helpdesk.ticket",
        "helpdesk_social_merge_ticket",
        "merge_id",
        "ticket_id",
        string="Tickets",
        readonly=True,
    )
    message_ids = fields.Many2many(
        "mail.message",
        "helpdesk_social_merge_message",
        "merge_id",
        "message_id",
        readonly=True,
        groups="base.group_system",
    )
    ticket_count = fields.Integer(compute="_compute_ticket_count")
    # what stood there before, by the ids of the records
    before = fields.Json(readonly=True, default=dict, groups="base.group_system")
    has_new_partner = fields.Boolean(readonly=True)
    has_archived = fields.Boolean(
        string="Emptied Contact Archived",
        readonly=True,
        help="Nobody else used the contact that a message had made.",
    )
    moving = fields.Boolean(
        readonly=True, help="Messages are still being moved in the background."
    )
    state = fields.Selection(
        [("done", "Done"), ("undone", "Undone")],
        required=True,
        default="done",
        readonly=True,
    )
    undone_by_id = fields.Many2one("res.users", readonly=True)
    undone_at = fields.Datetime(readonly=True)
    # ids of the contacts and tickets that undoing left as they were changed since
    left = fields.Json(readonly=True, groups="base.group_system")
    left_text = fields.Text(string="Not restored", compute="_compute_left_text")

    @api.depends("ticket_ids")
    def _compute_ticket_count(self):
        for merge in self:
            # sudo: only how many
            merge.ticket_count = len(
                merge.sudo().with_context(active_test=False).ticket_ids
            )

    @api.depends("left")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_left_text(self):
        for merge in self:
            # sudo: only which; what is said of them is asked for with his own rights
            left = merge.sudo().left or {}
            merge.left_text = "\n".join(merge._left_lines(left)) or False

    # --- decisions --------------------------------------------------------------------

    @api.model
    def _merge(self, contacts, partner):
        """These people are ``partner``.

        :raises AccessError: not the user's contacts, or a partner he does not see
        :raises UserError: another company, or an earlier change is not finished
        :return: one record for each partner who loses contacts
        """
        self._check_decision(contacts, partner)
        merges = self.sudo()
        moved = contacts.sudo().filtered(lambda c: c.partner_id != partner)
        for origin, theirs in moved.grouped("partner_id").items():
            merges |= self._decide("merge", theirs, origin, partner.sudo())
        return merges

    @api.model
    def _split(self, contact, partner):
        """This person is not the partner he is linked to, but ``partner``, or if that
        is empty a new one. Same errors."""
        self._check_decision(contact, partner)
        contact = contact.sudo()
        origin = contact.partner_id
        target = partner.sudo() or contact._new_partner()
        return self._decide("split", contact, origin, target, not partner)

    @api.model
    def _check_decision(self, contacts, partner):
        contacts.check_access("write")
        partner.check_access("read")
        company = contacts.company_id
        if len(company) != 1 or partner.company_id - company:
            raise UserError(
                self.env._(
                    "These belong to different companies, which keep their customers "
                    "apart. Choose contacts of one company only."
                )
            )
        if partner and not partner.active:
            raise UserError(
                self.env._(
                    "%s is archived. Restore that contact first, or choose another.",
                    partner.display_name,
                )
            )
        if not all(contact.partner_id for contact in contacts):
            raise UserError(
                self.env._(
                    "Who has not written yet is linked to nobody. Wait for a message."
                )
            )
        self._check_settled(contacts)

    def _check_settled(self, contacts):
        """Of others than ``self``: a change may be undone before it is finished."""
        # sudo: a colleague of another team may have decided it
        waiting = self.sudo().search_count(
            [
                ("id", "not in", self.ids),
                ("moving", "=", True),
                ("contact_ids", "in", contacts.ids),
            ],
            limit=1,
        )
        if waiting:
            raise UserError(
                self.env._(
                    "The messages of an earlier change are still being moved. Try "
                    "again in a minute."
                )
            )

    @api.model
    def _decide(self, kind, contacts, origin, target, is_new=False):
        # sudo: what belongs to the person moves, whoever may see it
        merge = self.sudo().create(
            {
                "kind": kind,
                "user_id": self.env.uid,
                "company_id": contacts.company_id.id,
                "from_partner_id": origin.id,
                "to_partner_id": target.id,
                "contact_ids": contacts.ids,
                "has_new_partner": is_new,
                "moving": True,
            }
        )
        merge._move()
        return merge

    # --- buttons ----------------------------------------------------------------------

    def action_undo(self):
        """Put back what this has changed and nobody has changed since."""
        self.ensure_one()
        self._check_undo()
        # sudo: as it was moved
        merge = self.sudo()
        merge.write(
            {
                "state": "undone",
                "moving": True,
                "undone_by_id": self.env.uid,
                "undone_at": fields.Datetime.now(),
            }
        )
        merge._move_back()
        return True

    def _check_undo(self):
        self.check_access("read")
        self.contact_ids.check_access("write")
        # sudo: what he does not see is missing without a word
        if len(self.contact_ids) != len(self.sudo().contact_ids):
            raise AccessError(
                self.env._(
                    "This concerns tickets that you cannot see. Ask a colleague who "
                    "sees them all."
                )
            )
        if self.state != "done":
            raise UserError(
                self.env._("This has been undone already. Reload the page to see it.")
            )
        self._check_settled(self.contact_ids)

    def action_tickets(self):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "helpdesk.ticket",
            "view_mode": "list,form",
            # sudo: which of them the user sees is asked again there
            "domain": [("id", "in", self.sudo().ticket_ids.ids)],
            "context": {"active_test": False},
            "name": self.env._("Tickets"),
        }
