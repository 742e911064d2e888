from . import answered_elsewhere, ask, private_reply, template_send
