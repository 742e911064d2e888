from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command, Domain
from odoo.tools.misc import clean_context

from odoo.addons.mail.tools.discuss import Store

from ..engine.types import Content
from ..gate import PASS, Verdict

MANAGED = ("moderation_state", "moderation_case_id")
# What makes another text of a message, or shows it to others.
TEXT = {"body", "subject", "attachment_ids"}
AUDIENCE = {"subtype_id", "is_internal", "message_type", "model", "res_id"}
STOPPED = ("coach", "block", "hold")


class MailMessage(models.Model):
    """The one place that every text in a chatter comes through: the page, RPC,
    e-mail, an import, an edit.

    A message that is held or hidden has its case as its document. Whoever looks
    for the ticket's messages, with whatever rights, does not come across it.
    """

    _name = "mail.message"
    _inherit = ["mail.message", "moderation.content"]

    moderation_case_id = fields.Many2one(
        "moderation.case",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="moderation.group_moderator",
    )
    moderation_state = fields.Selection(
        [
            ("held", "Waiting for a moderator"),
            ("edit_held", "Published, a change waits for a moderator"),
            ("masked", "Masked"),
            ("hidden", "Hidden by a moderator"),
        ],
        readonly=True,
        copy=False,
        groups="moderation.group_moderator",
    )

    # --- the doors --------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            # A default from the caller would not be seen by the gate.
            cleaned = clean_context(self.env.context)
            self = self.with_context(cleaned)  # pylint: disable=context-overridden
            for vals in vals_list:
                self._moderation_refuse(MANAGED & vals.keys())
        entered = [self._moderation_enter(dict(vals)) for vals in vals_list]
        messages = super().create([vals for vals, _verdict in entered])
        for message, (_vals, verdict) in zip(messages.sudo(), entered, strict=True):
            if verdict and verdict.action in STOPPED:
                message._moderation_hold(verdict)
            elif verdict:
                message._moderation_tell(verdict)
        return messages

    def write(self, vals):
        if self.env.context.get("moderation_gate") is PASS:
            return super().write(vals)
        if not self.env.su:
            self._moderation_refuse(MANAGED & vals.keys())
            # sudo: only whether they are withdrawn
            self._moderation_refuse(self.sudo()._moderation_is_withdrawn())
        if not (TEXT | AUDIENCE) & vals.keys():
            return super().write(vals)
        verdicts = {}
        for message in self:
            verdicts[message] = message.sudo()._moderation_check_edit(vals)
        passing = self.filtered(lambda message: verdicts[message] is not False)
        result = super(MailMessage, passing).write(vals) if passing else True
        for message in passing:
            if verdicts[message] is not None:
                message.sudo()._moderation_after_edit(verdicts[message])
        return result

    def _moderation_refuse(self, condition):
        if condition:
            raise AccessError(
                self.env._("Only a moderator's decision changes what people may see.")
            )

    def _moderation_is_withdrawn(self):
        """Whether nobody but author and moderators may see one of these."""
        return any(
            message.moderation_state in ("held", "hidden")
            and message.model == "moderation.case"
            for message in self
        )

    # --- a new message ----------------------------------------------------------------

    @api.model
    def _moderation_enter(self, vals):
        """Judge a message before it exists.

        :return: the values to create it with, and the verdict or None
        :raises Coached, Refused:
        """
        thread = self._moderation_thread(vals.get("model"), vals.get("res_id"))
        if thread is None or self.env.context.get("moderation_gate") is PASS:
            return vals, None
        author = self._moderation_author_of(vals)
        place = thread._moderation_message_place(author, vals)
        if not place:
            return vals, None
        if vals.get("body"):
            vals["body"] = self._moderation_sanitized(vals["body"])
        content = self._moderation_content(vals)
        if not (content.title or content.body or content.file_names):
            return vals, None
        verdict = thread._moderation_judge_for(author, place, content)
        there = self._moderation_is_there() and vals.get("message_type") == "comment"
        if verdict.action in ("coach", "block") and there:
            self.env["moderation.scanner"]._stop(
                verdict,
                content,
                {
                    "res_model": thread._name,
                    "res_id": thread.id,
                    "subject_number": author.id,
                },
            )
        if verdict.action in STOPPED:
            return vals, verdict
        return self._moderation_masked_values(vals, verdict, content), verdict

    @api.model
    def _moderation_thread(self, model, res_id):
        """The record whose chatter it is if its messages are gated, else None."""
        if (
            not model
            or not res_id
            or model not in self.env
            or not isinstance(self.env[model], self.pool["moderation.mixin"])
        ):
            return None
        # sudo: where it stands decides about the rules, not who may read there
        return self.env[model].sudo().browse(res_id)

    @api.model
    def _moderation_author_of(self, vals):
        """Whoever the message says wrote it; without rights to say so, the user."""
        partner = self.env["res.partner"].sudo()
        author_id = vals.get("author_id")
        if author_id and (self.env.su or not self.env.user.share):
            return partner.browse(author_id)
        if self.env.user._is_superuser() or self.env.user._is_public():
            return partner
        return self.env.user.sudo().partner_id

    @api.model
    def _moderation_sanitized(self, body):
        """As the field will store it: places in the text hold for what is stored."""
        field = self._fields["body"]
        return Markup(field.convert_to_column(str(body), self) or "")

    @api.model
    def _moderation_content(self, vals):
        return Content(
            title=vals.get("subject") or "",
            body=str(vals.get("body") or ""),
            file_names=tuple(self._moderation_file_names(vals)),
        )

    @api.model
    def _moderation_file_names(self, vals):
        ids, names = [], []
        for command in vals.get("attachment_ids") or ():
            if isinstance(command, int):
                ids.append(command)
            elif command[0] == Command.LINK:
                ids.append(command[1])
            elif command[0] == Command.SET:
                ids.extend(command[2])
            elif command[0] == Command.CREATE:
                names.append(command[2].get("name") or "")
        # sudo: names alone, of files that the message will show
        files = self.env["ir.attachment"].sudo().browse(ids).exists()
        return names + [name or "" for name in files.mapped("name")]

    @api.model
    def _moderation_masked_values(self, vals, verdict, content):
        if spans := verdict.of("mask"):
            masked = self.env["moderation.scanner"]._masked(content, spans)
            vals["body"] = Markup(masked["body"])
            if vals.get("subject"):
                vals["subject"] = masked["title"]
        return vals

    # --- an edit ----------------------------------------------------------------------

    def _moderation_check_edit(self, vals):
        """An edit is a new text: what was approved says nothing about it.

        :return: None if the gate has nothing to say, False if the change waits for
            a moderator, else the verdict with which it may be written
        :raises Coached, Refused:
        """
        self.ensure_one()
        wanted = self._moderation_would_be(vals)
        document = self._moderation_document_of(wanted)
        if document is None:
            return None
        author = self.author_id
        place = document._moderation_message_place(author, wanted)
        if not place:
            return None
        content = self._moderation_changed(vals)
        if not (content.title or content.body or content.file_names):
            return Verdict()
        verdict = document._moderation_judge_for(author, place, content)
        if verdict.action not in STOPPED:
            return verdict
        if verdict.action != "hold" and self._moderation_is_there():
            self._moderation_stop(verdict, content)
        if AUDIENCE & vals.keys() and not TEXT & vals.keys():
            self._moderation_stop(verdict, content)
        if self._moderation_is_withdrawn():
            return verdict
        self._moderation_hold_edit(verdict, vals)
        return False

    def _moderation_changed(self, vals):
        """The part of the message that is new: what was looked at once, and maybe
        approved, is not asked about again. Who shows it to others shows it all."""
        if AUDIENCE & vals.keys() or self._moderation_is_withdrawn():
            return self._moderation_text(vals)
        fresh = {
            name: vals[name]
            for name in ("body", "subject")
            if name in vals and (vals[name] or "") != (self[name] or "")
        }
        if self.env.su and fresh.keys() == {"subject"}:
            return Content()  # ``mail`` itself fills it in when it sends e-mails
        if fresh.get("body"):
            fresh["body"] = self._moderation_sanitized(fresh["body"])
        files = {"attachment_ids": vals.get("attachment_ids")}
        return self._moderation_content(fresh | files)

    def _moderation_would_be(self, vals):
        """The values by which a place is told, after the edit."""
        values = {
            "model": self.model,
            "res_id": self.res_id,
            "message_type": self.message_type,
            "subtype_id": self.subtype_id.id,
            "is_internal": self.is_internal,
        }
        return values | {key: vals[key] for key in AUDIENCE & vals.keys()}

    def _moderation_document_of(self, values):
        if values["model"] == "moderation.case":
            case = self.moderation_case_id
            return self._moderation_thread(case.document_model, case.document_id)
        return self._moderation_thread(values["model"], values["res_id"])

    def _moderation_after_edit(self, verdict):
        if not self._moderation_is_withdrawn():
            self._moderation_soft(verdict)
        elif verdict.action in STOPPED:
            self.moderation_case_id._find_again(verdict)
        elif self.moderation_state == "held" and self._moderation_case():
            if self._is_empty():
                self.moderation_case_id._close(
                    self.env._("Taken back by the author"), content_state="gone"
                )
            else:
                self._moderation_corrected()

    def _moderation_hold_edit(self, verdict, vals):
        """What is published stays as it is until somebody has looked at the change."""
        body = vals.get("body")
        case = self._moderation_open_case(
            verdict,
            "edit_held",
            kept={"edit": {"subject": vals["subject"]} if "subject" in vals else {}},
            kept_body=body and self._moderation_sanitized(body),
        )
        self._moderation_quiet().write(
            {"moderation_state": "edit_held", "moderation_case_id": case.id}
        )

    # --- as a content -----------------------------------------------------------------

    def _moderation_place(self):
        self.ensure_one()
        document = self._moderation_document_of(self._moderation_would_be({}))
        if document is None:
            return False
        return document._moderation_message_place(
            self.author_id, self._moderation_would_be({})
        )

    def _moderation_author(self):
        self.ensure_one()
        return self.author_id

    def _moderation_document(self):
        self.ensure_one()
        if self.model == "moderation.case":
            return self.moderation_case_id._document()
        return self._moderation_thread(self.model, self.res_id)

    def _moderation_company(self):
        self.ensure_one()
        document = self._moderation_document()
        return document._moderation_company() if document else self.record_company_id

    def _moderation_sets(self):
        document = self._moderation_document()
        return document._moderation_sets() if document else super()._moderation_sets()

    def _moderation_text(self, vals=None):
        self.ensure_one()
        vals = vals or {}
        body = vals.get("body", self.body)
        names = self._moderation_file_names(vals)
        return Content(
            title=vals.get("subject", self.subject) or "",
            body=str(self._moderation_sanitized(body) if body else ""),
            file_names=tuple(names + self.attachment_ids.mapped("name")),
        )

    def _moderation_open_case(self, verdict, content_state, **values):
        case = super()._moderation_open_case(verdict, content_state, **values)
        self._moderation_quiet().moderation_case_id = case
        return case

    def _moderation_withdraw(self, case, state="hidden"):
        """The message and its files move to the case; who was told of it no longer
        has a way to it."""
        self.ensure_one()
        if self.model == case._name:
            self._moderation_quiet().moderation_state = state
            return
        files = self._moderation_own_files()
        case.kept = (case.kept or {}) | {
            "notified": True,
            "partner_ids": self.partner_ids.ids,
            "files": files.ids,
            "notifications": self._moderation_told(),
            "mails": self._moderation_stop_mails(),
        }
        files.write({"res_model": case._name, "res_id": case.id})
        self.notification_ids.unlink()
        self._moderation_quiet().write(
            {
                "model": case._name,
                "res_id": case.id,
                "partner_ids": [Command.clear()],
                "moderation_state": state,
                "moderation_case_id": case.id,
            }
        )

    def _moderation_hold(self, verdict):
        """A new message: nobody has been told of it yet."""
        case = super()._moderation_hold(verdict)
        case.kept = case.kept | {"notified": False}
        return case

    def _moderation_own_files(self):
        """The files that go where their message goes. One that another message
        shows as well stays: a message must not take it away from others."""
        files = self.attachment_ids.filtered(
            lambda file: (file.res_model, file.res_id) == (self.model, self.res_id)
        )
        others = self.search(
            Domain("attachment_ids", "in", files.ids) & Domain("id", "!=", self.id)
        )
        return files - others.attachment_ids

    def _moderation_stop_mails(self):
        """E-mails with the text that have not left yet do not leave."""
        mails = self.env["mail.mail"].search(
            [("mail_message_id", "=", self.id), ("state", "=", "outgoing")]
        )
        mails.state = "cancel"
        return mails.ids

    def _moderation_told(self):
        return [
            {
                "res_partner_id": told.res_partner_id.id,
                "notification_type": told.notification_type,
                "notification_status": told.notification_status,
                "is_read": told.is_read,
            }
            for told in self.notification_ids
        ]

    def _moderation_publish(self, case):
        self.ensure_one()
        if case.content_state == "edit_held":
            return self._moderation_publish_edit(case)
        if self.model != case._name:
            self._moderation_quiet().moderation_state = False
            return None
        kept = case.kept or {}
        document = case._document()
        self._moderation_put_back(document, kept)
        if not kept.get("notified"):
            case.kept = kept | {"notified": True}
            self._moderation_announce(document)
        return None

    def _moderation_publish_edit(self, case):
        values = {"moderation_state": False} | (case.kept or {}).get("edit", {})
        if case.kept_body:
            values["body"] = case.kept_body
        self._moderation_quiet().write(values)

    def _moderation_put_back(self, document, kept):
        files = self.env["ir.attachment"].sudo().browse(kept.get("files", ())).exists()
        files.write({"res_model": document._name, "res_id": document.id})
        self._moderation_quiet().write(
            {
                "model": document._name,
                "res_id": document.id,
                "partner_ids": [Command.set(kept.get("partner_ids", []))],
                "moderation_state": False,
            }
        )
        mails = self.env["mail.mail"].browse(kept.get("mails", ())).exists()
        mails.filtered(lambda mail: mail.state == "cancel").state = "outgoing"
        self.env["mail.notification"].sudo().create(
            [
                {"mail_message_id": self.id, **told}
                for told in kept.get("notifications", ())
            ]
        )

    def _moderation_announce(self, document):
        """All that posting it would have done, for him who wrote it."""
        author = self.author_id.main_user_id
        if author:
            document = document.with_user(author).sudo()
        document = document.with_context(moderation_gate=PASS)
        values = self._moderation_post_values()
        message = self.with_env(document.env)
        document._message_post_after_hook(message, values)
        document._notify_thread(message, values)

    def _moderation_post_values(self):
        return {
            "model": self.model,
            "res_id": self.res_id,
            "author_id": self.author_id.id,
            "email_from": self.email_from,
            "body": self.body,
            "subject": self.subject,
            "message_type": self.message_type,
            "subtype_id": self.subtype_id.id,
            "parent_id": self.parent_id.id,
            "partner_ids": self.partner_ids.ids,
            "attachment_ids": [Command.link(id_) for id_ in self.attachment_ids.ids],
            "email_add_signature": self.email_add_signature,
            "record_company_id": self.record_company_id.id,
            "reply_to": self.reply_to,
        }

    def _moderation_replace(self, case, title=None, body=None):
        values = {"subject": title or False} if title is not None else {}
        if body is not None:
            values["body"] = body
        self._moderation_quiet().write(values)

    def _moderation_snapshot(self):
        self.ensure_one()
        return {
            "withdrawn": self.model == "moderation.case",
            "state": self.moderation_state,
            "body": str(self.body or ""),
            "subject": self.subject,
            "kept": self.moderation_case_id.kept,
        }

    def _moderation_restore(self, case, snapshot):
        self.ensure_one()
        withdrawn = self.model == "moderation.case"
        if withdrawn and not snapshot["withdrawn"]:
            self._moderation_put_back(case._document(), case.kept or {})
        elif snapshot["withdrawn"] and not withdrawn:
            self._moderation_withdraw(case, snapshot["state"] or "hidden")
            case.kept = (snapshot["kept"] or {}) | case.kept
        self._moderation_quiet().write(
            {
                "body": snapshot["body"],
                "subject": snapshot["subject"],
                "moderation_state": snapshot["state"],
            }
        )

    # --- what its author sees ---------------------------------------------------------

    def _record_by_message(self):
        """To its author a message that is held is still one in the ticket."""
        found = super()._record_by_message()
        for message, record in found.items():
            if record._name == "moderation.case":
                # sudo: the ticket's name is all that is shown of it
                document = record.sudo()._document()
                if document:
                    found[message] = document.with_env(record.env)
        return found

    @api.model
    def _moderation_own_pending(self, model, res_id):
        """The user's own messages in a thread that others do not see."""
        if not model or not res_id or self.env.user._is_public():
            return self.browse()
        # sudo: an author finds his own text, not the case
        cases = (
            self.env["moderation.case"]
            .sudo()
            .search(
                Domain("document_model", "=", model)
                & Domain("document_id", "=", res_id)
                & Domain("content_state", "in", ("held", "hidden"))
                & Domain("author_id", "=", self.env.user.partner_id.id)
                & Domain("res_model", "=", self._name)
            )
        )
        return self.browse(cases.mapped("res_id")).exists()

    @api.model
    def _message_fetch(self, domain, *, thread=None, **kwargs):
        """With the author's own messages that wait."""
        result = super()._message_fetch(domain, thread=thread, **kwargs)
        if thread and not kwargs.get("search_term"):
            self._moderation_add_pending(result, thread._name, thread.id, kwargs)
        return result

    @api.model
    def _moderation_add_pending(self, result, model, res_id, kwargs):
        before, after = kwargs.get("before"), kwargs.get("after")
        if kwargs.get("around") is not None:
            return
        pending = self._moderation_own_pending(model, res_id)
        found = result["messages"]
        complete = len(found) < (kwargs.get("limit") or 30)
        oldest = min(found.ids, default=0)
        pending = pending.filtered(
            lambda m: (
                (not before or m.id < before)
                and (not after or m.id > after)
                and (complete or m.id > oldest)
            )
        )
        if pending:
            result["messages"] = (found | pending).sorted("id", reverse=True)

    def _moderation_shown_state(self):
        """The state for the page: others than author and moderators see no such
        message, or its published text."""
        self.ensure_one()
        if not self.is_current_user_or_guest_author and not self.env.user.has_group(
            "moderation.group_moderator"
        ):
            return False
        return self.sudo().moderation_state

    def _to_store_defaults(self, target):
        return super()._to_store_defaults(target) + [
            Store.Attr("moderation_state", value=lambda m: m._moderation_shown_state())
        ]

    def _portal_message_format(self, properties_names, options=None):
        formatted = super()._portal_message_format(properties_names, options)
        records = self._record_by_message()
        for message, values in zip(self, formatted, strict=True):
            values["moderation_state"] = message._moderation_shown_state()
            if record := records.get(message):
                values["thread"] = {"model": record._name, "id": record.id}
        return formatted
