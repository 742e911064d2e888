from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_datetime

KINDS = [
    ("warning", "Warning"),
    ("silence", "Silence"),
    ("read_only", "Read only"),
    ("suspension", "Suspension"),
]
STOPS_WRITING = ("silence", "read_only", "suspension")


class ModerationSanction(models.Model):
    """What a person may not do, where, and until when.

    It ends by its dates: nothing has to run for it. A warning forbids nothing, with
    a silence one may not write, with read-only access not vote or change anything
    either, a suspension closes the place. The login itself stays, and so does the
    way to our help: what a sanctioned customer writes in a ticket of his own is
    held for a moderator, never refused (``_answer``).
    """

    _name = "moderation.sanction"
    _description = "Moderation Sanction"
    _order = "id desc"

    kind = fields.Selection(KINDS, required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "Person", required=True, readonly=True, ondelete="cascade"
    )
    decision_id = fields.Many2one(
        "moderation.decision", required=True, readonly=True, index=True
    )
    case_id = fields.Many2one(related="decision_id.case_id", store=True, index=True)
    company_id = fields.Many2one(related="decision_id.company_id", store=True)
    restricted = fields.Boolean(related="decision_id.restricted", store=True)
    place_ids = fields.Many2many("moderation.place", string="Places", readonly=True)
    start = fields.Datetime(required=True, readonly=True)
    end = fields.Datetime(readonly=True, help="Empty: until somebody lifts it.")
    reason = fields.Text(readonly=True)
    lifted_at = fields.Datetime(readonly=True)
    lifted_reason = fields.Text(readonly=True)
    end_told = fields.Boolean(readonly=True)
    active_now = fields.Boolean(
        "In force", compute="_compute_active_now", search="_search_active_now"
    )
    sentence = fields.Char(compute="_compute_sentence")

    _in_force_idx = models.Index("(partner_id, kind) WHERE lifted_at IS NULL")
    _ending_idx = models.Index(
        '("end") WHERE lifted_at IS NULL AND end_told IS NOT TRUE'
    )
    _span_check = models.Constraint(
        'CHECK ("end" IS NULL OR "end" > start)',
        "A sanction has to end after it begins.",
    )

    @api.depends("kind", "partner_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for sanction in self:
            person = sanction.partner_id.display_name
            sanction.display_name = f"{kinds.get(sanction.kind, '')}: {person}"

    @api.model
    def _now(self):
        """The domain of what is in force."""
        now = fields.Datetime.now()
        return (
            Domain("lifted_at", "=", False)
            & Domain("kind", "in", STOPS_WRITING)
            & Domain("start", "<=", now)
            & (Domain("end", "=", False) | Domain("end", ">", now))
        )

    @api.depends("lifted_at", "start", "end", "kind")
    def _compute_active_now(self):
        now = fields.Datetime.now()
        for sanction in self:
            sanction.active_now = (
                not sanction.lifted_at
                and sanction.kind in STOPS_WRITING
                and sanction.start <= now
                and (not sanction.end or sanction.end > now)
            )

    def _search_active_now(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._now() if wanted else ~self._now() for wanted in value)

    # --- for the gate -----------------------------------------------------------------

    @api.model
    def _in_force(self, partner, place):
        """What keeps somebody from writing, in one query.

        :param partner: ``res.partner``, maybe empty
        :param place: code of a ``moderation.place``
        :return: the sanction that lasts longest, or an empty record; with sudo
        """
        if not partner:
            return self.sudo().browse()
        here = Domain("place_ids", "=", False) | Domain("place_ids.code", "=", place)
        return self.sudo().search(
            self._now() & Domain("partner_id", "=", partner.id) & here,
            order="end desc, id",
            limit=1,
        )

    def _answer(self, document):
        """What becomes of a text that a sanctioned person writes.

        Help stays within reach: a text in a ticket of his own is held.

        :param document: where it is written, such as the ticket; maybe empty
        :return: "hold" or "refuse"
        """
        self.ensure_one()
        own = (
            document is not None
            and document._name == "helpdesk.ticket"
            and (not document.id or document.sudo().partner_id == self.partner_id)
        )
        return "hold" if own else "refuse"

    # --- in words ---------------------------------------------------------------------

    @api.depends("kind", "end", "lifted_at", "place_ids", "reason")
    @api.depends_context("lang")
    def _compute_sentence(self):
        for sanction in self:
            sanction.sentence = sanction._sentence()

    def _sentence(self, short=False):
        """To the person: what, where, until when, why and what he can do.

        :param short: without why and what to do
        """
        self.ensure_one()
        sentence = self._what()
        if short or self.kind == "warning":
            return sentence
        return self.env._(
            "%(what)s Reason: %(reason)s If you think this is wrong, you can appeal "
            "under “My account”, “Moderation”.",
            what=sentence,
            reason=self.reason or "-",
        )

    def _what(self):
        values = {"end": self._end_in_words(), "where": self._where()}
        if self.kind == "warning":
            return self.env._("You have been warned.")
        if self.kind == "suspension":
            return self.env._("You are suspended %(where)s %(end)s.", **values)
        if self.kind == "read_only":
            return self.env._("You may read but not write %(where)s %(end)s.", **values)
        return self.env._("You may not write %(where)s %(end)s.", **values)

    def _where(self):
        places = self.place_ids.mapped("name")
        if not places:
            return self.env._("here")
        return self.env._("in %s", ", ".join(places))

    def _end_in_words(self):
        if not self.end:
            return self.env._("until a moderator lifts this")
        tz = self.partner_id.tz or self.env.user.tz or "UTC"
        moment = format_datetime(
            self.env, self.end, tz=tz, dt_format="short", lang_code=self.env.lang
        )
        return self.env._("until %(moment)s (%(tz)s)", moment=moment, tz=tz)

    # --- its end ----------------------------------------------------------------------

    def action_lift(self):
        """For moderators: end it before its time."""
        self.ensure_one()
        self.case_id._as_moderator()
        if not self.sudo().active_now:
            raise UserError(self.env._("This is not in force any more."))
        self.sudo()._lift(self.env._("Lifted by a moderator"))
        return True

    def _lift(self, reason, tell=True):
        standing = self.filtered(lambda sanction: not sanction.lifted_at)
        standing.write(
            {
                "lifted_at": fields.Datetime.now(),
                "lifted_reason": reason,
                "end_told": True,
            }
        )
        for sanction in standing:
            self.env["moderation.log"]._append(
                "sanction.lifted",
                sanction.case_id,
                reason,
                after={"sanction": sanction.id, "kind": sanction.kind},
            )
            if tell:
                sanction._tell_end()

    @api.model
    def _cron_tell_ended(self, limit=500):
        """Tell people that they may write again. That they may needs no cron."""
        ended = self.search(
            Domain("lifted_at", "=", False)
            & Domain("end_told", "!=", True)
            & Domain("end", "<=", fields.Datetime.now()),
            limit=limit,
        )
        for sanction in ended:
            sanction._tell_end()
        ended.end_told = True

    def _tell_end(self):
        if self.kind != "warning":
            self.env["moderation.letter"]._send(
                "moderation.mail_sanction_ended", self, self.partner_id
            )
