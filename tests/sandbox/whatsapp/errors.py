"""Graph's errors: the codes a business meets, in Graph's words.

https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
"""

import secrets

#: code -> (title, HTTP status when it answers a request)
CODES = {
    0: ("AuthException", 401),
    1: ("API Unknown", 500),
    2: ("API Service", 503),
    4: ("API Too Many Calls", 429),
    10: ("Permission Denied", 403),
    100: ("Invalid parameter", 400),
    190: ("Access token has expired", 401),
    368: ("Temporarily blocked for policies violations", 403),
    2200: ("Callback verification failed", 400),
    80007: ("Rate limit issues", 429),
    130429: ("Rate limit hit", 429),
    130472: ("User's number is part of an experiment", 400),
    131000: ("Something went wrong", 500),
    131009: ("Parameter value is not valid", 400),
    131021: ("Recipient cannot be sender", 400),
    131026: ("Message undeliverable", 400),
    131031: ("Business Account locked", 403),
    131047: ("Re-engagement message", 400),
    131048: ("Spam Rate limit hit", 429),
    131051: ("Message type unknown", 501),
    131052: ("Media download error", 500),
    131053: ("Media upload error", 400),
    131056: (
        "(Business Account, Consumer Account) pair rate limit hit",
        429,
    ),
    132000: ("Number of parameters does not match the expected number of params", 400),
    132001: ("Template name does not exist in the translation", 404),
    132012: ("Parameter format does not match format in the created template", 400),
    132015: ("Template is Paused", 400),
}

_DETAILS = {
    131026: "Message Undeliverable.",
    131047: (
        "Message failed to send because more than 24 hours have passed since the "
        "customer last replied to this number."
    ),
    131052: "Failed to download the media of the message.",
    131053: "Media upload error",
}


class GraphError(Exception):
    """An answer that says no.

    :param message: what follows ``(#code)``; the code's title by default
    """

    def __init__(
        self,
        code: int,
        details: str = "",
        *,
        message: str = "",
        status: int | None = None,
        subcode: int | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        title, usual = CODES.get(code, ("Something went wrong", 400))
        self.code = code
        self.message = message or f"(#{code}) {title}"
        self.details = details or _DETAILS.get(code, "")
        self.status = status or usual
        self.subcode = subcode
        self.headers = headers or {}
        super().__init__(self.message)

    def body(self) -> dict:
        error: dict = {
            "message": self.message,
            "type": "OAuthException",
            "code": self.code,
            "fbtrace_id": "A" + secrets.token_urlsafe(16),
        }
        if self.details:
            error["error_data"] = {
                "messaging_product": "whatsapp",
                "details": self.details,
            }
        if self.subcode:
            error["error_subcode"] = self.subcode
        return {"error": error}


def status_error(code: int, details: str = "") -> dict:
    """The same error inside a ``failed`` status webhook."""
    title = CODES.get(code, ("Something went wrong", 0))[0]
    return {
        "code": code,
        "title": title,
        "message": title,
        "error_data": {"details": details or _DETAILS.get(code, title)},
        "href": "https://developers.facebook.com/docs/whatsapp/cloud-api"
        "/support/error-codes/",
    }


def missing_object(object_id: str) -> GraphError:
    """Wrong id, or an id of somebody else's: Graph does not say which."""
    return GraphError(
        100,
        message=f"Unsupported request. Object with ID '{object_id}' does not exist, "
        "cannot be loaded due to missing permissions, or does not support this "
        "operation. Please read the Graph API documentation at "
        "https://developers.facebook.com/docs/graph-api",
        subcode=33,
    )
