"""What an agent is told before and after a decision: how much moves, who sees it."""

from odoo import api, models

NAMED = 3  # people with a login; more are counted


class HelpdeskSocialMerge(models.Model):
    _inherit = "helpdesk.social.merge"

    @api.model
    def _count_tickets(self, contacts, partner):
        """How many tickets would change hands; for who may decide it."""
        # sudo: only how many; the person moves with all his tickets
        merges, count = self.sudo(), 0
        moved = contacts.sudo().filtered(lambda c: c.partner_id != partner)
        for origin, theirs in moved.grouped("partner_id").items():
            count += len(merges._tickets_of(theirs, origin))
        return count

    @api.model
    def _readers(self, partner):
        """The names of those who will read the tickets in the portal: he, and whoever
        has a login of the same company.

        :raises AccessError: of a partner whom the user does not see
        """
        if not partner:
            return False
        partner.check_access("read")
        # sudo: an agent need not manage users to be told of a login
        commercial = partner.sudo().commercial_partner_id
        users = self.env["res.users"].sudo()
        found = users.search(
            [("share", "=", True), ("partner_id", "child_of", commercial.id)],
            order="id",
            limit=NAMED + 1,
        )
        names = found[:NAMED].mapped("name")
        if len(found) > NAMED:
            names.append(self.env._("and others"))
        return ", ".join(names) or False

    def _told(self):
        """A word on what has happened, with the way to take it back: of several
        decisions each by itself."""
        url, partner = "/odoo/social-merges", self.to_partner_id
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                # a message is a format, and a name may have a percent sign
                "title": self.env._("Linked to %s.", partner.display_name),
                "message": "%s",
                "links": [
                    {
                        "label": self.env._("Undo"),
                        "url": f"{url}/{self.id}" if len(self) == 1 else url,
                    }
                ],
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
