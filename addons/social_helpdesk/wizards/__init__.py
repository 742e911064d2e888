from . import private_reply, template_send
