from odoo import api, fields, models

from .. import engine
from ..engine.types import Content

AROUND = 3  # messages before and after


class ModerationCase(models.Model):
    """What a moderator sees of the content: in its context, marked, secrets covered
    until he asks to see them, which is logged."""

    _inherit = "moderation.case"

    shown_user_ids = fields.Many2many(
        "res.users", "moderation_case_shown_rel", string="Saw its secrets"
    )
    has_secret = fields.Boolean(compute="_compute_has_secret")
    context_html = fields.Html(compute="_compute_context_html", sanitize=False)
    excerpt = fields.Char(compute="_compute_excerpt")
    file_ids = fields.Many2many("ir.attachment", compute="_compute_file_ids")

    @api.depends("finding_ids.secret", "shown_user_ids")
    @api.depends_context("uid")
    def _compute_has_secret(self):
        for case in self:
            case.has_secret = case._is_covered() and any(
                case.finding_ids.mapped("secret")
            )

    @api.depends("finding_ids", "content_state", "shown_user_ids")
    @api.depends_context("uid", "lang", "tz")
    def _compute_context_html(self):
        for case in self:
            # sudo: a moderator judges what he could not read elsewhere
            case.context_html = case.sudo()._render_context()

    @api.depends("finding_ids", "content_state")
    @api.depends_context("uid")
    def _compute_excerpt(self):
        contents = self.sudo()._found("res_model", "res_id")
        for case in self:
            text = case.sudo()._short_text(contents[case.id])
            case.excerpt = f"{text[:119]}…" if len(text) > 120 else text

    def _short_text(self, content):
        texts = {
            part["part"]: "".join(piece for piece, _marked in part["pieces"])
            for part in self._parts(covered=True, content=content)
        }
        return " ".join((texts.get("body") or texts.get("title") or "").split())

    @api.depends("document_model", "document_id")
    def _compute_document_name(self):
        # sudo: a moderator has to know where it was written
        documents = self.sudo()._found("document_model", "document_id")
        for case in self:
            document = documents[case.id]
            case.document_name = document.display_name if document else False

    def _found(self, model_field, id_field):
        """The records that cases name, for all cases at once.

        :return: {case's id: record, maybe empty}
        """
        found = dict.fromkeys((case.id for case in self), self.browse())
        for model, cases in self.grouped(model_field).items():
            if model and model in self.env:
                records = self.env[model].browse(cases.mapped(id_field)).exists()
                known = {record.id: record for record in records}
                found |= {
                    case.id: known[case[id_field]]
                    for case in cases
                    if case[id_field] in known
                }
        return found

    @api.depends("res_id")
    @api.depends_context("uid")
    def _compute_file_ids(self):
        """The files that the moderator can open; of others he sees the names, in
        ``context_html``."""
        for case in self:
            # sudo: which files there are; whether they can be read is checked
            content = case.sudo()._content()
            files = (
                content._moderation_files() if content else self.env["ir.attachment"]
            )
            case.file_ids = files.with_env(case.env)._filtered_access("read")

    def _is_covered(self):
        return self.env.user not in self.sudo().shown_user_ids

    def action_show_secrets(self):
        """Uncover what was recognised as a secret, for oneself."""
        for case in self._as_moderator():
            if case._is_covered():
                case.shown_user_ids |= self.env.user
                self.env["moderation.log"]._append("case.secret_shown", case)
        return True

    # --- the text ---------------------------------------------------------------------

    def _text(self, content=None):
        """The text that the findings are about: ``engine.Content``.

        :param content: the case's content where it is known already
        """
        self.ensure_one()
        content = self._content() if content is None else content
        if not content:
            return Content()
        return content._moderation_text(self._held_change())

    def _held_change(self):
        """Values of the content's change that waits, if one does."""
        if self.content_state != "edit_held":
            return {}
        _title, body = self._content()._moderation_names()
        change = dict((self.kept or {}).get("edit", {}))
        if body and self.kept_body:
            change[body] = self.kept_body
        return change

    def _parts(self, covered, content=None):
        """The text in pieces, marked where something was found.

        :param covered: whether secrets are to be covered
        :param content: the case's content where it is known already
        :return: list of ``{"part", "pieces": [(plain text, is marked), …]}``
        """
        content = self._text(content)
        texts = self.env["moderation.scanner"]._texts(content)
        return [
            {"part": part, "pieces": self._pieces(content, part, text, covered)}
            for part, text in texts.items()
            if text
        ]

    def _pieces(self, content, part, text, covered):
        here = self.finding_ids.filtered(lambda finding: finding.part == part)
        if covered:
            secrets = [span for one in here if one.secret for span in one.spans or ()]
            text = engine.mask(text, secrets, "•")
        spans = [span for finding in here for span in finding.spans or ()]
        return _trimmed(engine.mark(text, spans, part == "body" and content.is_html))

    def _own_text(self):
        """What its author wrote, for himself: plain text."""
        self.ensure_one()
        content = self._text()
        text = engine.plain_text(content.body) if content.is_html else content.body
        return text.strip()

    # --- the screen -------------------------------------------------------------------

    def _shown_parts(self):
        """Without a message's subject that only repeats the ticket's name."""
        name = self.document_name or ""
        return [
            part
            for part in self._parts(covered=self._is_covered())
            if part["part"] != "title" or part["pieces"] != [(name, False)]
        ]

    def _render_context(self):
        content = self._content()
        if not content:
            return self.env["ir.qweb"]._render("moderation.case_context_gone", {})
        before, after = content._moderation_around(AROUND)
        values = {
            "case": self,
            "before": before,
            "after": after,
            "bubble": content._moderation_bubble(),
            "parts": self._shown_parts(),
            "published": content._moderation_bubble(content._moderation_text().body)
            if self.content_state == "edit_held"
            else None,
        }
        return self.env["ir.qweb"]._render("moderation.case_context", values)


def _trimmed(pieces):
    """Without the empty lines around a text that paragraphs leave."""
    last = len(pieces) - 1
    for index, (text, marked) in enumerate(pieces):
        if index == 0:
            text = text.lstrip()
        if index == last:
            text = text.rstrip()
        pieces[index] = (text, marked)
    return pieces
