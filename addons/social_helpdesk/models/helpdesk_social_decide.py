"""Where an agent says who somebody is: buttons of contacts, partners and tickets."""

from odoo import api, fields, models


class HelpdeskSocialContact(models.Model):
    _inherit = "helpdesk.social.contact"

    merge_count = fields.Integer(compute="_compute_merge_count")

    def _compute_merge_count(self):
        counted = dict(
            self.env["helpdesk.social.merge"]._read_group(
                [("contact_ids", "in", self.ids)], ["contact_ids"], ["__count"]
            )
        )
        for contact in self:
            contact.merge_count = counted.get(contact, 0)

    def action_same_person(self):
        """These are one person: ask which partner stays."""
        self.check_access("write")
        return self._same_person_wizard(self.partner_id[:1])

    def action_somebody_else(self):
        """This is not the partner he is linked to: ask who he is."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Somebody else"),
            "res_model": "helpdesk.social.somebody.else",
            "view_mode": "form",
            "target": "new",
            "context": {"default_contact_id": self.id},
        }

    def action_merges(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "helpdesk.social.merge",
            "view_mode": "list,form",
            "domain": [("contact_ids", "in", self.ids)],
            "name": self.env._("Same person or somebody else"),
        }

    def _same_person_wizard(self, partner):
        """Both with all their contacts that the agent sees: a person moves whole."""
        known = (self.partner_id | partner).social_contact_ids
        contacts = self | known.filtered(lambda c: c.company_id == self[:1].company_id)
        contacts = contacts._filtered_access("write")
        stays = self._who_stays(partner, contacts)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Same person"),
            "res_model": "helpdesk.social.same.person",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_contact_ids": contacts.ids,
                "default_partner_id": stays.id,
            },
        }

    def _who_stays(self, partner, contacts):
        """Whom somebody has entered rather than whom a message has made; who has a
        login rather than who has none; and not who has no contact here to give."""
        candidates = (partner | self.partner_id).filtered(
            lambda p: p == partner or partner in contacts.partner_id
        )
        # sudo: whether he has a login is no secret to who may read him
        return candidates.sudo().sorted(
            lambda p: (p.social_made, not p.user_ids, p != partner, p.id)
        )[:1]


class ResPartner(models.Model):
    _inherit = "res.partner"

    social_contact_count = fields.Integer(
        compute="_compute_social_contact_count",
        groups="helpdesk_mgmt.group_helpdesk_user_own",
    )

    def _compute_social_contact_count(self):
        counted = dict(
            self.env["helpdesk.social.contact"]._read_group(
                [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
            )
        )
        for partner in self:
            partner.social_contact_count = counted.get(partner, 0)

    def action_social_contacts(self):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "helpdesk.social.contact",
            "view_mode": "list,form",
            "domain": [("partner_id", "=", self.id)],
            "name": self.env._("Social Contacts"),
        }


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    social_suggestions = fields.Json(compute="_compute_social_suggestions")

    @api.depends("social_conversation_id")
    @api.depends_context("uid", "lang")
    def _compute_social_suggestions(self):
        """Who the customers of the ticket may be, for those who may decide it."""
        self.social_suggestions = []
        suggestions = self.env["helpdesk.social.suggestion"]
        agents = self._filtered_access("write")
        if not agents or not suggestions.has_access("read"):
            return
        writing = agents._social_writing()
        ids = [contact.id for contacts in writing.values() for contact in contacts]
        found = suggestions.search(
            [
                ("contact_id", "in", ids),
                ("state", "=", "open"),
                ("partner_id.active", "=", True),
            ]
        )
        for ticket, contacts in writing.items():
            ticket.social_suggestions = [
                suggestion._banner_values()
                for suggestion in found
                if suggestion.contact_id.id in contacts.ids
            ]

    def _social_writing(self):
        """:return: ``{ticket: contacts}`` who write in it, whoever may see them"""
        # sudo: only which ones; what may be seen of them is asked by the caller
        conversations = self.env["helpdesk.social.conversation"].sudo()
        found = conversations.search([("ticket_id", "in", self.ids)])
        by_ticket = found.grouped(lambda conversation: conversation.ticket_id.id)
        return {
            ticket: (
                by_ticket.get(ticket.id, conversations.browse())
                | ticket.sudo().social_conversation_id
            ).contact_id
            for ticket in self
        }


class HelpdeskSocialSuggestion(models.Model):
    _inherit = "helpdesk.social.suggestion"

    def _banner_values(self):
        return {
            "id": self.id,
            "partner_id": self.partner_id.id,
            "name": self.partner_id.display_name,
            "reasons": self.reason_text,
        }
