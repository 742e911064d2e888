"""Whether anything but this add-on knows a partner that a message has made."""

from odoo import models
from odoo.tools import SQL

# Where he may stand all the same: in the record of the change and what led to it.
OWN = {"helpdesk_social_merge", "helpdesk_social_suggestion"}
# What is attached to any record by its name and number.
ATTACHED = (
    ("mail_activity", SQL("res_model = 'res.partner'")),
    ("ir_attachment", SQL("res_model = 'res.partner' AND res_field IS NULL")),
    ("mail_message", SQL("model = 'res.partner' AND message_type = 'comment'")),
)


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _social_is_unused(self):
        """No row of any table refers to him. Asked in a job: some tables are large,
        and not all of them are indexed."""
        self.ensure_one()
        self.env.flush_all()
        wizard = self.env["base.partner.merge.automatic.wizard"]
        for table, column in wizard._get_fk_on("res_partner"):
            if table in OWN:
                continue
            # his own row names him as the company that he is
            other = SQL("id <> %s", self.id) if table == self._table else SQL("true")
            if self._social_is_in(SQL.identifier(table), SQL.identifier(column), other):
                return False
        return not any(
            self._social_is_in(SQL.identifier(table), SQL("res_id"), condition)
            for table, condition in ATTACHED
        )

    def _social_is_in(self, table, column, condition):
        self.env.cr.execute(
            SQL(
                "SELECT EXISTS (SELECT FROM %s WHERE %s = %s AND %s)",
                table,
                column,
                self.id,
                condition,
            )
        )
        return self.env.cr.fetchone()[0]
