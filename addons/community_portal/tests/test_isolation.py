"""Nothing of a company's restricted posts reaches another company: every model, field
and public method of the add-on, for every kind of user who is not meant."""

import inspect
from datetime import date, datetime

from odoo.service.model import call_kw, get_public_method
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import CommunityCase

# What stands in each restricted post, so that one can tell whose secret got out.
MARKS = {
    "not_competitors": "xilofone",
    "company": "berimbau",
    "vendor": "cavaquinho",
    "everybody": "zabumba",
}
ADDON = "community_portal"
# Not of the add-on, but text of it might get there.
NEIGHBOURS = [
    "bus.bus",
    "helpdesk.ticket",
    "ir.attachment",
    "mail.activity",
    "mail.mail",
    "mail.message",
    "mail.notification",
    "moderation.case",
    "moderation.finding",
    "moderation.log",
    "moderation.report",
    "queue.job",
    "res.partner",
    "res.users",
]


class World(CommunityCase):
    """Company A has written its mark wherever one can write."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outsider = cls.other("community_fora", "base.group_portal")
        cls.employee = cls.other("community_interno", "base.group_user")
        cls.public = cls.env.ref("base.public_user")
        cls.group = cls.env["community.space"].create(
            {
                "name": f"Projeto {MARKS['everybody']}",
                "kind": "group",
                "access_ids": [(0, 0, {"organisation_id": cls.steel.id})],
            }
        )
        cls.tag = cls.env["community.tag"].create({"name": "Tema"})
        # For whom each post is not meant.
        rival = cls.bia.user_id
        strangers = rival | cls.gil.user_id
        cls.secrets = {
            cls.secret("not_competitors"): rival,
            cls.secret("company"): strangers,
            cls.secret("vendor"): strangers | cls.caio.user_id,
            cls.secret("everybody", space_id=cls.group.id): strangers,
        }
        cls.nobody = cls.outsider | cls.employee | cls.public
        cls.env.flush_all()

    @classmethod
    def other(cls, login, groups):
        return new_test_user(cls.env, login=login, groups=groups)

    @classmethod
    def secret(cls, audience, **vals):
        mark = MARKS[audience]
        posts = cls.env["community.post"].with_user(cls.ana.user_id)
        post = posts._ask(
            {
                "space_id": cls.space.id,
                "title": f"Segredo {mark}",
                "body": f"<p>Preço {mark}</p>",
                "audience": audience,
                "tag_ids": cls.tag.ids,
                "attachment_ids": cls.upload(f"{mark}.txt", mark).ids,
            }
            | vals
        )
        post._reply(
            f"<p>Resposta {mark}</p>", attachments=cls.upload("b.txt", mark).ids
        )
        post._edit({"body": f"<p>Preço novo {mark}</p>"})
        post.with_user(cls.agent.user_id)._vote(1)
        post.with_user(cls.agent.user_id)._react("like")
        post._follow(True)
        post._save(True)
        cls.env["community.draft"].with_user(cls.ana.user_id)._keep(
            f"edit-{post.id}", {"title": mark}
        )
        return post.sudo()

    @classmethod
    def upload(cls, name, mark):
        file = cls.env["ir.attachment"].with_user(cls.ana.user_id).sudo()
        return file.create(
            {"name": name, "raw": mark.encode(), "res_model": "community.draft"}
        )

    def forbidden(self):
        """(user, the posts that he may not see, what stands in them)"""
        for user in self.bia.user_id | self.gil.user_id | self.caio.user_id:
            posts = [post for post, users in self.secrets.items() if user in users]
            marks = [MARKS[post.audience] for post in posts]
            yield user, self.with_replies(posts), marks
        for user in self.nobody:
            yield user, self.with_replies(self.secrets), list(MARKS.values())

    def with_replies(self, posts):
        found = self.env["community.post"].sudo().union(*posts)
        return found | found.reply_ids

    def own_models(self):
        for name in sorted(self.env.registry):
            if self.env.registry[name]._original_module == ADDON:
                yield name


@tagged("post_install", "-at_install")
class TestIsolation(World):
    def assert_silent(self, told, marks, what):
        for mark in marks:
            self.assertNotIn(mark, str(told), what)

    def as_rpc(self, user, model, method, *args, **kwargs):
        """What a user gets by RPC; refusals are answers like others."""
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.models", "odoo.sql_db"):
                records = self.env(user=user.id)[model]
                answer = call_kw(records, method, list(args), kwargs)
                self.env.flush_all()
                return answer
        except Exception as error:
            return error

    def test_the_world_is_there(self):
        """The mark would be found if anybody looked where he may."""
        told = self.as_rpc(
            self.ana.user_id, "community.post", "search_read", [], ["title"]
        )
        self.assertIn(MARKS["company"], str(told))

    def test_records(self):
        for user, posts, marks in self.forbidden():
            with self.subTest(user=user.login):
                found = self.as_rpc(user, "community.post", "search", [])
                if not isinstance(found, Exception):
                    self.assertFalse(set(found) & set(posts.ids))
                for post in posts:
                    told = self.as_rpc(user, "community.post", "read", post.ids)
                    self.assertIsInstance(told, Exception, post)
                    self.assert_silent(told, marks, post)

    def test_every_model_and_field(self):
        for user, _posts, marks in self.forbidden():
            for model in [*self.own_models(), *NEIGHBOURS]:
                if not self.env[model]._abstract:
                    with self.subTest(user=user.login, model=model):
                        self.read_everything(user, model, marks)

    def read_everything(self, user, model, marks):
        told = self.as_rpc(user, model, "search_read", [], limit=500)
        self.assert_silent(told, marks, "all fields")
        for mark in marks:
            told = self.as_rpc(user, model, "name_search", mark)
            self.assert_silent(told, marks, "name_search")
        # Field by field, as one that is refused hides the others. The neighbours'
        # own fields are theirs to guard.
        fields = self.env[model]._fields if model not in NEIGHBOURS else {}
        for name, field in fields.items():
            told = self.as_rpc(user, model, "search_read", [], [name], limit=500)
            self.assert_silent(told, marks, name)
            told = self.as_rpc(user, model, "export_data", [name])
            self.assert_silent(told, marks, name)
            told = self.as_rpc(
                user, model, "formatted_read_group", [], [name], ["__count"]
            )
            self.assert_silent(told, marks, name)
            if field.type in ("char", "text", "html", "many2one"):
                domain = ["|"] * (len(marks) - 1)
                domain += [(name, "ilike", mark) for mark in marks]
                count = self.as_rpc(user, model, "search_count", domain)
                self.assertTrue(count == 0 or isinstance(count, Exception), name)

    def test_every_public_method(self):
        """What is not ours to hide is hidden by its name: everything that acts is
        private. What is public tells nothing to who is not meant."""
        before = self.state()
        for user, posts, marks in self.forbidden():
            for model in self.own_models():
                for method in self.public_methods(model):
                    with self.subTest(user=user.login, model=model, method=method):
                        ids = posts.ids if model == "community.post" else [1, 2, 3]
                        told = self.as_rpc(user, model, method, ids)
                        self.assert_silent(told, marks, method)
        self.env.invalidate_all()
        self.assertEqual(self.state(), before)

    def public_methods(self, model):
        records = self.env[model]
        for name, member in inspect.getmembers(type(records), inspect.isfunction):
            ours = f"addons.{ADDON}." in member.__module__
            if ours and not name.startswith("_") and self.is_callable(records, name):
                yield name

    def is_callable(self, records, name):
        try:
            return bool(get_public_method(records, name))
        except Exception:
            return False

    def state(self):
        posts = self.with_replies(self.secrets)
        stored = [name for name, field in posts._fields.items() if field.store]
        return [
            {key: value for key, value in row.items() if not is_time(value)}
            for row in posts.read(stored)
        ]

    def test_files(self):
        for user, posts, marks in self.forbidden():
            files = (
                self.env["ir.attachment"]
                .sudo()
                .search([("res_model", "=", posts._name), ("res_id", "in", posts.ids)])
            )
            self.assertTrue(files)
            for file in files:
                with self.subTest(user=user.login, file=file.id):
                    told = self.as_rpc(
                        user, "ir.attachment", "read", file.ids, ["name", "raw"]
                    )
                    self.assertIsInstance(told, Exception)
                    self.assert_silent(told, marks, file)
                    self.assertFalse(file.access_token)
                    self.assertFalse(file.public)

    def test_customers_can_call_no_method_that_writes(self):
        for model in self.own_models():
            records = self.env[model].with_user(self.bia.user_id)
            if records._abstract or records._transient:
                continue
            for operation in ("create", "write", "unlink"):
                with self.subTest(model=model, operation=operation):
                    self.assertFalse(records.has_access(operation))

    def test_restricted_points_and_counts_stay_at_home(self):
        while self.env["community.tally"]._fold():
            pass
        for member, reader in ((self.ana, self.bia), (self.caio, self.gil)):
            (card,) = member.with_user(reader.user_id)._cards().values()
            self.assertEqual(card["points"], member.open_points)
        self.assertEqual(self.ana.open_post_count, 0)


def is_time(value):
    return isinstance(value, date | datetime)
