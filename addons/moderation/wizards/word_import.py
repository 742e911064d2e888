import base64
import binascii

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from .. import wordfile
from ..models.moderation_rule import ACTIONS
from ..models.moderation_term import ROLE_OF_KIND
from ..wording import say

SHOWN = 100  # lines of each kind in the preview


class ModerationWordImport(models.TransientModel):
    """Words from a file, looked through before they become a rule's.

    A new rule comes as being tried; words for a rule that is switched on are checked
    as if they were typed.
    """

    _name = "moderation.word.import"
    _description = "Import of Words"

    file = fields.Binary(required=True, attachment=False)
    file_name = fields.Char()
    rule_id = fields.Many2one(
        "moderation.rule",
        "Add to",
        domain=[("kind", "in", ["word", "terms", "solicitation"])],
        help="Empty: a new rule.",
    )
    name = fields.Char("New rule", default=lambda self: self.env._("Imported words"))
    set_id = fields.Many2one(
        "moderation.rule.set",
        default=lambda self: self.env["moderation.rule.set"].search([], limit=1),
    )
    category_id = fields.Many2one(
        "moderation.category",
        default=lambda self: self.env.ref(
            "moderation.category_reserved", raise_if_not_found=False
        ),
    )
    action = fields.Selection(ACTIONS, default="hold")
    note = fields.Text(compute="_compute_preview")
    added_count = fields.Integer(compute="_compute_preview")
    skipped_count = fields.Integer(compute="_compute_preview")
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    @api.onchange("file", "file_name")
    def _onchange_file(self):
        if self.file and not self.rule_id:
            found = self._read()
            action = wordfile.DISCOURSE_ACTIONS.get(found.discourse_action)
            self.action = action or self.action

    @api.depends("file", "file_name", "rule_id")
    @api.depends_context("lang")
    def _compute_preview(self):
        for wizard in self:
            found = wizard._read() if wizard.file else wordfile.WordFile((), ())
            wizard.added_count = len(found.entries)
            wizard.skipped_count = len(found.skipped)
            wizard.preview = wizard._say_lines(found) if wizard.file else False
            wizard.note = wizard._say_discourse(found.discourse_action)

    def _read(self):
        """:raises UserError: the file is no list of words, or too big"""
        known = self.rule_id.with_context(active_test=False).term_ids.mapped("text")
        try:
            return wordfile.read(self._data(), self.file_name or "", known)
        except wordfile.FileError as error:
            raise UserError(say(self.env, error)) from error

    def _data(self):
        encoded = self.file or b""
        if len(encoded) > wordfile.MAX_BYTES * 4 // 3 + 4:
            # Big enough to be refused, without decoding it all.
            return b"\0" * (len(encoded) * 3 // 4)
        try:
            return base64.b64decode(encoded)
        except binascii.Error as error:
            raise UserError(
                self.env._("The file did not arrive whole. Please choose it again.")
            ) from error

    # --- what is shown ----------------------------------------------------------------

    def _say_discourse(self, action):
        if not action:
            return False
        return {
            "replace": self.env._(
                "In Discourse these words are replaced by others. That cannot be taken "
                "over: here they would be masked."
            ),
            "tag": self.env._(
                "In Discourse these words put a tag on a topic. That cannot be taken "
                "over: here the moderators would be told."
            ),
            "silence": self.env._(
                "In Discourse these words silence their author. That cannot be taken "
                "over: here the text would be held, and a moderator may silence him."
            ),
            "link": self.env._(
                "In Discourse these words become links. That has nothing to do with "
                "moderation: you may not want to import them."
            ),
        }.get(action, self.env._("A list of watched words from Discourse."))

    def _say_lines(self, found):
        rows = [
            Markup("<tr><td>%s</td><td>%s</td><td class='text-success'>%s</td></tr>")
            % (entry.line, entry.text, self.env._("is added"))
            for entry in found.entries[:SHOWN]
        ]
        rows += [
            Markup("<tr><td>%s</td><td>%s</td><td class='text-warning'>%s</td></tr>")
            % (skipped.line, skipped.text, say(self.env, skipped))
            for skipped in found.skipped[:SHOWN]
        ]
        heads = (self.env._("Line"), self.env._("Word"), self.env._("What happens"))
        return Markup(
            "<table class='table table-sm'><thead><tr><th>%s</th><th>%s</th>"
            "<th>%s</th></tr></thead><tbody>%s</tbody></table>"
        ) % (*heads, Markup("").join(rows))

    # --- doing it ---------------------------------------------------------------------

    def action_import(self):
        """Add the words, to a new rule that is being tried or to an existing one."""
        self.ensure_one()
        found = self._read()
        if not found.entries:
            raise UserError(
                self.env._("There is no line in this file that could be added.")
            )
        rule = self.rule_id or self._new_rule()
        role = ROLE_OF_KIND[rule.kind]
        languages = self._languages(found.entries)
        self.env["moderation.term"].create(
            [self._term_values(rule, role, entry, languages) for entry in found.entries]
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": rule._name,
            "res_id": rule.id,
            "view_mode": "form",
        }

    def _new_rule(self):
        if not self.set_id or not self.category_id or not self.name:
            raise UserError(
                self.env._("A new rule needs a name, a set and a category.")
            )
        return self.env["moderation.rule"].create(
            {
                "name": self.name,
                "set_id": self.set_id.id,
                "category_id": self.category_id.id,
                "kind": "word",
                "action": self.action,
            }
        )

    def _languages(self, entries):
        """{code: id}, of those that are known here; others are left out."""
        codes = {
            code for entry in entries for code in entry.values.get("languages", ())
        }
        found = self.env["moderation.language"].search([("code", "in", list(codes))])
        return {language.code: language.id for language in found}

    def _term_values(self, rule, role, entry, languages):
        values = dict(entry.values)
        ids = [
            languages[code] for code in values.pop("languages", ()) if code in languages
        ]
        return {
            "rule_id": rule.id,
            "role": role,
            "text": entry.text,
            "language_ids": [Command.set(ids)],
            **values,
        }


class ModerationRule(models.Model):
    _inherit = "moderation.rule"

    def action_import(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import words"),
            "res_model": "moderation.word.import",
            "view_mode": "form",
            "target": "new",
            "context": {"default_rule_id": self.id},
        }

    def action_export(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/moderation/rule/{self.id}/words.csv",
            "target": "download",
        }

    def _words_as_csv(self):
        """The rule's own entries, with those that are switched off."""
        self.check_access("read")
        return wordfile.write(
            {
                "text": term.text,
                "forms": (term.forms or "").splitlines(),
                "excuses": (term.excuses or "").splitlines(),
                "allowed": (term.allowed or "").splitlines(),
                "suffixes": term.suffixes,
                "languages": term.language_ids.mapped("code"),
                "severity": term.severity,
                "exact_accents": term.exact_accents,
                "reversed": term.reversed,
                "active": term.active,
            }
            for term in self.with_context(active_test=False).term_ids
        )
