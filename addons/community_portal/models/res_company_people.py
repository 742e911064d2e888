from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    community_invite_days = fields.Integer("Days an invitation is good for", default=14)
    community_invite_domains_only = fields.Boolean(
        "Managers invite their company's e-mail domains only",
        help="A customer's manager can invite only addresses at the e-mail domains "
        "that you have listed for his company.",
    )
    community_invite_limit = fields.Integer(
        "Invitations a company sends in a day", default=50
    )
    community_avoided_hours = fields.Float(
        "Hours that an avoided ticket saves a customer",
        default=1.0,
        help="Writing it, waiting, answering questions. Customers' managers see this "
        "number beside the hours that it makes.",
    )
    community_close_login = fields.Boolean(
        "A closed membership closes the login as well",
        help="When a company's manager closes the membership of somebody who left, "
        "that person cannot log in to the portal any more.",
    )
    community_privacy_days = fields.Integer(
        "Days to answer a privacy request",
        default=15,
        help="LGPD asks for an answer within 15 days, the GDPR within one month.",
    )

    _community_people_check = models.Constraint(
        "CHECK (community_invite_days > 0 AND community_privacy_days > 0 "
        "AND community_invite_limit >= 0 AND community_avoided_hours >= 0)",
        "An invitation and a privacy request need at least one day.",
    )
