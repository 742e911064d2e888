from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

REASON_LIMIT = 2000  # characters


class CommunityPost(models.Model):
    """Posts that a company wants to read before others do."""

    _inherit = "community.post"

    approval_by_id = fields.Many2one("community.member", "Decided by", copy=False)
    approval_date = fields.Datetime("Decided", copy=False)
    approval_reason = fields.Text("Reason of the refusal", copy=False)

    _approval_idx = models.Index(
        "(organisation_id, id) WHERE approval = 'waiting' AND active IS TRUE"
    )

    @api.model
    def _waiting_for(self, manager):
        """What a company's manager has to decide, oldest first; sudo.

        He reads it even where its author chose the vendor alone as its audience: it
        leaves the company only with his consent.
        """
        company = manager.organisation_id
        # sudo: of his own company
        return self.sudo().search(
            Domain("approval", "=", "waiting")
            & Domain("organisation_id", "=", company.id)
            & Domain("author_id.organisation_id", "=", company.id),
            order="id",
        )

    def _approve(self):
        """A manager lets his people's posts out: only now others learn of them.

        :raises AccessError, UserError:
        """
        manager = self._require_approver()
        now = fields.Datetime.now()
        posts = self.sudo()
        posts.write(
            self._decision_values(manager)
            | {"approval": "free", "published_date": now, "last_activity": now}
        )
        posts._happened("approved", manager)

    def _refuse(self, reason):
        """:param reason: for the author alone
        :raises AccessError, UserError:"""
        manager = self._require_approver()
        reason = manager._required_reason(reason)
        posts = self.sudo()
        posts.write(
            self._decision_values(manager)
            | {"approval": "refused", "approval_reason": reason}
        )
        posts._happened("refused", manager)

    def _require_approver(self):
        """:return: the user's membership, if he decides about all these posts"""
        manager = self.env["community.invitation"]._require_manager()
        waiting = self._waiting_for(manager)
        if not self or self.sudo() - waiting:
            # The same words for what is not there and what is somebody else's.
            raise UserError(
                self.env._("This does not wait for you, or not any more. Reload.")
            )
        return manager

    @api.model
    def _decision_values(self, manager):
        return {
            "approval_by_id": manager.id,
            "approval_date": fields.Datetime.now(),
            "approval_reason": False,
        }

    def _edit(self, vals):
        """What a manager approved was these words: others go back to him. So they do
        after he refused."""
        self.ensure_one()
        member = self._check_own()
        member._check_hours()
        if vals and member._approval() == "waiting":
            self.sudo().approval = "waiting"
        return super()._edit(vals)
