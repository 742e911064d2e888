import hashlib
from datetime import timedelta

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

KINDS = [
    ("export", "A copy of the data"),
    ("anonymise", "Take the name off"),
    ("erase", "Take the name off and erase the texts"),
]


class CommunityPrivacyRequest(models.Model):
    """What a person asked about his data, and the proof of what was done.

    The proof outlives the person's data, so it does not name him: people are kept as
    numbers, and his address as a keyed hash by which the vendor finds the proof when
    the person asks again.
    """

    _name = "community.privacy.request"
    _description = "Privacy Request"
    _order = "id desc"

    kind = fields.Selection(KINDS, required=True, readonly=True)
    state = fields.Selection(
        [("open", "To answer"), ("done", "Done"), ("refused", "Refused")],
        required=True,
        readonly=True,
        default="open",
        index=True,
    )
    member_number = fields.Integer("Member's number", required=True, readonly=True)
    member_id = fields.Many2one(
        "community.member", "Person", compute="_compute_member_id"
    )
    address_hash = fields.Char(readonly=True, index=True, groups=fields.NO_ACCESS)
    address = fields.Char(
        "E-mail", store=False, search="_search_address", compute="_compute_address"
    )
    asked_by = fields.Integer("Asked by user number", required=True, readonly=True)
    done_by = fields.Integer("Answered by user number", readonly=True)
    deadline = fields.Date(readonly=True)
    done = fields.Datetime("Answered", readonly=True)
    answer = fields.Text("Reason", readonly=True)
    export_hash = fields.Char("SHA-256 of the copy handed out", readonly=True)
    result = fields.Json(readonly=True)
    result_text = fields.Char("What was done", compute="_compute_result_text")

    _one_open_uniq = models.UniqueIndex(
        "(member_number, kind) WHERE state = 'open'", "This was asked for already."
    )

    @api.depends("kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for one in self:
            one.display_name = f"{kinds[one.kind]} ({one.id})" if one.kind else ""

    @api.depends("member_number")
    def _compute_member_id(self):
        members = self.env["community.member"].browse(self.mapped("member_number"))
        there = set(members.exists().ids)
        for one in self:
            one.member_id = one.member_number if one.member_number in there else False

    @api.depends("result")
    def _compute_result_text(self):
        for one in self:
            pairs = (one.result or {}).items()
            one.result_text = ", ".join(f"{name}: {count}" for name, count in pairs)

    @api.depends("state", "member_number")
    def _compute_address(self):
        """While it is open; afterwards nobody knows."""
        for one in self:
            partner = one.member_id.partner_id if one.state == "open" else False
            one.address = partner.email if partner else False

    def _search_address(self, operator, value):
        if operator not in ("in", "ilike", "="):
            return NotImplemented
        values = [value] if isinstance(value, str) else value
        hashes = [self._address_hash(one) for one in values if isinstance(one, str)]
        found = self.sudo()._search([("address_hash", "in", hashes)])
        return Domain("id", "in", found)

    @api.model
    def _address_hash(self, email):
        address = tools.email_normalize(email or "") or email or ""
        return tools.hmac(self.env(su=True), "community-privacy", address)

    # --- asking -----------------------------------------------------------------------

    @api.model
    def _ask(self, kind, member):
        """Store a request.

        :param kind: "export", "anonymise" or "erase"
        :param member: of the user himself, or of whom an administrator asks for
        :return: the request; sudo
        """
        members = self.env["community.member"]
        member = member.sudo()
        if not member or (member != members._of_mine() and not self._is_officer()):
            raise AccessError(self.env._("You can ask about your own data only."))
        if kind not in dict(KINDS):
            raise UserError(self.env._("Choose what is to be done with your data."))
        days = self.env.company.sudo().community_privacy_days
        # sudo: customers create nothing themselves
        found = self.sudo().search(
            [
                ("member_number", "=", member.id),
                ("kind", "=", kind),
                ("state", "=", "open"),
            ]
        )
        return found or self.sudo().create(
            {
                "kind": kind,
                "member_number": member.id,
                "address_hash": self._address_hash(member.partner_id.email),
                "asked_by": self.env.uid,
                "deadline": fields.Date.today() + timedelta(days=days),
            }
        )

    @api.model
    def _is_officer(self):
        return self.env["community.member"]._is_administrator()

    @api.model
    def _hand_out(self, member):
        """A copy of the data, with its proof.

        :return: bytes of a ZIP
        """
        content = member._export()
        request = self._ask("export", member)
        request._close("done", export_hash=hashlib.sha256(content).hexdigest())
        return content

    @api.model
    def _of_mine(self):
        """What the user has asked for, newest first; sudo."""
        member = self.env["community.member"]._of_mine()
        domain = [("member_number", "=", member.id)]
        return self.sudo().search(domain) if member else self.sudo().browse()

    def _withdraw(self):
        """The person has thought again, before anything was done."""
        for one in self.sudo():
            if one.state != "open" or one not in self._of_mine():
                raise UserError(self.env._("This was answered already."))
        self.sudo().unlink()

    # --- answering --------------------------------------------------------------------

    def action_carry_out(self):
        """Do it, for good."""
        self._require_officer()
        for one in self.sudo():
            one._carry_out()

    def _carry_out(self):
        member = self.env["community.member"].sudo().browse(self.member_number).exists()
        email, lang = member.partner_id.email, member.partner_id.lang
        if self.kind == "export":
            content = member._export()
            self._close("done", export_hash=hashlib.sha256(content).hexdigest())
            return
        result = member._erase_words() if self.kind == "erase" else {}
        result |= member._anonymise()
        self._close("done", result=result)
        self._tell(email, lang)

    def _refuse(self, reason):
        """:param reason: the person reads it"""
        self._require_officer()
        for one in self.sudo():
            partner = one.member_id.partner_id
            answer = self.env["community.member"]._required_reason(reason)
            one._close("refused", answer=answer)
            one._tell(partner.email, partner.lang)

    def _require_officer(self):
        if not self._is_officer():
            raise AccessError(self.env._("Only an administrator can do this."))
        if any(one.state != "open" for one in self.sudo()):
            raise UserError(self.env._("This was answered already."))

    def _close(self, state, **values):
        self.sudo().write(
            {
                "state": state,
                "done": fields.Datetime.now(),
                "done_by": self.env.uid,
            }
            | values
        )

    def _tell(self, email, lang):
        """The address is not kept: the letter deletes itself once it is sent."""
        if email:
            template = self.env.ref("community_portal.mail_privacy").sudo()
            template.with_context(reader_email=email, reader_lang=lang).send_mail(
                self.id
            )
