from urllib.parse import urlsplit

from odoo import api, models
from odoo.exceptions import UserError

from .community_notice_send import MEMBERS

# The push services of the browsers that there are. An address comes from the browser,
# that is from the user, and the server posts to it: to these hosts and no others. The
# parameter "community_portal.push_hosts" names more, separated by commas.
PUSH_HOSTS = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    "web.push.apple.com",
    "notify.windows.com",
)


class CommunityNotice(models.Model):
    """News in the browser, by Odoo's own web push."""

    _inherit = "community.notice"

    @api.model
    def _push_now(self, post_id, after=0):
        """Job: push the news of a post to some members; the next ones are the next
        job's. Who wants peace is not woken up, not later either.

        :param post_id: False for news that are about no post
        """
        waiting = [("post_id", "=", post_id), ("push", "=", True)]
        waiting.append(("pushed", "=", False))
        members = self._members_waiting(waiting, after, MEMBERS)
        notices = self.sudo().search([*waiting, ("member_id", "in", members.ids)])
        notices.pushed = True
        if len(members) == MEMBERS:
            self.with_delay()._push_now(post_id, members[-1].id)
        wanted = notices.filtered(
            lambda n: not n.read and not n.member_id._quiet_until()
        )
        for told in wanted._still_visible().grouped("event").values():
            told._push_to_devices()

    def _push_to_devices(self):
        """Notices of one event of one post."""
        thread = self.env["mail.thread"]
        partners = self.member_id.partner_id
        devices, private, public = thread._web_push_get_partners_parameters(
            partners.ids
        )
        devices = devices.filtered(lambda d: self._is_push_service(d.endpoint))
        if devices:
            payloads = {
                lang: self[:1].with_context(lang=lang)._payload()
                for lang in set(partners.mapped("lang"))
            }
            thread._web_push_send_notification(
                devices, private, public, payload_by_lang=payloads
            )

    def _payload(self):
        """What the service worker shows, maybe on a locked screen."""
        self.ensure_one()
        sentence, plain = self._tellings()[self.id]
        is_open = not self.post_id or self.post_id._is_open()
        return self.env["mail.thread"]._web_push_truncate_payload(
            {
                "title": self.env._("Community"),
                "options": {
                    "body": sentence if is_open else plain,
                    "icon": "/community_portal/static/description/icon.png",
                    "tag": f"community-{self.thread_id.id}",
                    "data": {
                        "model": "community.post",
                        "res_id": self.post_id.id,
                        "url": self._url(),
                    },
                },
            }
        )

    # --- devices ----------------------------------------------------------------------

    @api.model
    def _is_push_service(self, endpoint):
        try:
            parts = urlsplit(endpoint)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            return False
        more = self.env["ir.config_parameter"].sudo()
        more = more.get_param("community_portal.push_hosts") or ""
        hosts = [
            *PUSH_HOSTS,
            *(name.strip() for name in more.split(",") if name.strip()),
        ]
        return (
            parts.scheme == "https"
            and port in (None, 443)
            and any(host == name or host.endswith(f".{name}") for name in hosts)
        )

    @api.model
    def _push_key(self):
        """The key by which browsers know this server's messages."""
        self.env["community.member"]._join()
        return self.env["mail.push.device"].get_web_push_vapid_public_key()

    @api.model
    def _add_device(self, subscription):
        """:param subscription: what the browser's ``PushSubscription.toJSON()`` gives
        :raises UserError: it is not one
        """
        key = self._push_key()
        endpoint = subscription.get("endpoint")
        keys = subscription.get("keys")
        if not (
            isinstance(endpoint, str)
            and len(endpoint) < 2_000
            and self._is_push_service(endpoint)
            and isinstance(keys, dict)
            and all(
                isinstance(keys.get(name), str) and 0 < len(keys[name]) < 200
                for name in ("p256dh", "auth")
            )
        ):
            raise UserError(
                self.env._(
                    "This browser's push service is not known here. Use e-mail, or "
                    "another browser."
                )
            )
        self.env["mail.push.device"].register_devices(
            endpoint=endpoint,
            keys={name: keys[name] for name in ("p256dh", "auth")},
            vapid_public_key=key,
        )

    @api.model
    def _remove_device(self, endpoint):
        """Only one's own."""
        partner = self.env.user.partner_id
        self.env["mail.push.device"].sudo().search(
            [("endpoint", "=", str(endpoint)), ("partner_id", "=", partner.id)]
        ).unlink()
