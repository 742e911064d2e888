from . import (
    answered_elsewhere,
    ask,
    private_reply,
    same_person,
    somebody_else,
    template_send,
)
