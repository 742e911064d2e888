from . import (
    test_account,
    test_inbound,
    test_media,
    test_outage,
    test_outbox,
    test_performance,
    test_portal,
    test_security,
    test_template,
    test_ticket,
    test_webhook,
)
