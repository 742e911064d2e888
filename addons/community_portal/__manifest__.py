# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Community Portal",
    "summary": "A closed room where your customers help one another",
    "version": "19.0.1.0.0",
    "category": "After-Sales",
    "license": "AGPL-3",
    "author": "Odoo Community Association (OCA)",
    "website": "https://github.com/OCA/helpdesk",
    "development_status": "Beta",
    "depends": [
        "digest",
        "helpdesk_mgmt",
        "html_editor",
        "moderation",
        "portal",
        "queue_job",
        "resource",
    ],
    "data": [
        "security/groups.xml",
        "security/ir.model.access.csv",
        "views/menus.xml",
    ],
    "demo": [],
    "application": True,
}
