from odoo import api, fields, models

FLOOR, CEILING = 0.2, 1.5  # of a report's weight
# Upheld and dismissed reports that everybody begins with: one mistake costs little.
BEFORE = 2


class ModerationStanding(models.Model):
    """How far a person's reports have been right.

    Whoever reports falsely loses weight, never the right to report: each report is
    seen by moderators, whatever it weighs. Nobody is told his weight.
    """

    _name = "moderation.standing"
    _description = "Standing of a Reporter"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", "Reporter", required=True, readonly=True, ondelete="cascade"
    )
    upheld = fields.Integer(readonly=True)
    dismissed = fields.Integer(readonly=True)
    weight = fields.Float(compute="_compute_weight", store=True, aggregator="avg")

    _partner_uniq = models.Constraint(
        "UNIQUE (partner_id)", "A person has one standing only."
    )

    @api.depends("upheld", "dismissed")
    def _compute_weight(self):
        for standing in self:
            ratio = (standing.upheld + BEFORE) / (standing.dismissed + BEFORE)
            standing.weight = max(FLOOR, min(CEILING, ratio))

    @api.model
    def _of(self, partner):
        standing = self.search([("partner_id", "=", partner.id)], limit=1)
        return standing or self.create({"partner_id": partner.id})

    def _count(self, outcome, by):
        """One more, or one less, of an outcome.

        :param outcome: "upheld" or "dismissed"; others count for nothing
        :param by: 1 or -1
        """
        if outcome in ("upheld", "dismissed"):
            self[outcome] = max(0, self[outcome] + by)
