from . import member_state
