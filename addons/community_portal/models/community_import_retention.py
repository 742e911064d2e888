from datetime import timedelta

from odoo import api, fields, models

KEPT_DAYS = 90  # lines and file of an import that is done


class CommunityImport(models.Model):
    """An import is full of people's words and addresses: it does not stay for ever."""

    _inherit = "community.import"

    @api.autovacuum
    def _gc_imports(self):
        """The keys stay, so that nothing comes twice."""
        old = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.search(
            [
                ("write_date", "<", old),
                ("state", "not in", ("reading", "running")),
            ]
        ).unlink()

    def _forget_data(self):
        """What came is in its place now; the lines tell only what became of it."""
        lines = self.env["community.import.line"]
        lines.flush_model()
        self.env.cr.execute(
            "UPDATE community_import_line SET data = NULL "
            "WHERE import_id = %s AND state != 'new'",
            [self.id],
        )
        lines.invalidate_model(["data"])


class CommunityMember(models.Model):
    _inherit = "community.member"

    def _anonymise(self):
        """Nothing may lead back to a person by the way in which he came."""
        lines = self.env["community.import.line"].sudo()
        lines.search([("kind", "=", "person"), ("res_id", "in", self.ids)]).unlink()
        keys = self.env["community.import.key"].sudo()
        keys.search([("kind", "=", "person"), ("res_id", "in", self.ids)]).unlink()
        return super()._anonymise()
