from . import chatter
from . import words
from . import portal
from . import report
