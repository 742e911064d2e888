import secrets

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import hmac

from .community_perk import HELD

CONSENT = [
    ("none", "Not needed"),
    ("waiting", "Waiting"),
    ("given", "Given"),
    ("refused", "Refused"),
]


class CommunityPerkGrant(models.Model):
    """A perk in somebody's hands, from the proposal to its end. What happens to it is
    in the moderation log, which nobody can change."""

    _name = "community.perk.grant"
    _description = "Granted Perk"
    _order = "id desc"

    perk_id = fields.Many2one(
        "community.perk", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(related="perk_id.kind")
    for_company = fields.Boolean(related="perk_id.for_company")
    member_id = fields.Many2one(
        "community.member", "Person", index="btree_not_null", ondelete="restrict"
    )
    organisation_id = fields.Many2one(
        "res.partner",
        "Company",
        compute="_compute_organisation_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        index=True,
        ondelete="restrict",
    )
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("consent", "Waiting for consent"),
            ("granted", "Granted"),
            ("expired", "Over"),
            ("revoked", "Taken away or refused"),
        ],
        required=True,
        default="proposed",
        readonly=True,
        copy=False,
        index=True,
    )
    date_from = fields.Date("From", readonly=True, copy=False)
    date_to = fields.Date("To", readonly=True, copy=False, help="Empty: without end.")
    person_consent = fields.Selection(
        CONSENT, "Person's consent", default="none", readonly=True, copy=False
    )
    company_consent = fields.Selection(
        CONSENT, "Company's consent", default="none", readonly=True, copy=False
    )
    proof = fields.Text(copy=False, help="Why it is deserved, in words.")
    proof_file = fields.Binary(attachment=True, copy=False)
    proof_name = fields.Char(copy=False)
    reason = fields.Text(
        copy=False, help="Needed to take it away; its holder reads it."
    )
    code = fields.Char(
        "Discount code",
        readonly=True,
        copy=False,
        groups="community_portal.group_manager",
    )
    deserved = fields.Boolean(
        "Still deserved", compute="_compute_deserved", help="By its rule, today."
    )

    history_html = fields.Html("What happened", compute="_compute_history_html")

    _code_uniq = models.UniqueIndex("(code) WHERE code IS NOT NULL")
    _held_once = models.UniqueIndex(
        "(perk_id, COALESCE(member_id, 0), organisation_id) "
        "WHERE state IN ('proposed', 'consent', 'granted')",
        "This perk is proposed for them, or theirs, already.",
    )

    @api.depends("member_id")
    def _compute_organisation_id(self):
        for grant in self:
            if grant.member_id:
                grant.organisation_id = grant.member_id.organisation_id

    def _compute_display_name(self):
        for grant in self:
            holder = grant.member_id.name or grant.organisation_id.name
            grant.display_name = f"{grant.perk_id.name}: {holder}"

    @api.depends("perk_id", "member_id", "organisation_id")
    def _compute_deserved(self):
        for perk, grants in self.grouped("perk_id").items():
            deserving = perk._deserving()
            for grant in grants:
                holder = grant.organisation_id if perk.for_company else grant.member_id
                grant.deserved = perk.basis == "hand" or holder in deserving

    def _compute_history_html(self):
        # sudo: the log of these grants only, for whoever may see them
        entries = (
            self.env["moderation.log"]
            .sudo()
            .search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
            .grouped("res_id")
        )
        for grant in self:
            grant.history_html = Markup("<ul>%s</ul>") % Markup("").join(
                Markup("<li>%s · %s · %s %s</li>")
                % (
                    fields.Datetime.context_timestamp(self, entry.at).strftime(
                        "%Y-%m-%d %H:%M"
                    ),
                    entry.event_name,
                    entry.user_id.name or "",
                    entry.reason or "",
                )
                for entry in entries.get(grant.id, ())
            )

    @api.constrains("perk_id", "member_id")
    def _check_holder(self):
        for grant in self:
            if not grant.for_company and not grant.member_id:
                raise ValidationError(
                    self.env._("Choose the person who gets “%s”.", grant.perk_id.name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        grants = super().create(vals_list)
        grants._log("proposed")
        return grants

    def unlink(self):
        if self.filtered(lambda grant: grant.state != "proposed"):
            raise UserError(
                self.env._("Take it away instead: what was granted stays on record.")
            )
        self._log("deleted")
        return super().unlink()

    # --- its way ----------------------------------------------------------------------

    def action_grant(self):
        """The vendor agrees; it is granted as soon as all others have."""
        self.check_access("write")
        for grant in self:
            grant._check_grantable()
            grant.write(
                {
                    "state": "consent",
                    "person_consent": grant._asks_person() and "waiting" or "none",
                    "company_consent": grant._asks_company() and "waiting" or "none",
                }
            )
            grant._log("agreed")
            grant._grant_if_agreed()

    def _check_grantable(self):
        perk = self.perk_id
        if self.state != "proposed":
            raise UserError(self.env._("This perk is not proposed any more."))
        if perk.needs_proof and not (self.proof or self.proof_file):
            raise UserError(
                self.env._("Say why it is deserved, or attach the proof, first.")
            )
        if perk.seats and perk.held_count >= perk.seats:
            raise UserError(
                self.env._(
                    "All %(seats)s seats of “%(perk)s” are taken. Raise their number "
                    "or take one away first.",
                    seats=perk.seats,
                    perk=perk.name,
                )
            )

    def _asks_person(self):
        return bool(self.perk_id.needs_person_consent and self.member_id)

    def _asks_company(self):
        """Who is his own company agrees as a person."""
        employer = self.organisation_id
        if employer == self.member_id.partner_id or self.member_id.is_vendor:
            return False
        policy = self.env["community.company.policy"]._of(employer)
        return self.perk_id.needs_company_consent or policy.perk_consent

    def _grant_if_agreed(self):
        if {"waiting", "refused"} & {self.person_consent, self.company_consent}:
            return
        today = fields.Date.context_today(self)
        days = self.perk_id.term_days
        values = {
            "state": "granted",
            "date_from": today,
            "date_to": fields.Date.add(today, days=days) if days else False,
        }
        if self.kind == "discount" and not self.sudo().code:
            values["code"] = self._new_code()
        self.sudo().write(values)
        self._log("granted")

    def _new_code(self):
        prefix = (self.perk_id.code_prefix or "HELP").strip().upper()
        return f"{prefix}-{secrets.token_hex(5).upper()}"

    def action_revoke(self):
        self.check_access("write")
        for grant in self:
            if grant.state not in HELD:
                raise UserError(self.env._("This perk is over already."))
            if not (grant.reason or "").strip():
                raise UserError(
                    self.env._("Write the reason first: its holder will read it.")
                )
            grant.state = "revoked"
            grant._log("revoked")

    def action_record_consent(self):
        """The company agreed by letter or telephone."""
        self.check_access("write")
        self._decide("company_consent", True)

    def _decide(self, whose, agreed):
        """:param whose: "person_consent" or "company_consent" """
        for grant in self:
            if grant.state != "consent" or grant[whose] != "waiting":
                raise UserError(self.env._("Nobody waits for this consent any more."))
            grant[whose] = "given" if agreed else "refused"
            grant._log(f"{whose}_{'given' if agreed else 'refused'}")
            if agreed:
                grant._grant_if_agreed()
            else:
                grant.state = "revoked"

    @api.model
    def _expire(self):
        over = self.search(
            [
                ("state", "=", "granted"),
                ("date_to", "<", fields.Date.context_today(self)),
            ]
        )
        over.state = "expired"
        over._log("expired")

    def _log(self, event):
        log = self.env["moderation.log"]
        for grant in self:
            log._append(
                f"perk.{event}",
                reason=grant.reason,
                after={"perk": grant.perk_id.name, "state": grant.state},
                res_model=self._name,
                res_id=grant.id,
                subject_number=(grant.member_id.partner_id or grant.organisation_id).id,
            )

    # --- what it opens ----------------------------------------------------------------

    def _number(self):
        """The certificate's number; only this database can have made it."""
        self.ensure_one()
        key = hmac(self.env(su=True), "community-certificate", str(self.id))
        return f"{self.id}-{key[:10].upper()}"
