from odoo import models
from odoo.tools import SQL


class CommunityMember(models.Model):
    """What other members see of a person."""

    _inherit = "community.member"

    def _cards(self):
        """What the user sees of these people.

        :return: {id: {"id", "name", "employer", "badge", "points", "avatar", "url"}};
            badge is "agent", "moderator", "expert" or ""; employer and url may be ""
        """
        if not self:
            return {}
        reader = self.env.user
        employers = self._employers()
        # sudo: a card holds what this reader may know
        return {
            member.id: member._card(reader, *employers[member.id])
            for member in self.sudo()
        }

    def _employers(self):
        """Read in one query, as partners, users and companies are wide and a page
        needs three words of them.

        :return: {member id: (employer, its industry, who employs him at the vendor)}
        """
        for name in ("res.partner", "res.partner.industry", "res.company"):
            self.env[name].flush_model(["name"])
        self.env["res.partner"].flush_model(["industry_id"])
        self.env["res.users"].flush_model(["company_id"])
        self.flush_recordset(["organisation_id", "user_id"])
        industry = self.env["res.partner.industry"].sudo()
        rows = self.env.execute_query(
            SQL(
                """SELECT m.id, employer.name, %s, company.name
                FROM community_member m
                LEFT JOIN res_users u ON u.id = m.user_id
                LEFT JOIN res_company company ON company.id = u.company_id
                LEFT JOIN res_partner employer ON employer.id = m.organisation_id
                LEFT JOIN res_partner_industry industry
                    ON industry.id = employer.industry_id
                WHERE m.id = ANY(%s)""",
                industry._field_to_sql("industry", "name"),
                self.ids,
            )
        )
        return {row[0]: tuple(name or "" for name in row[1:]) for row in rows}

    def _card(self, reader, employer, industry, vendor):
        shown = not self.anonymous
        return {
            "id": self.id,
            "name": self.name,
            "employer": self._shown_to(reader, employer, industry, vendor)
            if shown
            else "",
            "badge": self._badge() if shown else "",
            "points": self._points_for(reader),
            "avatar": f"/my/community/avatar/{self.id}",
            "url": f"/my/community/people/{self.id}" if shown else "",
        }

    def _shown_to(self, reader, employer, industry, vendor):
        """The vendor and one's colleagues know; others learn what the member lets
        them. Who has no employer is his own contact's "employer"."""
        if self.is_vendor:
            return vendor
        if self.organisation_id == self.partner_id:
            employer = ""
        if self._knows_all_of(reader):
            return employer
        how = self.env.company.sudo()._community_employer_shown(self.employer_shown)
        return {"name": employer, "industry": industry}.get(how, "")

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
