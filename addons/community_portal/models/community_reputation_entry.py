from odoo import api, fields, models
from odoo.exceptions import UserError

from .community_reputation_kinds import CAUSES, ENTRIES


class CommunityReputationEntry(models.Model):
    """A line of the ledger: who got or lost how many points, for what. Written once,
    never changed; a person's points are the sum of his lines.

    Nothing it refers to can be deleted while it stands here. A person who is erased
    keeps an entry without a name (``community.member.anonymous``).
    """

    _name = "community.reputation.entry"
    _description = "Reputation Entry"
    _order = "id desc"
    _log_access = False  # "created on" is ``date``; "updated on" cannot be

    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    member_id = fields.Many2one(
        "community.member", "Who", required=True, readonly=True, ondelete="restrict"
    )
    other_id = fields.Many2one(
        "community.member",
        "By",
        readonly=True,
        ondelete="restrict",
        help="The other person: who voted, or whose post it was.",
    )
    organisation_id = fields.Many2one(
        "res.partner",
        "Company",
        readonly=True,
        ondelete="restrict",
        help="The person's company on that day.",
    )
    other_organisation_id = fields.Many2one(
        "res.partner", "By company", readonly=True, ondelete="restrict"
    )
    rule_id = fields.Many2one(
        "community.reputation.rule",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    post_id = fields.Many2one(
        "community.post", required=True, readonly=True, index=True, ondelete="restrict"
    )
    space_id = fields.Many2one(related="post_id.space_id")
    points = fields.Integer(required=True, readonly=True)
    kind = fields.Selection(
        ENTRIES, "Entry", required=True, readonly=True, default="earned"
    )
    reverses_id = fields.Many2one(
        "community.reputation.entry",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    reversed_by_ids = fields.One2many(
        "community.reputation.entry", "reverses_id", "Reversed by"
    )
    cause = fields.Selection(CAUSES, readonly=True)
    alert_id = fields.Many2one(
        "community.reputation.alert",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    open = fields.Boolean(
        "Everybody may know", readonly=True, help="Every member may see the post."
    )
    capped = fields.Boolean(readonly=True, help="Counts for the limit of a day.")
    times_key = fields.Integer(
        readonly=True, help="Who did it, or 0 where it counts once for each post."
    )

    _once_idx = models.UniqueIndex(
        "(rule_id, post_id, member_id, times_key) WHERE kind = 'earned'"
    )
    _reversed_once_idx = models.UniqueIndex(
        "(reverses_id) WHERE reverses_id IS NOT NULL"
    )
    _day_idx = models.Index("(member_id, date)")
    _date_idx = models.Index("(date)")
    _pair_idx = models.Index(
        "(LEAST(member_id, other_id), GREATEST(member_id, other_id)) "
        "WHERE kind = 'earned'"
    )
    _from_company_idx = models.Index(
        "(member_id, other_organisation_id) WHERE kind = 'earned'"
    )
    _company_idx = models.Index("(organisation_id, date)")
    _reversal_named = models.Constraint(
        "CHECK ((kind = 'earned') = (reverses_id IS NULL) "
        "AND (kind = 'earned') = (cause IS NULL))",
        "An entry that takes back or gives back names the entry and the cause.",
    )
    _not_oneself = models.Constraint(
        "CHECK (member_id != other_id)", "Nobody earns by himself."
    )

    def init(self):
        """A trigger, because SQL does not ask the ORM."""
        self.env.cr.execute(
            """
            CREATE OR REPLACE FUNCTION community_reputation_is_append_only()
            RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'The ledger of reputation can only be added to.';
            END $$;
            CREATE OR REPLACE TRIGGER community_reputation_append_only
            BEFORE UPDATE OR DELETE OR TRUNCATE ON community_reputation_entry
            FOR EACH STATEMENT EXECUTE FUNCTION community_reputation_is_append_only();
            """
        )

    # pylint: disable=method-required-super
    @api.model_create_multi
    def create(self, vals_list):
        raise UserError(
            self.env._(
                "Points are earned by what happens in the community. To change what "
                "something is worth, change its rule."
            )
        )

    # pylint: disable=method-required-super
    def write(self, vals):
        raise UserError(self._only_added_to())

    def unlink(self):
        raise UserError(self._only_added_to())

    def _only_added_to(self):
        return self.env._(
            "The ledger of reputation can only be added to. Take points back with an "
            "alert: it adds an entry that names the cause."
        )

    @api.depends("points", "rule_id")
    def _compute_display_name(self):
        for entry in self:
            entry.display_name = f"{entry.points:+d} · {entry.rule_id.name}"

    def action_alert(self):
        """A moderator's own finding, with these entries as its evidence."""
        alert = self.env["community.reputation.alert"]._raise_by_hand(self)
        return {
            "type": "ir.actions.act_window",
            "res_model": alert._name,
            "res_id": alert.id,
            "views": [(False, "form")],
        }
