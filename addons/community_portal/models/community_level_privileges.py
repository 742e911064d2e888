import re
from urllib.parse import urlsplit

from lxml import html

from odoo import models

BARE_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"']+", re.IGNORECASE)
# Where anybody may point, beside the vendor's own pages; changed in the system
# parameter of this name.
FREE_DOMAINS = ("community_portal.free_link_domains", "gov.br")


class CommunityPost(models.Model):
    """Where a level is asked for: in the model, whatever door is used."""

    _inherit = "community.post"

    def _write_new(self, member, space, vals, **fixed):
        self._check_links(member, vals.get("body"), fixed.get("title"))
        return super()._write_new(member, space, vals, **fixed)

    def _edit(self, vals):
        if vals.get("body") or vals.get("title"):
            member = self.env["community.member"]._join()
            post = self.sudo()
            if _hosts(vals.get("body"), vals.get("title")) - _hosts(
                post.body, post.title
            ):
                self._check_links(member, vals.get("body"), vals.get("title"))
        return super()._edit(vals)

    def _check_vote(self, member, value):
        if value < 0:
            member._require("vote_down", self.env._("You cannot vote down yet."))
        return super()._check_vote(member, value)

    def _edit_tags(self, tag_ids):
        """Change the topics of somebody's thread.

        :param tag_ids: ids of ``community.tag``
        """
        self.ensure_one()
        member = self.env["community.member"]._join()
        self.check_access("read")
        member._check_hours()
        post = self.sudo()
        if post.author_id != member:
            member._require(
                "edit_tags", self.env._("You cannot change others' topics yet.")
            )
        post.tag_ids = self.env["community.tag"].browse(
            self._checked_tags({"tag_ids": tag_ids})
        )
        post._happened("edited", member)

    def _check_may_mark(self):
        """:return: the user's membership, if he may say what is a duplicate"""
        member = self.env["community.member"]._join()
        self.check_access("read")
        if self.sudo().kind == "question" and member._may("help_moderate"):
            return member
        return self._check_may_accept()

    def _check_links(self, member, body, title):
        foreign = {host for host in _hosts(body, title) if not self._is_free_host(host)}
        if foreign:
            member._require(
                "post_links",
                self.env._(
                    "You cannot post links to %(hosts)s yet. Write the text without "
                    "them.",
                    hosts=", ".join(sorted(foreign)),
                ),
            )

    def _is_free_host(self, host):
        # sudo: parameters are not readable for customers
        parameters = self.env["ir.config_parameter"].sudo()
        own = [
            parameters.get_param("web.base.url"),
            *self.env["res.company"].sudo().search([]).mapped("website"),
        ]
        free = parameters.get_param(*FREE_DOMAINS).replace(",", " ").split()
        domains = {_host(url) for url in own if url} | set(free)
        return any(
            host == domain or host.endswith(f".{domain}")
            for domain in domains
            if domain
        )


def _hosts(*texts):
    """The hosts that links in HTML, or in the words of it, lead to."""
    found = set()
    for text in filter(None, texts):
        tree = html.fromstring(f"<div>{text}</div>")
        links = [link for *_, link, _position in tree.iterlinks()]
        links += BARE_LINK.findall(tree.text_content())
        found |= {_host(link) for link in links}
    return found - {""}


def _host(link):
    """The host of an address, "" for one of this very place."""
    link = link.strip()
    if link.lower().startswith("www."):
        link = f"//{link}"
    try:
        parts = urlsplit(link)
    except ValueError:  # no address that anything could follow, but meant as one
        return link
    return (parts.hostname or "").removeprefix("www.")
