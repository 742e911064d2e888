from . import sending
from . import answered_elsewhere, ask, private_reply, share, template_send
