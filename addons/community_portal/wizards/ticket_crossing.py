from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.moderation.engine.types import Content

from .. import anonymise

COLLEAGUES = 500  # whose names are looked for
STOPS = ("coach", "hold", "block")


class CommunityTicketCrossing(models.AbstractModel):
    """Words that leave a ticket, which one customer reads, for a room where his
    competitors read. Whose they are must be read nowhere in them."""

    _name = "community.ticket.crossing"
    _description = "From a Ticket into the Community"

    ticket_id = fields.Many2one("helpdesk.ticket", required=True)
    body = fields.Html("Text", sanitize_overridable=False)
    masked = fields.Html(
        readonly=True, help="What was found in the ticket and covered."
    )
    left = fields.Html(
        "Still in it",
        compute="_compute_left",
        help="What has to go before others may read it.",
    )
    confirmed = fields.Boolean(
        "I have read it: it tells nobody whose it is",
        help="No program knows every project and nickname.",
    )

    @api.depends("body")
    def _compute_left(self):
        for crossing in self:
            crossing.left = _listed(crossing._still_there())

    def _crossing_names(self):
        """Names that must not cross: see ``anonymise.names_of``."""
        ticket = self.ticket_id.sudo()
        employer = ticket.partner_id.commercial_partner_id
        people = (
            self.env["res.partner"]
            .sudo()
            .search(
                [("id", "child_of", employer.ids), ("is_company", "=", False)],
                limit=COLLEAGUES,
            )
        )
        names = [ticket.partner_name, *(people | ticket.partner_id).mapped("name")]
        if employer.is_company:
            return anonymise.names_of(names, [employer.name])
        return anonymise.names_of(names, [])

    def _crossing_title(self):
        return ""

    def _crossing_space(self):
        """The space where it is to stand: ``community.space``, maybe empty."""
        raise NotImplementedError

    def _still_there(self):
        """What of the text says whose it is, and what the gate would stop if a
        customer wrote it: a list of sentences."""
        if not self.body and not self._crossing_title():
            return []
        title, body = self._crossing_title(), str(self.body or "")
        found = anonymise.search(title, body, self._crossing_names()).findings
        stopped = self._stopped(title, body)
        return list(dict.fromkeys(self._sentences(found) + stopped))

    @api.model
    def _sentences(self, findings):
        return anonymise.sentences(
            findings,
            self.env.lang or "en_US",
            self.env._("A name of the customer or his company: %s"),
        )

    def _stopped(self, title, body):
        space = self._crossing_space().sudo()
        scanner = self.env["moderation.scanner"].sudo()
        verdict = scanner._judge(
            Content(title=title, body=body),
            "community",
            self.ticket_id.sudo().partner_id,
            space.company_id,
            space.moderation_set_ids,
            history=False,
        )
        return [
            sentence["text"]
            for action in STOPS
            for sentence in scanner._sentences(
                verdict, action, self.env.lang or "en_US"
            )
        ]

    def _check_crossing(self):
        """:raises UserError: it is not fit for others to read yet"""
        left = self._still_there()
        if left:
            raise UserError(
                self.env._(
                    "Others would learn whose ticket this is. Change the text first:"
                    "\n%s",
                    "\n".join(f"• {sentence}" for sentence in left),
                )
            )
        if not self.confirmed:
            raise UserError(
                self.env._("Read it once more, then say that it tells nobody.")
            )


def _listed(sentences):
    if not sentences:
        return False
    items = Markup().join(Markup("<li>%s</li>") % one for one in sentences)
    return Markup("<ul>%s</ul>") % items
