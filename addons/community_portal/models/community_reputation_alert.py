from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

ALERTS = [
    ("ring", "People who praise mostly one another"),
    ("mutual", "Two who accept each other's answers"),
    ("burst", "Many votes at once for one person"),
    ("repost", "Deleted and posted again"),
    ("accounts", "Accounts of one company for one person"),
    ("manual", "Found by a moderator"),
]
QUIET = 90  # days for which a finding that was dismissed does not come again


class CommunityReputationAlert(models.Model):
    """Points that look farmed, with the evidence, for a moderator to judge."""

    _name = "community.reputation.alert"
    _description = "Reputation Alert"
    _order = "id desc"

    kind = fields.Selection(ALERTS, required=True, readonly=True)
    state = fields.Selection(
        [
            ("new", "To judge"),
            ("reversed", "Points taken back"),
            ("restored", "Points given back"),
            ("dismissed", "Nothing wrong"),
        ],
        required=True,
        default="new",
        readonly=True,
        index=True,
    )
    member_ids = fields.Many2many("community.member", string="People", readonly=True)
    entry_ids = fields.Many2many(
        "community.reputation.entry", string="Entries", readonly=True
    )
    points = fields.Integer("Points concerned", compute="_compute_points")
    evidence = fields.Json("Facts", readonly=True)
    evidence_html = fields.Html("Evidence", compute="_compute_evidence_html")
    key = fields.Char(readonly=True, index=True)
    decided_by_id = fields.Many2one("res.users", "Judged by", readonly=True)
    decided_date = fields.Datetime("Judged on", readonly=True)
    note = fields.Text("Moderator's note", help="Why you judged so, for the next one.")
    grant_ids = fields.Many2many(
        "community.perk.grant",
        compute="_compute_grant_ids",
        string="Their perks",
        help="Perks that these people hold: do they still deserve them?",
    )

    def _compute_display_name(self):
        names = dict(self._fields["kind"]._description_selection(self.env))
        for alert in self:
            people = ", ".join(alert.member_ids.mapped("name"))
            alert.display_name = f"{names[alert.kind]}: {people}"

    @api.depends("entry_ids")
    def _compute_points(self):
        for alert in self:
            alert.points = sum(alert.entry_ids.mapped("points"))

    @api.depends("member_ids")
    def _compute_grant_ids(self):
        grants = self.env["community.perk.grant"].search(
            [("member_id", "in", self.member_ids.ids), ("state", "=", "granted")]
        )
        for alert in self:
            alert.grant_ids = grants.filtered(
                lambda grant, people=alert.member_ids: grant.member_id in people
            )

    @api.depends("evidence")
    def _compute_evidence_html(self):
        names = {
            member.id: member.display_name
            for member in self.env["community.member"].browse(
                {
                    row[who]
                    for alert in self
                    for row in alert.evidence or []
                    for who in ("by", "to")
                }
            )
        }
        for alert in self:
            alert.evidence_html = Markup("<ul>%s</ul>") % Markup("").join(
                Markup("<li>%s</li>") % alert._in_words(row, names)
                for row in alert.evidence or []
            )

    def _in_words(self, row, names):
        who = {"by": names[row["by"]], "to": names[row["to"]]}
        if self.kind == "repost":
            return self.env._(
                "%(count)s posts of %(to)s were removed after they had earned from "
                "%(by)s.",
                count=row["times"],
                **who,
            )
        if self.kind == "burst":
            return self.env._(
                "%(by)s voted %(count)s times within an hour on posts of %(to)s.",
                count=row["times"],
                **who,
            )
        return self.env._(
            "%(by)s praised %(to)s %(count)s times, %(accepted)s of them as accepted "
            "answers: %(share)s %% of all the praise for %(to)s.",
            count=row["times"],
            accepted=row["accepted"],
            share=row["share"],
            **who,
        )

    # --- judging ----------------------------------------------------------------------

    def action_reverse(self):
        """Take back what these entries brought."""
        self._judge(("new", "dismissed", "restored"), "reversed")
        for alert in self:
            # sudo: nobody writes in the ledger
            self.env["community.reputation.entry"].sudo()._take_back(
                alert._entries_sql(), "farming", alert
            )

    def action_restore(self):
        """Give it back, as far as it has not been undone by something else."""
        self._judge(("reversed",), "restored")
        for alert in self:
            self.env["community.reputation.entry"].sudo()._give_back(
                SQL("e.alert_id = %s AND e.cause = 'farming'", alert.id),
                "cleared",
                alert,
            )

    def action_dismiss(self):
        self._judge(("new",), "dismissed")

    def _judge(self, before, state):
        self.check_access("write")
        if any(alert.state not in before for alert in self):
            raise UserError(
                self.env._(
                    "Somebody has judged this alert meanwhile. Load the page again to "
                    "see how."
                )
            )
        self.write(
            {
                "state": state,
                "decided_by_id": self.env.uid,
                "decided_date": fields.Datetime.now(),
            }
        )
        for alert in self:
            self.env["moderation.log"]._append(
                f"reputation.{state}",
                reason=alert.note,
                after={"points": alert.points, "members": alert.member_ids.ids},
                res_model=self._name,
                res_id=alert.id,
            )

    def _entries_sql(self):
        """The entries and whatever reversed them since, back and forth."""
        return SQL(
            """
            (e.rule_id, e.post_id, e.member_id, e.times_key) IN (
                SELECT rule_id, post_id, member_id, times_key
                FROM community_reputation_entry WHERE id = ANY(%s))
            """,
            self.entry_ids.ids,
        )

    @api.model
    def _raise_by_hand(self, entries):
        self.check_access("create")
        people = entries.member_id | entries.other_id
        return self.create(
            {
                "kind": "manual",
                "member_ids": people.ids,
                "entry_ids": entries.ids,
            }
        )


class ModerationLog(models.Model):
    _inherit = "moderation.log"

    @api.model
    def _event_names(self):
        return super()._event_names() | {
            "reputation.reversed": self.env._("Points taken back"),
            "reputation.restored": self.env._("Points given back"),
            "reputation.dismissed": self.env._("Reputation alert dismissed"),
        }
