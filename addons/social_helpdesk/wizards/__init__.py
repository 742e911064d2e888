from . import template_send
