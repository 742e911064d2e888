from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from .room import page, room, whole_number

URL = "/my/community/company"
TABS = ("people", "posts", "policy", "leaks")


class CommunityCompany(http.Controller):
    """The page of a customer's manager: about his own company, for him alone. Each
    change is checked in the model; here it is only read from the form."""

    @http.route(URL, type="http", auth="user", website=True)
    @page
    def company(self, saved="", **_kw):
        return self._show(saved=saved in ("policy", "done"))

    def _show(self, **values):
        policies = request.env["community.company.policy"]
        company = request.env["community.invitation"]._require_manager()
        values = {
            "company": company.organisation_id.name,
            "value": policies._value(),
            "people": policies._people(),
            "invitations": policies._invitations(),
            "posts": policies._waiting_posts(),
            "form": policies._form(),
            "leaks": policies._leaks(),
            "perks": self._perks(),
            "zones": request.env["resource.calendar"]
            ._fields["tz"]
            .get_values(request.env),
            "error": "",
            "typed": {},
        } | values
        return request.render(
            "community_portal.company", room("company", wide=True, **values)
        )

    def _perks(self):
        """Perks that wait for the company's consent, where the room has perks."""
        if "community.perk.grant" not in request.env:
            return []
        return request.env["community.perk.grant"]._to_consent()

    def _do(self, change, **typed):
        """Change something as the user; what goes wrong is shown on the same page,
        with what was typed.

        :raises AccessError: the user is no manager
        """
        try:
            with request.env.cr.savepoint():
                change()
        except AccessError:
            raise
        except UserError as error:
            return self._show(error=str(error), typed=typed)
        return request.redirect(f"{URL}?saved=done")

    @http.route(
        f"{URL}/invite", type="http", auth="user", methods=["POST"], website=True
    )
    @page
    def invite(self, email="", name="", message="", **_kw):
        invitations = request.env["community.invitation"]
        return self._do(
            lambda: invitations._invite(email, name, message),
            email=email,
            name=name,
            message=message,
        )

    @http.route(
        f"{URL}/invitation/<int:number>/withdraw",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    @page
    def withdraw(self, number, **_kw):
        return self._do(
            lambda: self._of_company("community.invitation", number)._withdraw()
        )

    @http.route(
        f"{URL}/person/<int:number>/<string:what>",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    @page
    def person(self, number, what, reason="", **_kw):
        def change():
            member = self._of_company("community.member", number)
            changes = {
                "approve": member._approve_request,
                "refuse": lambda: member._refuse_request(reason),
                "close": lambda: member._close(reason),
                "reopen": member._reopen,
            }
            changes.get(what, self._unknown)()

        return self._do(change)

    @http.route(
        f"{URL}/post/<int:number>/<string:what>",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    @page
    def post(self, number, what, reason="", **_kw):
        def change():
            post = self._of_company("community.post", number)
            changes = {"approve": post._approve, "refuse": lambda: post._refuse(reason)}
            changes.get(what, self._unknown)()

        return self._do(change)

    @http.route(
        f"{URL}/perk/<int:number>/<string:what>",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    @page
    def perk(self, number, what, **_kw):
        grants = request.env.get("community.perk.grant")
        if grants is None or what not in ("agree", "refuse"):
            return self._do(self._unknown)
        return self._do(lambda: grants._answer(number, what == "agree"))

    @http.route(
        f"{URL}/policy", type="http", auth="user", methods=["POST"], website=True
    )
    @page
    def policy(self, participation="", spaces="all", perk_consent="", **form):
        values = request.httprequest.form
        chosen = [whole_number(one) for one in values.getlist("space_ids")]
        hours = {
            "days": values.getlist("days"),
            "start": _hour(form.get("start")),
            "end": _hour(form.get("end")),
            "tz": form.get("tz"),
        }
        policies = request.env["community.company.policy"]
        return self._do(
            lambda: policies._save(
                {
                    "participation": participation,
                    "space_ids": None if spaces == "all" else chosen,
                    "hours": hours if form.get("hours_only") else None,
                    "perk_consent": bool(perk_consent),
                }
            )
        )

    def _of_company(self, model, number):
        """A record of the manager's own company, as the user.

        :raises AccessError: the same for what is not there
        """
        me = request.env["community.invitation"]._require_manager()
        # sudo: found as his company's, by both numbers
        record = (
            request.env[model]
            .sudo()
            .search(
                [
                    ("id", "=", min(number, 2**31 - 1)),
                    ("organisation_id", "=", me.organisation_id.id),
                ],
                limit=1,
            )
        )
        if not record:
            self._unknown()
        return record.with_env(request.env)

    def _unknown(self):
        raise UserError(
            request.env._("This is not there any more, or is not your company's.")
        )


def _hour(text):
    """ "08:30" as 8.5; None for what is no time."""
    hours, _colon, minutes = str(text or "").partition(":")
    if not (hours.isdecimal() and (minutes or "0").isdecimal()):
        return None
    return int(hours) + int(minutes or 0) / 60 if len(hours + minutes) < 5 else None
