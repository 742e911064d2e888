"""Two hundred customers at once: each reply, vote and acceptance counts, once.

Everybody works at a company of his own and nobody reaches a cap, so that the ledger
has to say exactly what happened. The one who does reach it, by the question for which
all of them vote, writes nothing else: what he earned by that would not count any more.
"""

from collections import Counter

import pytest

from .crowd import Crowd, at_once

PEOPLE, ASKERS, VOTES = 200, 40, 2
DAY_CAP = 200  # points of up-votes that somebody earns in a day


@pytest.fixture(scope="module")
def crowd(stack) -> Crowd:
    return Crowd(stack)


@pytest.fixture(scope="module")
def happened(crowd):
    """Everything that the crowd does: {"hot": the question all vote for,
    "accepted": {question: reply}, "posts": ids of all, "votes": {(user, post)} that
    stand at the end}."""
    space = crowd.space("Multidão")
    *people, star = crowd.people("Cliente", PEOPLE + 1)
    hot, votes = star.ask("Quem fecha o mês no dia 1º?", space), set()
    questions = at_once(lambda n: people[n].ask(f"Pergunta {n}", space), ASKERS)

    def reply_and_vote(number):
        people[number].vote(hot)
        votes.add((number, hot))
        return people[number].reply(f"Resposta {number}", questions[number % ASKERS])

    replies = at_once(reply_and_vote, PEOPLE)

    def accept_and_vote(number):
        if number < ASKERS:
            people[number].accept(replies[number + ASKERS])
        for step in range(1, VOTES + 1):
            post = replies[(number + step) % PEOPLE]
            people[number].vote(post)
            votes.add((number, post))
        if number % 5 == 0:
            people[number].vote(post, 0)
            votes.discard((number, post))

    at_once(accept_and_vote, PEOPLE)
    for cron in ("cron_fold", "cron_reputation_audit", "cron_fold"):
        crowd.run_cron(cron)
    return {
        "hot": hot,
        "posts": [hot, *questions, *replies],
        "accepted": dict(zip(questions, replies[ASKERS : 2 * ASKERS], strict=True)),
        "votes": {(people[number].user, post) for number, post in votes},
    }


def test_all_that_was_clicked_is_stored(stack, happened):
    posts, accepted = happened["posts"], happened["accepted"]
    assert len(set(posts)) == 1 + ASKERS + PEOPLE
    stored = stack.psql(
        "SELECT m.user_id, v.post_id FROM community_vote v"
        " JOIN community_member m ON m.id = v.member_id"
        " WHERE v.value = 1 AND v.post_id = ANY(%s)",
        posts,
    )
    assert sorted(stored) == sorted(happened["votes"])
    solved = stack.psql(
        "SELECT id, accepted_id FROM community_post"
        " WHERE id = ANY(%s) AND accepted_id IS NOT NULL",
        posts,
    )
    assert dict(solved) == accepted


def test_counters_are_what_the_rows_are(stack, happened):
    assert stack.psql("SELECT count(*) FROM community_tally") == [(0,)]
    counted = stack.psql(
        """
        SELECT p.id, COALESCE(p.score, 0), COALESCE(p.reply_count, 0),
               (SELECT COALESCE(sum(value), 0) FROM community_vote v
                 WHERE v.post_id = p.id),
               (SELECT count(*) FROM community_post r WHERE r.root_id = p.id)
          FROM community_post p WHERE p.id = ANY(%s)
        """,
        happened["posts"],
    )
    assert len(counted) == len(happened["posts"])
    assert [row for row in counted if row[1:3] != row[3:]] == []


def points(stack, posts, event):
    """{post: points that stand: earned, and not taken back by a later entry}"""
    rows = stack.psql(
        "SELECT e.post_id, sum(e.points) FROM community_reputation_entry e"
        " JOIN community_reputation_rule r ON r.id = e.rule_id"
        " WHERE e.post_id = ANY(%s) AND r.event = %s"
        " GROUP BY 1 HAVING sum(e.points) != 0",
        posts,
        event,
    )
    return dict(rows)


def test_the_ledger_is_what_happened(stack, happened):
    up = points(stack, happened["posts"], "vote_up")
    assert up.pop(happened["hot"]) == DAY_CAP
    votes = Counter(post for _user, post in happened["votes"])
    del votes[happened["hot"]]
    assert up == {post: 10 * count for post, count in votes.items()}
    accepted = points(stack, happened["posts"], "accepted")
    assert accepted == dict.fromkeys(happened["accepted"].values(), 15 + 2)


def test_points_are_the_sum_of_the_ledger(stack, happened):
    summed = stack.psql(
        """
        SELECT m.id, COALESCE(m.points, 0), COALESCE(m.open_points, 0),
               COALESCE(sum(e.points), 0),
               COALESCE(sum(e.points) FILTER (WHERE e.open), 0)
          FROM community_member m
          LEFT JOIN community_reputation_entry e ON e.member_id = m.id
         GROUP BY m.id
        """
    )
    assert len(summed) > PEOPLE
    assert [row for row in summed if row[1:3] != row[3:]] == []


def test_nobody_waited_in_a_ring(crowd, happened):
    assert happened and not crowd.waited_in_a_ring()
