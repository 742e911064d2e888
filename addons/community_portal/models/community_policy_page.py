from odoo import api, models, tools


class CommunityCompanyPolicy(models.Model):
    _inherit = "community.company.policy"

    @api.model
    @tools.ormcache("organisation_id")
    def _keeps_out(self, organisation_id):
        """Whether a company lets none of its people in; asked on every page, and kept
        until a policy changes."""
        closed = [
            ("organisation_id", "=", organisation_id),
            ("participation", "=", "nobody"),
        ]
        return bool(self.sudo().search_count(closed, limit=1))


class CommunityMember(models.Model):
    """What every page of the room says above its content, if the member's company
    wants something of him."""

    _inherit = "community.member"

    @api.model
    def _my_card(self):
        card = super()._my_card()
        return card | {"notice": self._me()._company_notice()}

    def _company_notice(self):
        """:return: a sentence, "" if there is nothing to say"""
        if not self or self.is_vendor:
            return ""
        policies = self.env["community.company.policy"]
        if policies._keeps_out(self.sudo().organisation_id.id):
            return self.env._(
                "Your company does not take part in the community at the moment."
            )
        return self._hours_notice()
