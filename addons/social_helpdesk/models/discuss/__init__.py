from . import (
    line,
    discuss_channel,
    command,
    support_desk,
    support_bot,
    helpdesk_ticket,
    res_users,
)
