from odoo import api, fields, models
from odoo.exceptions import UserError

STATES = [
    ("draft", "Not read yet"),
    ("reading", "Being read"),
    ("checked", "Checked: nothing is taken over yet"),
    ("running", "Being taken over"),
    ("stopped", "Stopped"),
    ("done", "Taken over"),
    ("failed", "Cannot be read"),
]
KINDS = [  # in the order in which they are taken over
    ("person", "Person"),
    ("post", "Post"),
    ("reply", "Reply"),
    ("vote", "Vote"),
    ("problem", "Left out"),
]


class CommunityImport(models.Model):
    """Another community on its way into this one.

    It is read into lines first: they are the report of the dry run, and afterwards
    each says what became of it. Jobs take the lines over in small transactions, so
    that they can be stopped, and go on where they stopped.
    """

    _name = "community.import"
    _description = "Import of a Community"
    _order = "id desc"

    name = fields.Char(required=True, default=lambda self: self.env._("Old community"))
    origin = fields.Selection(
        [
            ("file", "CSV files or Discourse"),
            ("forum", "Odoo's forum in this database"),
        ],
        "From",
        required=True,
        default="file",
    )
    source = fields.Char(
        "Short name of the source",
        required=True,
        default="old",
        help="What has come from a source under this name does not come again, in "
        "whichever import. Use another name for another community.",
    )
    file = fields.Binary(attachment=True, copy=False)
    file_name = fields.Char(copy=False)
    encoding = fields.Selection(
        [("utf-8", "UTF-8"), ("cp1252", "Windows-1252 (older spreadsheets)")],
        "Encoding of CSV files",
        required=True,
        default="utf-8",
    )
    space_id = fields.Many2one(
        "community.space",
        required=True,
        help="For all whose space has no namesake here.",
    )
    unknown_people = fields.Selection(
        [
            ("former", "Keep their words under “Former member”"),
            ("create", "Create portal users, without inviting them yet"),
        ],
        "People who have no user here",
        required=True,
        default="former",
    )
    state = fields.Selection(
        STATES, required=True, default="draft", readonly=True, copy=False
    )
    note = fields.Text("What went wrong", readonly=True, copy=False)
    run = fields.Integer(
        readonly=True,
        copy=False,
        help="How often it was started: an older job does nothing.",
    )
    line_ids = fields.One2many("community.import.line", "import_id", "Lines")
    waiting_count = fields.Integer("To come", compute="_compute_counts")
    there_count = fields.Integer("There already", compute="_compute_counts")
    done_count = fields.Integer("Came", compute="_compute_counts")
    held_count = fields.Integer("Held by the gate", compute="_compute_counts")
    left_count = fields.Integer("Left out", compute="_compute_counts")
    doubt_count = fields.Integer("Doubtful", compute="_compute_counts")
    progress = fields.Float(compute="_compute_counts")

    def _compute_counts(self):
        lines = self.env["community.import.line"]
        groups = lines._read_group(
            [("import_id", "in", self.ids)], ["import_id", "state"], ["__count"]
        )
        doubts = lines._read_group(
            [("import_id", "in", self.ids), ("doubt", "=", True)],
            ["import_id"],
            ["__count"],
        )
        by_state = {(one.id, state): number for one, state, number in groups}
        doubtful = {one.id: number for one, number in doubts}
        for one in self:
            counts = {state: by_state.get((one.id, state), 0) for state in COUNTED}
            one.waiting_count = counts["new"]
            one.there_count = counts["there"]
            one.done_count = counts["done"]
            one.held_count = counts["held"]
            one.left_count = counts["left"] + counts["failed"]
            one.doubt_count = doubtful.get(one.id, 0)
            total = sum(counts.values())
            one.progress = 100 - 100 * counts["new"] / total if total else 0

    @api.onchange("origin")
    def _onchange_origin(self):
        if self.origin == "forum":
            self.source = "forum"

    def write(self, vals):
        if self._settings() & vals.keys():
            self._refuse_while_busy()
        return super().write(vals)

    @api.model
    def _settings(self):
        return {"origin", "source", "file", "encoding", "space_id", "unknown_people"}

    def unlink(self):
        self._refuse_while_busy()
        return super().unlink()

    def _refuse_while_busy(self):
        if self.filtered(lambda one: one.state in ("reading", "running")):
            raise UserError(
                self.env._(
                    "This import is at work. Stop it first, then change it or delete "
                    "it."
                )
            )

    def _data(self):
        """The file's bytes.

        :raises UserError: there is none
        """
        file = self.env["ir.attachment"].search(
            [
                ("res_model", "=", self._name),
                ("res_field", "=", "file"),
                ("res_id", "=", self.id),
            ]
        )
        if not file.raw:
            raise UserError(self.env._("Choose a file first."))
        return file.raw

    # --- buttons ----------------------------------------------------------------------

    def action_check(self):
        """Read it all and say what would come; nothing is taken over."""
        self.ensure_one()
        self._refuse_while_busy()
        if self.origin == "forum":
            self._require_forum()
        else:
            self._data()
        self.write({"state": "reading", "note": False, "run": self.run + 1})
        self._enqueue("_read_on")
        return True

    def action_import(self):
        """Take over what waits; also goes on where it stopped."""
        self.ensure_one()
        if self.state not in ("checked", "stopped", "done"):
            raise UserError(
                self.env._("Check it first, and look at what would come and what not.")
            )
        self.write({"state": "running", "run": self.run + 1})
        self._enqueue("_take_on")
        return True

    def action_stop(self):
        busy = self.filtered(lambda one: one.state in ("reading", "running"))
        for one in busy:
            state = "stopped" if one.state == "running" else "draft"
            one.write({"state": state, "run": one.run + 1})
        return True

    def action_lines(self):
        """The lines behind a number on the form."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "community.import.line",
            "view_mode": "list,form",
            "domain": [("import_id", "=", self.id)],
            "context": {
                f"search_default_{self.env.context.get('lines', 'doubt')}": 1,
            },
        }

    def _enqueue(self, method):
        job = self.with_delay(
            priority=50,
            description=self.env._("Import of the community “%s”", self.name),
        )
        getattr(job, method)(self.run)

    def _is_mine(self, run, state):
        """Whether a job is the one that was started last, and not stopped."""
        return bool(self.exists()) and self.run == run and self.state == state


COUNTED = ("new", "there", "done", "held", "left", "failed")
