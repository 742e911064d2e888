from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

PER_PAGE = 20


class ModerationPortal(CustomerPortal):
    """What was decided about one's own texts, and how to appeal. Records are found
    by their author, never by their number alone."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "moderation_count" in counters:
            values["moderation_count"] = self._moderation_count()
        return values

    def _moderation_count(self):
        author = request.env.user.partner_id.id
        mine = Domain("author_id", "=", author)
        # sudo: a person's own things, found as his
        waiting = request.env["moderation.case"].sudo()
        decisions = request.env["moderation.decision"].sudo()
        return decisions.search_count(mine & self._told()) + waiting.search_count(
            mine & self._waiting()
        )

    def _told(self):
        """Decisions that concern their author."""
        return Domain("harmful", "=", True) | Domain("notified", "=", True)

    def _waiting(self):
        return Domain("state", "in", ("waiting", "claimed")) & Domain(
            "content_state", "in", ("held", "edit_held")
        )

    @http.route(
        ["/my/moderation", "/my/moderation/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
    )
    def portal_my_moderation(self, page=1, **_kw):
        author = request.env.user.partner_id
        mine = Domain("author_id", "=", author.id)
        # sudo: a person's own things, found as his
        decisions = request.env["moderation.decision"].sudo()
        told = mine & self._told()
        pager = portal_pager(
            url="/my/moderation",
            total=decisions.search_count(told),
            page=page,
            step=PER_PAGE,
        )
        sanctions = request.env["moderation.sanction"].sudo()
        cases = request.env["moderation.case"].sudo()
        values = self._prepare_portal_layout_values() | {
            "page_name": "moderation",
            "pager": pager,
            "decisions": decisions.search(told, limit=PER_PAGE, offset=pager["offset"]),
            "sanctions": sanctions.search(
                sanctions._now() & Domain("partner_id", "=", author.id)
            ),
            "waiting": cases.search(mine & self._waiting(), limit=PER_PAGE),
        }
        return request.render("moderation.portal_my_moderation", values)

    @http.route(
        "/my/moderation/decision/<int:decision_id>",
        type="http",
        auth="user",
        website=True,
    )
    def portal_my_decision(self, decision_id, **_kw):
        decision = self._own_decision(decision_id)
        if not decision:
            return request.redirect("/my/moderation")
        return self._decision_page(decision)

    @http.route(
        "/my/moderation/decision/<int:decision_id>/appeal",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_appeal(self, decision_id, text="", **_kw):
        decision = self._own_decision(decision_id)
        if not decision:
            return request.redirect("/my/moderation")
        try:
            request.env["moderation.appeal"]._file(decision, text)
        except UserError as error:
            return self._decision_page(decision, error=str(error), text=text)
        return request.redirect(f"/my/moderation/decision/{decision.id}")

    def _own_decision(self, decision_id):
        return (
            request.env["moderation.decision"]
            .sudo()
            .search(
                Domain("id", "=", min(decision_id, 2**31 - 1))
                & Domain("author_id", "=", request.env.user.partner_id.id)
                & self._told(),
                limit=1,
            )
        )

    def _decision_page(self, decision, **values):
        layout = self._prepare_portal_layout_values()
        page = {
            "page_name": "moderation",
            "decision": decision,
            "appeal": decision.appeal_ids[:1],
            "can_appeal": decision._can_be_appealed(),
        }
        return request.render("moderation.portal_my_decision", layout | page | values)
