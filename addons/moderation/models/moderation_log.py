from odoo import api, fields, models
from odoo.exceptions import UserError


class ModerationLog(models.Model):
    """Who did what, when, why: written once, never changed.

    People and cases are kept as plain numbers, so that deleting them (a right of
    theirs) neither touches the log nor is stopped by it. No text of anybody is
    stored here.
    """

    _name = "moderation.log"
    _description = "Moderation Log"
    _order = "id desc"
    _log_access = False  # "created on" is ``at``; "updated on" cannot be

    at = fields.Datetime(required=True, readonly=True, index=True)
    event = fields.Char(required=True, readonly=True, index=True)
    uid = fields.Integer("User number", readonly=True)
    user_id = fields.Many2one(
        "res.users", "Who", compute="_compute_people", search="_search_user_id"
    )
    subject_number = fields.Integer(readonly=True, index="btree_not_null")
    subject_id = fields.Many2one(
        "res.partner", "About", compute="_compute_people", search="_search_subject_id"
    )
    case_number = fields.Integer(readonly=True, index="btree_not_null")
    case_id = fields.Many2one(
        "moderation.case", compute="_compute_case_id", search="_search_case_id"
    )
    res_model = fields.Char("Model", readonly=True)
    res_id = fields.Integer("Record", readonly=True)
    before = fields.Json(readonly=True)
    after = fields.Json(readonly=True)
    reason = fields.Text(readonly=True)

    def init(self):
        """A trigger, because SQL does not ask the ORM."""
        self.env.cr.execute(
            """
            CREATE OR REPLACE FUNCTION moderation_log_is_append_only()
            RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'The moderation log can only be added to.';
            END $$;
            CREATE OR REPLACE TRIGGER moderation_log_append_only
            BEFORE UPDATE OR DELETE OR TRUNCATE ON moderation_log
            FOR EACH STATEMENT EXECUTE FUNCTION moderation_log_is_append_only();
            """
        )

    @api.depends("uid", "subject_number")
    def _compute_people(self):
        users = self.env["res.users"].with_context(active_test=False)
        known = set(users.browse({log.uid for log in self}).exists().ids)
        partners = self.env["res.partner"].browse(
            {log.subject_number for log in self if log.subject_number}
        )
        people = set(partners.exists().ids)
        for log in self:
            log.user_id = log.uid if log.uid in known else False
            log.subject_id = (
                log.subject_number if log.subject_number in people else False
            )

    @api.depends("case_number")
    def _compute_case_id(self):
        numbers = {log.case_number for log in self if log.case_number}
        known = set(self.env["moderation.case"].browse(numbers).exists().ids)
        for log in self:
            log.case_id = log.case_number if log.case_number in known else False

    def _search_user_id(self, operator, value):
        return self._search_number("uid", "res.users", operator, value)

    def _search_subject_id(self, operator, value):
        return self._search_number("subject_number", "res.partner", operator, value)

    def _search_case_id(self, operator, value):
        return self._search_number("case_number", "moderation.case", operator, value)

    def _search_number(self, column, model, operator, value):
        if operator not in ("in", "any"):
            return NotImplemented
        if operator == "any":
            value = self.env[model].search(value).ids
        return [(column, "in", list(value))]

    @api.model
    def _append(self, event, case=None, reason="", before=None, after=None, **values):
        """Add an entry.

        :param event: what happened, as ``case.opened``
        :param before, after: flat dictionaries, never with text of anybody
        """
        entry = {
            "at": fields.Datetime.now(),
            "event": event,
            "uid": self.env.uid,
            "reason": reason or False,
            "before": before,
            "after": after,
            **values,
        }
        if case:
            entry |= {
                "case_number": case.id,
                "subject_number": case.author_id.id,
                "res_model": case.res_model,
                "res_id": case.res_id,
            }
        # sudo: nobody has the right to write here, whatever he may do elsewhere
        return self.sudo().create(entry)

    # pylint: disable=method-required-super
    def write(self, vals):
        raise UserError(self.env._("The moderation log can only be added to."))

    def unlink(self):
        raise UserError(self.env._("The moderation log can only be added to."))
