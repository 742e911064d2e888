from odoo import api, fields, models

KEPT_DAYS = 180  # after which a notice is nobody's news any more
GC_BATCH = 10_000  # rows

KINDS = [
    ("mention", "Somebody mentions me"),
    ("answer", "Somebody answers me"),
    ("accepted", "My answer is accepted"),
    ("mine", "Something becomes of what I wrote"),
    ("follow", "News in a thread that I follow"),
    ("space", "A new thread in a space that I follow"),
    ("idea", "An idea that I follow or voted for moves on"),
    ("approval", "Something of a colleague waits for my approval"),
    ("reward", "Perks that I am offered or given"),
]
MAILS = [("now", "At once"), ("daily", "Once a day"), ("weekly", "Once a week")]


class CommunityNotice(models.Model):
    """A member is told of something.

    A row says that he was meant to know when it happened. Whether he may still see
    the post is asked anew whenever the row is used: for the page, for the counter
    and before anything is sent.
    """

    _name = "community.notice"
    _description = "Community Notice"
    _order = "id desc"

    member_id = fields.Many2one("community.member", required=True, ondelete="cascade")
    post_id = fields.Many2one("community.post", index=True, ondelete="cascade")
    thread_id = fields.Many2one("community.post", ondelete="cascade")
    actor_id = fields.Many2one(
        "community.member", index="btree_not_null", ondelete="set null"
    )
    kind = fields.Selection(KINDS, required=True)
    event = fields.Char(required=True, help="Which sentence tells it.")
    words = fields.Json(help="What the sentence needs beside the post and the actor.")
    url = fields.Char(help="Where it leads if it is about no post.")
    date = fields.Datetime(required=True, default=fields.Datetime.now)
    shown = fields.Boolean("On the page", default=True)
    read = fields.Boolean()
    mail = fields.Selection(MAILS, "By e-mail", help="Empty: not.")
    mailed = fields.Datetime()
    push = fields.Boolean("To the browser")
    pushed = fields.Boolean()

    _once = models.UniqueIndex("(member_id, post_id, kind) WHERE post_id IS NOT NULL")
    _page_idx = models.Index("(member_id, id DESC) WHERE shown IS TRUE")
    _now_idx = models.Index(
        "(thread_id, member_id) WHERE mail = 'now' AND mailed IS NULL"
    )
    _digest_idx = models.Index("(mail, member_id) WHERE mailed IS NULL")
    _mailed_idx = models.Index("(thread_id, member_id) WHERE mailed IS NOT NULL")
    _push_idx = models.Index(
        "(post_id, member_id) WHERE push IS TRUE AND pushed IS NOT TRUE"
    )

    @api.autovacuum
    def _gc_notices(self):
        old = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        notices = self.sudo().search([("date", "<", old)], limit=GC_BATCH, order="id")
        notices.unlink()
        return len(notices), len(notices) == GC_BATCH
