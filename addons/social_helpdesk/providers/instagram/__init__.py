"""An Instagram account: direct messages, comments and mentions; Graph API v23.0.

https://developers.facebook.com/docs/messenger-platform/instagram
https://developers.facebook.com/docs/instagram-platform

With the token of the page that the account is linked to, or with one of Instagram
Login, which has a server of its own.
"""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from .. import register
from ..errors import Refused, Uncertain
from ..http import MB, Http
from ..meta import words as meta_words
from ..meta.messenger import MessengerProvider
from ..meta.messenger.provider import FILE
from ..meta.messenger.sending import LABEL, QUICK_REPLIES
from ..planning import choose_kind, mime_type, plan_parts
from ..tame import Node
from ..text import clean, plain, read_html
from ..text.links import spelled
from ..types import (
    About,
    Account,
    Check,
    Connection,
    Event,
    File,
    Ignored,
    Limits,
    Message,
    Note,
    Part,
    Person,
    Sent,
    Upload,
)
from . import faults, guide, words
from .account import CREDENTIALS, FIELDS, PERMISSIONS
from .comments import read_change
from .planning import KINDS, check_comment, kind_of, length
from .threads import CHANGES, MENTION, Mention, is_public, media_of

LOGIN = "https://graph.instagram.com"
HEARTS = ("❤️", "❤")
COMMENTS = Limits(text=300, caption=0)


@register
class Instagram(MessengerProvider):
    code = "instagram"
    label = "Instagram"
    address_credential = "instagram_id"
    # ids of people are scoped to the professional account they write to
    # https://developers.facebook.com/docs/messenger-platform/instagram
    identity_scope = "instagram_id"
    reactions = ("❤️",)
    limits = Limits(
        text=1000,
        caption=0,
        # 24 hours, then with the tag of an agent's own answer
        reply_window=timedelta(days=7),
        choices=QUICK_REPLIES,
        choice=LABEL,
        files={"image": 8 * MB, "audio": FILE, "video": FILE, "document": FILE},
    )
    guide = guide.STEPS
    credentials = CREDENTIALS
    changes = CHANGES
    read_change = staticmethod(read_change)
    permissions = PERMISSIONS
    fault_table = faults.INSTAGRAM
    bad_recipient = words.BAD_RECIPIENT
    no_message_id = words.NO_MESSAGE_ID
    bad_parameter = faults.PARAMETER.text
    notes = (*MessengerProvider.notes, *words.ALL, *faults.INSTAGRAM.sentences)

    def __init__(self, account: Account, http: Http | None = None):
        super().__init__(account, http)
        token = account.settings.get("access_token", "").strip()
        self.logged_in = token.startswith("IG")  # by Instagram, not by Facebook
        if self.logged_in and not account.api_url:
            self.api_url = LOGIN

    @classmethod
    def is_public(cls, thread: str) -> bool:
        return is_public(thread)

    @classmethod
    def limits_of(cls, thread: str) -> Limits:
        return COMMENTS if is_public(thread) else cls.limits

    def parse(self, payload: dict[str, Any]) -> Event:
        event = super().parse(payload)
        if not isinstance(event, Message) or not event.echo:
            return event
        # Instagram gives nothing of ours back, as Messenger does ("metadata")
        app = Node(payload).node("item").node("message").key("app_id")
        if app and app == self.account.settings.get("app_id"):
            return Ignored(event.external_id, "Sent from here")
        return event

    # --- asking -----------------------------------------------------------------

    def profile(self, person_id: str) -> Person:
        """https://developers.facebook.com/docs/messenger-platform/instagram/features/user-profile"""
        if person_id.startswith(MENTION):
            name = self._mentioned(person_id).name("username")
            return Person(person_id, name, name)
        fields = {"fields": "name,username"}
        person = Node(self._get(self._path(person_id), fields).json)
        username = person.name("username")
        return Person(person_id, person.name("name") or username, username)

    def post(self, thread: str) -> About:
        """The account's own picture with its caption; of a mention, its words."""
        if thread.startswith(MENTION):
            mention, found = Mention.of(thread), self._mentioned(thread)
            text = found.text("text") or found.text("caption")
            url = found.text("permalink") or found.node("media").text("permalink")
            identity, author = mention.comment or mention.media, found.name("username")
        else:
            identity, author = media_of(thread), ""
            fields = {"fields": "caption,permalink"}
            found = Node(self._get(self._path(identity), fields).json)
            text, url = found.text("caption"), found.text("permalink")
        shown = url if url.startswith("https://") else ""
        return About(identity, clean(text), shown, author)

    def _mentioned(self, thread: str) -> Node:
        """https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/mentioned_comment"""
        mention = Mention.of(thread)
        media, comment = self._path(mention.media), mention.comment
        field, wanted = "mentioned_media", f"media_id({media})"
        more = "{caption,username,permalink}"
        if comment:
            field, wanted = "mentioned_comment", f"comment_id({self._path(comment)})"
            more = "{text,username,media{permalink}}"
        fields = {"fields": f"{field}.{wanted}{more}"}
        return Node(self._get(self._own(), fields).json).node(field)

    # --- answers ----------------------------------------------------------------

    def plan(
        self, html: str, files: list[File], reply_to: str = "", thread: str = ""
    ) -> list[Part]:
        public = is_public(thread)
        if public and files:
            raise Refused(words.COMMENT_FILES)
        parts = plan_parts(
            spelled(read_html(html)),
            files,
            reply_to,
            limits=self.limits_of(thread),
            write=plain,
            size=None if public else length,
            kind_of=lambda f: kind_of(
                f, choose_kind(f, KINDS, self.limits, self.label)
            ),
            captioned=(),
        )
        if public:
            for part in parts:
                check_comment(part.text)
        return parts

    def send(
        self, part: Part, recipient: str, upload: Upload | None, correlation: str
    ) -> Sent:
        if is_public(recipient):
            return self._comment(part, recipient)
        if not recipient:
            raise Refused(words.BAD_RECIPIENT)
        # a quote is described for what comes in only
        part = replace(part, reply_to="")
        return self._message(part, {"id": recipient}, upload, correlation)

    def reply_privately(self, external_id: str, part: Part, correlation: str) -> Sent:
        _not_mentioned(external_id)
        return super().reply_privately(external_id, part, correlation)

    def _content(
        self, part: Part, upload: Upload | None, correlation: str
    ) -> dict[str, Any]:
        if not upload:
            return super()._content(part, upload, correlation)
        kind = "file" if part.kind == "document" else part.kind
        payload = {"attachment_id": self._uploaded(kind, upload)}
        return {"attachment": {"type": kind, "payload": payload}}

    def _uploaded(self, kind: str, upload: Upload) -> str:
        """https://developers.facebook.com/docs/messenger-platform/instagram/features/attachment-upload"""
        message = {"attachment": {"type": kind, "payload": {"is_reusable": True}}}
        file = (upload.name, upload.content, mime_type(upload.mime))
        answer = self._post(
            f"{self._sender()}/message_attachments",
            data={"platform": "instagram", "message": json.dumps(message)},
            files={"filedata": file},
        )
        identity = Node(answer.json).key("attachment_id")
        if not identity:
            raise Refused(faults.MEDIA.text)
        return identity

    def _reaction(self, emoji: str) -> str:
        if emoji not in HEARTS:
            raise Refused(words.HEART_ONLY)
        return "love"

    def _comment(self, part: Part, thread: str) -> Sent:
        """Under the customer's comment, else under the picture.

        https://developers.facebook.com/docs/instagram-platform/comment-moderation
        https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/mentions
        """
        content = {"message": part.text}
        if thread.startswith(MENTION):
            mention = Mention.of(thread)
            path = f"{self._own()}/mentions"
            content["media_id"] = mention.media
            if mention.comment:
                content["comment_id"] = mention.comment
        elif part.reply_to:
            path = f"{self._path(part.reply_to)}/replies"
        else:
            path = f"{self._path(media_of(thread))}/comments"
        answer = Node(self._post(path, sends=True, data=content).json)
        if not answer.key("id"):
            raise Uncertain(words.NO_MESSAGE_ID)
        return Sent(answer.key("id"))

    def hide(self, external_id: str, hidden: bool) -> None:
        """https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-comment"""
        _not_mentioned(external_id)
        self._post(self._path(external_id), data={"hide": str(hidden).lower()})

    # --- account ----------------------------------------------------------------

    def connect(self, webhook_url: str) -> Connection:
        """Of Instagram Login the address is entered in the app by hand.

        https://developers.facebook.com/docs/instagram-platform/webhooks
        """
        fields = ",".join(FIELDS)
        if not self.logged_in:
            self._subscribe_app("instagram", FIELDS, webhook_url)
            fields = "feed"  # any one of the page lets Instagram's events through
        # what the page's own channel has subscribed to must stay
        if self.logged_in or not self._is_subscribed():
            path = f"{self._sender()}/subscribed_apps"
            self._post(path, data={"subscribed_fields": fields})
        return self.check()

    def check(self) -> Connection:
        fields = {"fields": "name,username"}
        if self.logged_in:
            fields = {"fields": "user_id,name,username"}
        path = self._sender() if self.logged_in else self._own()
        found = Node(self._get(path, fields).json)
        todo = None if self._is_subscribed() else Note(words.NOT_SUBSCRIBED)
        checks, expires_at = ((), None) if self.logged_in else self._token()
        if self.logged_in:
            checks = (_of_account(found.key("user_id"), self._own()),)
        username = found.name("username")
        warnings = (Note(words.ENTER_ADDRESS),) if self.logged_in and todo else ()
        return Connection(
            name=found.name("name") or username,
            address=f"@{username}" if username else found.name("name"),
            warnings=(*((todo,) if todo else ()), *warnings),
            checks=(*checks, Check(Note(meta_words.SUBSCRIBED), todo)),
            expires_at=expires_at,
        )

    def _own(self) -> str:
        return self._path(self.credential("instagram_id"))


def _not_mentioned(external_id: str) -> None:
    """:raises Refused: it stands under somebody else's picture"""
    if external_id.startswith(MENTION):
        raise Refused(words.MENTION_ONLY)


def _of_account(found: str, wanted: str) -> Check:
    other = Note(words.OTHER_ACCOUNT, {"id": found or "?"})
    return Check(Note(words.RIGHT_ACCOUNT), None if found == wanted else other)
