import secrets
from collections import namedtuple
from datetime import timezone

from odoo import api, fields, models, tools
from odoo.exceptions import UserError

from odoo.addons.moderation.gate import PASS

from .. import providers
from ..providers.types import Account
from .helpdesk_social_credential import resolve
from .helpdesk_social_memory import Memory

# What the webhook needs to know of an account; plain data, kept in the cache.
Route = namedtuple("Route", "account_id code settings api_url former")
# With the secrets that were replaced a short while ago.
Former = namedtuple("Former", "settings until")
# What it is made of, with the credentials.
ROUTED = {"active", "key", "provider", "api_url"}


class HelpdeskSocialAccount(models.Model):
    """A connected number, page or bot: where customers write to."""

    _name = "helpdesk.social.account"
    _description = "Social Account"
    _inherit = ["mail.thread"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    provider = fields.Selection(
        selection="_selection_provider",
        string="Channel",
        required=True,
        default=lambda self: self._selection_provider()[0][0],
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    team_id = fields.Many2one(
        "helpdesk.ticket.team",
        string="Helpdesk Team",
        index=True,
        check_company=True,
        help="Gets the tickets of this account.",
    )
    channel_id = fields.Many2one(
        "helpdesk.ticket.channel",
        string="Ticket Channel",
        index=True,
        compute="_compute_channel_id",
        store=True,
    )
    lang = fields.Selection(
        selection="_selection_lang",
        string="Language",
        required=True,
        default=lambda self: self.env.lang or "en_US",
        help="Language of the lines that the system writes into tickets.",
    )
    reopen_days = fields.Integer(
        string="Reopen within",
        default=7,
        help="A customer who writes again within so many days after his ticket was "
        "closed reopens it; later, or always with 0, a new ticket is opened.",
    )
    key = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: secrets.token_urlsafe(12),
    )
    webhook_url = fields.Char(string="Webhook Address", compute="_compute_webhook_url")
    api_url = fields.Char(
        string="API Address",
        groups="base.group_system",
        help="Leave empty for the provider's own. Can be env:NAME.",
    )
    credential_ids = fields.One2many(
        "helpdesk.social.credential", "account_id", groups="base.group_system"
    )
    state = fields.Selection(
        [("draft", "Not connected"), ("connected", "Connected"), ("alarm", "Alarm")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    state_message = fields.Char(readonly=True, copy=False)
    address = fields.Char(readonly=True, copy=False)
    checked_at = fields.Datetime(readonly=True, copy=False)
    has_templates = fields.Boolean(compute="_compute_has_templates")
    template_ids = fields.One2many("helpdesk.social.template", "account_id")
    color = fields.Integer()

    _key_unique = models.UniqueIndex("(key)", "This webhook address is taken.")

    @api.model
    def _selection_provider(self):
        return [(code, cls.label) for code, cls in sorted(providers.known().items())]

    @api.model
    def _selection_lang(self):
        return self.env["res.lang"].get_installed()

    def _provider_class(self):
        """:raises UserError: the add-on of the channel is gone"""
        self.ensure_one()
        try:
            return providers.get(self.provider)
        except KeyError:
            raise UserError(
                self.env._(
                    "The channel “%s” is not installed any more. Install its add-on "
                    "again, or archive the account.",
                    self.provider,
                )
            ) from None

    def _provider(self):
        """The provider's adapter with this account's credentials."""
        route = self._route()
        memory = Memory(self)
        account = Account(route.settings, route.api_url, self.webhook_url, memory)
        return providers.get(route.code)(account)

    @api.depends("provider")
    def _compute_channel_id(self):
        channels = self.env["helpdesk.ticket.channel"]
        for account in self:
            account.channel_id = channels._social_channel(account.provider)

    @api.depends("provider")
    def _compute_has_templates(self):
        known = providers.known()
        for account in self:
            cls = known.get(account.provider)
            account.has_templates = bool(cls and cls.has_templates)

    @api.depends("key")
    def _compute_webhook_url(self):
        for account in self:
            account.webhook_url = (
                f"{account.get_base_url()}/social/webhook/{account.key}"
            )

    # --- create, change -------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        accounts = super().create(vals_list)
        accounts._declare_credentials()
        return accounts

    def write(self, vals):
        if "provider" in vals:
            self._check_unused(vals["provider"])
        if not ROUTED.isdisjoint(vals):
            self.env.registry.clear_cache()
        result = super().write(vals)
        if "provider" in vals:
            self._declare_credentials()
        return result

    def _check_unused(self, provider):
        """The ids of one channel's customers are other people's on another."""
        changed = self.filtered(lambda account: account.provider != provider)
        # sudo: contacts of tickets that the user does not see count as well
        contacts = self.env["helpdesk.social.contact"].sudo()
        if contacts.search_count([("account_id", "in", changed.ids)], limit=1):
            raise UserError(
                self.env._(
                    "Customers have written on this account, so its channel cannot "
                    "be changed any more. Archive it and connect a new account."
                )
            )

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def _declare_credentials(self):
        """Give each account the credential lines its provider asks for."""
        credentials = self.env["helpdesk.social.credential"].sudo()
        for account in self.sudo():
            declared = account._provider_class().credentials
            names = {c.name for c in declared}
            account.credential_ids.filtered(lambda c, n=names: c.name not in n).unlink()
            have = set(account.credential_ids.mapped("name"))
            credentials.create(
                [
                    {
                        "account_id": account.id,
                        "sequence": index,
                        "name": c.name,
                        "value": credentials._generated() if c.generate else False,
                    }
                    for index, c in enumerate(declared)
                    if c.name not in have
                ]
            )

    def set_credentials(self, values):
        """Set credentials by name, e.g. ``{"access_token": "env:WA_TOKEN"}``.

        For scripts and demo data; the form writes ``new_value`` instead.

        :raises UserError: a name that the provider does not declare
        """
        self.ensure_one()
        self.check_access("write")
        lines = {c.name: c for c in self.credential_ids}
        for name, value in values.items():
            if name not in lines:
                raise UserError(
                    self.env._(
                        "%(channel)s has no credential “%(name)s”. "
                        "It needs: %(names)s.",
                        channel=self._provider_class().label,
                        name=name,
                        names=", ".join(lines),
                    )
                )
            lines[name].sudo()._replace(value)
        return True

    # --- the webhook's view -----------------------------------------------------

    @api.model
    @tools.ormcache()
    def _routes(self):
        """Every account that takes webhooks, by key.

        The whole small map and not one key at a time: unknown keys, which
        anybody can ask for, never fill the cache.
        """
        accounts = self.sudo().search([])
        return {account.key: account._as_route() for account in accounts}

    def _as_route(self):
        credentials = self.credential_ids
        settings = {c.name: resolve(c.value) for c in credentials}
        return Route(
            self.id,
            self.provider,
            settings,
            resolve(self.api_url),
            self._former(settings, credentials.filtered("former_until")),
        )

    def _former(self, settings, replaced):
        if not replaced:
            return None
        until = max(replaced.mapped("former_until")).replace(tzinfo=timezone.utc)
        old = {c.name: resolve(c.former_value) for c in replaced}
        return Former(settings | old, until)

    def _route(self):
        self.ensure_one()
        account = self.sudo()
        return self._routes().get(account.key) or account._as_route()

    def _inbound_env(self):
        """This account as the system sees it while it writes into tickets."""
        self.ensure_one()
        return (
            self.sudo()
            .with_company(self.company_id)
            .with_context(
                lang=self.lang,
                mail_post_autofollow_author_skip=True,
                moderation_gate=PASS,  # it was sent: marked, never held up
            )
        )

    # --- open pages ---------------------------------------------------------------

    def _bus_channel(self):
        """See ``ir.websocket``: only ids travel on it."""
        self.ensure_one()
        return self.company_id, "social_helpdesk"

    def _tell_tickets(self, tickets):
        """Open lists, boards and tickets refresh themselves. Ids only: every
        reader asks again with his own rights."""
        for account in self:
            if tickets:
                self.env["bus.bus"]._sendone(
                    account._bus_channel(),
                    "social_helpdesk/tickets",
                    {"ids": tickets.ids},
                )
