"""Two hundred colleagues vote for ideas at once: together they never spend more than
their company has, and a merge in the middle of it loses no vote."""

import pytest

from .crowd import Crowd, at_once

PEOPLE, BUDGET, IDEAS = 200, 60, 4


@pytest.fixture(scope="module")
def crowd(stack) -> Crowd:
    return Crowd(stack)


@pytest.fixture(scope="module")
def voted(stack, crowd):
    """Everybody votes for one idea while two of them are merged: {"ideas": ids,
    "answers": what each voter was told, "" for a vote that was taken}."""
    stack.allow_log(r"^odoo\.http$", " votes ", "Odoo logs what a person is refused")
    space = crowd.space(
        "Ideias", kind="idea", idea_person_votes=2, idea_company_votes=BUDGET
    )
    people = crowd.people("Colega", PEOPLE, crowd.company("Votantes"))
    [author] = crowd.people("Autora", 1)
    ideas = [author.ask(f"Ideia {number}", space) for number in range(IDEAS)]
    decide = crowd.env["community.idea.decide"]

    def vote(number):
        if number == PEOPLE // 8:
            values = {"post_id": ideas[0], "state": "merge", "into_id": ideas[1]}
            decide.browse(decide.create(values)).action_decide()
        path = f"/my/community/post/{ideas[number % IDEAS]}/vote"
        return people[number].refusal(path, value=1)

    answers = at_once(vote, PEOPLE)
    stack.wait("the last votes move", lambda: not votes_for(stack, ideas[:1]))
    return {"ideas": ideas, "answers": answers}


def votes_for(stack, ideas):
    """The members who have a vote on one of these ideas, once for each vote."""
    rows = stack.psql(
        "SELECT member_id FROM community_vote WHERE value > 0 AND post_id = ANY(%s)",
        ideas,
    )
    return [member for (member,) in rows]


def test_the_company_spends_what_it_has(stack, voted):
    assert len(votes_for(stack, voted["ideas"])) == BUDGET


def test_a_vote_that_was_taken_counts(stack, voted):
    assert voted["answers"].count("") == BUDGET
    voters = votes_for(stack, voted["ideas"])
    assert len(voters) == len(set(voters))


def test_who_is_refused_is_told_why(voted):
    told = [answer for answer in voted["answers"] if answer]
    assert len(told) == PEOPLE - BUDGET
    assert all("votes" in answer for answer in told), set(told)


def test_nobody_waited_in_a_ring(crowd, voted):
    assert voted and not crowd.waited_in_a_ring()
