from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .community_notice import KINDS, MAILS

# On the page, by e-mail, to the browser: what a member gets who has set nothing.
DEFAULTS = {
    "mention": (True, "now", True),
    "answer": (True, "now", True),
    "accepted": (True, "now", True),
    "mine": (True, "now", False),
    "follow": (True, "daily", False),
    "space": (True, "weekly", False),
    "idea": (True, "weekly", False),
    "approval": (True, "now", True),
    "reward": (True, "weekly", False),
}


class CommunityNoticeSetting(models.Model):
    """How a member wants to hear of one kind of news, where he wants it otherwise
    than everybody."""

    _name = "community.notice.setting"
    _description = "How a Member Is Told"

    member_id = fields.Many2one("community.member", required=True, ondelete="cascade")
    kind = fields.Selection(KINDS, required=True)
    portal = fields.Boolean("On the page")
    mail = fields.Selection(MAILS, "By e-mail")
    push = fields.Boolean("To the browser")

    _member_kind_uniq = models.UniqueIndex("(member_id, kind)")


class CommunityNotice(models.Model):
    _inherit = "community.notice"

    @api.model
    def _settings(self):
        """The user's own choices.

        :return: {"kinds": [{"code", "label", "portal", "mail", "push"}], "mails":
            [{"code", "label"}], "quiet_from", "quiet_to"}; mail is "" for never,
            quiet hours are hours of the day, equal for none
        """
        member = self.env["community.member"]._join()
        chosen = {
            setting.kind: (setting.portal, setting.mail or "", setting.push)
            for setting in self._settings_of(member)
        }
        return {
            "kinds": [
                {"code": code, "label": label}
                | dict(
                    zip(
                        ("portal", "mail", "push"),
                        chosen.get(code, DEFAULTS[code]),
                        strict=True,
                    )
                )
                for code, label in self._labels("kind").items()
                if code != "approval" or member.is_manager
            ],
            "mails": [
                {"code": "", "label": self.env._("Never")},
                *(
                    {"code": code, "label": label}
                    for code, label in self._labels("mail").items()
                ),
            ],
            "quiet_from": member.quiet_from,
            "quiet_to": member.quiet_to,
        }

    @api.model
    def _labels(self, field):
        """The choices of a field in the user's language."""
        return dict(self._fields[field]._description_selection(self.env))

    @api.model
    def _settings_of(self, member):
        settings = self.env["community.notice.setting"].sudo()
        return settings.search([("member_id", "=", member.id)])

    @api.model
    def _save_settings(self, values):
        """Store the user's choices; what waits to be sent follows them at once.

        :param values: as ``_settings`` gives it; what is left out stays
        :raises UserError: what is not among the choices
        """
        member = self.env["community.member"]._join()
        choices = dict(self._checked_choice(row) for row in values.get("kinds", []))
        hours = {
            name: self._checked_hour(values[name])
            for name in ("quiet_from", "quiet_to")
            if name in values
        }
        member.sudo().write(hours)
        self._store_choices(member, choices)

    @api.model
    def _checked_choice(self, row):
        """:return: (kind, (portal, mail or None, push))"""
        mail = row.get("mail") or None
        if row.get("code") not in DEFAULTS or mail not in {None, *dict(MAILS)}:
            raise UserError(
                self.env._("Choose among what this page offers, and save again.")
            )
        return row["code"], (bool(row.get("portal")), mail, bool(row.get("push")))

    @api.model
    def _checked_hour(self, value):
        if not isinstance(value, int | float) or not 0 <= value <= 24:
            raise UserError(self.env._("An hour is a number from 0 to 24."))
        return value

    @api.model
    def _stop_mails(self, member, kind=None):
        """No e-mails any more, of one kind or of all; what the page and the browser
        show stays."""
        chosen = {
            setting.kind: (setting.portal, setting.mail, setting.push)
            for setting in self._settings_of(member)
        }
        choices = {}
        for code in [kind] if kind else DEFAULTS:
            portal, _mail, push = chosen.get(code, DEFAULTS[code])
            choices[code] = (portal, None, push)
        self._store_choices(member, choices)

    @api.model
    def _store_choices(self, member, choices):
        """:param choices: {kind: (portal, mail or None, push)}"""
        if not choices:
            return
        self.env.flush_all()
        rows = SQL(", ").join(
            SQL("(%s, %s, %s, %s, %s)", member.id, kind, *choice)
            for kind, choice in choices.items()
        )
        self.env.cr.execute(
            SQL(
                "INSERT INTO community_notice_setting "
                "(member_id, kind, portal, mail, push) VALUES %s "
                "ON CONFLICT (member_id, kind) DO UPDATE SET portal = EXCLUDED.portal, "
                "mail = EXCLUDED.mail, push = EXCLUDED.push",
                rows,
            )
        )
        self.env.cr.execute(
            SQL(
                "UPDATE community_notice n SET push = n.push AND s.push, "
                "mail = CASE WHEN n.mail IS NULL THEN NULL ELSE s.mail END "
                "FROM community_notice_setting s WHERE n.member_id = %s "
                "AND s.member_id = n.member_id AND s.kind = n.kind "
                "AND n.mailed IS NULL AND (n.mail IS NOT NULL OR n.push)",
                member.id,
            )
        )
        self.env.invalidate_all()
