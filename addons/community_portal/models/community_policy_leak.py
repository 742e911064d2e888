import logging
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

# What a company does not want outside: codes of ``moderation.category``.
CONFIDENTIAL = ("confidential", "secret", "personal")
KEPT_MONTHS = 12


class CommunityPolicyLeak(models.Model):
    """That the gate kept something confidential of a company from going out: who,
    when, where and what kind of thing; never a word of the text."""

    _name = "community.policy.leak"
    _description = "Leak That Was Stopped"
    _order = "id desc"
    _rec_name = "category_id"

    organisation_id = fields.Many2one(
        "res.partner", "Company", required=True, index=True, ondelete="cascade"
    )
    member_id = fields.Many2one(
        "community.member", index="btree_not_null", ondelete="set null"
    )
    category_id = fields.Many2one("moderation.category", "What", ondelete="set null")
    space_id = fields.Many2one("community.space", ondelete="set null")
    action = fields.Selection(
        [
            ("coach", "The author was asked to change it"),
            ("hold", "It waits for a moderator"),
            ("block", "It was refused"),
        ],
        required=True,
    )
    at = fields.Datetime("When", required=True, default=fields.Datetime.now)

    _recent_idx = models.Index("(organisation_id, at)")

    @api.model
    def _values(self, verdict, author, action, space):
        """:param verdict: ``moderation.gate.Verdict``
        :param author: ``res.partner``
        :return: values, None where it concerns no customer's secrets
        """
        found = {
            rule.category_id: int(finding.severity) for finding, rule in verdict.pairs
        }
        categories = self.env["moderation.category"].sudo().browse(found)
        worst = categories.filtered(lambda c: c.code in CONFIDENTIAL).sorted(
            lambda category: -found[category.id]
        )
        member = (
            self.env["community.member"]
            .sudo()
            .search(
                [("partner_id", "=", author.id), ("is_vendor", "=", False)], limit=1
            )
        )
        if not worst or not member or member.organisation_id == member.partner_id:
            return None
        return {
            "organisation_id": member.organisation_id.id,
            "member_id": member.id,
            "category_id": worst[0].id,
            "space_id": space.id,
            "action": action,
        }

    @api.model
    def _note(self, values):
        """Keep it, and tell the company's managers: each at most once in an hour, an
        author may try ten times."""
        since = fields.Datetime.now() - timedelta(hours=1)
        told = self.search_count(
            Domain("organisation_id", "=", values["organisation_id"])
            & Domain("at", ">", since),
            limit=1,
        )
        leak = self.create(values)
        if not told:
            leak._tell()
        return leak

    def _tell(self):
        for manager in self.member_id._managers():
            self.env["community.letter"]._send("mail_leak", self, manager.partner_id)

    @api.model
    def _of_company(self, organisation, limit=20):
        """The latest of a company; sudo. The caller has checked who asks."""
        domain = [("organisation_id", "=", organisation.id)]
        return self.sudo().search(domain, limit=limit)

    @api.autovacuum
    def _gc_old(self):
        old = fields.Datetime.subtract(fields.Datetime.now(), months=KEPT_MONTHS)
        self.search([("at", "<", old)]).unlink()


class ModerationScanner(models.AbstractModel):
    """What the gate refuses is rolled back with everything in it, so it is noted
    afterwards in a transaction of its own, as moderation's log does."""

    _inherit = "moderation.scanner"

    @api.model
    def _stop(self, verdict, content, where):
        if where.get("res_model") == "community.post":
            self._note_leak(verdict, where)
        return super()._stop(verdict, content, where)

    @api.model
    def _note_leak(self, verdict, where):
        author = self.env["res.partner"].sudo().browse(where.get("subject_number"))
        space = self.env["community.space"].browse(self.env.context.get("leak_space"))
        leaks = self.env["community.policy.leak"].sudo()
        action = "coach" if verdict.action == "coach" else "block"
        values = leaks._values(verdict, author, action, space)
        if not values:
            return
        registry = self.env.registry

        def write():
            with registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                env["community.policy.leak"]._note(values)

        self.env.cr.postrollback.add(write)


class CommunityPost(models.Model):
    _inherit = "community.post"

    def _moderation_stop(self, verdict, content):
        """The scanner knows the author; in which space it was is known here."""
        named = self.with_context(leak_space=self.space_id.id)
        return super(CommunityPost, named)._moderation_stop(verdict, content)

    def _moderation_open_case(self, verdict, content_state, **values):
        case = super()._moderation_open_case(verdict, content_state, **values)
        if content_state in ("held", "edit_held"):
            leaks = self.env["community.policy.leak"].sudo()
            author = self._moderation_author()
            noted = leaks._values(verdict, author, "hold", self.space_id)
            if noted:
                leaks._note(noted)
        return case
