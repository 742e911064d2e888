from . import (
    line,
    discuss_channel,
    command,
    support_desk,
    helpdesk_ticket,
    res_users,
)
