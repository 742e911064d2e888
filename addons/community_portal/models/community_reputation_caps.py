"""The SQL that the ledger and its audit have in common.

``c`` is a claim: an entry that would be added, or one that was added and is looked
at again. It has the columns of its rule (caps), member_id, other_id, their
organisations, points, date, ``trusted`` (the vendor's people judge customers by
role, no pair limit binds them) and the ``id`` before which others count.
"""

from odoo.tools import SQL

LIMITS = SQL(
    "r.day_cap, r.pair_day_cap, r.pair_total_cap, r.colleague_day_cap, "
    "r.colleague_total_cap, r.company_total_cap"
)
TRUSTED = SQL("o.is_vendor AND NOT m.is_vendor AS trusted")

_EARNED = """
    FROM community_reputation_entry s
    WHERE s.kind = 'earned' AND s.id < c.id AND sign(s.points) = sign(c.points)
"""
# An import books what happened long ago, in any order: a day reaches both ways.
_THAT_DAY = """
    s.date > c.date - interval '1 day' AND s.date < c.date + interval '1 day'
"""
_SUMS = f"""
    COALESCE(SUM(abs(s.points)), 0) AS ever,
    COALESCE(SUM(abs(s.points)) FILTER (WHERE {_THAT_DAY}), 0) AS day
"""

# What was earned before within the reach of each cap; taken back or not, so that
# who deletes and posts again gains nothing.
ROOMS = SQL(
    f"""
    CROSS JOIN LATERAL (
        SELECT COALESCE(SUM(abs(s.points)), 0) AS day {_EARNED}
            AND s.member_id = c.member_id AND s.capped
            AND {_THAT_DAY}
    ) own
    CROSS JOIN LATERAL (
        SELECT {_SUMS} {_EARNED}
            AND LEAST(s.member_id, s.other_id) = LEAST(c.member_id, c.other_id)
            AND GREATEST(s.member_id, s.other_id)
                = GREATEST(c.member_id, c.other_id)
    ) pair
    CROSS JOIN LATERAL (
        SELECT {_SUMS} {_EARNED}
            AND s.member_id = c.member_id
            AND s.other_organisation_id = c.other_organisation_id
    ) company
    """
)

# How many points a claim is worth; LEAST passes over what is NULL: no limit.
AMOUNT = SQL(
    """
    LEAST(
        abs(c.points),
        NULLIF(c.day_cap, 0) - own.day,
        CASE WHEN NOT c.trusted THEN LEAST(
            NULLIF(c.pair_day_cap, 0) - pair.day,
            NULLIF(c.pair_total_cap, 0) - pair.ever,
            CASE WHEN c.organisation_id = c.other_organisation_id THEN LEAST(
                NULLIF(c.colleague_day_cap, 0) - company.day,
                NULLIF(c.colleague_total_cap, 0) - company.ever
            ) ELSE NULLIF(c.company_total_cap, 0) - company.ever END
        ) END
    )
    """
)

# ``community.post._is_open`` of the post ``p``.
OPEN = SQL(
    """
    (p.audience = 'everybody' AND p.thread_audience = 'everybody' AND NOT EXISTS (
        SELECT 1 FROM community_space_access a
        WHERE a.space_id = p.space_id AND a."right" = 'see'))
    """
)

# Whether what an entry ``e`` of the rule ``r`` on the post ``p`` was for is so.
STILL_TRUE = SQL(
    """
    p.active AND p.approval = 'free'
    AND p.moderation_state IN ('published', 'masked', 'edit_held')
    AND CASE r.event
        WHEN 'accepted' THEN EXISTS (
            SELECT 1 FROM community_post q
            WHERE q.id = p.root_id AND q.accepted_id = p.id)
        WHEN 'vote_up' THEN EXISTS (
            SELECT 1 FROM community_vote v WHERE v.post_id = p.id AND v.value = 1
                AND v.member_id IN (e.member_id, e.other_id))
        WHEN 'vote_down' THEN EXISTS (
            SELECT 1 FROM community_vote v WHERE v.post_id = p.id AND v.value = -1
                AND v.member_id IN (e.member_id, e.other_id))
        ELSE TRUE END
    """
)
