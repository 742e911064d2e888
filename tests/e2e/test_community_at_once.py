"""Two hundred customers at once: each reply, vote and acceptance counts, once.

Everybody works at a company of his own and nobody reaches a cap but the author of the
one post for which all of them vote, so that the ledger has to say exactly what
happened.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from devkit.inside import rpc

PEOPLE, ASKERS, VOTES = 200, 40, 3
CONNECTIONS = 40
DAY_CAP = 200  # points of up-votes that somebody earns in a day
BETWEEN = "two transactions met on a row; the second is repeated and nobody sees it"


class Person:
    """One customer's session."""

    def __init__(self, url: str, database: str, login: str) -> None:
        self.url = url
        self.web = requests.Session()
        self.web.trust_env = False
        # A kept connection may be closed by the server just as it is used again.
        self.web.headers["Connection"] = "close"
        self.call("/web/session/authenticate", db=database, login=login, password=login)

    def call(self, path: str, **params):
        """The route's answer; a refusal of any kind fails the test."""
        payload = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = self.web.post(f"{self.url}{path}", json=payload, timeout=300)
        assert answer.ok, f"{path}: {answer.status_code}"
        assert "error" not in answer.json(), f"{path}: {answer.text[:1000]}"
        return answer.json()["result"]

    def act(self, post: int, what: str, **params):
        return self.call(f"/my/community/post/{post}/{what}", **params)

    def ask(self, number: int, space: int) -> int:
        body = "<p>Quem já resolveu?</p>"
        asked = {"space_id": space, "title": f"Pergunta {number}", "body": body}
        return self.call("/my/community/ask", audience="everybody", **asked)["id"]

    def reply(self, number: int, post: int) -> int:
        return self.act(post, "reply", body=f"<p>Resposta {number}.</p>")["id"]

    def vote(self, post: int, value: int = 1) -> None:
        self.act(post, "vote", value=value)


def patient(stack):
    """The administrator, who waits for two hundred people to be dealt with."""
    return rpc.connect(stack.url, stack.db, "admin", "admin", timeout=300).env


@pytest.fixture(scope="module")
def crowd(stack):
    """The people, in the order of their numbers, and their space."""
    env = patient(stack)
    for table in ("post", "member", "search", "notice"):
        stack.allow_log(r"^odoo\.sql_db$", f"community_{table}", BETWEEN)
    group = env["ir.model.data"].search_read(
        [("module", "=", "base"), ("name", "=", "group_portal")], ["res_id"]
    )[0]["res_id"]
    logins = [f"multidao{number}" for number in range(PEOPLE)]
    users = env["res.users"].create(
        [
            {
                "name": login,
                "login": login,
                "password": login,
                "email": f"{login}@example.com",
                "group_ids": [(6, 0, [group])],
            }
            for login in logins
        ]
    )
    env["community.member"].create(
        [{"user_id": user, "rules_version": 1000} for user in users]
    )
    space = env["community.space"].create({"name": "Multidão"})
    with ThreadPoolExecutor(16) as pool:
        people = list(
            pool.map(lambda login: Person(stack.url, stack.db, login), logins)
        )
    return people, space


def at_once(what, count: int) -> list:
    """``what(number)`` of all numbers: many times more at once than Odoo has workers,
    and not so many that this program is too slow to send what it began (Odoo waits
    two seconds for that)."""
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        return list(pool.map(what, range(count)))


@pytest.fixture(scope="module")
def happened(stack, crowd):
    """Everything that the crowd does: {"questions", "replies", "accepted": ids,
    "votes": {(voter's number, post)} that stand at the end}."""
    people, space = crowd
    questions = at_once(lambda n: people[n].ask(n, space), ASKERS)
    hot, votes = questions[0], set()

    def reply_and_vote(number):
        reply = people[number].reply(number, questions[number % ASKERS])
        if number:
            people[number].vote(hot)
            votes.add((number, hot))
        return reply

    replies = at_once(reply_and_vote, PEOPLE)

    def accept_and_vote(number):
        if number < ASKERS:
            people[number].act(replies[number + ASKERS], "accept")
        for step in range(1, VOTES + 1):
            post = replies[(number + step) % PEOPLE]
            people[number].vote(post)
            votes.add((number, post))
        if number % 5 == 0:
            people[number].vote(post, 0)
            votes.discard((number, post))

    at_once(accept_and_vote, PEOPLE)
    env = patient(stack)
    for cron in ("cron_fold", "cron_reputation_audit", "cron_fold"):
        [found] = env["ir.model.data"].search_read(
            [("module", "=", "community_portal"), ("name", "=", cron)], ["res_id"]
        )
        env["ir.cron"].browse(found["res_id"]).method_direct_trigger()
    return {
        "questions": questions,
        "replies": replies,
        "accepted": replies[ASKERS : 2 * ASKERS],
        "votes": votes,
    }


def test_all_that_was_clicked_is_stored(stack, happened):
    ids = [*happened["questions"], *happened["replies"]]
    assert len(set(ids)) == ASKERS + PEOPLE
    stored = stack.psql(
        "SELECT u.login, v.post_id FROM community_vote v"
        " JOIN community_member m ON m.id = v.member_id"
        " JOIN res_users u ON u.id = m.user_id"
        " WHERE v.value = 1 AND v.post_id = ANY(%s)",
        ids,
    )
    votes = {(f"multidao{number}", post) for number, post in happened["votes"]}
    assert sorted(stored) == sorted(votes)
    accepted = stack.psql(
        "SELECT accepted_id FROM community_post WHERE id = ANY(%s) ORDER BY id",
        sorted(happened["questions"]),
    )
    assert {row[0] for row in accepted} == set(happened["accepted"])


def test_counters_are_what_the_rows_are(stack, happened):
    assert stack.psql("SELECT count(*) FROM community_tally") == [(0,)]
    wrong = stack.psql(
        """
        SELECT p.id, p.score, p.reply_count FROM community_post p
         WHERE p.id = ANY(%s) AND (
               COALESCE(p.score, 0) != (SELECT COALESCE(sum(value), 0)
                   FROM community_vote v WHERE v.post_id = p.id)
            OR COALESCE(p.reply_count, 0) != (SELECT count(*)
                   FROM community_post r WHERE r.root_id = p.id))
        """,
        [*happened["questions"], *happened["replies"]],
    )
    assert wrong == []


def test_the_ledger_is_what_happened(stack, happened):
    """Points that stand: earned, and not taken back by a later entry."""
    rows = stack.psql(
        """
        SELECT e.post_id, r.event, r.earner, sum(e.points)
          FROM community_reputation_entry e
          JOIN community_reputation_rule r ON r.id = e.rule_id
         WHERE e.post_id = ANY(%s) AND r.event IN ('vote_up', 'accepted')
         GROUP BY 1, 2, 3 HAVING sum(e.points) != 0
        """,
        [*happened["questions"], *happened["replies"]],
    )
    hot = happened["questions"][0]
    up = {post: points for post, event, _earner, points in rows if event == "vote_up"}
    assert up.pop(hot) <= DAY_CAP
    expected = Counter(post for _voter, post in happened["votes"] if post != hot)
    assert up == {post: 10 * count for post, count in expected.items()}
    accepted = Counter({post: 0 for post in happened["accepted"]})
    for post, event, _earner, points in rows:
        if event == "accepted":
            accepted[post] += points
    assert accepted == {post: 15 + 2 for post in happened["accepted"]}


def test_points_are_the_sum_of_the_ledger(stack, happened):
    wrong = stack.psql(
        """
        SELECT m.id, m.points, m.open_points FROM community_member m
         WHERE COALESCE(m.points, 0) != (SELECT COALESCE(sum(points), 0)
                   FROM community_reputation_entry e WHERE e.member_id = m.id)
            OR COALESCE(m.open_points, 0) != (SELECT COALESCE(sum(points), 0)
                   FROM community_reputation_entry e
                  WHERE e.member_id = m.id AND e.open)
        """
    )
    assert happened and wrong == []


def test_nobody_waited_in_a_ring(stack, happened):
    assert happened and "deadlock detected" not in stack.log_text()
