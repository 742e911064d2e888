import json
import mimetypes
import os
import re
import time

from markupsafe import Markup

from odoo import api, models
from odoo.tools.mimetypes import guess_mimetype

from odoo.addons.queue_job.exception import RetryableJobError

from ..database import checkpoint
from ..providers.errors import Refused, RetryLater
from ..providers.types import Kind, Media
from ..wording import explain

NAME_LENGTH = 120
# Same family, other name: containers that carry either sound or pictures.
ALIASES = {"application/ogg": "audio/ogg", "video/ogg": "audio/ogg"}


class HelpdeskSocialMessage(models.Model):
    _inherit = "helpdesk.social.message"

    @api.model
    def _media_values(self, media):
        """Fields that remember a file to be fetched."""
        return {
            "media": json.dumps(
                {
                    "kind": media.kind.value,
                    "ref": media.ref,
                    "mime": media.mime,
                    "name": media.name,
                    "size": media.size,
                    "error": media.error,
                }
            ),
            "media_state": "failed" if media.error else "waiting",
            "error": (media.error and self.env._(media.error)) or False,
        }

    def _media(self):
        values = json.loads(self.media)
        return Media(**{**values, "kind": Kind(values["kind"])})

    def _enqueue_media(self):
        for message in self.filtered(lambda m: m.media_state == "waiting"):
            message.with_delay(
                identity_key=f"social_media:{message.id}", max_retries=8
            )._fetch_media()

    def _fetch_media(self):
        """Job: get the file of a customer's message into the ticket."""
        self.ensure_one()
        if self.account_id._is_slow():
            self.with_delay(
                identity_key=f"social_slow_media:{self.id}", max_retries=8
            )._fetch_slowly()
        else:
            self._fetch()

    def _fetch(self):
        if self.media_state != "waiting" or not self.mail_message_id:
            return
        account = self.account_id._inbound_env()
        began = time.monotonic()
        try:
            download = account._provider().fetch(self._media())
        except RetryLater as error:
            account._note_pace(time.monotonic() - began)
            checkpoint(self.env)  # a retried job is rolled back
            raise RetryableJobError(error.text, seconds=error.seconds) from None
        except Refused as error:
            self._media_failed(explain(account.env, error))
            if error.alarm:
                account._raise_alarm(explain(account.env, error))
        else:
            self.with_env(account.env)._keep(download)
        account._tell_tickets(self.ticket_id)

    def _media_failed(self, reason):
        self.write({"media_state": "failed", "error": reason})

    def _keep(self, download):
        """The file becomes an attachment of the message in the chatter."""
        mime = true_mime(download.content, download.mime)
        attachment = (
            self.env["ir.attachment"]
            .with_context(attachments_mime_plainxml=True)
            .create(
                {
                    "name": file_name(download.name, mime, self.kind),
                    "raw": download.content,
                    "mimetype": mime,
                    "res_model": "helpdesk.ticket",
                    "res_id": self.ticket_id.id,
                }
            )
        )
        self.write(
            {"media_state": "done", "error": False, "attachment_id": attachment.id}
        )
        post = self.mail_message_id.sudo()
        post.attachment_ids = [(4, attachment.id)]
        label = self.env["helpdesk.social.conversation"]._kind_label(Kind(self.kind))
        if post.body == Markup('<div class="text-muted small">%s</div>') % label:
            post.body = ""

    def _on_media_given_up(self, vals):
        """Job failed for good: say so where the file is missing."""
        self._media_failed(
            self.env._(
                "The file could not be fetched from the provider: %s",
                vals.get("exc_message") or "",
            )
        )
        checkpoint(self.env)


def true_mime(content, declared):
    """What a file is, whatever it says it is.

    A provider's word is taken only where the content does not contradict it:
    a program that calls itself a photo is kept, as a file to download.
    """
    declared = (declared or "").split(";")[0].strip().lower()
    found = guess_mimetype(content, default="application/octet-stream")
    found = ALIASES.get(found, found)
    if not declared or not re.fullmatch(r"[\w.+-]+/[\w.+-]+", declared):
        return found
    if declared == "application/pdf":
        return found  # is always recognised, and browsers open it by themselves
    family = declared.split("/")[0]
    if found == "application/octet-stream":
        # Pictures are always recognised; sound, films and documents are not.
        return found if family == "image" else declared
    return declared if found.split("/")[0] == family else found


def file_name(name, mime, kind):
    """A name that is safe on every system and fits the content."""
    base = os.path.basename((name or "").replace("\\", "/"))
    base = re.sub(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069<>:\"|?*]", "", base)
    stem, extension = os.path.splitext(base.strip(". "))
    extension = extension or extension_of(mime)
    return f"{(stem or kind)[:NAME_LENGTH]}{extension[:12]}"


def extension_of(mime):
    # What the standard table calls otherwise than everybody does.
    known = {"audio/ogg": ".ogg", "audio/mpeg": ".mp3", "image/webp": ".webp"}
    return known.get(mime) or mimetypes.guess_extension(mime) or ""
