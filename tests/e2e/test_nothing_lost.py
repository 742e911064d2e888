"""What customers write arrives once and in order, whatever dies meanwhile."""

from collections import defaultdict

from .desk import Desk, plain

MESSAGES, CUSTOMERS = 1000, 50
# The flood's customers in Odoo, with their social messages and chatter lines.
ARRIVED = """
    FROM helpdesk_social_message s
    JOIN helpdesk_social_contact c ON c.id = s.contact_id
    JOIN mail_message m ON m.id = s.mail_message_id
   WHERE c.name LIKE 'Cliente ___' AND s.direction = 'in'"""
TICKETS = """
    FROM helpdesk_ticket t
    JOIN helpdesk_social_conversation v ON v.id = t.social_conversation_id
    JOIN helpdesk_social_contact c ON c.id = v.contact_id
    JOIN helpdesk_ticket_stage g ON g.id = t.stage_id
   WHERE c.name LIKE 'Cliente ___'"""


def test_flood_through_crashes(desk):
    """1,000 messages from 50 customers, repeated and shuffled, while all of
    Odoo's workers are killed twice and PostgreSQL once: every message is there
    once, in its conversation's order, and every customer has one ticket."""
    with desk.stack.trouble():
        flood(desk)
        for arrived, disaster in (
            (100, desk.stack.kill_workers),
            (400, desk.stack.restart_postgres),
            (700, desk.stack.kill_workers),
        ):
            desk.wait_through_deaths(
                f"message {arrived}", lambda n=arrived: count(desk) >= n, 60
            )
            disaster()
        desk.wait("the flood's end", lambda: all_delivered(desk), 60)
        # Who was killed between storing and waking left events without a job.
        desk.run_cron("social_helpdesk.cron_wake")
        desk.wait_through_deaths("the last message", lambda: not waiting(desk), 60)

    sent = expected(desk)
    assert len(sent) == CUSTOMERS and sum(map(len, sent.values())) == MESSAGES
    assert in_conversations(desk) == sent
    assert in_tickets(desk) == {name: sorted(texts) for name, texts in sent.items()}
    assert failed(desk) == []


def flood(desk: Desk) -> None:
    """Five updates in a body, every fifth twice, neighbours shuffled."""
    desk.sandbox.post("settings", retry_base=0.5, retry_max=4)
    desk.sandbox.post(
        "flood",
        channel="whatsapp",
        messages=MESSAGES,
        customers=CUSTOMERS,
        batch=5,
        shuffle=True,
        duplicates=0.2,
        rate=200,
    )


def all_delivered(desk: Desk) -> bool:
    """Whether Odoo has accepted everything, after whatever many tries."""
    return not desk.sandbox.get("flood")["running"]


def count(desk: Desk) -> int:
    return desk.stack.psql("SELECT count(*)" + ARRIVED)[0][0]


def waiting(desk: Desk) -> list[tuple]:
    return desk.stack.psql("SELECT 1 FROM helpdesk_social_event WHERE state = 'new'")


def failed(desk: Desk) -> list[tuple]:
    """Events that were put aside, with the reasons."""
    return desk.stack.psql(
        "SELECT e.external_id, e.reason FROM helpdesk_social_event e"
        " JOIN helpdesk_social_contact c ON c.external_id = e.thread"
        " WHERE e.state = 'failed' AND c.name LIKE 'Cliente ___'"
    )


def expected(desk: Desk) -> dict[str, list[str]]:
    """Customer's name -> the texts in the order in which he wrote them."""
    people = {c["id"]: c["name"] for c in desk.sandbox.get("customers")}
    sent = desk.sandbox.get("flood", expected=1)["expected"]
    return {people[customer]: texts for customer, texts in sent.items()}


def in_conversations(desk: Desk) -> dict[str, list[str]]:
    """Customer's name -> his messages in his conversation's order."""
    rows = "SELECT c.name, m.body" + ARRIVED
    found = defaultdict(list)
    for name, body in desk.stack.psql(
        f"{rows} ORDER BY s.occurred_at, s.sequence, s.id"
    ):
        found[name].append(plain(body))
    return found


def in_tickets(desk: Desk) -> dict[str, list[str]]:
    """Customer's name -> what stands in the chatter of his one, open ticket."""
    tickets = desk.stack.psql("SELECT t.id, c.name, g.closed" + TICKETS)
    assert len(tickets) == len({name for _id, name, _closed in tickets})
    assert not any(closed for _id, _name, closed in tickets)
    names = {key: name for key, name, _closed in tickets}
    found = defaultdict(list)
    for key, body in desk.stack.psql(
        "SELECT res_id, body FROM mail_message WHERE model = 'helpdesk.ticket'"
        " AND message_type = 'comment' AND res_id = ANY(%s)",
        list(names),
    ):
        found[names[key]].append(plain(body))
    return {name: sorted(texts) for name, texts in found.items()}
