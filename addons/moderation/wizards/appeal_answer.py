from odoo import api, fields, models


class ModerationAppealAnswer(models.TransientModel):
    """The second look at a decision."""

    _name = "moderation.appeal.answer"
    _description = "Answer a Moderation Appeal"

    appeal_id = fields.Many2one("moderation.appeal", required=True, readonly=True)
    text = fields.Text(related="appeal_id.text")
    reason = fields.Text(related="appeal_id.decision_id.reason")
    language = fields.Char("Their language", compute="_compute_language")
    answer = fields.Text(required=True)

    @api.depends("appeal_id")
    def _compute_language(self):
        for wizard in self:
            code = self.env["moderation.letter"]._language(wizard.appeal_id.author_id)
            wizard.language = self.env["res.lang"]._lang_get(code).name

    def action_uphold(self):
        return self._answer(overturn=False)

    def action_overturn(self):
        return self._answer(overturn=True)

    def _answer(self, overturn):
        self.ensure_one()
        self.appeal_id._answer(overturn, self.answer)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
