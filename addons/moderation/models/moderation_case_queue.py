from datetime import timedelta

from babel.dates import format_timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import get_lang
from odoo.tools.misc import babel_locale_parse

from .moderation_case import OPEN_STATES


class ModerationCase(models.Model):
    """Who works on which case, and what comes next."""

    _inherit = "moderation.case"

    # What a held text says is shown with its secrets covered (see
    # ``context_html``); by RPC nobody reads it past that.
    kept = fields.Json(groups=fields.NO_ACCESS)
    kept_body = fields.Html(groups=fields.NO_ACCESS)
    restricted = fields.Boolean(
        "Administrators only",
        readonly=True,
        help="Moderators do not see this case: it is about one of them, or delicate.",
    )
    overdue = fields.Boolean(compute="_compute_overdue", search="_search_overdue")
    # Nobody's and somebody's are columns of their own even where they are empty.
    state = fields.Selection(group_expand="_group_open_states")
    age = fields.Char(compute="_compute_age")
    alerted = fields.Boolean(
        "Told that it is overdue", readonly=True, default=False, copy=False
    )
    mine = fields.Boolean(compute="_compute_mine")

    _alert_idx = models.Index(
        "(deadline) WHERE state IN ('waiting', 'claimed') AND alerted IS NOT TRUE"
    )

    @api.depends("deadline", "state")
    def _compute_overdue(self):
        now = fields.Datetime.now()
        for case in self:
            case.overdue = (
                case.state in OPEN_STATES
                and bool(case.deadline)
                and case.deadline < now
            )

    @api.model
    def _group_open_states(self, _states, _domain):
        return list(OPEN_STATES)

    @api.depends("create_date")
    @api.depends_context("lang")
    def _compute_age(self):
        now = fields.Datetime.now()
        locale = babel_locale_parse(get_lang(self.env).code)
        for case in self:
            span = now - (case.create_date or now)
            case.age = format_timedelta(span, format="short", locale=locale)

    def _search_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("state", "in", OPEN_STATES) & Domain(
            "deadline", "<", fields.Datetime.now()
        )
        return Domain.OR(late if wanted else ~late for wanted in value)

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_mine(self):
        for case in self:
            case.mine = case.user_id == self.env.user

    @api.model
    def _prepare(self, verdict, **values):
        """How long a case may wait is for each company to say."""
        prepared = super()._prepare(verdict, **values)
        if "deadline" in values:
            return prepared
        company = self.env["res.company"].sudo().browse(prepared.get("company_id"))
        hours = company._moderation_hours(prepared["severity"])
        return prepared | {"deadline": fields.Datetime.now() + timedelta(hours=hours)}

    # --- who may ----------------------------------------------------------------------

    def _as_moderator(self):
        """These cases with the right to change them, for a moderator who may see them.

        :raises AccessError: nobody else has that right, by whatever way he asks
        """
        if not self.env.user.has_group("moderation.group_moderator"):
            raise AccessError(self.env._("Only moderators may do this."))
        self.check_access("read")
        return self.sudo()

    def _lock(self):
        """Two moderators at once: the second waits here, and is then told what the
        first one did (his transaction is started anew and sees it)."""
        self.flush_recordset()
        self.env.cr.execute(
            "SELECT id FROM moderation_case WHERE id = ANY(%s) ORDER BY id FOR UPDATE",
            [self.ids],
        )
        self.invalidate_recordset(["state", "user_id"])

    def _check_not_taken(self):
        """:raises UserError: somebody else has one of these"""
        for case in self:
            if case.user_id and case.user_id != self.env.user:
                raise UserError(
                    self.env._(
                        "%(moderator)s has %(case)s already. Take another one, or "
                        "ask %(moderator)s to put it back.",
                        moderator=case.user_id.name,
                        case=case.display_name,
                    )
                )

    def _check_open(self):
        for case in self:
            if case.state not in OPEN_STATES:
                raise UserError(
                    self.env._(
                        "%(case)s is not open any more. Look at what was decided; "
                        "you can undo that.",
                        case=case.display_name,
                    )
                )

    # --- buttons ----------------------------------------------------------------------

    def action_claim(self):
        cases = self._as_moderator()
        cases._lock()
        cases._check_open()
        cases._check_not_taken()
        cases._claim()
        return True

    def _claim(self):
        for case in self.filtered(lambda case: case.state == "waiting"):
            self.env["moderation.log"]._append("case.claimed", case)
        self.write(
            {
                "state": "claimed",
                "user_id": self.env.uid,
                "claimed_at": fields.Datetime.now(),
            }
        )

    def action_unclaim(self):
        """A moderator puts back what he has; an administrator, what anybody has."""
        cases = self._as_moderator()
        cases._lock()
        cases._check_open()
        if not self.env.user.has_group("moderation.group_manager"):
            cases._check_not_taken()
        for case in cases.filtered("user_id"):
            self.env["moderation.log"]._append("case.put_back", case)
        cases.write({"state": "waiting", "user_id": False, "claimed_at": False})
        return True

    def action_restrict(self):
        """From now on, or no longer, for administrators alone."""
        if not self.env.user.has_group("moderation.group_manager"):
            raise AccessError(
                self.env._("Only moderation's administrators may do this.")
            )
        for case in self._as_moderator():
            case.restricted = not case.restricted
            self.env["moderation.log"]._append(
                "case.restricted", case, after={"restricted": case.restricted}
            )
        return True

    def action_next(self):
        """Open what comes next, after this one."""
        return self._next_action()

    # --- what comes next --------------------------------------------------------------

    def _next_case(self):
        """The worst case that nobody else has, other than these."""
        mine = Domain("state", "=", "claimed") & Domain("user_id", "=", self.env.uid)
        free = Domain("state", "=", "waiting")
        user = self.with_env(self.env(su=False))
        return user.search((free | mine) & Domain("id", "not in", self.ids), limit=1)

    def _next_action(self):
        """:return: for the web client, see ``moderation_next`` in the browser"""
        case = self._next_case()
        return {
            "type": "ir.actions.client",
            "tag": "moderation_next",
            "params": {"case_id": case.id},
        }

    # --- the deadline -----------------------------------------------------------------

    @api.model
    def _cron_overdue(self, limit=200):
        """Tell the moderators, once for each case, without a word of its text."""
        late = self.search(
            Domain("state", "in", OPEN_STATES)
            & Domain("deadline", "<", fields.Datetime.now())
            & Domain("alerted", "!=", True),
            order="deadline",
            limit=limit,
        )
        self.env["moderation.letter"]._tell_overdue(late, "/odoo/moderation-queue")
        late.alerted = True
