"""The most that Meta sends in one body arrives whole."""

import time
from collections import defaultdict

from tests.load import batch

from .desk import WHATSAPP, Desk, plain

NUMBER = "106540352242922"
OF_THE_BATCH = """
    FROM helpdesk_social_message s
    JOIN helpdesk_social_contact c ON c.id = s.contact_id
    JOIN mail_message m ON m.id = s.mail_message_id
   WHERE c.name LIKE 'Lote ___' AND s.direction = 'in'"""


def test_a_thousand_of_all_sorts(desk):
    """Every text, edit, reaction and unknown kind is where it belongs, and every
    customer has one ticket."""
    [[last]] = desk.stack.psql("SELECT coalesce(max(id), 0) FROM helpdesk_social_event")
    body = batch.body("77", NUMBER, int(time.time()) - 600)
    answer = desk.sandbox.post("post", channel=WHATSAPP, json=body)
    assert answer["status"] == 200
    print(f"{batch.ITEMS} updates accepted in {answer['ms']} ms")
    desk.wait("all of the batch", lambda: "new" not in states(desk, last), 60)

    assert states(desk, last).keys() <= {"done", "ignored"}
    assert sum(states(desk, last).values()) == batch.ITEMS
    wanted = {batch.name(n): batch.lines(n) for n in range(batch.PEOPLE)}
    assert in_tickets(desk) == wanted
    assert counted(desk) == batch.counts()


def test_an_edit_waits_for_its_message(desk):
    """Webhooks overtake one another; what is about a message is not lost by that."""
    text = batch.lines(0)[0]
    early, late = batch.edit_before_message(NUMBER, int(time.time()) - 600)
    desk.sandbox.post("post", channel=WHATSAPP, json=early)
    waits = "SELECT 1 FROM helpdesk_social_event WHERE waits_for = 'wamid.lote99.0'"
    desk.wait_for_row(waits)
    desk.sandbox.post("post", channel=WHATSAPP, json=late)
    line = (
        "SELECT m.body FROM mail_message m JOIN helpdesk_social_message s"
        " ON s.mail_message_id = m.id WHERE s.external_id = 'wamid.lote99.0'"
    )
    desk.wait(
        "the edit", lambda: [plain(b) for (b,) in desk.stack.psql(line)] == [text]
    )
    assert desk.stack.psql(waits) == []


def states(desk: Desk, after: int) -> dict[str, int]:
    """State -> how many of the events that came after."""
    return dict(
        desk.stack.psql(
            "SELECT state, count(*) FROM helpdesk_social_event WHERE id > %s"
            " GROUP BY state",
            after,
        )
    )


def in_tickets(desk: Desk) -> dict[str, list[str]]:
    """Customer -> his lines, in the conversation's order."""
    found = defaultdict(list)
    for name, body in desk.stack.psql(
        f"SELECT c.name, m.body {OF_THE_BATCH} ORDER BY s.occurred_at, s.sequence, s.id"
    ):
        found[name].append(plain(body))
    return found


def counted(desk: Desk) -> dict[str, int]:
    [(tickets, messages, reactions)] = desk.stack.psql(
        "SELECT count(DISTINCT s.ticket_id), count(DISTINCT s.id),"
        "       (SELECT count(*) FROM mail_message_reaction r"
        f"        WHERE r.message_id IN (SELECT m.id {OF_THE_BATCH}))"
        f" {OF_THE_BATCH}"
    )
    return {"tickets": tickets, "messages": messages, "reactions": reactions}
