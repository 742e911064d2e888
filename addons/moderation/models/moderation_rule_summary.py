from odoo import api, fields, models


class ModerationRule(models.Model):
    """What a rule does, told in sentences."""

    _inherit = "moderation.rule"

    summary = fields.Text("What happens", compute="_compute_summary")
    entry_count = fields.Integer("Entries", compute="_compute_entry_count")

    @api.depends("term_ids.active", "entries_of_id.term_ids.active")
    def _compute_entry_count(self):
        for rule in self:
            rule.entry_count = len(rule._entries())

    @api.depends(
        "kind",
        "action",
        "disguised_action",
        "insist",
        "audience",
        "exempt_staff",
        "set_id.place_ids",
        "entry_count",
        "company_partner_id",
        "audience_company_ids",
        "audience_tag_ids",
        "date_from",
        "date_to",
        "calendar_id",
        "calendar_mode",
    )
    @api.depends_context("lang")
    def _compute_summary(self):
        for rule in self:
            sentences = (
                rule._say_what(),
                rule._say_disguised(),
                rule._say_insisting(),
                rule._say_exempt(),
                rule._say_when(),
            )
            rule.summary = " ".join(filter(None, sentences))

    def _say_what(self):
        return self.env._(
            "When %(who)s writes %(what)s, %(then)s.",
            who=self._say_who(),
            what=self._say_found(),
            then=self._say_then(self.action),
        )

    def _say_who(self):
        who = {
            "everybody": self.env._("somebody"),
            "external": self.env._("a customer"),
            "new": self.env._("a new customer"),
            "internal": self.env._("one of our own people"),
        }[self.audience or "everybody"]
        chosen = self.audience_company_ids.mapped("display_name")
        chosen += self.audience_tag_ids.mapped("display_name")
        if chosen:
            who = self.env._("%(who)s of %(names)s", who=who, names=", ".join(chosen))
        return who

    def _say_found(self):
        return {
            "word": self.env._("one of %s words", self.entry_count),
            "pattern": self.env._("something that fits the pattern"),
            "confidential": self.env._(
                "personal data or a secret (%s kinds)", self.entry_count
            ),
            "terms": self.env._(
                "one of %(number)s terms of %(company)s",
                number=self.entry_count,
                company=self.company_partner_id.display_name or "…",
            ),
            "solicitation": self.env._("an offer of private services"),
            "spam": self.env._("too much, too often or with too many links"),
            "trick": self.env._("text that is hidden or made unreadable"),
            "everything": self.env._("anything"),
        }[self.kind or "word"]

    def _say_then(self, action):
        return {
            "allow": self.env._("it is published and only counted"),
            "notify": self.env._("it is published and the moderators are told"),
            "outreach": self.env._(
                "it is published and a ticket is opened, so that somebody helps"
            ),
            "mask": self.env._("it is published with the found words masked"),
            "coach": self.env._("the author is shown what to change before it is sent"),
            "hold": self.env._("only the author sees it until a moderator decides"),
            "block": self.env._("it is refused, and the author is told why"),
        }[action or "hold"]

    def _say_disguised(self):
        if not self.disguised_action or self.disguised_action == self.action:
            return ""
        return self.env._(
            "Written in disguise (p.a.u., p4u), %s.",
            self._say_then(self.disguised_action),
        )

    def _say_insisting(self):
        if "coach" not in (self.action, self.disguised_action):
            return ""
        return {
            "no": self.env._("The author cannot send it as it is."),
            "hold": self.env._("If the author insists, a moderator decides."),
            "publish": self.env._("If the author insists, it is published and logged."),
        }[self.insist or "hold"]

    def _say_exempt(self):
        if self.exempt_staff and self.audience == "everybody":
            return self.env._("Our own people are exempt.")
        return ""

    def _say_when(self):
        sentences = []
        if self.date_from or self.date_to:
            sentences.append(
                self.env._(
                    "It holds from %(start)s until %(end)s.",
                    start=self._say_moment(self.date_from),
                    end=self._say_moment(self.date_to),
                )
            )
        if self.calendar_id:
            inside = self.calendar_mode == "inside"
            text = (
                self.env._("It holds during the hours of “%s”.", self.calendar_id.name)
                if inside
                else self.env._(
                    "It holds outside the hours of “%s”.", self.calendar_id.name
                )
            )
            sentences.append(text)
        return " ".join(sentences)

    def _say_moment(self, moment):
        if not moment:
            return "…"
        local = fields.Datetime.context_timestamp(self, moment)
        return local.strftime("%Y-%m-%d %H:%M")
