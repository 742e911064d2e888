from odoo import models


class CommunityMember(models.Model):
    """What other members see of a person."""

    _inherit = "community.member"

    def _cards(self):
        """What the user sees of these people.

        :return: {id: {"id", "name", "employer", "badge", "points", "avatar", "url"}};
            badge is "agent", "moderator", "expert" or ""; employer and url may be ""
        """
        reader = self.env.user
        return {member.id: member._card(reader) for member in self.sudo()}

    def _card(self, reader):
        shown = not self.anonymous
        return {
            "id": self.id,
            "name": self.name,
            "employer": self._employer_for(reader) if shown else "",
            "badge": self._badge() if shown else "",
            "points": self._points_for(reader),
            "avatar": f"/my/community/avatar/{self.id}",
            "url": f"/my/community/people/{self.id}" if shown else "",
        }

    def _employer_for(self, reader):
        """The vendor and one's colleagues know; others learn what the member lets
        them."""
        employer = self.organisation_id
        if self.is_vendor:
            return self.user_id.company_id.name
        if self._knows_all_of(reader):
            return employer.name if employer != self.partner_id else ""
        shown = self.env.company.sudo()._community_employer_shown(self.employer_shown)
        if shown == "name" and employer != self.partner_id:
            return employer.name
        return (employer.industry_id.name or "") if shown == "industry" else ""

    def _knows_all_of(self, reader):
        """Whether a reader may know of this person what happened in restricted
        posts."""
        return not reader.share or (
            reader.partner_id.commercial_partner_id == self.organisation_id
        )

    def _points_for(self, reader):
        return self.points if self._knows_all_of(reader) else self.open_points

    def _badge(self):
        if self.is_vendor:
            is_moderator = self.user_id.has_group("moderation.group_moderator")
            return "moderator" if is_moderator else "agent"
        return "expert" if self.is_expert else ""
