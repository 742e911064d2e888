"""What an administrator gives for an account, and what it asks of Meta."""

from ..types import Credential
from ..words import _

FIELDS = (
    *("messages", "messaging_postbacks", "messaging_seen", "message_reactions"),
    *("messaging_referral", "message_edit", "messaging_handover", "standby"),
    *("comments", "live_comments", "mentions"),
)
PERMISSIONS = (
    *("instagram_basic", "instagram_manage_messages", "instagram_manage_comments"),
    *("pages_manage_metadata", "pages_read_engagement", "pages_messaging"),
)
CREDENTIALS = (
    Credential(
        "access_token",
        _("Access token"),
        _(
            "A token, made by a system user, of the page that the account is linked "
            "to, with instagram_basic, instagram_manage_messages, "
            "instagram_manage_comments, pages_manage_metadata, pages_read_engagement "
            "and pages_messaging. Or one of Instagram Login."
        ),
    ),
    Credential(
        "app_secret",
        _("App secret"),
        _(
            "Meta app, App settings, Basic; with Instagram Login the Instagram app's "
            "secret. Proves that a message is from Meta."
        ),
    ),
    Credential(
        "instagram_id",
        _("Instagram account ID"),
        _("The professional account's number, in Meta Business Suite's settings."),
        secret=False,
    ),
    Credential(
        "app_id",
        _("App ID"),
        _("Beside the secret."),
        secret=False,
    ),
    Credential(
        "verify_token",
        _("Verify token"),
        _("Any text. Meta repeats it when the webhook is registered."),
        generate=True,
        copyable=True,
    ),
)
