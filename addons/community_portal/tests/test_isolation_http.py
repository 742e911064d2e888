"""The same over HTTP: every route of the add-on, generated from the routing map."""

import inspect
import json
import re

from odoo.http import _generate_routing_rules
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CommunityHttpCase
from .test_isolation import ADDON, MARKS, World

MISSING = 10**8
QUIET = "odoo.http", "odoo.addons.base.models.ir_rule", "odoo.models"
# What differs between two renderings of the same page and tells nothing.
NOISE = [
    re.compile(r'csrf_token[":\s]+"?[0-9a-fo]{20,}"?'),
    re.compile(r'name="csrf_token" value="[^"]*"'),
    re.compile(r'"(registry_hash|session_id|db_id|uuid)": "[^"]*"'),
    re.compile(r"unique=\w+"),
]
TEXTS = {"text", "q", "query", "title", "body", "tab", "place", "key", "reason", "note"}


def routes(kind):
    """(path with its <parameters>, methods, names of the function's parameters)"""
    for path, endpoint in _generate_routing_rules([ADDON], nodb_only=False):
        if endpoint.routing["type"] == kind:
            names = inspect.signature(endpoint.original_endpoint).parameters
            yield path, endpoint.routing.get("methods") or ["GET"], list(names)


def normal(text):
    for noise in NOISE:
        text = noise.sub("", text)
    return text


@tagged("post_install", "-at_install")
class TestRoutes(CommunityHttpCase, World):
    def path(self, rule, value):
        return re.sub(r"<[^>]+>", str(value), rule)

    def secret_ids(self, member):
        for user, posts, marks in self.forbidden():
            if user == member.user_id:
                files = (
                    self.env["ir.attachment"]
                    .sudo()
                    .search(
                        [("res_model", "=", posts._name), ("res_id", "in", posts.ids)]
                    )
                )
                return [*posts.ids, self.group.id, *files.ids], marks
        return [], []

    def ask_json(self, path, params):
        with mute_logger(*QUIET):
            answer = self.url_open(
                path,
                data=json.dumps({"jsonrpc": "2.0", "params": params}),
                headers={"Content-Type": "application/json"},
            )
        return normal(answer.text)

    def params(self, names, number, text):
        values = {}
        for name in names[1:]:
            if name in TEXTS:
                values[name] = f"space-{number}" if name == "place" else text
            elif name.endswith("_id") or name in ("after", "target"):
                values[name] = number
            elif name.endswith("_ids"):
                values[name] = [number]
        return values

    def test_pages_by_id(self):
        """A guessed number tells nothing: the answer is the one for no record."""
        for member in (self.bia, self.gil):
            ids, marks = self.secret_ids(member)
            self.login(member)
            for rule, methods, _names in routes("http"):
                if "<int" not in rule or "GET" not in methods:
                    continue
                with mute_logger(*QUIET):
                    missing = self.url_open(self.path(rule, MISSING))
                for number in ids:
                    with self.subTest(who=member.name, rule=rule, id=number):
                        self.compare_page(rule, number, missing, marks)

    def compare_page(self, rule, number, missing, marks):
        with mute_logger(*QUIET):
            found = self.url_open(self.path(rule, number), allow_redirects=False)
        for mark in marks:
            self.assertNotIn(mark, found.text)
        if "people" in rule or "avatar" in rule:
            return  # numbers of people, who are no secret
        if "space" in rule and number != self.group.id:
            return  # the number of a space that is open to all
        self.assertEqual(found.status_code, missing.status_code)
        told = re.sub(rf"\b{number}\b", "", normal(found.text))
        self.assertEqual(told, re.sub(rf"\b{MISSING}\b", "", normal(missing.text)))

    def test_actions(self):
        """Every action on what one may not see: no word of it, nothing done."""
        before = self.with_replies(self.secrets).read(["title", "body", "score"])
        for member in (self.bia, self.gil):
            ids, marks = self.secret_ids(member)
            self.login(member)
            for rule, _methods, names in routes("jsonrpc"):
                for number in ids[:6]:
                    text = marks[0] if "text" in names or "q" in names else "bom dia"
                    params = self.params(names, number, text)
                    told = self.ask_json(self.path(rule, number), params)
                    with self.subTest(who=member.name, rule=rule, id=number):
                        for mark in marks:
                            self.assertNotIn(mark, told.replace(f'"{text}"', ""))
        self.env.invalidate_all()
        after = self.with_replies(self.secrets).read(["title", "body", "score"])
        self.assertEqual(before, after)

    def test_files_by_link(self):
        for member in (self.bia, self.gil):
            _ids, marks = self.secret_ids(member)
            self.login(member)
            for user, posts, _marks in self.forbidden():
                if user != member.user_id:
                    continue
                files = (
                    self.env["ir.attachment"]
                    .sudo()
                    .search(
                        [("res_model", "=", posts._name), ("res_id", "in", posts.ids)]
                    )
                )
                self.assertTrue(files)
                for file in files:
                    for link in ("/web/content/%s", "/web/image/%s"):
                        with self.subTest(who=member.name, link=link, file=file.id):
                            self.refuse_file(link % file.id, file, marks)

    def refuse_file(self, link, file, marks):
        with mute_logger(*QUIET):
            answer = self.url_open(link)
        self.assertNotIn(file.raw, answer.content)
        for mark in marks:
            self.assertNotIn(mark.encode(), answer.content)


@tagged("post_install", "-at_install")
class TestNothingMoves(CommunityHttpCase, World):
    """Whatever company A does among itself, a competitor's pages stay the same to the
    last character: no counter, no date, no order, no name gives it away."""

    def pages(self, member):
        self.login(member)
        links = ["/my", "/my/community"]
        for path, methods, _names in routes("http"):
            if "<" not in path and "GET" in methods:
                links.append(path)
        links += [f"/my/community/people/{one.id}" for one in self.everyone]
        links += [f"/my/community/space/{self.space.id}"]
        links += [f"/my/community/search?q={mark}" for mark in MARKS.values()]
        links += [f"/my/community/post/{self.open_post.id}"]
        with mute_logger(*QUIET):
            return {link: normal(self.url_open(link).text) for link in links}

    def asides(self):
        answer = self.url_open(
            "/my/community/aside",
            data=json.dumps({"jsonrpc": "2.0", "params": {}}),
            headers={"Content-Type": "application/json"},
        )
        return normal(answer.text)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        posts = cls.env["community.post"].with_user(cls.ana.user_id)
        cls.open_post = posts._ask(
            {"space_id": cls.space.id, "title": "Aberta", "body": "<p>A todos</p>"}
        )

    def test_a_rivals_pages(self):
        self.compare(self.bia, ["not_competitors", "company", "vendor"])

    def test_a_strangers_pages(self):
        self.compare(self.gil, ["company", "vendor"])

    def test_a_colleagues_pages_do_move(self):
        """The comparison would notice."""
        before = self.pages(self.caio)
        self.live_restricted("company")
        after = self.pages(self.caio)
        self.assertNotEqual(before["/my/community"], after["/my/community"])
        self.assertIn(MARKS["company"], after["/my/community"])

    def compare(self, member, audiences):
        self.fold()
        before = self.pages(member) | {"aside": self.asides()}
        for audience in audiences:
            self.live_restricted(audience)
        self.fold()
        after = self.pages(member) | {"aside": self.asides()}
        for link, text in before.items():
            with self.subTest(page=link):
                self.assertEqual(text, after[link])

    def live_restricted(self, audience):
        """All that can be done in a restricted thread, and a restricted answer in an
        open one."""
        question = self.secret(audience).with_user(self.ana.user_id)
        answer = question.with_user(self.agent.user_id)._reply("<p>Assim</p>")
        question._accept(answer)
        question.with_user(self.agent.user_id)._vote(1)
        self.open_post._reply(f"<p>Só nós {MARKS[audience]}</p>", audience=audience)
