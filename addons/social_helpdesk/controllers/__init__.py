from . import file, portal, webhook
