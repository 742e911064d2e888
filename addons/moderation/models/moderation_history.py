from odoo import api, models
from odoo.fields import Domain


class ModerationContent(models.AbstractModel):
    """What was written before a rule was there."""

    _inherit = "moderation.content"

    @api.model
    def _moderation_history_domain(self):
        """Which records of the model are texts that the gate would judge."""
        return Domain.TRUE

    @api.model
    def _moderation_history(self, after_id, limit, upto_id=None, newest=False):
        """Past texts, page by page: by id, so that a page costs the same wherever
        it is in the history.

        :param after_id: the last one of the page before
        :param upto_id: the last one of all, to leave out what came meanwhile
        :param newest: the last page instead of the next one
        :return: records, at most ``limit``, in the order of their ids
        """
        domain = self._moderation_history_domain() & Domain("id", ">", after_id)
        if upto_id is not None:
            domain &= Domain("id", "<=", upto_id)
        order = "id desc" if newest else "id"
        return self.search(domain, order=order, limit=limit).sorted("id")

    def _moderation_history_place(self):
        """Code of the place where the text stood when its author wrote it, whoever
        looks at it now. Authors without a user are customers."""
        self.ensure_one()
        users = self._moderation_author().with_context(active_test=False).user_ids
        user = users[:1] or self.env.ref("base.public_user")
        return self.with_user(user).sudo()._moderation_place()

    @api.model
    def _moderation_history_models(self):
        """Names of the models that have past texts."""
        kind = self.pool["moderation.content"]
        return sorted(
            name
            for name, model in self.env.items()
            if isinstance(model, kind)
            and not model._abstract
            and not model._moderation_history_domain().is_false()
        )


class ModerationMixin(models.AbstractModel):
    _inherit = "moderation.mixin"

    @api.model
    def _moderation_history_domain(self):
        if self._moderation_title or self._moderation_body:
            return super()._moderation_history_domain()
        return Domain.FALSE


class MailMessage(models.Model):
    _inherit = "mail.message"

    @api.model
    def _moderation_history_domain(self):
        kind = self.pool["moderation.mixin"]
        gated = [
            name
            for name, model in self.env.items()
            if isinstance(model, kind) and not model._abstract
        ]
        return Domain("model", "in", gated) & Domain(
            "message_type", "in", ["comment", "email", "email_outgoing"]
        )
