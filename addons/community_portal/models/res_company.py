from odoo import fields, models

SHOWN = ["hidden", "industry", "name"]  # from the least to the most


class ResCompany(models.Model):
    _inherit = "res.company"

    community_employer_shown = fields.Selection(
        [
            ("name", "Name of the company"),
            ("industry", "Only its industry"),
            ("hidden", "Nothing"),
        ],
        "The most that members show of their employer",
        default="name",
        required=True,
    )

    def _community_employer_shown(self, wanted):
        """What is shown when a member wants ``wanted``, within what the vendor
        allows."""
        return min(wanted, self.community_employer_shown, key=SHOWN.index)
