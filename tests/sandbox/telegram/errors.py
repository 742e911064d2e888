"""Telegram's way to say no: https://core.telegram.org/bots/api#making-requests"""


class TelegramError(Exception):
    """:param description: in Telegram's words, which programs compare with"""

    def __init__(self, code: int, description: str, retry_after: int = 0) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def body(self) -> dict:
        answer = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.retry_after:
            answer["parameters"] = {"retry_after": self.retry_after}
        return answer


def bad_request(why: str) -> TelegramError:
    return TelegramError(400, f"Bad Request: {why}")
