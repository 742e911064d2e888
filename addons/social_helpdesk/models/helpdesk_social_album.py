"""Several files that leave in one request and that the customer sees as one.

At the provider each is a message with its own number, so each is a record here,
of the same line in the ticket: whatever comes about one of them (a reaction, a
reply) finds it. The first of them stands in the queue for all. Which others go
with it is read from the records when it is sent, so there is one truth about it:
what a person sends again without the first one goes as a message of its own.
"""

from odoo import fields, models


class HelpdeskSocialMessage(models.Model):
    _inherit = "helpdesk.social.message"

    album_id = fields.Many2one(
        "helpdesk.social.message",
        string="Sent with",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    album_ids = fields.One2many("helpdesk.social.message", "album_id")

    def _together(self, state):
        """This message and, in their order, those of its album in that state."""
        self.ensure_one()
        return self | self.album_ids.filtered(lambda m: m.state == state).sorted("id")

    def _create_albums(self, parts, values):
        """The records of the files behind each first one.

        :param parts: of ``self``, in its order
        :param values: of a part, a function
        """
        return self.create(
            [
                values(item) | {"album_id": message.id}
                for message, part in zip(self, parts, strict=True)
                for item in part.album
            ]
        )

    def _leave_albums(self):
        """Whoever goes without the first one goes alone, and it goes without whoever
        stays behind: he may have arrived."""
        self.filtered(lambda m: m.album_id and m.album_id not in self).album_id = False
        (self.album_ids - self).album_id = False
