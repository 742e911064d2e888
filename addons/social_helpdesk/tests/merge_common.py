from datetime import datetime, timezone

from .common import SocialCase


class MergeCase(SocialCase):
    """Ana is known; Zoé has written on a new channel, and is she."""

    def setUp(self):
        super().setUp()
        self.now_at = datetime.now(timezone.utc).timestamp() - 600
        self.ana = self.env["res.partner"].create({"name": "Ana Souza"})
        self.zoe = self.writes("zoe", "Oi, sou eu")
        self.old = self.zoe.partner_id
        self.ticket = self.zoe.conversation_ids.ticket_id

    def writes(self, person, text="Oi", key="", **values):
        """
        :return: the contact
        """
        self.now_at += 1
        key = key or f"{person}:{self.now_at}"
        self.store(
            {"id": key, "from": person, "text": text, "at": self.now_at} | values
        )
        self.drain()
        contacts = self.env["helpdesk.social.contact"]
        return contacts.search(
            [("account_id", "=", self.account.id), ("external_id", "=", person)]
        )

    @property
    def merges(self):
        return self.env["helpdesk.social.merge"].with_user(self.agent)

    def merge(self, contacts=None, partner=None, finish=True):
        contacts = (contacts or self.zoe).with_user(self.agent)
        done = self.merges._merge(contacts, (partner or self.ana).with_user(self.agent))
        return self.finish(done) if finish else done

    def split(self, contact=None, partner=None):
        partner = partner or self.env["res.partner"]
        contact = (contact or self.zoe).with_user(self.agent)
        return self.finish(self.merges._split(contact, partner.with_user(self.agent)))

    def undo(self, merge):
        merge.with_user(self.agent).action_undo()
        return self.finish(merge)

    def finish(self, merges):
        """The job has run."""
        for merge in merges:
            merge._finish()
        return merges

    def authors(self, ticket):
        posts = ticket.message_ids.filtered(lambda m: m.message_type == "comment")
        return posts.author_id
