"""A Facebook page: Messenger, comments, reviews and mentions; Graph API v23.0.

https://developers.facebook.com/docs/messenger-platform
https://developers.facebook.com/docs/graph-api/reference/page
"""

import json
from datetime import timedelta
from typing import Any

from .. import register
from ..errors import Refused, Uncertain
from ..http import MB
from ..meta import words as meta_words
from ..meta.messenger import MessengerProvider
from ..meta.messenger.sending import LABEL, QUICK_REPLIES
from ..planning import choose_kind, mime_type, plan_parts
from ..tame import Node
from ..text import clean, plain, read_html
from ..text.links import spelled
from ..types import (
    About,
    Check,
    Connection,
    Credential,
    File,
    Limits,
    Note,
    Part,
    Person,
    Sent,
    Upload,
)
from ..words import FILE_TOO_LARGE, _
from . import faults, guide, words
from .comments import read_change
from .envelope import CHANGES, PUBLIC

FIELDS = (
    *("messages", "messaging_postbacks", "message_reactions", "message_reads"),
    *("message_deliveries", "message_echoes", "messaging_referrals", "message_edits"),
    *("standby", "feed", "ratings", "mention"),
)
KINDS = {
    "image/jpeg": "image",
    "image/png": "image",
    "image/gif": "image",
    "audio/mpeg": "audio",
    "audio/mp4": "audio",
    "audio/aac": "audio",
    "audio/wav": "audio",
    "video/mp4": "video",
    "video/quicktime": "video",
}
FILE = 25 * MB
PERMISSIONS = (
    *("pages_messaging", "pages_manage_metadata", "pages_read_engagement"),
    *("pages_read_user_content", "pages_manage_engagement"),
)
LIKE = "👍"
COMMENTS = Limits(text=8000, caption=8000, files={"image": 8 * MB})


@register
class Facebook(MessengerProvider):
    code = "facebook"
    label = "Facebook"
    address_credential = "page_id"
    # ids of people are page-scoped
    # https://developers.facebook.com/docs/messenger-platform/identity
    identity_scope = "page_id"
    limits = Limits(
        text=2000,
        caption=0,
        # 24 hours, then with the tag of an agent's own answer
        reply_window=timedelta(days=7),
        choices=QUICK_REPLIES,
        choice=LABEL,
        files={
            "image": 8 * MB,
            "audio": FILE,
            "video": FILE,
            "document": FILE,
        },
    )
    guide = guide.STEPS
    credentials = (
        Credential(
            "access_token",
            _("Page access token"),
            _(
                "A token of the page that does not expire, made by a system user, with "
                "pages_messaging, pages_manage_metadata, pages_read_engagement, "
                "pages_read_user_content and pages_manage_engagement."
            ),
        ),
        Credential(
            "app_secret",
            _("App secret"),
            _("Meta app, App settings, Basic. Proves that a message is from Meta."),
        ),
        Credential(
            "page_id",
            _("Page ID"),
            _("The page's About, Page transparency."),
            secret=False,
        ),
        Credential(
            "app_id",
            _("App ID"),
            _("Meta app, App settings, Basic, beside the secret."),
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
    changes = CHANGES
    read_change = staticmethod(read_change)
    permissions = PERMISSIONS
    fault_table = faults.FACEBOOK
    bad_recipient = words.BAD_RECIPIENT
    no_message_id = words.NO_MESSAGE_ID
    bad_parameter = faults.PARAMETER.text
    notes = (*MessengerProvider.notes, *words.ALL, *faults.FACEBOOK.sentences)

    @classmethod
    def is_public(cls, thread: str) -> bool:
        return thread.startswith(PUBLIC)

    @classmethod
    def limits_of(cls, thread: str) -> Limits:
        return COMMENTS if cls.is_public(thread) else cls.limits

    # --- asking ----------------------------------------------------------------

    def profile(self, person_id: str) -> Person:
        """https://developers.facebook.com/docs/messenger-platform/identity/user-profile"""
        fields = {"fields": "first_name,last_name,name"}
        person = Node(self._get(self._path(person_id), fields).json)
        parts = (person.name("first_name"), person.name("last_name"))
        return Person(person_id, person.name("name") or " ".join(filter(None, parts)))

    def post(self, thread: str) -> About:
        """https://developers.facebook.com/docs/graph-api/reference/page-post"""
        identity = _post_of(thread)
        fields = {"fields": "message,story,permalink_url,from"}
        post = Node(self._get(self._path(identity), fields).json)
        author, url = post.node("from"), post.text("permalink_url")
        own = author.key("id") == self.account.settings.get("page_id")
        return About(
            identity,
            clean(post.text("message") or post.text("story")),
            url if url.startswith("https://") else "",
            "" if own else author.name("name"),
        )

    # --- answers ----------------------------------------------------------------

    def plan(
        self, html: str, files: list[File], reply_to: str = "", thread: str = ""
    ) -> list[Part]:
        public = self.is_public(thread)
        if public:
            _check_comment(files)
        return plan_parts(
            spelled(read_html(html)),
            files,
            reply_to,
            limits=self.limits_of(thread),
            write=plain,
            size=None,
            kind_of=lambda f: choose_kind(f, KINDS, self.limits, self.label),
            captioned=("image",) if public else (),
        )

    def send(
        self, part: Part, recipient: str, upload: Upload | None, correlation: str
    ) -> Sent:
        if self.is_public(recipient):
            return self._comment(part, recipient, upload)
        if not recipient:
            raise Refused(words.BAD_RECIPIENT)
        return self._message(part, {"id": recipient}, upload, correlation)

    def _content(
        self, part: Part, upload: Upload | None, correlation: str
    ) -> dict[str, Any]:
        message = super()._content(part, upload, correlation)
        if upload:
            kind = "file" if part.kind == "document" else part.kind
            message = {"attachment": {"type": kind, "payload": {}}}
        return {**message, "metadata": correlation} if correlation else message

    def _deliver(self, request: dict[str, Any], upload: Upload | None) -> Sent:
        return self._send(**_form({"messaging_type": "RESPONSE", **request}, upload))

    def _comment(self, part: Part, thread: str, upload: Upload | None) -> Sent:
        """Under the customer's comment, else under the post.

        https://developers.facebook.com/docs/graph-api/reference/object/comments
        """
        path = f"{self._path(part.reply_to or _post_of(thread))}/comments"
        content: dict[str, Any] = {"json": {"message": part.text}}
        if upload:
            file = (upload.name, upload.content, mime_type(upload.mime))
            data = {"message": part.text} if part.text else {}
            content = {"data": data, "files": {"source": file}}
        answer = Node(self._post(path, sends=True, **content).json)
        if not answer.key("id"):
            raise Uncertain(words.NO_MESSAGE_ID)
        return Sent(answer.key("id"))

    def hide(self, external_id: str, hidden: bool) -> None:
        self._post(self._path(external_id), json={"is_hidden": hidden})

    @classmethod
    def reactions_of(cls, thread: str) -> tuple[str, ...] | None:
        return (LIKE,) if cls.is_public(thread) else super().reactions_of(thread)

    def react(self, external_id: str, thread: str, emoji: str) -> None:
        """In public the page likes a comment.

        https://developers.facebook.com/docs/graph-api/reference/object/likes
        """
        if not self.is_public(thread):
            return super().react(external_id, thread, emoji)
        if emoji not in ("", LIKE):
            raise Refused(words.LIKES_ONLY)
        take_back = {} if emoji else {"method": "delete"}
        self._post(f"{self._path(external_id)}/likes", json=take_back)

    # --- account ----------------------------------------------------------------

    def connect(self, webhook_url: str) -> Connection:
        self._subscribe_app("page", FIELDS, webhook_url)
        fields = {"subscribed_fields": ",".join(FIELDS)}
        self._post(f"{self._sender()}/subscribed_apps", json=fields)
        return self.check()

    def check(self) -> Connection:
        page = Node(self._get(self._sender(), {"fields": "name,username,link"}).json)
        todo = None if self._is_subscribed() else Note(words.NOT_SUBSCRIBED)
        checks, expires_at = self._token()
        username = page.name("username")
        return Connection(
            name=page.name("name"),
            address=f"@{username}" if username else page.name("name"),
            warnings=(todo,) if todo else (),
            checks=(*checks, Check(Note(meta_words.SUBSCRIBED), todo)),
            expires_at=expires_at,
        )

    def _sender(self) -> str:
        return self._path(self.credential("page_id"))


def _post_of(thread: str) -> str:
    return thread.removeprefix(PUBLIC).rpartition(":")[0]


def _check_comment(files: list[File]) -> None:
    """:raises Refused: more than one picture, which is all a comment can hold"""
    if len(files) > 1:
        raise Refused(words.COMMENT_FILES)
    for file in files:
        if KINDS.get(mime_type(file.mime)) != "image":
            raise Refused(words.COMMENT_FILE, values={"name": file.name})
        if file.size > COMMENTS.files["image"]:
            values = {
                "name": file.name,
                "size": f"{file.size / MB:.1f}",
                "limit": f"{COMMENTS.files['image'] // MB}",
                "channel": Facebook.label,
            }
            raise Refused(FILE_TOO_LARGE, values=values)


def _form(request: dict[str, Any], upload: Upload | None) -> dict[str, Any]:
    """A file goes along with the message; then everything else is form fields."""
    if not upload:
        return {"json": request}
    fields = {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in request.items()
    }
    file = (upload.name, upload.content, mime_type(upload.mime))
    return {"data": fields, "files": {"filedata": file}}
