from . import test_html
from . import test_gate
from . import test_post
from . import test_scope
from . import test_space
from . import test_ticket_anonymise
from . import test_notice_tell
