from . import member_state
from . import privacy_refuse
from . import ticket_crossing
from . import ticket_ask
from . import ticket_reply
from . import ticket_insert
from . import idea_decide
from . import post_task
