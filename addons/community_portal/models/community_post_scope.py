"""Which posts a user may find: the one place where it is decided."""

from odoo.fields import Domain


def posts_domain(user, member, space_ids):
    """:param user: ``res.users`` who reads
    :param member: his ``community.member``, empty for an agent who has never written
    :param space_ids: the spaces that he may see
    :return: Domain on ``community.post``
    """
    in_spaces = Domain("space_id", "in", space_ids)
    if not user.share:
        return in_spaces & staff_domain(user, member)
    if not member:
        return Domain.FALSE
    own = Domain("author_id", "=", member.id) & Domain(
        "organisation_id", "=", member.organisation_id.id
    )
    return (
        in_spaces
        & Domain("active", "=", True)
        & (Domain("root_id", "=", False) | Domain("thread_open", "=", True))
        & scope_domain(member, thread=True)
        & (scope_domain(member, thread=False) | own)
        & approval_domain(member, own)
    )


def staff_domain(user, member):
    """The vendor's people see everything but what waits for a customer's boss."""
    own = Domain("author_id", "=", member.id) if member else Domain.FALSE
    return Domain("approval", "=", "free") | own


def scope_domain(member, thread):
    """What an audience lets a customer see: that of the post, or of its thread.

    Who changed his employer has lost the audience of the old one, his own posts
    included.
    """
    prefix = "thread_" if thread else ""
    audience, organisation = f"{prefix}audience", f"{prefix}organisation_id"
    author = "thread_author_id" if thread else "author_id"
    mine = member.organisation_id.id
    rivals = sorted(member.organisation_id._community_rivals())
    not_rivals = Domain(audience, "=", "not_competitors")
    if rivals:
        not_rivals &= Domain(organisation, "not in", rivals)
    colleagues = Domain(audience, "=", "company") & Domain(organisation, "=", mine)
    alone = (
        Domain(audience, "=", "vendor")
        & Domain(author, "=", member.id)
        & Domain(organisation, "=", mine)
    )
    return Domain(audience, "=", "everybody") | not_rivals | colleagues | alone


def approval_domain(member, own):
    """What waits for a boss is seen by its author and by the boss."""
    free = Domain("approval", "=", "free")
    if not member.is_manager:
        return free | own
    colleagues = Domain("organisation_id", "=", member.organisation_id.id)
    return free | own | colleagues
