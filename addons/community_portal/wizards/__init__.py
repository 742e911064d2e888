from . import member_state
from . import privacy_refuse
