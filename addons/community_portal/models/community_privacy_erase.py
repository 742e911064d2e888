from lxml import html
from markupsafe import Markup

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

FORGET = object()  # in a context: what nobody can send over RPC

# What a person leaves behind that is of no use to anybody else.
PRIVATE_MODELS = (
    "community.bookmark",
    "community.draft",
    "community.follow",
    "community.notice",
    "community.seen",
)


class CommunityMember(models.Model):
    """A person without a name: what he wrote may stay, who he was does not."""

    _inherit = "community.member"

    def _anonymise(self):
        """Cut every link between these members and the people they were.

        Moderation's cases and its log keep what they need for as long as their own
        retention says: they are evidence about texts, not part of the room.

        :return: {"posts", "versions", "deleted", "mentions"}: how many
        """
        self.ensure_one()
        user = self.user_id
        self._change_state("left")
        self.write(
            {
                "anonymous": True,
                "about": False,
                "reason": False,
                "state_reason": False,
                "employer_shown": "hidden",
                "board_optout": True,
                "manager_of_id": False,
                "is_expert": False,
                "user_id": False,
                "state_by_id": False,
            }
        )
        done = {
            "posts": self.env["community.post"]
            .sudo()
            .with_context(active_test=False)
            .search_count([("author_id", "=", self.id)]),
            "deleted": self._delete_private(),
            "mentions": self._forget_mentions(),
        }
        self._withdraw_own_invitations(user)
        self._forget_creator(user)
        return done

    def _delete_private(self):
        count = 0
        for name in PRIVATE_MODELS:
            if name in self.env:
                records = self.env[name].sudo().search([("member_id", "=", self.id)])
                count += len(records)
                records.unlink()
        return count

    def _withdraw_own_invitations(self, user):
        invitations = self.env["community.invitation"].sudo()
        invitations.search(
            Domain("member_id", "=", self.id) | Domain("user_id", "=", user.id)
        ).unlink()

    def _forget_creator(self, user):
        """Odoo writes down who created a row: that names the person as well."""
        if not user:
            return
        self.env.flush_all()
        for model in self.env.values():
            if not model._name.startswith("community.") or not model._auto:
                continue
            if model._abstract or not model._log_access:
                continue
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE %(table)s
                       SET create_uid = NULLIF(create_uid, %(uid)s),
                           write_uid = NULLIF(write_uid, %(uid)s)
                     WHERE create_uid = %(uid)s OR write_uid = %(uid)s
                    """,
                    table=SQL.identifier(model._table),
                    uid=user.id,
                )
            )
            model.invalidate_model(["create_uid", "write_uid"], flush=False)

    def _forget_mentions(self):
        """Others called him by name: the rest of their words stays."""
        link = f"/my/community/people/{self.id}"
        gone = self.env._("Former member")
        count = 0
        for model in ("community.post", "community.post.version"):
            records = self.env[model].sudo().with_context(active_test=False)
            for record in records.search([("body", "like", f'{link}"')]):
                body = without_name(record.body, link, gone)
                record._forgetting().body = body
                count += 1
        return count

    def _erase_words(self):
        """Beyond the name: his words, their earlier versions and his files.

        :return: {"words", "versions", "files"}: how many
        """
        posts = (
            self.env["community.post"]
            .sudo()
            .with_context(active_test=False)
            .search([("author_id", "=", self.id)])
        )
        versions = posts.version_ids
        files = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", posts._name), ("res_id", "in", posts.ids)])
        )
        done = {"words": len(posts), "versions": len(versions), "files": len(files)}
        files.unlink()
        versions.unlink()
        posts._erase_text()
        return done


class CommunityPost(models.Model):
    _inherit = "community.post"

    @api.model
    def _keep_versions(self, changed):
        if self.env.context.get("community_forget") is FORGET:
            return None
        return super()._keep_versions(changed)

    def _forgetting(self):
        """For taking a person out of a text: past the gate, and without keeping what
        stood there before."""
        return self._moderation_quiet().with_context(community_forget=FORGET)

    def _erase_text(self):
        """The frame stays, so that others' answers keep their place."""
        quiet = self._forgetting()
        gone = self.env._("Erased at the author's request")
        body = Markup("<p>%s</p>") % gone
        roots = quiet.filtered(lambda post: not post.root_id)
        roots.write({"title": gone, "body": body})
        (quiet - roots).write({"body": body})


class CommunityPostVersion(models.Model):
    _inherit = "community.post.version"

    def _forgetting(self):
        return self


def without_name(body, link, gone):
    """HTML in which every link to a person says ``gone`` and leads nowhere."""
    tree = html.fragment_fromstring(str(body), create_parent="div")
    for anchor in list(tree.iter("a")):
        if (anchor.get("href") or "").endswith(link):
            anchor.tag = "span"
            tail = anchor.tail
            anchor.clear()
            anchor.text, anchor.tail = gone, tail
    inner = html.tostring(tree, encoding="unicode").removesuffix("</div>")
    return Markup(inner.removeprefix("<div>"))
