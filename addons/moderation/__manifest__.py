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
        "data/sets.xml",
        "data/queue_job.xml",
        "data/ir_cron_rules.xml",
        "wizards/rule_switch_views.xml",
        "wizards/word_import_views.xml",
        "wizards/word_check_views.xml",
        "views/term_views.xml",
        "views/rule_views.xml",
        "views/rule_set_views.xml",
        "views/trial_views.xml",
    ],
    "assets": {
        "web.assets_backend": ["moderation/static/src/**/*"],
        "portal.assets_chatter": [
            "moderation/static/src/chatter/**/*",
            "moderation/static/src/dialogs/**/*",
            ("remove", "moderation/static/src/**/*.scss"),
        ],
        "portal.assets_chatter_style": ["moderation/static/src/dialogs/**/*.scss"],
        "web.assets_tests": ["moderation/static/tests/tours/**/*"],
        "web.assets_unit_tests": [
            "moderation/static/tests/**/*",
            ("remove", "moderation/static/tests/tours/**/*"),
        ],
    },
    "application": True,
}
