from odoo import api, models

from ..providers import phone


class ResPartner(models.Model):
    _inherit = "res.partner"

    # Every message of an unknown sender looks for its partner by number.
    _phone_sanitized_idx = models.Index(
        "(phone_sanitized) WHERE phone_sanitized IS NOT NULL"
    )

    @api.model
    def _social_find(self, number, company):
        """The partner a number belongs to, in any of its written forms.

        A person comes before a company that shares the number, somebody with a
        portal login before somebody without, the older record before the newer.

        :param str number: E.164, "" finds nobody
        """
        if not number:
            return self.browse()
        found = self.sudo().search(
            [
                ("phone_sanitized", "in", phone.variants(number)),
                ("company_id", "in", [False, company.id]),
            ],
            order="is_company, id",
            limit=10,
        )
        return (found.filtered("user_ids") or found)[:1]
