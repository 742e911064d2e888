from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .community_perk import HELD


class CommunityPerk(models.Model):
    """Who deserves a perk, and the night that looks for them."""

    _inherit = "community.perk"

    @api.model
    def _cron_award(self):
        self.env["community.perk.grant"]._expire()
        for perk in self.search([("giving", "!=", "hand"), ("basis", "!=", "hand")]):
            perk._award()

    def _award(self):
        """Propose the perk for those who deserve it and neither hold it nor had it
        taken away or refused.

        :return: the new grants
        """
        self.ensure_one()
        grants = self.env["community.perk.grant"]
        had = grants.search(
            [("perk_id", "=", self.id), ("state", "in", (*HELD, "revoked"))]
        )
        deserving = self._deserving()
        if self.for_company:
            holders = deserving - had.organisation_id
            values = [{"organisation_id": holder.id} for holder in holders]
        else:
            holders = deserving - had.member_id
            values = [{"member_id": holder.id} for holder in holders]
        if self.seats:
            held = len(had.filtered(lambda grant: grant.state in HELD))
            values = values[: max(self.seats - held, 0)]
        grants = grants.create([{"perk_id": self.id} | value for value in values])
        if self.giving == "grant":
            grants.filtered(lambda g: not g.perk_id.needs_proof).action_grant()
        return grants

    def _deserving(self):
        """Those who deserve it now, best first: ``community.member``, or
        ``res.partner`` where it is for companies."""
        self.ensure_one()
        if self.for_company:
            return self._deserving_companies()
        finder = getattr(self, f"_deserving_{self.basis}", None)
        return finder() if finder else self.env["community.member"]

    def _deserving_points(self):
        return self._with_points(self.min_points)

    def _deserving_level(self):
        return self._with_points(self.level_id.points)

    def _with_points(self, points):
        # Nobody deserves anything for nothing.
        return self.env["community.member"].search(
            self._candidates() & Domain("points", ">=", max(points, 1)),
            order="points desc, id",
        )

    def _deserving_topic(self):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT e.member_id FROM community_reputation_entry e
                JOIN community_post p ON p.id = e.post_id
                JOIN community_post_community_tag_rel t
                    ON t.community_post_id = COALESCE(p.root_id, p.id)
                WHERE t.community_tag_id = %s
                GROUP BY e.member_id HAVING SUM(e.points) >= %s
                ORDER BY SUM(e.points) DESC
                """,
                self.tag_id.id,
                max(self.min_points, 1),
            )
        )
        return self._among_candidates([member for (member,) in rows])

    def _deserving_place(self):
        places = self.env["community.board"]._places("last_month")
        return self._among_candidates(
            [member for place, member, _points in places if place <= self.min_place]
        )

    def _deserving_companies(self):
        if self.basis != "points":
            return self.env["res.partner"]
        standings = self.env["res.partner"]._community_standings()
        ids = [
            organisation
            for organisation, points in sorted(
                standings.items(), key=lambda item: -item[1]
            )
            if points >= max(self.min_points, 1)
        ]
        return self.env["res.partner"].browse(ids)

    def _candidates(self):
        return (
            Domain("state", "=", "active")
            & Domain("is_vendor", "=", False)
            & Domain("anonymous", "=", False)
        )

    def _among_candidates(self, ids):
        members = self.env["community.member"]
        allowed = set(members.search(self._candidates() & Domain("id", "in", ids)).ids)
        return members.browse([member for member in ids if member in allowed])
