"""Odoo's ``website_forum`` with the same questions: what the community's speed is
compared with.

It has a database of its own, without our add-ons, in the same cluster, and an Odoo
of its own with as many workers. The posts are written by the database as the forum
would have stored them; whatever it computes and stores (votes, answers, plain text)
is there too.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from devkit import files
from devkit.database import Databases
from devkit.inside.live import Live
from devkit.postgres import Clone
from devkit.stack import Ports, Stack
from tests.load import community_texts as texts
from tests.load.community_readers import Readers

AUTHORS = 2_000
TAGS = 200


@contextmanager
def forum(running: Live, questions: int) -> Iterator["Forum"]:
    """A second Odoo beside ``running``, with the peer's database."""
    databases = running.stack.databases
    database = _database(databases)
    secrets = running.stack.secrets
    stack = Stack("bench-forum", databases, database, Ports.pick(), secrets)
    made = Live(stack)
    try:
        stack.start()
        yield Forum(made, questions)
    finally:
        for daemon in (stack.front, stack.odoo, stack.sandbox):
            daemon.stop(patience=5.0)
        databases.drop(database)


def _database(databases: Databases) -> str:
    """A copy of the template without our add-ons, with ``website_forum``."""
    server = databases.server
    source = Databases(
        server.source if isinstance(server, Clone) else server, databases.odoo
    )
    base, name = databases.base_name(), databases.named("bench_forum")
    databases.drop(name)
    files.link_tree(source.filestore(base), databases.filestore(name))
    databases.sql(f'CREATE DATABASE "{name}" TEMPLATE "{base}"')
    databases.odoo_run(
        name, "bench-forum-install.log", lambda _: None, "-i", "website_forum"
    )
    return name


class Forum:
    """The filled forum and its readers."""

    def __init__(self, running: Live, questions: int) -> None:
        self.running = running
        self.questions = questions
        [[self.id]] = running.psql("SELECT id FROM forum_forum ORDER BY id LIMIT 1")
        self._fill()
        self.readers = Readers(running)
        self._url = self.readers.redirected(f"{running.http_url}/forum/{self.id}")

    def list(self, number: int) -> str:
        """The address of a page of the list: people read the first ones."""
        return f"{self._url}/page/{number % 5 + 1}"

    def search(self, words: str) -> str:
        """The address of a search."""
        return f"{self._url}?search={words}"

    def question(self, number: int) -> str:
        """The address of one of the questions, any of them."""
        place = number * 7919 % self.questions
        return self.readers.redirected(f"{self._url}/{self.first + place}")

    def _fill(self) -> None:
        connection = self.running.connect()
        texts.install(connection)
        connection.close()
        self.running.psql(_AUTHORS)
        self.running.psql(f"""
            INSERT INTO forum_tag (name, forum_id, posts_count)
            SELECT 'assunto ' || n, {self.id}, 0 FROM generate_series(1, {TAGS}) n
        """)
        [[last]] = self.running.psql("SELECT coalesce(max(id), 0) FROM forum_post")
        self.first = last + 1
        self.running.psql(_questions(self.first, self.questions, self.id))
        self.running.psql(_answers(self.first, self.questions, self.id))
        self.running.psql("SELECT setval('forum_post_id_seq', max(id)) FROM forum_post")
        self.running.psql(_tags(self.first, self.questions))
        for table in ("forum_post", "forum_tag_rel", "res_users", "res_partner"):
            self.running.psql(f"ANALYZE {table}")


_AUTHORS = f"""
    WITH partner AS (
        INSERT INTO res_partner (name, active, type, complete_name, create_date,
                                 partner_share)
        SELECT 'Cliente ' || n, true, 'contact', 'Cliente ' || n, now(), true
          FROM generate_series(1, {AUTHORS}) n
        RETURNING id
    )
    INSERT INTO res_users (login, partner_id, company_id, active, share, karma,
                           notification_type, create_date)
    SELECT 'autor' || partner.id, partner.id,
           (SELECT id FROM res_company ORDER BY id LIMIT 1), true, true, 100,
           'email', now()
      FROM partner
"""
_AUTHOR = f"""
    JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM res_users
           WHERE login LIKE 'autor%') author ON author.place = n * 31 % {AUTHORS}
"""
_COLUMNS = """
    (id, name, forum_id, content, plain_content, state, views, active, create_date,
     create_uid, write_date, write_uid, last_activity_date, vote_count, child_count,
     favourite_count, relevancy, parent_id, is_correct, has_validated_answer,
     self_reply)
"""


def _questions(first: int, count: int, forum_id: int) -> str:
    when = f"now() - ({count} - n) * interval '1 minute'"
    return f"""
        INSERT INTO forum_post {_COLUMNS}
        SELECT {first} + n, {texts.TITLE}, {forum_id}, {texts.BODY},
               left(a.lead || ' ' || b.rest, 500), 'active', n % 500, true, {when},
               author.id, {when}, author.id, {when}, n % 13 - 2, 2, 0, 0, NULL, false,
               n % 3 = 0, false
          FROM generate_series(0, {count} - 1) n {texts.joined("n")} {_AUTHOR}
    """


def _answers(first: int, count: int, forum_id: int) -> str:
    """Two for each question; of every third question the first is accepted."""
    when = f"now() - ({count} - n / 2) * interval '1 minute'"
    return f"""
        INSERT INTO forum_post {_COLUMNS}
        SELECT {first + count} + n, 'Re', {forum_id}, {texts.BODY},
               left(a.lead || ' ' || b.rest, 500), 'active', 0, true, {when},
               author.id, {when}, author.id, {when}, n % 7 - 1, 0, 0, 0,
               {first} + n / 2, n % 6 = 0, false, false
          FROM generate_series(0, 2 * {count} - 1) n {texts.joined("n + 5")} {_AUTHOR}
    """


def _tags(first: int, count: int) -> str:
    """Two tags for each question."""
    return f"""
        WITH tag AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place
                       FROM forum_tag WHERE name LIKE 'assunto %')
        INSERT INTO forum_tag_rel (forum_post_id, forum_tag_id)
        SELECT {first} + n / 2, tag.id
          FROM generate_series(0, 2 * {count} - 1) n
          JOIN tag ON tag.place = (n / 2 * 7 + n % 2 * 13) % {TAGS}
    """
