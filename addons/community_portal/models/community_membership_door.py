from odoo import api, models


class CommunityMember(models.Model):
    """What somebody outside sees: his own state, and how to get in."""

    _inherit = "community.member"

    @api.model
    def _door(self):
        """Values of the page /my/community/join.

        :return: {"state": "outside", "requested", "rules", "suspended", "closed" or
            "staff", "member": {…}, "rules": {…} or None, "company", "at_once",
            "confirm": the address that can be confirmed or ""}
        """
        mine = self._of_mine()
        user = self.env.user
        at_once = self._joins_at_once() if user.share else False
        return {
            "state": self._door_state(mine),
            "member": {
                "since": mine.state_since,
                "reason": mine.reason or "",
                "answer": mine.state_reason or "",
                "until": mine.suspended_until,
            },
            "rules": self._rules_shown(mine),
            "company": self._own_company(),
            "email": user.partner_id.email or "",
            "at_once": at_once,
            "confirm": not at_once and self._can_confirm(),
            "closed": self._policy_closes(),
            "host": self.env.company.sudo().name,
        }

    @api.model
    def _door_state(self, mine):
        if not self.env.user._is_portal():
            return "staff"
        if mine._must_agree():
            return "rules"
        inside = ("requested", "suspended", "closed")
        return mine.state if mine.state in inside else "outside"

    @api.model
    def _rules_shown(self, mine):
        rules = self.env["community.rules"]._current()
        if not rules:
            return None
        return {
            "version": rules.version,
            "body": rules.with_context(lang=self.env.lang).body,
            "date": rules.published,
            "new": bool(mine.rules_version),
            "summary": rules.summary or "",
        }

    @api.model
    def _own_company(self):
        # sudo: the user's own employer
        partner = self.env.user.partner_id.sudo()
        company = partner.commercial_partner_id
        return company.name if company != partner else ""

    @api.model
    def _can_confirm(self):
        """Whether the user's address is one of a company that takes part, so that a
        letter there settles where he works."""
        # sudo: the user's own contact
        partner = self.env.user.partner_id.sudo()
        company = self.env["community.domain"]._organisation_of(partner.email)
        alone = partner.commercial_partner_id == partner and not partner.is_company
        return bool(company) and alone

    @api.model
    def _policy_closes(self):
        # sudo: the policy of the user's own employer
        company = self.env.user.partner_id.sudo().commercial_partner_id
        policy = self.env["community.company.policy"]._of(company)
        return policy.participation == "nobody"
