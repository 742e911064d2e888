import io
import json
import re
import zipfile

from odoo import api, models
from odoo.exceptions import AccessError

# Columns that say whose a record is; others (who edited, who acted) name people that
# are not the one who asks.
OWNERS = ("member_id", "author_id")
# Whose these are stands in the record that they belong to.
INDIRECT = {"community.post.version": "post_id.author_id"}
# Models of which nobody is told what is noted about him: it is evidence.
KEPT_BACK = frozenset({"community.reputation.alert"})
PLAIN = [
    "boolean",
    "char",
    "date",
    "datetime",
    "float",
    "html",
    "integer",
    "json",
    "monetary",
    "selection",
    "text",
]


class CommunityMember(models.Model):
    """Everything that is kept of a person here, for himself and machine-readable
    (LGPD article 18, GDPR article 20)."""

    _inherit = "community.member"

    @api.model
    def _personal_models(self):
        """The models that hold things of a person: {model: owner field}.

        Every model of the community with a column that says whose a record is; a new
        one is exported and erased without anybody having to think of it.
        """
        found = dict(INDIRECT)
        for name, model in self.env.items():
            owner = next((field for field in OWNERS if self._owns(model, field)), None)
            if name.startswith("community.") and owner:
                found[name] = owner
        return found

    @api.model
    def _owns(self, model, name):
        field = model._fields.get(name)
        return (
            model._auto
            and not model._transient
            and not model._abstract
            and field is not None
            and field.store
            and field.comodel_name == "community.member"
        )

    def _export(self):
        """:return: bytes of a ZIP with ``data.json`` and the person's files
        :raises AccessError: it is neither his own nor does an administrator ask
        """
        self.ensure_one()
        if self.sudo() != self._of_mine() and not self._is_administrator():
            raise AccessError(self.env._("You can take your own data with you only."))
        member = self.sudo().with_context(active_test=False)
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            data, files = member._exported()
            text = json.dumps(data, ensure_ascii=False, indent=2, default=str)
            archive.writestr("data.json", text)
            for path, attachment in files:
                archive.writestr(path, attachment.raw or b"")
        return content.getvalue()

    def _exported(self):
        """:return: the data by model, [(path in the archive, ``ir.attachment``)]"""
        data = {"member": self._exported_record(self)}
        files = []
        for name, owner in sorted(self._personal_models().items()):
            if name in KEPT_BACK:
                continue
            records = self._records_of(name, owner)
            data[name] = [self._exported_record(record) for record in records]
            files += self._exported_files(records)
        data["files"] = [path for path, _attachment in files]
        return data, files

    def _records_of(self, model, owner):
        return (
            self.env[model]
            .sudo()
            .with_context(active_test=False)
            .search([(owner, "=", self.id)], order="id")
        )

    @api.model
    def _exported_record(self, record):
        values = {"id": record.id}
        for name, field in record._fields.items():
            if not field.store or field.groups or name in ("id", "write_date"):
                continue
            if field.type in PLAIN:
                values[name] = record[name]
            elif field.type == "many2one" and not name.endswith("_uid"):
                values[name] = record[name].id
        return values

    @api.model
    def _exported_files(self, records):
        attachments = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", records._name),
                    ("res_id", "in", records.ids),
                    ("res_field", "=", False),
                ]
            )
        )
        return [
            (f"files/{file.id}-{_file_name(file.name)}", file) for file in attachments
        ]


def _file_name(name):
    """A name that leads nowhere else when the archive is unpacked."""
    return re.sub(r"[^\w.-]+", "_", name or "file").lstrip(".")[-100:] or "file"
