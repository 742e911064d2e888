from odoo import models
from odoo.tools import email_normalize

from odoo.addons.moderation.engine.types import Content

from ..importing import Person, Post

LOOK = 500  # texts that are looked at in one job


class CommunityImport(models.Model):
    """The second part of the dry run: who is unknown, and what the gate would hold."""

    _inherit = "community.import"

    def _look_on(self, run, after=0):
        """Job: look at the next lines, then queue what is left."""
        if not self._is_mine(run, "reading"):
            return
        lines = self.env["community.import.line"].search(
            [
                ("import_id", "=", self.id),
                ("id", ">", after),
                ("state", "=", "new"),
                ("kind", "in", ("person", "post", "reply")),
            ],
            limit=LOOK,
            order="id",
        )
        self._look_at_people(lines.filtered(lambda line: line.kind == "person"))
        self._look_at_posts(lines.filtered(lambda line: line.kind != "person"))
        if len(lines) < LOOK:
            self.state = "checked"
        else:
            job = self.with_delay(
                priority=50,
                description=self.env._("Import of the community “%s”", self.name),
            )
            job._look_on(run, lines[-1].id)

    def _look_at_people(self, lines):
        people = {line: self._unpack(Person, line) for line in lines}
        users = self._known_users(people.values())
        companies = self._known_companies(people.values())
        for line, person in people.items():
            if not users.get(person.key):
                line._doubt(self._say_unknown(person))
                if person.company and person.company.lower() not in companies:
                    line._doubt(
                        self.env._(
                            "The company “%s” is not among your contacts: the person "
                            "would come without a company. Create it first, or the "
                            "person will not count as its colleague or competitor.",
                            person.company,
                        )
                    )

    def _say_unknown(self, person):
        if self.unknown_people == "former" or not person.email:
            return self.env._(
                "No user here has this e-mail address: the words would come under "
                "“Former member”."
            )
        return self.env._("A portal user would be created, and not invited yet.")

    def _look_at_posts(self, lines):
        posts = {line: self._unpack(Post, line) for line in lines}
        known = self._known_authors({post.author for post in posts.values()})
        spaces = self._spaces()
        for line, post in posts.items():
            if post.author not in known:
                line._doubt(
                    self.env._(
                        "Its author (“%s”) is not among the people: it would come "
                        "under “Former member”.",
                        post.author,
                    )
                )
            space = spaces.get(post.space.lower(), self.space_id)
            if found := self._gate_would_say(post, space):
                line._doubt(found)

    def _known_authors(self, keys):
        lines = self.env["community.import.line"].search(
            [
                ("import_id", "=", self.id),
                ("kind", "=", "person"),
                ("external_id", "in", list(keys)),
            ]
        )
        keys_of_source = self.env["community.import.key"]._of(
            self.source, "person", keys
        )
        return {*lines.mapped("external_id"), *keys_of_source}

    def _gate_would_say(self, post, space):
        """What the gate finds that would keep others from seeing it, or ""."""
        verdict = self.env["moderation.scanner"]._judge(
            Content(title=post.title, body=post.html, is_html=True),
            "community",
            self.env["res.partner"],
            space.company_id,
            space.sudo().moderation_set_ids,
            history=False,
        )
        if verdict.action not in ("coach", "block", "hold"):
            return ""
        found = {rule.category_id for _finding, rule in verdict.pairs}
        names = self.env["moderation.category"].sudo().browse(found).mapped("name")
        return self.env._(
            "The gate would hold it for a moderator: %s.", ", ".join(sorted(names))
        )

    # --- who and where ----------------------------------------------------------------

    def _known_users(self, people):
        """:return: {key of the person: ``res.users``} of those who are known"""
        people = list(people)
        users = self.env["res.users"].sudo().with_context(active_test=False)
        emails = {email_normalize(p.email) for p in people if p.email} - {False}
        found = users.search(
            [
                "|",
                ("login", "in", list(emails)),
                ("email_normalized", "in", list(emails)),
            ]
        )
        by_email = {}
        for user in found.sorted(lambda user: (user.active, -user.id)):
            by_email[email_normalize(user.login) or user.login] = user
            by_email[user.email_normalized] = user
        by_id = {
            u.id: u for u in users.browse([p.user for p in people if p.user]).exists()
        }
        return {
            p.key: by_id.get(p.user) or by_email.get(email_normalize(p.email) or None)
            for p in people
        }

    def _known_companies(self, people):
        """:return: {name in small letters: ``res.partner``}"""
        names = {person.company for person in people if person.company}
        found = (
            self.env["res.partner"]
            .sudo()
            .search([("is_company", "=", True), ("name", "in", list(names))])
        )
        return {company.name.lower(): company for company in found}

    def _spaces(self):
        """:return: {name in small letters: ``community.space``}"""
        spaces = self.env["community.space"].search([])
        return {space.name.lower(): space for space in spaces}
