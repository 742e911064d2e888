import base64

from odoo import models
from odoo.fields import Command
from odoo.tools import email_normalize

from ..importing import Person


class CommunityImport(models.Model):
    """People of another community as members of this one."""

    _inherit = "community.import"

    def _take_person(self, lines):
        people = {line: self._unpack(Person, line) for line in lines}
        users = self._known_users(people.values())
        unknown = [p for p in people.values() if not users.get(p.key)]
        users = users | self._new_users(unknown)
        members = self._members_of(users)
        came = lines.browse()
        for line, person in people.items():
            if member := members.get(person.key):
                line.write({"state": "done", "res_id": member.id})
                came |= line
            else:
                line.write({"state": "left", "note": self._say_former(), "doubt": True})
        self._remember("person", came)

    def _say_former(self):
        return self.env._(
            "No user here has this e-mail address: the words come under “Former "
            "member”, and the votes do not come."
        )

    def _new_users(self, people):
        """Portal users for people who have none, if that is wanted.

        :return: {key: ``res.users``}
        """
        wanted = {
            email_normalize(p.email): p for p in people if email_normalize(p.email)
        }
        if self.unknown_people != "create" or not wanted:
            return {}
        companies = self._known_companies(people)
        contacts = self._contacts(wanted)
        values = [
            self._user_values(email, person, companies, contacts.get(email))
            for email, person in wanted.items()
        ]
        # sudo: the vendor's administrator of the community need not be one of Odoo
        users = self.env["res.users"].sudo().with_context(no_reset_password=True)
        by_email = dict(zip(wanted, users.create(values), strict=True))
        return {p.key: by_email.get(email_normalize(p.email)) for p in people}

    def _contacts(self, emails):
        """:return: {e-mail address: ``res.partner``} of contacts without a user"""
        found = (
            self.env["res.partner"]
            .sudo()
            .search(
                [
                    ("email_normalized", "in", list(emails)),
                    ("user_ids", "=", False),
                    ("is_company", "=", False),
                ]
            )
        )
        return {contact.email_normalized: contact for contact in found}

    def _user_values(self, email, person, companies, contact):
        values = {
            "login": email,
            "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
        }
        if contact:  # what is known of him here is better than what comes
            return values | {"partner_id": contact.id}
        company = companies.get(person.company.lower())
        picture = self._picture(person.picture) if person.picture else None
        return values | {
            "name": person.name,
            "email": email,
            "parent_id": company.id if company else False,
            "image_1920": picture and base64.b64encode(picture),
        }

    def _members_of(self, users):
        """:param users: {key: ``res.users``}
        :return: {key: ``community.member``}, created where there was none
        """
        members = self.env["community.member"].sudo().with_context(active_test=False)
        ids = {user.id for user in users.values() if user}
        by_user = {
            m.user_id.id: m for m in members.search([("user_id", "in", list(ids))])
        }
        missing = sorted(ids - by_user.keys())
        for member in members.create([{"user_id": uid} for uid in missing]):
            by_user[member.user_id.id] = member
        return {key: by_user[user.id] for key, user in users.items() if user}

    def _former_member(self):
        """Under whom the words of unknown people stand."""
        return self.env.ref("community_portal.member_former").sudo()
