from odoo import api, models


class CommunityNotice(models.Model):
    _inherit = "community.notice"

    @api.model
    def _sentences(self):
        _ = self.env._
        return super()._sentences() | {
            "perk_granted": (
                "reward",
                _("“%(perk)s” is yours: thank you for helping others"),
                _("You have been given something for helping others"),
            ),
            "perk_asked": (
                "reward",
                _("Do you want “%(perk)s”? Say so on your profile"),
                _("You are offered something for helping others"),
            ),
            "perk_consent": (
                "approval",
                _("“%(perk)s” for one of your people waits for your consent"),
                _("Something for one of your people waits for your consent"),
            ),
        }

    @api.model
    def _translated(self, words):
        """A perk is kept with its names in all languages: who is told may read
        another one than who caused it."""
        words = super()._translated(words)
        names = words.get("perk")
        if isinstance(names, dict):
            words["perk"] = names.get(self.env.lang) or names["en_US"]
        return words


class CommunityPerkGrant(models.Model):
    """Who is given something hears of it, and who has to agree before."""

    _inherit = "community.perk.grant"

    def write(self, vals):
        before = {grant.id: grant.state for grant in self}
        result = super().write(vals)
        if "state" in vals:
            for grant in self.sudo():
                if grant.state != before[grant.id]:
                    grant._tell_state()
        return result

    def _tell_state(self):
        member, company = self.member_id, self._managers_of_holder()
        if self.state == "granted":
            self._note_to(member or company, "perk_granted")
        elif self.state == "consent":
            if self.person_consent == "waiting":
                self._note_to(member, "perk_asked")
            if self.company_consent == "waiting":
                self._note_to(company, "perk_consent")

    def _managers_of_holder(self):
        return self.env["community.member"].search(
            [
                ("organisation_id", "=", self.organisation_id.id),
                ("is_manager", "=", True),
                ("state", "=", "active"),
            ]
        )

    def _note_to(self, members, event):
        is_own = event != "perk_consent" and members == self.member_id
        page = f"people/{members.id}" if is_own else "company"
        perk = self.perk_id
        names = perk._fields["name"]._get_stored_translations(perk)
        self.env["community.notice"].sudo()._note(
            members, event, url=f"/my/community/{page}", perk=names
        )
