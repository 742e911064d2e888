from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mimetypes import guess_mimetype

from .community_post_write import FILE_COUNT

MB = 2**20
SNIFFED = 4_096  # bytes that tell what a file is
PLAYED = {"video/mp4", "video/webm", "video/ogg", "video/quicktime"}
PENDING_DAYS = 30  # that a file of no post is kept for its draft
# Names that say what a file claims to be.
CLAIMS = {
    "video": (".mp4", ".m4v", ".mov", ".webm", ".ogv", ".avi", ".mkv", ".wmv"),
    "image": (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp"),
}


class CommunityDraft(models.Model):
    """Files that somebody adds to what he is writing: his alone until it is sent."""

    _inherit = "community.draft"

    @api.model
    def _upload(self, name, content, space=None, claimed=""):
        """Keep a file for the user's draft.

        :param content: bytes
        :param space: ``community.space`` whose limits count
        :param claimed: the type that the browser says it is
        :return: ``ir.attachment``, readable by the user alone
        :raises UserError: what is wrong with the file and what to do
        """
        self.env["community.member"]._join()
        name = (name or "").replace("\\", "/").rsplit("/", 1)[-1][:200]
        real = self._real_type(content)
        self._check_claim(name, real, claimed)
        self._check_size(name, len(content), real, space)
        self._check_pending()
        # Text that a browser would run is kept as plain text.
        files = self.env["ir.attachment"].with_context(attachments_mime_plainxml=True)
        return files.sudo().create(
            {
                "name": name or self.env._("File"),
                "raw": content,
                "mimetype": real,
                "res_model": self._name,
                "res_id": 0,
            }
        )

    @api.model
    def _real_type(self, content):
        """What a file is by its first bytes, whatever it is called."""
        return guess_mimetype(content[:SNIFFED], default="application/octet-stream")

    @api.model
    def _check_claim(self, name, real, claimed):
        for kind, endings in CLAIMS.items():
            says_so = claimed.startswith(f"{kind}/") or name.lower().endswith(endings)
            svg = real == "image/svg+xml" or "svg" in claimed
            if says_so and not real.startswith(f"{kind}/") and not svg:
                raise UserError(self._wrong_claim(name, kind))
        if real.startswith("video/") and real not in PLAYED:
            raise UserError(
                self.env._(
                    "Browsers cannot play “%(name)s” (%(type)s). Save it as MP4 or "
                    "WebM and add it again.",
                    name=name,
                    type=real.split("/")[1],
                )
            )

    @api.model
    def _wrong_claim(self, name, kind):
        if kind == "video":
            return self.env._(
                "“%s” is not a video, or it is damaged. Choose the file once more.",
                name,
            )
        return self.env._(
            "“%s” is not a picture, or it is damaged. Choose the file once more.", name
        )

    @api.model
    def _check_size(self, name, size, real, space):
        if not size:
            raise UserError(self.env._("“%s” is empty. Choose another file.", name))
        limit = self._limits(space)["video" if real.startswith("video/") else "file"]
        if size > limit * MB:
            raise UserError(
                self.env._(
                    "“%(name)s” has %(size)s MB; %(limit)s MB are possible. Make it "
                    "smaller, or put a link to it into the text.",
                    name=name,
                    size=-(-size // MB),
                    limit=limit,
                )
            )

    @api.model
    def _limits(self, space=None):
        """:return: {"video": MB, "file": MB} in a space, else what is usual"""
        source = (space or self.env["community.space"]).sudo()
        usual = source.default_get(["video_limit_mb", "file_limit_mb"])
        return {
            "video": source.video_limit_mb if space else usual["video_limit_mb"],
            "file": source.file_limit_mb if space else usual["file_limit_mb"],
        }

    @api.model
    def _check_pending(self):
        """Nobody fills the disk with what he never sends."""
        pending = self._pending_files().search_count(
            [("create_uid", "=", self.env.uid), ("res_model", "=", self._name)],
            limit=5 * FILE_COUNT,
        )
        if pending >= 5 * FILE_COUNT:
            raise UserError(
                self.env._(
                    "You have added %s files that you have not sent yet. Send or "
                    "discard what you are writing first.",
                    pending,
                )
            )

    @api.model
    def _pending_files(self):
        # sudo: found as the user's own
        return self.env["ir.attachment"].sudo()

    @api.model
    def _own_files(self, ids):
        """Those of these files that are the user's and belong to no post yet."""
        return self._pending_files().search(
            [
                ("id", "in", [one for one in ids if isinstance(one, int)]),
                ("create_uid", "=", self.env.uid),
                ("res_model", "=", self._name),
            ],
            order="id",
        )

    @api.autovacuum
    def _gc_pending_files(self):
        """Forget files that never became part of a post."""
        old = fields.Datetime.now() - timedelta(days=PENDING_DAYS)
        files = self._pending_files().search(
            [("res_model", "=", self._name), ("create_date", "<", old)], limit=1000
        )
        files.unlink()
        return len(files), len(files) == 1000
