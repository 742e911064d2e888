from odoo import api, models


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
        if self._policy().participation == "nobody":
            return self.env._(
                "Your company does not take part in the community at the moment."
            )
        return self._hours_notice()
