from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class CommunityPerkGrant(models.Model):
    """Perks as their holders and their companies see them: plain values for pages."""

    _inherit = "community.perk.grant"

    @api.model
    def _mine(self):
        """The user's perks: those he holds, and those that wait for him.

        :return: list of dictionaries, see ``_card``
        """
        member = self.env["community.member"]._me()
        if not member:
            return []
        waiting = Domain("member_id", "=", member.id) & Domain("state", "=", "consent")
        grants = self.sudo().search(Domain(member._perks_domain()) | waiting)
        return [grant._card(member) for grant in grants]

    @api.model
    def _to_consent(self):
        """Perks of his people that wait for the user as manager of their company."""
        member = self.env["community.member"]._me()
        if not member.is_manager:
            return []
        grants = self.sudo().search(
            [
                ("organisation_id", "=", member.organisation_id.id),
                ("state", "=", "consent"),
                ("company_consent", "=", "waiting"),
            ]
        )
        return [grant._card(member) for grant in grants]

    def _card(self, member):
        """:return: id, name, kind, icon, description, holder, for_company, state,
        from, to, code, certificate (address or ""), asks ("person", "company" or "")
        """
        own = self.member_id == member or (self.for_company and self._manages(member))
        held = self.state == "granted"
        return {
            "id": self.id,
            "name": self.perk_id.name,
            "kind": self.kind,
            "description": self.perk_id.description or "",
            "holder": self.member_id.name or self.organisation_id.name,
            "for_company": self.for_company,
            "state": self.state,
            "from": self.date_from,
            "to": self.date_to,
            "code": self.code or "" if own and held else "",
            "certificate": f"/my/community/perk/{self.id}/certificate"
            if own and held and self.kind == "certificate"
            else "",
            "asks": self._asks(member),
        }

    def _manages(self, member):
        return member.is_manager and member.organisation_id == self.organisation_id

    def _asks(self, member):
        if self.state != "consent":
            return ""
        if self.person_consent == "waiting" and self.member_id == member:
            return "person"
        if self.company_consent == "waiting" and self._manages(member):
            return "company"
        return ""

    @api.model
    def _answer(self, grant_id, agreed):
        """The user agrees to a perk, or refuses it, for himself or for his company.

        :return: the card from now on
        """
        member = self.env["community.member"]._join()
        grant = self.sudo().search([("id", "=", grant_id)])
        asks = grant._asks(member) if grant else ""
        if not asks:
            raise UserError(
                self.env._("This perk does not exist or does not wait for you.")
            )
        grant._decide(f"{asks}_consent", bool(agreed))
        if grant.state == "consent" and grant._asks(member):
            return self._answer(grant_id, agreed)
        return grant._card(member)

    @api.model
    def _certificate(self, grant_id):
        """:return: (the PDF of one's own certificate, name of the file)"""
        member = self.env["community.member"]._join()
        grant = self.sudo().search([("id", "=", grant_id)])
        if not grant or not grant._card(member)["certificate"]:
            raise UserError(
                self.env._("This certificate does not exist or is not for you.")
            )
        report = self.env["ir.actions.report"].sudo()
        content, _kind = report._render_qweb_pdf(
            "community_portal.report_certificate", grant.ids
        )
        return content, f"{grant.perk_id.name}.pdf"

    @api.model
    def _release_names(self, release):
        """Who is named in the notes of a release: list of names."""
        grants = self.sudo().search(
            [
                ("perk_id.kind", "=", "release_notes"),
                ("perk_id.release", "=", release),
                ("state", "=", "granted"),
                ("member_id.anonymous", "!=", True),
            ],
            order="id",
        )
        return [grant.member_id.name or grant.organisation_id.name for grant in grants]


class ModerationLog(models.Model):
    _inherit = "moderation.log"

    @api.model
    def _event_names(self):
        return super()._event_names() | {
            "perk.proposed": self.env._("Perk proposed"),
            "perk.deleted": self.env._("Proposal of a perk deleted"),
            "perk.agreed": self.env._("Perk agreed to by us"),
            "perk.granted": self.env._("Perk granted"),
            "perk.revoked": self.env._("Perk taken away"),
            "perk.expired": self.env._("Perk over"),
            "perk.person_consent_given": self.env._("Perk: the person agrees"),
            "perk.person_consent_refused": self.env._("Perk: the person refuses"),
            "perk.company_consent_given": self.env._("Perk: the company agrees"),
            "perk.company_consent_refused": self.env._("Perk: the company refuses"),
        }
