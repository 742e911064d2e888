from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..engine.types import Content
from ..gate import PASS

VISIBLE = ("published", "masked", "edit_held")

STATES = [
    ("published", "Published"),
    ("held", "Waiting for a moderator"),
    ("edit_held", "Published, a change waits for a moderator"),
    ("masked", "Masked"),
    ("hidden", "Hidden by a moderator"),
]


class ModerationMixin(models.AbstractModel):
    """A model of one's own whose text passes the gate before others see it.

    It says which fields hold its text, who wrote it and in which place, and is
    then gated in ``create`` and ``write``, whichever door the text comes by. A
    record that is held or hidden is found and read by its author and by moderators
    only; whatever the model shows on behalf of others (with ``sudo``) has to add
    ``_moderation_visible()`` to its domain.
    """

    _name = "moderation.mixin"
    _description = "Moderated Text"
    _inherit = ["moderation.content"]

    # Which fields hold the title (plain text) and the body (text or HTML).
    _moderation_title = ""
    _moderation_body = ""

    moderation_state = fields.Selection(
        STATES,
        required=True,
        default="published",
        readonly=True,
        copy=False,
    )

    def _moderation_gated(self, vals):
        """Whether a text that is being written has to pass.

        Customers' texts do, by whatever door and with whatever rights the door
        was opened (a controller's ``sudo`` keeps the user), and so does an
        e-mail, which has no user.
        """
        if self.env.context.get("moderation_gate") is PASS:
            return False
        return self.env.user.share or bool(self.env.context.get("moderation_email"))

    def _moderation_message_place(self, author, values):
        """Code of the place for a message in this record's chatter, or False where
        its messages are not gated.

        :param author: ``res.partner``, empty for an unknown sender
        :param values: the message's
        """
        return False

    @api.model
    def _moderation_visible(self):
        """The domain of what others than the author may see."""
        return Domain("moderation_state", "in", VISIBLE)

    @api.model
    def _moderation_own(self):
        """The domain of what the user wrote himself, and goes on seeing."""
        return Domain("create_uid", "=", self.env.uid)

    def _moderation_is_own(self):
        """The same for one record; called with sudo, about ``env.user``."""
        return self.create_uid == self.env.user

    # --- the doors --------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._moderation_refuse_state(vals, new=True)
        records = super().create(vals_list)
        for record, vals in zip(records, vals_list, strict=True):
            if record._moderation_has_text() and record._moderation_gated(vals):
                record.sudo()._moderation_check_new()
        return records

    def write(self, vals):
        self._moderation_refuse_state(vals)
        texts = {self._moderation_title, self._moderation_body} & vals.keys()
        if not texts or self.env.context.get("moderation_gate") is PASS:
            return super().write(vals)
        gated = self.filtered(lambda record: record._moderation_gated(vals))
        gated.check_access("write")
        verdicts = {
            record: record.sudo()._moderation_check_edit(vals) for record in gated
        }
        stopped = gated.filtered(lambda record: verdicts[record] is None)
        result = super(ModerationMixin, self - stopped).write(vals)
        for record in gated - stopped:
            record.sudo()._moderation_after_edit(verdicts[record])
        return result

    @api.model
    def _moderation_refuse_state(self, vals, new=False):
        """States are the gate's and the moderators', whoever asks by RPC."""
        if (
            self.env.su
            or self.env.context.get("moderation_gate") is PASS
            or "moderation_state" not in vals
            or (new and vals["moderation_state"] == "published")
        ):
            return
        raise AccessError(
            self.env._("Only a moderator's decision changes what people may see.")
        )

    def _moderation_has_text(self):
        return bool(self._moderation_title or self._moderation_body) and bool(
            self._moderation_place()
        )

    def _moderation_check_new(self):
        """After creation, in the same transaction: only then all defaults and
        computed fields are there to be judged by."""
        content = self._moderation_text()
        verdict = self._moderation_judge(content)
        if verdict.action in ("coach", "block") and self._moderation_is_there():
            self._moderation_stop(verdict, content)
        if verdict.action in ("coach", "block", "hold"):
            self._moderation_hold(verdict)
        else:
            self._moderation_soft(verdict)

    def _moderation_check_edit(self, vals):
        """An edit is a new text: what was approved says nothing about it.

        :return: the verdict if the edit may be written, None if it waits
        """
        content = self._moderation_text(vals)
        verdict = self._moderation_judge(content)
        if verdict.action not in ("coach", "block", "hold"):
            return verdict
        if verdict.action != "hold" and self._moderation_is_there():
            self._moderation_stop(verdict, content)
        if self.moderation_state in ("held", "hidden"):
            return verdict
        self._moderation_hold_edit(verdict, vals)
        return None

    def _moderation_after_edit(self, verdict):
        if verdict.action in ("coach", "block", "hold"):
            self._moderation_open_case(verdict, self.moderation_state)
        elif self.moderation_state == "held":
            self._moderation_corrected()
        else:
            self._moderation_soft(verdict)

    def _moderation_hold_edit(self, verdict, vals):
        """What is published stays as it is until somebody has looked at the change."""
        title, body = self._moderation_title, self._moderation_body
        case = self._moderation_open_case(
            verdict,
            "edit_held",
            kept={"edit": {title: vals[title]} if title in vals else {}},
            kept_body=vals.get(body, False),
        )
        self._moderation_quiet().moderation_state = "edit_held"
        return case

    # --- as a content -----------------------------------------------------------------

    def _moderation_text(self, vals=None):
        self.ensure_one()
        vals = vals or {}
        title, body = self._moderation_title, self._moderation_body
        return Content(
            title=str((vals.get(title, self[title]) if title else "") or ""),
            body=str((vals.get(body, self[body]) if body else "") or ""),
            is_html=bool(body) and self._fields[body].type == "html",
        )

    def _moderation_publish(self, case):
        self.ensure_one()
        values = {"moderation_state": "published"}
        if case.content_state == "edit_held":
            values |= (case.kept or {}).get("edit", {})
            if self._moderation_body and case.kept_body:
                values[self._moderation_body] = case.kept_body
        self._moderation_quiet().write(values)

    def _moderation_withdraw(self, case, state="hidden"):
        self._moderation_quiet().write({"moderation_state": state})

    def _moderation_replace(self, case, title=None, body=None):
        values = {self._moderation_title: title, self._moderation_body: body}
        self._moderation_quiet().write(
            {name: text for name, text in values.items() if name and text is not None}
        )

    def _moderation_snapshot(self):
        self.ensure_one()
        names = (self._moderation_title, self._moderation_body, "moderation_state")
        return {name: self[name] and str(self[name]) for name in names if name}

    def _moderation_restore(self, case, snapshot):
        self._moderation_quiet().write(dict(snapshot))

    # --- who sees it ------------------------------------------------------------------

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access) and self._moderation_hides():
            domain = Domain(domain) & (
                self._moderation_visible() | self._moderation_own()
            )
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _moderation_hides(self):
        return not self.env.user.has_group("moderation.group_moderator")

    def _moderation_is_open_to_me(self):
        """Whether the user may see these: all are published, or his own."""
        # sudo: the state and whose it is
        return not self._moderation_hides() or all(
            record.moderation_state in VISIBLE or record._moderation_is_own()
            for record in self.sudo()
        )

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not self._moderation_hides():
            return result
        allowed = self - result[0] if result else self
        # sudo: the state alone, to find out whether the rest may be read
        withdrawn = allowed.sudo().filtered(
            lambda record: (
                record.id
                and record.moderation_state not in VISIBLE
                and not record._moderation_is_own()
            )
        )
        if not withdrawn:
            return result
        forbidden = withdrawn.with_env(self.env)
        if result:
            return result[0] | forbidden, result[1]
        return forbidden, lambda: self.env["ir.rule"]._make_access_error(
            operation, forbidden
        )
