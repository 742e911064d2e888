import pytest

from devkit.odoo_log import Allowed, complaints, is_allowed

STAMP = "2026-11-23 14:20:46,973 15589"
OURS = f"{STAMP} WARNING demo odoo.addons.social_helpdesk.models.x: gone wrong"


@pytest.mark.parametrize("level", ["WARNING", "ERROR", "CRITICAL"])
def test_a_complaint_is_found(level):
    line = OURS.replace("WARNING", level)
    assert complaints([line]) == [line]


@pytest.mark.parametrize(
    "line",
    [
        OURS.replace("WARNING", "INFO"),
        "Traceback (most recent call last):",
        '  WARNING: in the middle of something "ERROR"',
        "",
    ],
)
def test_other_lines_are_no_complaints(line):
    assert complaints([line]) == []


def test_what_a_test_expects_passes_and_nothing_else():
    rule = Allowed(r"social_helpdesk", r"gone \w+", "the test breaks it")
    other = OURS.replace("gone wrong", "on fire")
    assert complaints([OURS, other], [rule]) == [other]


def test_a_rule_needs_both_its_logger_and_its_text():
    rule = Allowed(r"^odoo\.http$", "gone", "why")
    assert complaints([OURS], [rule]) == [OURS]


def test_odoos_own_deprecations_pass_and_ours_do_not():
    odoo = "/x/odoo/addons/bus/websocket.py:1017: DeprecationWarning: Queue(0)"
    ours = "/x/addons/social_helpdesk/models/a.py:3: DeprecationWarning: old"
    assert is_allowed("py.warnings", odoo)
    assert is_allowed("py.warnings", "/v/site-packages/a.py:1: DeprecationWarning")
    assert not is_allowed("py.warnings", ours)


def test_every_database_name_and_none():
    for name in ("?", "demo", "run_12-gw0"):
        line = OURS.replace("demo", name, 1)
        assert complaints([line]) == [line]


def test_what_follows_a_first_line_belongs_to_it():
    lines = [
        f"{STAMP} ERROR demo odoo.sql_db: bad query: UPDATE x",
        "ERROR: could not serialize access due to concurrent update",
        OURS,
        "Traceback (most recent call last):",
    ]
    assert complaints(lines) == [OURS]


def test_a_query_that_is_really_bad_is_a_complaint():
    first = f"{STAMP} ERROR demo odoo.sql_db: bad query: UPDATE x"
    assert complaints([first, 'ERROR: column "y" does not exist']) == [first]


def test_the_mail_queue_may_meet_a_writer_and_fail_of_nothing_else():
    logger = "odoo.addons.base.models.ir_cron"
    failed = "Job 'Mail: Email Queue Manager' (3) server action #117 failed \nTraceback"
    met = f"{failed}\nSerializationFailure: could not serialize access due to x"
    assert is_allowed(logger, met)
    assert not is_allowed(logger, f"{failed}\nKeyError: 'x'")
    assert not is_allowed(logger, met.replace("Mail: Email Queue", "Social: Purge"))
