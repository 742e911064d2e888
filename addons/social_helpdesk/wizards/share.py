from odoo import api, fields, models
from odoo.exceptions import UserError

from ..providers.places import read_place
from ..providers.types import Card, Location

DIGITS = (10, 7)  # as a partner's coordinates; the last one is a centimetre
LENGTH = 100  # of a name or an address, what every channel shows
# Filled in from the chosen address with the agent's own rights, then his to change.
OF_ADDRESS = {
    "compute": "_compute_place",
    "compute_sudo": False,
    "store": True,
    "readonly": False,
}


class HelpdeskSocialShare(models.TransientModel):
    """A place on a map, or a contact card, for the customer."""

    _name = "helpdesk.social.share"
    _inherit = "helpdesk.social.sending"
    _description = "Send a Place or a Contact Card"

    what = fields.Selection(
        [("place", "Place on a map"), ("card", "Contact card")],
        string="Send",
        required=True,
        default="place",
    )
    public = fields.Boolean(related="ticket_id.social_conversation_id.public")

    # --- a place ---
    address_id = fields.Many2one(
        "res.partner",
        string="Known address",
        domain="[('partner_latitude', '!=', 0), ('partner_longitude', '!=', 0)]",
        default=lambda self: self._default_address_id(),
    )
    link = fields.Char(
        string="Map link or coordinates",
        help="A link copied from Google Maps, OpenStreetMap, Apple Maps, Waze or Bing, "
        "or two numbers: latitude, longitude.",
    )
    name = fields.Char(size=LENGTH, **OF_ADDRESS)
    address = fields.Char(size=LENGTH, **OF_ADDRESS)
    latitude = fields.Float(digits=DIGITS, **OF_ADDRESS)
    longitude = fields.Float(digits=DIGITS, **OF_ADDRESS)

    # --- a contact card ---
    partner_id = fields.Many2one("res.partner", string="Contact")

    preview = fields.Html(compute="_compute_preview")

    @api.model
    def _default_address_id(self):
        company = self.env.company.partner_id
        known = company.partner_latitude and company.partner_longitude
        return company if known else False

    @api.depends("address_id")
    def _compute_place(self):
        for wizard in self:
            partner = wizard.address_id
            lines = partner._display_address(without_company=True) if partner else ""
            wizard.name = (partner.name or "")[:LENGTH]
            wizard.address = ", ".join(filter(None, lines.split("\n")))[:LENGTH]
            wizard.latitude = partner.partner_latitude
            wizard.longitude = partner.partner_longitude

    @api.onchange("link")
    def _onchange_link(self):
        """What the link says takes the place of what stood there."""
        if not (self.link or "").strip():
            return None
        place = read_place(self.link)
        if not place:
            return {
                "warning": {
                    "title": self.env._("No place in this link"),
                    "message": self._no_place(),
                }
            }
        self.address_id = False
        self.name, self.address = place.name[:LENGTH], False
        self.latitude, self.longitude = place.latitude, place.longitude
        return None

    @api.model
    def _no_place(self):
        return self.env._(
            "The link does not say where the place is. A short link has to be opened "
            "in the browser first: copy the long address from there, or enter latitude "
            "and longitude."
        )

    @api.depends("what", "name", "address", "latitude", "longitude", "partner_id")
    def _compute_preview(self):
        """As it will stand in the ticket: the agent sees what he gives away. What is
        still missing is said when he presses "Send"."""
        for wizard in self:
            try:
                wizard.preview = wizard._line()
            except UserError:
                wizard.preview = False

    def action_send(self):
        """Queue it and write it into the ticket."""
        conversation = self._conversation()
        what = self._card() if self.what == "card" else self._place()
        post = self._write_down(self._line())
        conversation._share(self.ticket_id.sudo(), post, what)
        return {"type": "ir.actions.act_window_close"}

    def _line(self):
        inbound = self.env["helpdesk.social.inbound"]
        if self.what == "card":
            return inbound._card(self._card())
        return inbound._location(self._place())

    def _place(self):
        """:raises UserError: none, or not on this planet"""
        if not (self.latitude or self.longitude):
            raise UserError(
                self.env._(
                    "Say where the place is: choose an address, paste a map link, or "
                    "enter latitude and longitude."
                )
            )
        if abs(self.latitude) > 90 or abs(self.longitude) > 180:
            raise UserError(
                self.env._(
                    "There is no such place: latitude goes from -90 to 90, longitude "
                    "from -180 to 180."
                )
            )
        return Location(
            self.latitude,
            self.longitude,
            (self.name or "").strip(),
            (self.address or "").strip(),
        )

    def _card(self):
        """:raises UserError: nobody, or nothing to reach him by"""
        partner = self.partner_id
        phone = partner.phone_sanitized or partner.phone
        email = partner.email_normalized or partner.email
        if not partner or not (phone or email):
            raise UserError(
                self.env._("Choose a contact who has a telephone number or an e-mail.")
            )
        company = partner.commercial_partner_id
        return Card(
            partner.name or phone or email,
            tuple(filter(None, [phone])),
            tuple(filter(None, [email])),
            (company.name or "") if company != partner else "",
        )
