from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from odoo import fields

from odoo.addons.queue_job.tests.common import trap_jobs

from .common import CommunityCase


class NoticeCase(CommunityCase):
    """A room whose jobs run when ``told`` ends, and whose letters stay queued."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.notices = cls.env["community.notice"]
        cls.mails = cls.env["mail.mail"]
        cls.everyone.partner_id.lang = "en_US"
        cls.domain = cls.env["mail.alias.domain"].create(
            {"name": "room.example.com", "catchall_alias": "catchall"}
        )
        cls.env.company.alias_domain_id = cls.domain

    @contextmanager
    def told(self):
        """Do something, then the jobs that follow; those of later are kept aside in
        ``self.later``."""
        with trap_jobs() as trap:
            yield trap
            self.env.flush_all()
            self.later, self.done = [], []
            while jobs := trap.enqueued_jobs:
                trap.enqueued_jobs = []
                for job in jobs:
                    if job.eta:
                        self.later.append(job)
                    else:
                        self.done.append(job.func.__name__)
                        job.perform()
        self.env.invalidate_all()

    @contextmanager
    def at(self, moment):
        """The clock stands at a moment (naive UTC)."""
        with patch.object(fields.Datetime, "now", lambda *args: moment):
            yield

    def minutes_later(self, minutes):
        return self.at(fields.Datetime.now() + timedelta(minutes=minutes))

    @classmethod
    def follow(cls, target, *members, muted=False):
        """``target`` is a thread or a space."""
        for member in members:
            cls.env["community.follow"]._set(
                member, target, following=True, muted=muted
            )

    def events(self, member):
        """What the member's page lists, oldest first."""
        cards, _next = self.as_(member, "community.notice")._list()
        return [card["event"] for card in reversed(cards)]

    def unread(self, member):
        return self.as_(member, "community.notice")._unread()

    def letters(self, member):
        """Mails to a member."""
        return self.mails.search([("recipient_ids", "in", member.partner_id.ids)])

    @classmethod
    def choose(cls, member, kind, portal=True, mail="", push=False):
        row = {"code": kind, "portal": portal, "mail": mail, "push": push}
        notices = cls.notices.with_user(member.user_id)
        notices._save_settings({"kinds": [row]})
