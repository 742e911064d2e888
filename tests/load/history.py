"""A desk with a long history: a million messages, written by the database."""

from devkit.inside.live import Live

TICKETS = 20_000


def grow(running: Live, total: int) -> int:
    """Bring the stored messages of the first account to ``total``.

    Events, social messages and chatter lines grow together, spread over many
    customers' tickets, as they would in years.

    :return: how many there are now
    """
    have = count(running)
    if have >= total:
        return have
    _conversations(running)
    for first in range(have, total, 100_000):
        _messages(running, first, min(first + 100_000, total))
    for table in ("event", "message", "conversation", "contact"):
        running.psql(f"ANALYZE helpdesk_social_{table}")
    running.psql("ANALYZE mail_message")
    running.psql("ANALYZE helpdesk_ticket")
    return count(running)


def count(running: Live) -> int:
    return running.psql("SELECT count(*) FROM helpdesk_social_message")[0][0]


def _conversations(running: Live) -> None:
    running.psql(
        f"""
        WITH account AS (
            SELECT id, company_id, team_id, channel_id FROM helpdesk_social_account
             WHERE provider = 'whatsapp' ORDER BY id LIMIT 1
        ), partner AS (
            INSERT INTO res_partner (name, active, type, complete_name, create_date)
            SELECT 'Historic ' || n, true, 'contact', 'Historic ' || n, now()
              FROM generate_series(1, {TICKETS}) n
            RETURNING id, name
        ), contact AS (
            INSERT INTO helpdesk_social_contact
                (account_id, company_id, external_id, name, partner_id)
            SELECT account.id, account.company_id, 'h' || partner.id, partner.name,
                   partner.id
              FROM partner, account
            RETURNING id, account_id, company_id, partner_id, external_id
        ), ticket AS (
            INSERT INTO helpdesk_ticket (number, name, description, partner_id,
                company_id, team_id, channel_id, stage_id, active, priority,
                sequence, moderation_state, create_date, write_date)
            SELECT 'H' || contact.id, 'Historic', 'Historic', contact.partner_id,
                   account.company_id, account.team_id, account.channel_id,
                   (SELECT id FROM helpdesk_ticket_stage ORDER BY sequence LIMIT 1),
                   true, '1', 10, 'published', now(), now()
              FROM contact, account
            RETURNING id, partner_id
        )
        INSERT INTO helpdesk_social_conversation
            (account_id, company_id, contact_id, thread, ticket_id)
        SELECT contact.account_id, contact.company_id, contact.id,
               contact.external_id, ticket.id
          FROM contact JOIN ticket USING (partner_id)
        """
    )


def _messages(running: Live, first: int, last: int) -> None:
    running.psql(
        f"""
        WITH conversation AS (
            SELECT id, account_id, contact_id, ticket_id,
                   row_number() OVER (ORDER BY id) - 1 AS place
              FROM helpdesk_social_conversation
             WHERE thread LIKE 'h%%' AND ticket_id IS NOT NULL
        ), numbered AS (
            SELECT n, conversation.* FROM generate_series({first}, {last - 1}) n
              JOIN conversation ON place = n %% {TICKETS}
        ), post AS (
            INSERT INTO mail_message (model, res_id, body, message_type, date,
                                      create_date, message_id, subtype_id)
            SELECT 'helpdesk.ticket', ticket_id, '<p>Historic ' || n || '</p>',
                   'comment', now(), now(), 'h' || n,
                   (SELECT res_id FROM ir_model_data
                     WHERE module = 'mail' AND name = 'mt_comment')
              FROM numbered
            RETURNING id, message_id
        ), event AS (
            INSERT INTO helpdesk_social_event (account_id, external_id, thread,
                lane, occurred_at, received_at, sequence, payload, state)
            SELECT account_id, 'h' || n, 'h' || place, n %% 2, now(), now(), 0,
                   repeat('x', 500), 'done'
              FROM numbered
        )
        INSERT INTO helpdesk_social_message (conversation_id, account_id,
            contact_id, ticket_id, mail_message_id, direction, kind, external_id,
            occurred_at, sequence, state, correlation)
        SELECT numbered.id, account_id, contact_id, ticket_id, post.id, 'in',
               'text', 'h' || n, now(), 0, 'received', 'h' || n
          FROM numbered JOIN post ON post.message_id = 'h' || n
        """.replace("%%", "%")
    )
