from . import chatter
from . import words
from . import portal
from . import report
from . import ticket_form
from . import ticket_page
