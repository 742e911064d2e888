from datetime import timedelta

from markupsafe import Markup

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError


class ModerationCase(models.Model):
    """Criticism is not an offence: the text stays, and somebody takes care of its
    author. The case shows what came of it."""

    _inherit = "moderation.case"

    ticket_ids = fields.One2many(
        "helpdesk.ticket", "moderation_case_id", "Our tickets", readonly=True
    )
    outreach_ticket_id = fields.Many2one(
        "helpdesk.ticket", compute="_compute_outreach", string="Ticket"
    )
    outreach_stage = fields.Char(compute="_compute_outreach", string="Stage")
    outreach_closed = fields.Boolean(
        compute="_compute_outreach", string="Ticket closed"
    )
    outreach_deadline = fields.Datetime(
        compute="_compute_outreach", string="Reach out before"
    )
    outreach_answered = fields.Boolean(
        compute="_compute_outreach",
        string="Answered in public",
        help="Somebody of us wrote to the author in the same place afterwards.",
    )

    @api.depends("ticket_ids.stage_id")
    def _compute_outreach(self):
        for case in self:
            # sudo: what came of it, whoever works on the ticket
            ticket = case.sudo().ticket_ids[-1:]
            case.outreach_ticket_id = ticket
            case.outreach_stage = ticket.stage_id.name
            case.outreach_closed = ticket.closed
            case.outreach_deadline = ticket.moderation_deadline
            case.outreach_answered = bool(ticket) and case.sudo()._was_answered()

    def _was_answered(self):
        return bool(
            self.env["mail.message"].search_count(
                [
                    ("model", "=", self.document_model),
                    ("res_id", "=", self.document_id),
                    ("message_type", "=", "comment"),
                    ("is_internal", "=", False),
                    ("subtype_id.internal", "=", False),
                    ("author_id.partner_share", "=", False),
                    ("author_id", "!=", False),
                    ("date", ">=", self.create_date),
                ],
                limit=1,
            )
        )

    def _start_outreach(self):
        """A rule found criticism: decided at once, by the system."""
        for case in self.with_user(SUPERUSER_ID):
            case._decide(
                "outreach",
                self.env._("A rule asks for somebody to take care of the author."),
            )

    def _open_ticket(self, kind, team, reason):
        """A ticket among ourselves: the author neither sees it nor is written to.

        :param kind: "outreach" or "escalate"
        :param team: ``helpdesk.ticket.team``; empty: as in the settings
        """
        self.ensure_one()
        company = self.company_id or self.env.company
        hours = company.moderation_outreach_hours
        if kind == "outreach":
            name = self.env._("Reach out to %s", self.author_id.display_name or "?")
            team = team or company.moderation_outreach_team_id
        else:
            name = self.env._("Moderation: %s", self.display_name)
            team = team or company.moderation_escalation_team_id
            hours = company._moderation_hours(self.severity)
        return (
            self.env["helpdesk.ticket"]
            .with_user(SUPERUSER_ID)
            .create(
                {
                    "name": name,
                    "description": self._ticket_description(reason),
                    "team_id": team.id if team else False,
                    "company_id": company.id,
                    "moderation_case_id": self.id,
                    "moderation_deadline": fields.Datetime.now()
                    + timedelta(hours=hours),
                }
            )
        )

    def _ticket_description(self, reason):
        where = Markup('<a href="%s">%s</a>') % (
            f"/odoo/{self.document_model}/{self.document_id}",
            self.document_name or "",
        )
        return Markup("<p>%s</p><p>%s: %s</p>") % (
            reason or "",
            self.env._("Written in"),
            where,
        )

    def action_open_ticket(self):
        self.ensure_one()
        self._as_moderator()
        if not self.outreach_ticket_id:
            raise UserError(self.env._("No ticket was opened for this case."))
        return {
            "type": "ir.actions.act_window",
            "res_model": "helpdesk.ticket",
            "res_id": self.outreach_ticket_id.id,
            "view_mode": "form",
        }

    def action_open_document(self):
        """Where the text stands."""
        self.ensure_one()
        case = self._as_moderator()
        if not case._document():
            raise UserError(self.env._("This does not exist any more."))
        return {
            "type": "ir.actions.act_window",
            "res_model": case.document_model,
            "res_id": case.document_id,
            "view_mode": "form",
        }


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    moderation_case_id = fields.Many2one(
        "moderation.case",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="moderation.group_moderator",
    )
    moderation_deadline = fields.Datetime(
        "Reach out before", readonly=True, copy=False, groups="base.group_user"
    )
