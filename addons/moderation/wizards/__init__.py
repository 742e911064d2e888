from . import rule_switch
from . import word_import
from . import word_check
from . import appeal_answer
from . import decide
