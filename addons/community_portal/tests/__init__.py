from . import test_ticket_anonymise
