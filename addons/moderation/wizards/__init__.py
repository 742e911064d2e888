from . import rule_switch
