# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Social Helpdesk Benchmark",
    "summary": "The floor of a durable webhook: one HMAC, one INSERT",
    "version": "19.0.1.0.0",
    "license": "AGPL-3",
    "author": "Odoo Community Association (OCA)",
    "website": "https://github.com/OCA/helpdesk",
    "depends": ["base"],
    "data": [],
}
