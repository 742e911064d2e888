"""What agents answer goes out once and in order, or they are told the truth."""

import itertools
from collections import Counter
from collections.abc import Callable

import pytest

from .desk import TELEGRAM, WHATSAPP, Desk, Talk

# Sending a message; never the media upload or an administrator's check.
SENDING = r"^POST /(v[\d.]+/\d+/messages|bot[^/]+/sendMessage)$"
ON_THE_PHONE = {"sent", "delivered", "read"}
# kind, probability at each sending, more: every fifth goes wrong. Few enough
# that none fails four times in a row, after which it would wait a minute.
TROUBLE = (
    ("rate_limit", 0.04, {"retry_after": 1}),
    ("status", 0.04, {"status": 500}),
    ("status", 0.02, {"status": 503}),
    ("cut_before", 0.03, {}),
    ("cut_after", 0.03, {}),
    ("timeout_before", 0.02, {"seconds": 0.5}),
    ("timeout_after", 0.02, {"seconds": 0.5}),
)


def test_two_hundred_answers_through_trouble(desk):
    """20 conversations, 10 answers each, while the provider returns 429, 500 and
    503, hangs up and lets us wait, before and after it has delivered."""
    talks = conversations(desk, "Vera Lins", whatsapp=12, telegram=8)
    for seed, (kind, probability, more) in enumerate(TROUBLE):
        desk.misbehave(kind, path=SENDING, probability=probability, seed=seed, **more)
    posted = post(talks, 10)
    desk.wait("every answer tried", lambda: not untried(desk), 60)
    struck = {f["kind"] for f in desk.sandbox.get("faults") if f["hits"]}
    desk.behave()
    assert struck == {kind for kind, *_more in TROUBLE}

    unclear = finish(desk, posted)
    assert unclear, "no connection was cut before it was answered: no test"


@pytest.mark.parametrize("kind", ["slow", "timeout_before"])
def test_workers_killed_while_sending(desk, kind):
    """A process that dies in the middle of a call, delivered or not, leaves a
    message that no program sends again; what waits behind it goes on."""
    with desk.stack.trouble():
        interrupted(desk, kind, desk.stack.kill_workers)


def test_database_crashes_while_sending(desk):
    """The same when the outcome cannot be stored."""
    with desk.stack.trouble():
        interrupted(desk, "slow", desk.stack.restart_postgres)


def interrupted(desk: Desk, kind: str, interrupt: Callable) -> None:
    """Answers on both channels, and ``interrupt`` in the middle of a call."""
    talks = conversations(desk, "Caio Brito", whatsapp=2, telegram=2)
    desk.misbehave(kind, path=SENDING, seconds=1.5)
    posted = post(talks, 3)
    desk.wait("a call under way", lambda: count(desk, talks, "sending"))
    interrupt()
    desk.behave()
    finish(desk, posted)


# --- steps ---


def conversations(desk: Desk, name: str, whatsapp: int, telegram: int) -> list[Talk]:
    """Customers who have written and can be answered."""
    talks = [desk.talk(WHATSAPP, name) for _ in range(whatsapp)]
    talks += [desk.talk(TELEGRAM, name) for _ in range(telegram)]
    for talk in talks:
        talk.say("Alguém pode me ajudar?")
    for talk in talks:
        assert talk.conversation
    return talks


def post(talks: list[Talk], each: int) -> dict[Talk, list[str]]:
    """Answer in turns; each text is one of its kind."""
    posted: dict[Talk, list[str]] = {talk: [] for talk in talks}
    for number, talk in itertools.product(range(1, each + 1), talks):
        text = f"{talk.name}: resposta {number}"
        talk.answer(text)
        posted[talk].append(text)
    return posted


def sending(desk: Desk) -> list[tuple]:
    """Jobs that send or are going to."""
    return desk.stack.psql(
        "SELECT 1 FROM queue_job WHERE method_name = '_send_waiting'"
        " AND state NOT IN ('done', 'failed', 'cancelled')"
    )


def untried(desk: Desk) -> bool:
    return desk.stack.psql(
        "SELECT 1 FROM helpdesk_social_message WHERE state = 'queued' AND attempts = 0"
    )


def count(desk: Desk, talks: list[Talk], *states: str) -> int:
    """How many messages of these conversations are in one of ``states``."""
    ((found,),) = desk.stack.psql(
        "SELECT count(*) FROM helpdesk_social_message"
        " WHERE conversation_id = ANY(%s) AND state = ANY(%s)",
        [talk.conversation for talk in talks],
        list(states),
    )
    return found


def finish(desk: Desk, posted: dict[Talk, list[str]]) -> list[tuple[int, bool]]:
    """The truth after trouble; then, with a person's help where nobody can know,
    every answer is on its phone once.

    :return: what needed that person, as ``check_truth`` does
    """
    wait_until_settled(desk, list(posted))
    unclear = [m for talk, texts in posted.items() for m in check_truth(talk, texts)]
    settle(desk, unclear)
    wait_until_settled(desk, list(posted))
    for talk, texts in posted.items():
        assert Counter(talk.received()) == Counter(texts)
        assert set(talk.states().values()) <= ON_THE_PHONE
    return unclear


def wait_until_settled(desk: Desk, talks: list[Talk]) -> None:
    """Until nothing waits to be sent, and on WhatsApp, which reports back, all
    that is on a phone is known to be there."""
    desk.wait_through_deaths(
        "nothing queued",
        lambda: not count(desk, talks, "queued") and not sending(desk),
        60,
    )
    for talk in talks:
        if talk.channel == WHATSAPP:
            desk.wait(f"the ticks of {talk.name}", lambda t=talk: ticked(t))


def ticked(talk: Talk) -> bool:
    """Whether all that is on the phone is known to have arrived."""
    states = talk.states()
    return all(states[text] == "delivered" for text in talk.received())


def check_truth(talk: Talk, posted: list[str]) -> list[tuple[int, bool]]:
    """None lost, none twice, the order kept, every state true.

    :return: (id, whether the phone has it) of the messages nobody can know of
    """
    received = talk.received()
    assert received == [text for text in posted if text in received]
    answers = talk.answers()
    assert [text for _key, _state, text in answers] == posted
    unclear = []
    for key, state, text in answers:
        if state == "sending":
            # A provider that reports back has said so by now.
            assert talk.channel == TELEGRAM or text not in received
            unclear.append((key, text in received))
        else:
            assert (text in received) == (state in ON_THE_PHONE), (text, state)
    return unclear


def settle(desk: Desk, unclear: list[tuple[int, bool]]) -> None:
    """An agent asks each customer and presses "It arrived" or "Send again"."""
    # Two minutes pass, after which a call counts as unanswered.
    desk.stack.psql(
        "UPDATE helpdesk_social_message"
        " SET sending_since = sending_since - interval '3 minutes'"
        " WHERE id = ANY(%s)",
        [key for key, _arrived in unclear],
    )
    # What is sent again keeps its conversation busy: nothing can be settled there
    # for a moment, so all that arrived come first and all others together.
    for outcome in (True, False):
        if keys := [key for key, arrived in unclear if arrived == outcome]:
            desk.agent.execute(
                "helpdesk.social.message", "action_settle", keys, outcome
            )
