from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request


class Report(http.Controller):
    """How a member reports what he reads."""

    @http.route(
        "/moderation/report/categories", type="jsonrpc", auth="user", readonly=True
    )
    def categories(self):
        """:return: list of ``{"code", "name"}``, in the user's language"""
        # sudo: names alone, of what may be chosen
        found = (
            request.env["moderation.category"]
            .sudo()
            .search([("reportable", "=", True)])
        )
        return [{"code": one.code, "name": one.name} for one in found]

    @http.route("/moderation/report", type="jsonrpc", auth="user")
    def report(self, res_model, res_id, category, note=""):
        """Report a content that the user can read.

        :param res_model, res_id: such as "mail.message" and its number
        :param category: code of a ``moderation.category``
        :return: ``{"message"}`` for the person; that it counted little is not said
        """
        content = self._content(res_model, res_id)
        category = (
            request.env["moderation.category"]
            .sudo()
            .search([("code", "=", str(category)), ("reportable", "=", True)], limit=1)
        )
        if not category:
            raise UserError(request.env._("Choose what is wrong with it."))
        request.env["moderation.report"]._report(content, category, str(note or ""))
        return {
            "message": request.env._(
                "Thank you. A moderator looks at it, and you will be told what came "
                "of it."
            )
        }

    def _content(self, res_model, res_id):
        """The record, with the user's rights. Whether it does not exist or may not
        be read is nobody's business."""
        gone = UserError(request.env._("This is not there any more."))
        model = request.env.get(str(res_model))
        content_class = request.env.registry["moderation.content"]
        if model is None or not isinstance(model, content_class) or model._abstract:
            raise gone
        if not isinstance(res_id, int) or not 0 < res_id < 2**31:
            raise gone
        content = model.browse(res_id)
        try:
            content.check_access("read")
        except (AccessError, MissingError):
            raise gone from None
        if not content.exists():
            raise gone
        return content
