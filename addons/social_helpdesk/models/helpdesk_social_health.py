"""Green, yellow or red: whether an administrator has to look after an account, and
that somebody is told when he has to."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date, format_datetime

EXPIRY_DAYS = (14, 3, 1)
REFUSED_IN_A_ROW = 3
QUEUE_IN = timedelta(minutes=10)
QUEUE_OUT = timedelta(minutes=15)
UNASKED = timedelta(hours=1)
ENOUGH_SENT = 5  # of which failed ones say something
FAILING = (0.2, 0.5)  # yellow, red
QUALITY = {"YELLOW": 1, "MEDIUM": 1, "RED": 2, "LOW": 2}
LEVELS = ("green", "yellow", "red")
AGENT = "helpdesk_mgmt.group_helpdesk_user_own"
TASK = "mail.mail_activity_data_todo"


class HelpdeskSocialAccount(models.Model):
    _name = "helpdesk.social.account"
    _inherit = ["helpdesk.social.account", "mail.activity.mixin"]

    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user.filtered("active"),
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        index="btree_not_null",
        tracking=True,
        help="Is told when the account needs somebody: when its access ends, when "
        "messages fail or do not come in. Without one, the help desk's managers are.",
    )
    health = fields.Selection(
        [
            ("green", "Well"),
            ("yellow", "Needs attention"),
            ("red", "Broken"),
            ("off", "Not connected"),
        ],
        compute="_compute_health",
        search="_search_health",
    )
    health_reason = fields.Char(string="What is wrong", compute="_compute_health")
    expiry_told = fields.Integer(readonly=True, copy=False)
    red_told = fields.Boolean(readonly=True, copy=False)

    @api.depends("state", "state_message", "paused", "checks", "quality", "active")
    @api.depends("token_expires_at", "limited_until")
    @api.depends_context("lang")
    def _compute_health(self):
        for account in self:
            if account.state == "draft" or not account.active:
                account.health, account.health_reason = "off", False
                continue
            troubles = sorted(account._troubles(), key=lambda t: -t[0])
            worst = troubles[0][0] if troubles else 0
            account.health = LEVELS[worst]
            told = dict.fromkeys(text for _level, text in troubles)
            account.health_reason = " ".join(told) or False

    def _search_health(self, operator, value):
        if operator != "in":
            return NotImplemented
        accounts = self.with_context(active_test=False).search([])
        found = accounts.filtered(lambda account: account.health in value)
        return Domain("id", "in", found.ids)

    # --- what can be wrong: (1 yellow, 2 red; a sentence) ---------------------------

    def _troubles(self):
        """All of it, in the reader's language."""
        self.ensure_one()
        if self.state == "alarm":
            yield 2, self.state_message or self.env._("The provider refuses us.")
        if self.paused:
            yield 1, self.env._("Paused: answers wait.")
        yield from self._token_troubles()
        yield from self._check_troubles()
        yield from self._way_in_troubles()
        yield from self._way_out_troubles()

    def _token_troubles(self):
        ends = self.token_expires_at
        if not ends:
            return
        left = ends - fields.Datetime.now()
        date = format_date(self.env, ends)
        if left <= timedelta(0):
            yield 2, self.env._("The access ended on %s.", date)
        elif left.days < max(EXPIRY_DAYS):
            yield 1, self.env._("The access ends on %s.", date)

    def _check_troubles(self):
        if self.state != "alarm":
            for line in self.checks or ():
                if todo := self._todo(line):
                    yield 1, todo
        level = QUALITY.get((self.quality or "").upper())
        if level:
            yield level, self.env._("Quality rating: %s.", self.quality)

    def _way_in_troubles(self):
        now = fields.Datetime.now()
        if self.refused_since >= REFUSED_IN_A_ROW:
            yield (
                2,
                self.env._(
                    "%s requests were refused one after the other, none was accepted "
                    "since. Enter the secret that the provider signs with.",
                    self.refused_since,
                ),
            )
        elif self.refused:
            yield 1, self.env._("%s requests of a day were refused.", self.refused)
        if self.oldest_in_at and self.oldest_in_at < now - QUEUE_IN:
            yield (
                2,
                self.env._(
                    "What customers wrote waits since %s. Check that the job runner of "
                    "queue_job runs.",
                    format_datetime(self.env, self.oldest_in_at, dt_format="short"),
                ),
            )
        if self.parked:
            yield 1, self.env._("%s events could not be understood.", self.parked)
        asked = self.polls and not self.paused and self.next_poll_at
        if asked and asked < now - UNASKED:
            yield 1, self.env._("The provider is not asked for news any more.")

    def _way_out_troubles(self):
        now = fields.Datetime.now()
        if self.limited_until and self.limited_until > now:
            until = format_datetime(self.env, self.limited_until, dt_format="short")
            yield 1, self.env._("The provider lets us wait until %s.", until)
        if self.sent_today >= ENOUGH_SENT and self.error_rate >= FAILING[0]:
            failed = self.env._(
                "%s %% of the answers of a day failed.", round(100 * self.error_rate)
            )
            yield (2 if self.error_rate >= FAILING[1] else 1), failed
        waits = self.oldest_out_at and self.oldest_out_at < now - QUEUE_OUT
        if waits and not self.paused:
            yield (
                1,
                self.env._(
                    "An answer waits since %s.",
                    format_datetime(self.env, self.oldest_out_at, dt_format="short"),
                ),
            )

    # --- who is told ------------------------------------------------------------------

    def _responsible(self):
        """:return: who may and shall look after it, at least one where there are any"""
        managers = self.env.ref("helpdesk_mgmt.group_helpdesk_manager").all_user_ids
        for users in (self.user_id.filtered(lambda u: u.has_group(AGENT)), managers):
            if able := users.filtered(self._may_look_after):
                return able
        return managers.browse()

    def _may_look_after(self, user):
        return user.active and self.company_id in user.company_ids

    def _to_be_told(self):
        """Followers hear of it anyway."""
        return self._responsible().partner_id - self.message_partner_ids

    def _follow_health(self):
        """Once when it turns red; the task ends when it is red no more."""
        for account in self.sudo():
            account.invalidate_recordset(["health", "health_reason"])
            account = account.with_context(lang=account.lang)
            red = account.health == "red"
            if red and not account.red_told:
                account._tell_red(account.health_reason)
            elif account.red_told and not red:
                account._tell_over()
            if account.red_told != red:
                account.red_told = red

    def _tell_red(self, text):
        self.message_post(
            body=text,
            subtype_xmlid="mail.mt_comment",
            partner_ids=self._to_be_told().ids,
        )
        if self.activity_search([TASK]):
            return
        # The message is the mail; the task stays until it is well again.
        quietly = self.with_context(mail_activity_quick_update=True)
        quietly.activity_schedule(
            TASK,
            summary=self.env._("%s is broken", self.name),
            note=text,
            user_id=self._responsible()[:1].id or self.env.uid,
        )

    def _tell_over(self):
        feedback = self.env._("It works again.")
        self.activity_feedback([TASK], feedback=feedback, only_automated=True)

    def _tell_expiry(self):
        """Once at 14, 3 and 1 days before the access ends."""
        account = self.sudo()
        if not account.token_expires_at:
            account.expiry_told = 0
            return
        left = account.token_expires_at - fields.Datetime.now()
        due = min((days for days in EXPIRY_DAYS if left.days < days), default=0)
        if due and due != account.expiry_told:
            account.message_post(
                body=account.env._(
                    "The access of “%(account)s” to %(channel)s ends on %(date)s. "
                    "Create a new token there and enter it under Credentials before; "
                    "until then, nothing changes.",
                    account=account.name,
                    channel=account._provider_class().label,
                    date=format_date(account.env, account.token_expires_at),
                ),
                subtype_xmlid="mail.mt_comment",
                partner_ids=account._to_be_told().ids,
            )
        account.expiry_told = due

    def _raise_alarm(self, text):
        """The account itself is broken; tell people once, keep accepting."""
        for account in self.sudo():
            if account.state == "alarm" and account.state_message == text:
                continue
            # another trouble is told again
            values = {"state": "alarm", "state_message": text, "red_told": False}
            account.write(values)
            account._follow_health()

    @api.model
    def _cron_health(self):
        """Also what no event tells: that nothing comes in, that something waits."""
        self.search([("state", "!=", "draft")])._follow_health()
