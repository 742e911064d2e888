"""Who else has this number, address or name: by index, whatever the number of partners.

What more than a handful share (a switchboard, "Maria da Silva") points to nobody.
"""

import unicodedata
from collections import defaultdict

from odoo.tools import SQL

MOST = 5  # people with the same value; more of them say nothing
NAME_LENGTH = 200  # characters of a name that are compared: an index has limits


def _accented():
    """Latin letters with accents, and the same without."""
    pairs = []
    for code in range(0xC0, 0x180):
        plain = unicodedata.normalize("NFKD", chr(code))[0]
        if plain.isascii() and plain.isalpha():
            pairs.append((chr(code), plain))
    return "".join(p[0] for p in pairs), "".join(p[1] for p in pairs)


# A letter may also be followed by its accent: those are left out (``translate``).
_MARKS = "\u0300\u0301\u0302\u0303\u0308\u0327"
_FROM, _TO = _accented()
# Immutable, so that it can be indexed; ``unaccent`` is neither that nor always there.
NAME_KEY = (
    f"regexp_replace(btrim(lower(translate(left(name, {NAME_LENGTH}), "
    f"'{_FROM}{_MARKS}', '{_TO}'))), ' +', ' ', 'g')"
)
NAME = SQL(NAME_KEY)
PHONE = SQL("phone_sanitized")
EMAIL = SQL("email_normalized")
ALL = SQL("true")


def partners_by(env, company, expression, values, condition=ALL):
    """Active partners of a company for each of ``values``.

    :param expression: one of the above
    :param condition: of those that count
    :return: ``{value: [partner id]}``, without those that too many have
    """
    return _found(
        env,
        values,
        SQL(
            """
            SELECT id FROM res_partner
             WHERE %(expression)s = wanted.value AND active
               AND (company_id IS NULL OR company_id = %(company)s)
               AND %(condition)s
             LIMIT %(most)s
            """,
            expression=expression,
            condition=condition,
            company=company.id,
            most=MOST + 1,
        ),
    )


def contacts_by(env, company, expression, values):
    """The same of contacts who have written.

    :param expression: of helpdesk_social_contact
    """
    return _found(
        env,
        values,
        SQL(
            """
            SELECT id FROM helpdesk_social_contact
             WHERE %(expression)s = wanted.value AND company_id = %(company)s
               AND partner_id IS NOT NULL
             LIMIT %(most)s
            """,
            expression=expression,
            company=company.id,
            most=MOST + 1,
        ),
    )


def contacts_who_said(env, company, kind, values):
    """Contacts who have written a number or an address in a message."""
    return _found(
        env,
        values,
        SQL(
            """
            SELECT contact.id
              FROM helpdesk_social_clue AS clue
              JOIN helpdesk_social_contact AS contact ON contact.id = clue.contact_id
             WHERE clue.value = wanted.value AND clue.kind = %(kind)s
               AND contact.company_id = %(company)s
               AND contact.partner_id IS NOT NULL
             LIMIT %(most)s
            """,
            kind=kind,
            company=company.id,
            most=MOST + 1,
        ),
    )


def _found(env, values, query):
    """One index scan for each value, all in one query."""
    values = sorted(set(filter(None, values)))
    if not values:
        return {}
    env.cr.execute(
        SQL(
            """
            SELECT wanted.value, found.id
              FROM unnest(%s) AS wanted(value) CROSS JOIN LATERAL (%s) AS found
            """,
            values,
            query,
        )
    )
    by_value = defaultdict(list)
    for value, record_id in env.cr.fetchall():
        by_value[value].append(record_id)
    return {value: ids for value, ids in by_value.items() if len(ids) <= MOST}
