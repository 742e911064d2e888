# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Moderation",
    "summary": "Words nobody can disguise, secrets that do not leak, a fair process",
    "version": "19.0.1.0.0",
    "category": "After-Sales",
    "license": "AGPL-3",
    "author": "Odoo Community Association (OCA)",
    "website": "https://github.com/OCA/helpdesk",
    "development_status": "Beta",
    "depends": ["digest", "helpdesk_mgmt", "portal", "queue_job", "resource"],
    "external_dependencies": {
        "python": [
            "google-re2",
            "phonenumbers",
            "pyahocorasick",
            "python-stdnum",
            "wordfreq",
        ]
    },
    "data": [
        "security/groups.xml",
        "security/ir.model.access.csv",
        "security/rules.xml",
        "data/categories.xml",
        "data/languages.xml",
        "data/places.xml",
        "wizards/rule_switch_views.xml",
    ],
    "application": True,
}
