from odoo import api, models
from odoo.tools import SQL


class CommunityMember(models.Model):
    """What every page of the room says of its reader."""

    _inherit = "community.member"

    @api.model
    def _way_in(self):
        """Where the user has to go before he may enter: an address, or "" for nowhere.

        Called for each page; extended by what else is asked of members.
        """
        if self._me() or self.env.user._is_community_staff():
            return ""
        return "/my/community/join"

    @api.model
    def _my_card(self):
        """The user's own card; one without a profile for an agent who never wrote."""
        me = self._me()
        if me:
            return me.with_user(self.env.user)._cards()[me.id]
        user = self.env.user
        return {
            "id": 0,
            "name": user.name,
            "employer": user.company_id.name,
            "badge": "agent",
            "points": 0,
            "avatar": f"/web/image/res.users/{user.id}/avatar_128",
            "url": "/my/community/settings",
        }

    @api.model
    def _unread_notices(self):
        """How many notices the user has not read; counted by who makes them."""
        return 0


class CommunitySpace(models.Model):
    """The spaces in the sidebar."""

    _inherit = "community.space"

    @api.model
    def _places(self):
        """:return: a dictionary for each space that the user sees: id, name, kind,
        icon, url, unread"""
        # sudo: the ids are the user's own
        spaces = self.sudo().browse(self._ids_for("see"))
        unread = self._ids_unread()
        return [
            {
                "id": space.id,
                "name": space.name,
                "kind": space.kind,
                "icon": space.icon or "💬",
                "url": f"/my/community/space/{space.id}",
                "unread": space.id in unread,
            }
            for space in spaces.sorted("sequence")
        ]

    @api.model
    def _ids_unread(self):
        """Spaces whose latest thread the user has not read since it changed: looking
        at one row each costs the same whatever a space holds."""
        member = self.env["community.member"]._me()
        if not member:
            return set()
        query = self.env["community.post"]._search([("root_id", "=", False)])
        rows = self.env.execute_query(
            SQL(
                """SELECT space.id FROM unnest(%s::int[]) space(id)
                CROSS JOIN LATERAL (
                    SELECT community_post.id, community_post.last_activity,
                        community_post.author_id
                    FROM %s WHERE %s AND community_post.space_id = space.id
                    ORDER BY community_post.last_activity DESC, community_post.id DESC
                    LIMIT 1
                ) latest
                LEFT JOIN community_seen seen
                    ON seen.post_id = latest.id AND seen.member_id = %s
                WHERE latest.author_id != %s
                    AND latest.last_activity > COALESCE(seen.moment, %s)""",
                list(self._ids_for("see")),
                query.from_clause,
                query.where_clause or SQL("TRUE"),
                member.id,
                member.id,
                member.joined,
            )
        )
        return {row[0] for row in rows}
