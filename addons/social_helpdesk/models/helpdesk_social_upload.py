"""What goes out of a record: the part as it was planned, and its files."""

import json
from dataclasses import replace
from urllib.parse import quote

from odoo import models
from odoo.tools.misc import hash_sign

from ..controllers.file import SCOPE as FILE_SCOPE
from ..providers.errors import Refused
from ..providers.types import File, Part, Upload
from ..providers.words import NOT_PREPARED


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _social_files(self):
        """As an adapter plans with them."""
        return [
            File(index, file.name or "", file.mimetype or "", file.file_size)
            for index, file in enumerate(self)
        ]


class HelpdeskSocialMessage(models.Model):
    _inherit = "helpdesk.social.message"

    def _part(self):
        """What is sent now."""
        first, *others = (
            Part.from_dict(json.loads(message.part))
            for message in self._together("sending")
        )
        return replace(first, album=tuple(others))

    def _upload(self):
        """:raises Refused: a file of an album is gone"""
        first, *others = (message._file() for message in self._together("sending"))
        if others and not all((first, *others)):
            raise Refused(NOT_PREPARED)
        return first and replace(first, album=tuple(others))

    def _file(self):
        attachment = self.attachment_id.sudo()
        if not attachment:
            return None
        return Upload(
            attachment.name,
            attachment.mimetype or "",
            attachment.raw or b"",
            self._link_to(attachment),
        )

    def _link_to(self, attachment):
        """Where the provider gets the file, if he takes no uploads."""
        if not self.account_id._provider_class().takes_links:
            return ""
        token = hash_sign(
            self.env(su=True), FILE_SCOPE, attachment.id, expiration_hours=24
        )
        base = self.account_id.get_base_url()
        # a name with a slash, even a quoted one, would be another address
        name = quote(attachment.name.replace("/", "-"))
        return f"{base}/social/file/{token}/{name}"
