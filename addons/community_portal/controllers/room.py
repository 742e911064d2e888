"""What all pages of the room have in common: who may enter, and what stands around
the content."""

import functools

from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from .show import reactions, show

# What a page's script calls answers in the language of that page, which its reader
# may have chosen there, and not in that of his account.
action = functools.partial(route, type="jsonrpc", auth="user", website=True)


def page(endpoint):
    """A page for members: others are led to where they can become one, and what is
    not there or not theirs says the same."""

    @functools.wraps(endpoint)
    def inside(self, *args, **kwargs):
        if way := request.env["community.member"]._way_in():
            return request.redirect(way)
        try:
            return endpoint(self, *args, **kwargs)
        except (AccessError, MissingError):
            return gone()

    return inside


def gone():
    values = room("") | {"why": request.env["community.post"]._not_for_you()}
    return request.render("community_portal.gone", values, status=404)


def room(active, **values):
    """Values of a page for ``community_portal.layout``.

    :param active: where one is: "feed", "saved" … or the id of a space
    """
    env = request.env
    return {
        "page_name": "community",
        "room": {
            "active": active,
            "me": env["community.member"]._my_card(),
            "spaces": env["community.space"]._places(),
            "notices": env["community.member"]._unread_notices(),
            "is_manager": env["community.member"]._me().is_manager,
        },
        "reactions": reactions(env),
        **values,
    }


def cards(posts):
    """The user's posts, ready for the templates."""
    return show(posts.env, posts._cards())


def fragment(template, **values):
    """A piece of a page, for an answer in JSON."""
    values = {"reactions": reactions(request.env), **values}
    return request.env["ir.qweb"]._render(f"community_portal.{template}", values)


def whole_number(text, default=0):
    """A number of the address line that may be anything."""
    text = str(text or "")
    return int(text) if text.isdecimal() and len(text) < 10 else default
