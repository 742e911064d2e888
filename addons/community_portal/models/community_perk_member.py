from odoo import models

from .community_perk import HELD, OPENS


class CommunityMember(models.Model):
    """What perks a member holds, and what they open for him."""

    _inherit = "community.member"

    def _has_perk_for(self, privilege):
        """Whether a perk of his, or of his company, opens what a level would."""
        kinds = OPENS.get(privilege)
        if not kinds:
            return False
        # sudo: perks are the vendor's records
        grants = self.env["community.perk.grant"].sudo()
        domain = [*self._perks_domain(), ("perk_id.kind", "in", kinds)]
        return bool(grants.search_count(domain, limit=1))

    def _perks_domain(self):
        """Of the perks that this person has now, alone or with his company."""
        self.ensure_one()
        return [
            ("state", "=", "granted"),
            "|",
            ("member_id", "=", self.id),
            "&",
            ("perk_id.for_company", "=", True),
            ("organisation_id", "=", self.organisation_id.id),
        ]

    def _anonymise(self):
        """Perks end with the person, and what was written about him goes."""
        # sudo: perks are the vendor's records
        grants = self.env["community.perk.grant"].sudo()
        mine = grants.search([("member_id", "=", self.id)])
        held = mine.filtered(lambda grant: grant.state in HELD)
        held.state = "expired"
        held._log("expired")
        mine.write({"proof": False, "proof_file": False, "reason": False})
        return super()._anonymise()
