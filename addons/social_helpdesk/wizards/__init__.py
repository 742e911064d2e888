from . import linking, sending
from . import (
    answered_elsewhere,
    ask,
    private_reply,
    same_person,
    share,
    somebody_else,
    template_send,
)
