from markupsafe import Markup

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.mail.controllers.thread import ThreadController
from odoo.addons.mail.tools.discuss import Store
from odoo.addons.portal.controllers.portal_thread import PortalChatter


class ModerationThread(ThreadController):
    """An author who was told what to change and insists says so."""

    @http.route()
    def mail_message_post(self, *args, moderation_insist=False, **kwargs):
        if moderation_insist:
            request.update_context(moderation_insist=True)
        return super().mail_message_post(*args, **kwargs)

    @http.route()
    def mail_message_update_content(
        self, message_id, update_data, moderation_insist=False, **kwargs
    ):
        if moderation_insist:
            request.update_context(moderation_insist=True)
        if held := self._moderation_own_held(message_id):
            return self._moderation_update_held(held, update_data)
        return super().mail_message_update_content(message_id, update_data, **kwargs)

    def _moderation_own_held(self, message_id):
        # sudo: an author finds his own text, not the case that it belongs to
        message = request.env["mail.message"].sudo().browse(int(message_id)).exists()
        user = request.env.user
        mine = not user._is_public() and message.author_id == user.partner_id
        return mine and message.moderation_state == "held" and message

    def _moderation_update_held(self, message, update_data):
        """Nobody has rights on what waits, its author neither: he may set it right
        or take it back."""
        files = set(map(int, update_data.get("attachment_ids") or ()))
        if files - set(message.attachment_ids.ids):
            raise UserError(
                request.env._(
                    "This message waits for a moderator and takes no more files. Send "
                    "them in a message of their own."
                )
            )
        body = Markup(update_data.get("body") or "")
        message.moderation_case_id._message_update_content(
            message, body=body, attachment_ids=None if body or files else []
        )
        return Store().add(message).get_result()


class ModerationPortalChatter(PortalChatter):
    @http.route()
    def portal_avatar(self, res_id=None, height=50, width=50, **access):
        """A link to the ticket shows nothing of a message that is withdrawn from
        it; its author sees himself."""
        message = request.env["mail.message"].browse(int(res_id)).exists().sudo()
        if not message._moderation_is_withdrawn():
            return super().portal_avatar(res_id, height, width, **access)
        if message.author_id != request.env.user.partner_id:
            return super().portal_avatar(res_id, height, width)
        stream = request.env["ir.binary"]._get_image_stream_from(
            message, "author_avatar", width=int(width), height=int(height)
        )
        return stream.get_response()

    @http.route()
    def portal_message_fetch(self, thread_model, thread_id, fetch_params=None, **kw):
        """With the author's own messages that wait, each in its place."""
        fetch_params = fetch_params or {}
        result = super().portal_message_fetch(
            thread_model, thread_id, fetch_params=fetch_params, **kw
        )
        messages = request.env["mail.message"]
        shown = {"messages": messages.browse(result["messages"])}
        if not fetch_params.get("search_term"):
            messages._moderation_add_pending(
                shown, thread_model, int(thread_id), fetch_params
            )
        if waiting := shown["messages"] - messages.browse(result["messages"]):
            result["data"]["mail.message"] += waiting.portal_message_format(options=kw)
            result["messages"] = shown["messages"].ids
        return result
