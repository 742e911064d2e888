import re

from markupsafe import Markup, escape

from odoo import models
from odoo.tools.mimetypes import guess_mimetype

from ..importing import Archive

SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp")
# What a browser would run if it were sent as what it is.
ACTIVE = re.compile(r"html|xml|svg|script")
_PICTURE = re.compile(r'<img\b[^>]*?\bsrc="import:([^"]*)"[^>]*>')


class CommunityImport(models.Model):
    """The pictures and files that came along."""

    _inherit = "community.import"

    def _picture(self, name):
        """Bytes of a file that came along, or None."""
        if self.origin == "forum":
            return self._forum_picture(name)
        opened = self.env.cr.cache  # of this transaction: opened once for a job
        if (self._name, self.id) not in opened:
            archive = Archive(self._data(), self.file_name or "file.csv")
            opened[self._name, self.id] = archive
        return opened[self._name, self.id].picture(name)

    def _attach(self, post):
        """Make attachments of a post's pictures and files.

        :return: the HTML with their addresses, ``ir.attachment`` of no record yet
        """
        inline = dict.fromkeys(_PICTURE.findall(post.html))
        files = {}
        for name in dict.fromkeys([*inline, *post.files]):
            data = self._picture(name)
            mimetype = guess_mimetype(data) if data else ""
            if data and (mimetype in SHOWN or name in post.files):
                files[name] = self._attachment(name, data, mimetype)
        html = _PICTURE.sub(lambda found: self._show(found, files), post.html)
        return html, self.env["ir.attachment"].sudo().union(*files.values())

    def _show(self, found, files):
        file = files.get(found[1])
        if not file or file.mimetype not in SHOWN:
            return ""
        alt = re.search(r'\balt="([^"]*)"', found[0])
        return Markup('<img src="/web/image/%s" alt="%s" class="img-fluid"/>') % (
            file.id,
            Markup(alt[1]) if alt else escape(file.name),
        )

    def _attachment(self, name, data, mimetype):
        return (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": name[:250],
                    "raw": data,
                    "mimetype": "text/plain" if ACTIVE.search(mimetype) else mimetype,
                    "res_model": "community.post",
                }
            )
        )
