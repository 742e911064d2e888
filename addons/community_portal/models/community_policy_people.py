from odoo import api, models
from odoo.tools import format_datetime


class CommunityCompanyPolicy(models.Model):
    """What a manager's page shows: plain values, about his own company alone."""

    _inherit = "community.company.policy"

    @api.model
    def _people(self):
        """The company's people, those who ask to join first.

        :return: list of {"id", "name", "email", "state", "since", "reason",
            "is_manager", "is_me", "points", "posts", "can_close", "can_reopen"}
        :raises AccessError: the user is no manager
        """
        me = self.env["community.invitation"]._require_manager()
        # sudo: of his own company
        members = (
            self.env["community.member"]
            .sudo()
            .search(
                [
                    ("organisation_id", "=", me.organisation_id.id),
                    ("is_vendor", "=", False),
                    ("anonymous", "=", False),
                ]
            )
        )
        first = ("requested", "active", "suspended", "closed", "left")
        ordered = members.sorted(lambda m: (first.index(m.state), m.name or ""))
        return [self._person(member, me) for member in ordered]

    @api.model
    def _person(self, member, me):
        closed_by_us = member.state == "closed" and not member._closed_by_vendor()
        return {
            "id": member.id,
            "name": member.name,
            "email": member.partner_id.email or "",
            "state": member.state,
            "since": member.state_since,
            "reason": member.reason or "",
            "is_manager": member.is_manager,
            "is_me": member == me,
            "points": member.points,
            "posts": member.post_count,
            "can_close": member.state == "active" and member != me,
            "can_reopen": closed_by_us,
        }

    @api.model
    def _invitations(self):
        """The company's open invitations: list of {"id", "email", "name", "by",
        "expires", "expired"}."""
        me = self.env["community.invitation"]._require_manager()
        # sudo: of his own company
        found = (
            self.env["community.invitation"]
            .sudo()
            .search(
                [
                    ("organisation_id", "=", me.organisation_id.id),
                    ("state", "=", "sent"),
                    ("purpose", "=", "invite"),
                ]
            )
        )
        return [
            {
                "id": one.id,
                "email": one.email,
                "name": one.name or "",
                "by": one.invited_by_id.name,
                "expires": one.expires,
                "expired": one.is_expired,
            }
            for one in found
        ]

    @api.model
    def _waiting_posts(self):
        """What waits for the user's approval: list of {"id", "title", "body",
        "author", "space", "audience", "kind", "date", "files"}."""
        me = self.env["community.invitation"]._require_manager()
        posts = self.env["community.post"]._waiting_for(me)
        audiences = dict(posts._fields["audience"]._description_selection(self.env))
        files = self._files_of(posts)
        return [
            {
                "id": post.id,
                "title": post._thread().title or "",
                "body": post.body or "",
                "author": post.author_id.name,
                "space": post.space_id.name,
                "audience": audiences[post.audience],
                "is_reply": bool(post.root_id),
                "date": post.create_date,
                "files": files.get(post.id, []),
            }
            for post in posts
        ]

    @api.model
    def _files_of(self, posts):
        found = {}
        attachments = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", posts._name), ("res_id", "in", posts.ids)])
        )
        for file in attachments:
            found.setdefault(file.res_id, []).append(
                {"name": file.name, "url": f"/web/content/{file.id}?download=true"}
            )
        return found

    @api.model
    def _leaks(self):
        """The latest leaks that were stopped: list of {"what", "who", "space",
        "action", "when"}."""
        me = self.env["community.invitation"]._require_manager()
        leaks = self.env["community.policy.leak"]._of_company(me.organisation_id)
        actions = dict(leaks._fields["action"]._description_selection(self.env))
        return [
            {
                "what": leak.category_id.name or "",
                "who": leak.member_id.name or "",
                "space": leak.space_id.name or "",
                "action": actions[leak.action],
                "when": format_datetime(self.env, leak.at, dt_format="short"),
            }
            for leak in leaks
        ]

    @api.model
    def _form(self):
        """What the manager's form shows of the policy: {"participation", "spaces":
        [{"id", "name", "icon", "chosen"}], "all_spaces", "hours", "perk_consent"}."""
        policy = self._mine()
        offered = self._spaces_to_choose()
        return {
            "participation": policy.participation,
            "all_spaces": not policy.space_ids,
            "spaces": [
                {
                    "id": space.id,
                    "name": space.name,
                    "icon": space.icon or "",
                    "chosen": space in policy.space_ids or not policy.space_ids,
                }
                for space in offered
            ],
            "hours_only": policy.working_hours_only,
            "hours": policy._hours_shown(self.env.user.tz),
            "perk_consent": policy.perk_consent,
        }

    def _hours_shown(self, tz):
        """:return: {"days": ["0", …], "start", "end", "tz"}; office hours to begin
        with"""
        lines = self.calendar_id.attendance_ids.filtered(
            lambda line: line.day_period != "lunch" and not line.display_type
        )
        if not lines:
            days = ["0", "1", "2", "3", "4"]
            return {"days": days, "start": 8.0, "end": 18.0, "tz": tz or "UTC"}
        return {
            "days": sorted(set(lines.mapped("dayofweek"))),
            "start": min(lines.mapped("hour_from")),
            "end": max(lines.mapped("hour_to")),
            "tz": self.calendar_id.tz,
        }
