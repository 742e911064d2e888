from odoo import fields, models

from .community_import import KINDS


class CommunityImportLine(models.Model):
    """One person, post or vote of another community, and what became of it."""

    _name = "community.import.line"
    _description = "Line of an Import"
    _order = "id"
    _rec_name = "external_id"

    import_id = fields.Many2one(
        "community.import", required=True, index=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    external_id = fields.Char("Id there", readonly=True)
    title = fields.Char("What", readonly=True)
    place = fields.Char("Where", readonly=True)
    data = fields.Json(readonly=True)
    state = fields.Selection(
        [
            ("new", "Would come"),
            ("there", "There already"),
            ("done", "Came"),
            ("held", "Came, waits for a moderator"),
            ("left", "Left out"),
            ("failed", "Failed"),
        ],
        required=True,
        readonly=True,
        default="new",
    )
    doubt = fields.Boolean("Doubtful", readonly=True)
    note = fields.Text("What to know", readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True)
    res_model = fields.Char(compute="_compute_res_model")

    _waiting_idx = models.Index("(import_id, id) WHERE state = 'new'")

    def _compute_res_model(self):
        names = {"person": "community.member", "vote": "community.vote"}
        for line in self:
            line.res_model = names.get(line.kind, "community.post")

    def _doubt(self, sentence):
        """Add a sentence to what is to be known of it."""
        for line in self:
            notes = line.note.split("\n") if line.note else []
            if sentence not in notes:
                line.write({"note": "\n".join([*notes, sentence]), "doubt": True})

    def action_open(self):
        """What it became."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
        }


class CommunityImportKey(models.Model):
    """What has come already, from whichever import of its source."""

    _name = "community.import.key"
    _description = "Key of an Imported Record"
    _log_access = False

    source = fields.Char(required=True)
    kind = fields.Selection(
        [("person", "Person"), ("post", "Post")], required=True, default="post"
    )
    external_id = fields.Char(required=True)
    res_id = fields.Integer(required=True)

    _key_uniq = models.UniqueIndex("(source, kind, external_id)")

    def _of(self, source, kind, external_ids):
        """:return: {external id: id of the record} of those that came"""
        found = self.search(
            [
                ("source", "=", source),
                ("kind", "=", kind),
                ("external_id", "in", list(external_ids)),
            ]
        )
        return {key.external_id: key.res_id for key in found}
