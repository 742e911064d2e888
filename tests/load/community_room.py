"""Our community with as many questions as are wanted, and its readers.

Companies, members, spaces and audiences as a vendor of software with 2,000 customers
would have them; who reads has a few competitors, so that each page has to leave
something out. Posts are written by the database; their words are indexed by the job
that does so after an import, and copied where a text comes again.
"""

import time

from devkit.inside.live import Live
from tests.load import community_texts as texts
from tests.load.community_readers import Readers

COMPANIES, MEMBERS, SPACES, TAGS, RIVALS = 2_000, 5_000, 10, 200, 20
# After so many questions the texts come again.
TEXTS = 30_000
BATCH = 100_000
SECONDS_BETWEEN = 90
INDEX_SECONDS = 900
SIMILAR = (
    *("Nota fiscal rejeitada com erro 539 ao transmitir", "Boleto com valor errado"),
    *("Impressora fiscal não imprime no segundo turno", "conciliacao bancaria banco"),
    *("Certificado digital pede senha de novo", "Folha de pagamento com imposto"),
)


class Room:
    """The filled community; grows from stage to stage, to ``most`` questions."""

    def __init__(self, running: Live, most: int) -> None:
        self.running = running
        self.questions = 0
        connection = running.connect()
        texts.install(connection)
        connection.close()
        for statement in _PEOPLE:
            running.psql(statement)
        [[last]] = running.psql("SELECT coalesce(max(id), 0) FROM community_post")
        self.first = last + 1
        # What the readers ask meanwhile has its ids after all of them.
        running.psql(f"SELECT setval('community_post_id_seq', {self.place(most)})")
        self.readers = Readers(running)
        running.psql(_READERS)
        self.spaces = [
            row[0]
            for row in running.psql(
                "SELECT id FROM community_space WHERE name->>'en_US' LIKE 'Assunto%'"
                " ORDER BY id"
            )
        ]

    def feed(self, _number: int) -> str:
        return f"{self.running.http_url}/my/community"

    def list(self, number: int) -> str:
        """The address of a space."""
        space = self.spaces[number % len(self.spaces)]
        return f"{self.running.http_url}/my/community/space/{space}"

    def search(self, words: str) -> str:
        """The address of a search."""
        return f"{self.running.http_url}/my/community/search?q={words}"

    def question(self, number: int) -> str:
        """The address of one of the questions that everybody may read."""
        place = number * 7919 % self.questions
        while _is_restricted(place):
            place = (place + 1) % self.questions
        return f"{self.running.http_url}/my/community/post/{self.place(place)}"

    def place(self, number: int) -> int:
        """The id of question ``number``; its two replies have the next ones."""
        return self.first + 3 * number

    def similar(self, number: int, reader: int = 0) -> list:
        """Type a question."""
        return self.readers.call(
            f"{self.running.http_url}/my/community/similar",
            reader,
            text=SIMILAR[number % len(SIMILAR)],
            space_id=self.spaces[number % len(self.spaces)],
        )

    def vote(self, number: int, reader: int = 0) -> dict:
        """Vote on the first reply to a question."""
        post = int(self.question(number).rsplit("/", 1)[1]) + 1
        url = f"{self.running.http_url}/my/community/post/{post}/vote"
        return self.readers.call(url, reader, value=1)

    def ask(self, number: int) -> dict:
        """Post a question, by all readers in turn: the gate holds what comes in a
        flood, and a question that is held is another measurement."""
        return self.readers.call(
            f"{self.running.http_url}/my/community/ask",
            number % len(self.readers.cookies),
            space_id=self.spaces[number % len(self.spaces)],
            title=f"{SIMILAR[number % len(SIMILAR)]} ({number})",
            body="<p>Como se resolve isso na versão nova?</p>",
            audience="everybody",
        )

    def grow(self, questions: int) -> None:
        """Bring the community to so many questions, each with two replies."""
        if held := self._held():
            raise SystemExit(f"{held} of the readers' questions were held")
        before, own = self.questions, min(questions, TEXTS)
        if before < own:
            self._write(before, own)
            self._index_by_job()
        if questions > TEXTS:
            self._write(max(before, TEXTS), questions)
            self._index_by_copy(max(before, TEXTS), questions)
        self.questions = questions
        for table in (
            *("community_post", "community_search", "community_follow"),
            "community_post_community_tag_rel",
        ):
            self.running.psql(f"ANALYZE {table}")

    def _write(self, start: int, end: int) -> None:
        for first in range(start, end, BATCH):
            self._write_batch(first, min(first + BATCH, end))

    def _write_batch(self, start: int, end: int) -> None:
        """Replies come before questions for once: both point to one another."""
        last = self.first + 3 * end
        for statement in (
            _questions(self.first, start, end),
            _replies(self.first, start, end),
            f"""UPDATE community_post SET accepted_id = id + 1, is_solved = true,
                       accepted_date = published_date
                 WHERE id >= {self.place(start)} AND id < {last}
                   AND root_id IS NULL AND (id - {self.first}) / 3 % 3 = 0""",
            _tags(self.first, start, end),
            _follows(self.place(start), last),
        ):
            self.running.psql(statement)

    def _index_by_job(self) -> None:
        crons = self.running.odoo().env["ir.cron"]
        [[cron]] = self.running.psql(
            "SELECT res_id FROM ir_model_data WHERE module = 'community_portal'"
            " AND name = 'cron_search'"
        )
        end = time.monotonic() + INDEX_SECONDS
        while self._missing():
            if time.monotonic() > end:
                raise SystemExit(f"{self._missing()} posts are not indexed")
            crons.browse(cron).method_direct_trigger()

    def _held(self) -> int:
        return self.running.psql(
            "SELECT count(*) FROM community_post WHERE moderation_state <> 'published'"
            f" AND id > {self.first}"
        )[0][0]

    def _missing(self) -> int:
        return self.running.psql(
            "SELECT (SELECT count(*) FROM community_post)"
            " - (SELECT count(*) FROM community_search)"
        )[0][0]

    def _index_by_copy(self, start: int, end: int) -> None:
        """An index over millions is built at once in a fraction of the time."""
        connection = self.running.connect()
        with connection, connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '1GB'")
            cursor.execute(
                "SELECT indexdef FROM pg_indexes"
                " WHERE indexname = 'community_search_words_idx'"
            )
            [definition] = cursor.fetchone()
            cursor.execute("DROP INDEX community_search_words_idx")
            cursor.execute(_copies(self.first, start, end))
            cursor.execute(definition)
        connection.close()


def _is_restricted(number: int) -> bool:
    return number % 20 > 17


_AUDIENCE = """CASE WHEN {0} % 20 < 18 THEN 'everybody'
                    WHEN {0} % 20 = 18 THEN 'not_competitors' ELSE 'company' END"""

_PEOPLE = (
    f"""
    INSERT INTO res_partner (name, active, type, complete_name, create_date,
                             partner_share, is_company)
    SELECT 'Empresa ' || n, true, 'contact', 'Empresa ' || n, now(), true, true
      FROM generate_series(1, {COMPANIES}) n
    """,
    "UPDATE res_partner SET commercial_partner_id = id WHERE name LIKE 'Empresa %'",
    f"""
    WITH company AS (
        SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM res_partner
         WHERE name LIKE 'Empresa %' AND is_company
    )
    INSERT INTO res_partner (name, active, type, complete_name, create_date,
                             partner_share, parent_id, commercial_partner_id)
    SELECT 'Cliente ' || n, true, 'contact', 'Cliente ' || n, now(), true,
           company.id, company.id
      FROM generate_series(1, {MEMBERS}) n JOIN company ON place = n % {COMPANIES}
    """,
    """
    INSERT INTO res_users (login, partner_id, company_id, active, share,
                           notification_type, create_date)
    SELECT 'autor' || id, id, (SELECT id FROM res_company ORDER BY id LIMIT 1), true,
           true, 'email', now()
      FROM res_partner WHERE name LIKE 'Cliente %'
    """,
    """
    INSERT INTO community_member (user_id, partner_id, organisation_id, is_vendor,
        name, active, state, employer_shown, joined, points, open_points, post_count,
        open_post_count, create_date)
    SELECT u.id, p.id, p.parent_id, false, p.name, true, 'active',
           (ARRAY['name', 'industry', 'hidden'])[1 + p.id % 3],
           now() - interval '4 years', p.id % 900, p.id % 700, 600, 500, now()
      FROM res_users u JOIN res_partner p ON p.id = u.partner_id
     WHERE u.login LIKE 'autor%'
    """,
    f"""
    INSERT INTO community_space (name, kind, company_id, active, sequence, icon,
        posting, allow_everybody, allow_not_competitors, allow_company, allow_vendor,
        default_audience, escalate_hours, quiet_days, min_level_points,
        video_limit_mb, file_limit_mb, create_date)
    SELECT jsonb_build_object('en_US', 'Assunto ' || n), 'question',
           (SELECT id FROM res_company ORDER BY id LIMIT 1), true, 50 + n, '💬',
           'free', true, true, true, true, 'everybody', 0, 0, 0, 100, 20, now()
      FROM generate_series(1, {SPACES}) n
    """,
    f"""
    INSERT INTO community_tag (name, color, active, create_date)
    SELECT jsonb_build_object('en_US', 'tema ' || n), n % 11, true, now()
      FROM generate_series(1, {TAGS}) n
    """,
)

# The readers work at different companies, each with its competitors.
_READERS = f"""
    WITH company AS (
        SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM res_partner
         WHERE name LIKE 'Empresa %' AND is_company
    ), reader AS (
        SELECT u.id, u.partner_id, company.id AS company, company.place
          FROM res_users u
          JOIN company ON place = 100 * substr(login, 7)::int
         WHERE login LIKE 'leitor%'
    ), moved AS (
        UPDATE res_partner p SET parent_id = company, commercial_partner_id = company
          FROM reader WHERE p.id = reader.partner_id
    ), rival AS (
        INSERT INTO community_competition (organisation_id, rival_id, create_date)
        SELECT reader.company, company.id, now()
          FROM reader JOIN company ON company.place > reader.place
           AND company.place <= reader.place + {RIVALS}
    )
    INSERT INTO community_member (user_id, partner_id, organisation_id, is_vendor,
        name, active, state, employer_shown, joined, points, open_points,
        rules_version, create_date)
    SELECT reader.id, partner_id, company, false, 'Leitor', true, 'active', 'name',
           now() - interval '4 years', 0, 0, 1000, now()
      FROM reader
"""

_AUTHOR = f"""
    JOIN (SELECT id, organisation_id, row_number() OVER (ORDER BY id) - 1 AS place
            FROM community_member WHERE name LIKE 'Cliente %') author
      ON author.place = {{}} * 31 % {MEMBERS}
"""
_COLUMNS = """
    (id, space_id, root_id, author_id, organisation_id, thread_author_id,
     thread_organisation_id, thread_audience, audience, approval, moderation_state,
     kind, title, body, active, announced, thread_open, score, reply_count,
     reaction_count, is_solved, last_activity, published_date, create_date, write_date)
"""


def _when(number: str) -> str:
    return f"now() - (1000000 - {number}) * interval '{SECONDS_BETWEEN} seconds'"


def _questions(first: int, start: int, end: int) -> str:
    return f"""
        WITH space AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place
                         FROM community_space WHERE name->>'en_US' LIKE 'Assunto%')
        INSERT INTO community_post {_COLUMNS}
        SELECT {first} + 3 * n, space.id, NULL, author.id, author.organisation_id,
               author.id, author.organisation_id, {_AUDIENCE.format("n")},
               {_AUDIENCE.format("n")}, 'free', 'published', 'question',
               {texts.TITLE}, {texts.BODY}, true, true, true, n % 13 - 2, 2, 0, false,
               {_when("n")}, {_when("n")}, {_when("n")}, {_when("n")}
          FROM generate_series({start}, {end} - 1) n
          JOIN space ON space.place = n % {SPACES}
          {texts.joined(f"n % {TEXTS}")} {_AUTHOR.format("n")}
    """


def _replies(first: int, start: int, end: int) -> str:
    """Two for each question, with the ids after its own."""
    return f"""
        INSERT INTO community_post {_COLUMNS}
        SELECT q.id + 1 + n % 2, q.space_id, q.id, author.id, author.organisation_id,
               q.author_id, q.organisation_id, q.audience, 'everybody', 'free',
               'published', 'reply', NULL, {texts.BODY}, true, true, true, n % 7 - 1,
               0, 0, NULL, {_when("n / 2")}, {_when("n / 2")}, {_when("n / 2")},
               {_when("n / 2")}
          FROM generate_series(2 * {start}, 2 * {end} - 1) n
          JOIN community_post q ON q.id = {first} + 3 * (n / 2)
          {texts.joined(f"n % (2 * {TEXTS}) + 5")} {_AUTHOR.format("(n + 7)")}
    """


def _tags(first: int, start: int, end: int) -> str:
    return f"""
        WITH tag AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place
                       FROM community_tag WHERE name->>'en_US' LIKE 'tema %')
        INSERT INTO community_post_community_tag_rel
               (community_post_id, community_tag_id)
        SELECT {first} + 3 * (n / 2), tag.id
          FROM generate_series(2 * {start}, 2 * {end} - 1) n
          JOIN tag ON tag.place = (n / 2 * 7 + n % 2 * 13) % {TAGS}
    """


def _follows(first: int, last: int) -> str:
    """Who asks follows."""
    return f"""
        INSERT INTO community_follow (member_id, post_id, muted, create_date)
        SELECT author_id, id, false, published_date FROM community_post
         WHERE id >= {first} AND id < {last} AND root_id IS NULL
    """


def _copies(first: int, start: int, end: int) -> str:
    """Words of posts whose texts came before; the rank is a moment in minutes."""
    return f"""
        INSERT INTO community_search (post_id, space_id, kind, solved, rank, words)
        SELECT p.id, p.space_id, s.kind, s.solved,
               (extract(epoch FROM p.published_date) / 60)::int + s.rank
               - (extract(epoch FROM o.published_date) / 60)::int, s.words
          FROM community_post p
          JOIN community_search s
            ON s.post_id = {first} + (p.id - {first}) % (3 * {TEXTS})
          JOIN community_post o ON o.id = s.post_id
         WHERE p.id >= {first} + 3 * {start} AND p.id < {first} + 3 * {end}
         ORDER BY p.id
    """
