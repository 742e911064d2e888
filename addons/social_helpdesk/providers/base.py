"""What a channel has to be able to do. A new channel is one file beside this.

A provider object is made per use for one account, keeps no state and knows
nothing of Odoo. Methods that talk to the provider's server are called from
jobs or from an administrator's button only, never while a webhook waits.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from typing import Any, ClassVar

from . import cards, places, words
from .choices import numbered, offered
from .errors import Refused, Unverified
from .http import Http
from .types import (
    About,
    Account,
    Card,
    Choice,
    Connection,
    Credential,
    Download,
    Event,
    File,
    Limits,
    Location,
    Media,
    Part,
    Person,
    Polled,
    RawEvent,
    Request,
    Sent,
    Step,
    Template,
    Upload,
)

# Of :attr:`Provider.identity_scope`: the provider gives each person one id.
EVERYWHERE = "*"


class Provider(ABC):
    code: ClassVar[str]  # stable, stored in the database
    label: ClassVar[str]  # the product's name, not translated
    default_api_url: ClassVar[str] = ""
    credentials: ClassVar[tuple[Credential, ...]] = ()
    # how an administrator sets an account up, step by step
    guide: ClassVar[tuple[Step, ...]] = ()
    limits: ClassVar[Limits]
    has_templates: ClassVar[bool] = False
    # delivery ticks by webhook; without them "sent" is the last state
    has_receipts: ClassVar[bool] = False
    # a public comment can be hidden from everybody but its author
    can_hide: ClassVar[bool] = False
    # a public message can be answered in private
    can_reply_privately: ClassVar[bool] = False
    # messages come without the sender's name, which can be asked for
    has_profiles: ClassVar[bool] = False
    # comments come without the text of what they stand under; it can be asked for
    has_posts: ClassVar[bool] = False
    # the credential that says which account of an app an event is for
    # (``RawEvent.address``); empty: every account has a webhook of its own
    address_credential: ClassVar[str] = ""
    # has a webhook, which is registered with "connect" or by hand
    has_webhook: ClassVar[bool] = True
    # asks for what is new by itself (:meth:`poll`)
    polls: ClassVar[bool] = False
    # nothing can be sent: a person answers where the message stands
    answers_elsewhere: ClassVar[bool] = False
    # takes a customer's message as read, shows him that somebody writes
    can_mark_read: ClassVar[bool] = False
    can_type: ClassVar[bool] = False
    # a message comes with a token (:attr:`RawEvent.tokens`) with which it can be
    # answered once, for so many seconds; 0: there are no tokens
    reply_seconds: ClassVar[int] = 0
    # puts an emoji on a customer's message; a page's like is "👍"
    can_react: ClassVar[bool] = False
    # emoji it accepts; empty: every one
    reactions: ClassVar[tuple[str, ...]] = ()
    # changes and takes back what was sent
    can_edit: ClassVar[bool] = False
    # kinds of file whose caption can be changed as well
    edits_captions: ClassVar[tuple[str, ...]] = ()
    can_unsend: ClassVar[bool] = False
    # the sender pays by pieces of a text, so the agent is told their number
    billed_by_segment: ClassVar[bool] = False
    # what it has messages of their own for, beside texts and files: a place
    # ("location"), a contact card ("contact")
    shows: ClassVar[tuple[str, ...]] = ()
    # fetches our files from a link instead of taking an upload
    takes_links: ClassVar[bool] = False
    # each call is kept with its result, for the programmers at the other end
    logs_deliveries: ClassVar[bool] = False
    # what the provider made sure of before it let somebody write (PHONE, EMAIL):
    # such a number is as good as an identity card, one that was typed is not
    proves: ClassVar[tuple[str, ...]] = ()
    # where else an id of :attr:`Person.id` names the same person: on every account
    # (EVERYWHERE), on those with the same value of this credential, or "" on none
    identity_scope: ClassVar[str] = ""
    # of the answer to his challenge (:meth:`handshake`)
    challenge_mime: ClassVar[str] = "text/plain; charset=utf-8"
    # what the provider wants to read when an event was taken: (body, MIME type)
    receipt: ClassVar[tuple[str, str]] = ("OK", "text/plain; charset=utf-8")
    # every English sentence of Note.text and errors, for translation; a channel
    # adds its own: (*Provider.notes, ...)
    notes: ClassVar[tuple[str, ...]] = words.ALL

    def __init__(self, account: Account, http: Http | None = None):
        self.account = account
        self.api_url = (account.api_url or self.default_api_url).rstrip("/")
        if http:
            self.http = http

    @cached_property
    def http(self) -> Http:
        """Made when first used: a webhook checks and cuts without it, and
        opening a session costs more than both."""
        return Http(trusted=self.api_url, secrets=self.secrets())

    def secrets(self) -> tuple[str, ...]:
        """Values that must never be seen: the transport masks them."""
        return tuple(
            self.account.settings[c.name]
            for c in self.credentials
            if c.secret and self.account.settings.get(c.name)
        )

    def setting(self, name: str) -> str:
        """A credential's value. :raises Unverified: it is missing; an account
        without its secrets refuses, it never lets anything through."""
        value = self.account.settings.get(name, "").strip()
        if not value:
            raise Unverified(f"The account has no value for “{name}”.")
        return value

    def credential(self, name: str) -> str:
        """The same for requests to the provider.

        :raises Refused: it is missing, with an alarm on the account
        """
        try:
            return self.setting(name)
        except Unverified:
            missing = Refused(words.NO_CREDENTIAL, alarm=True, values={"name": name})
        raise missing

    @classmethod
    def scope_of(cls, settings: Mapping[str, str]) -> str:
        """Two accounts of this channel with the same answer know a person by the
        same id; "" if the ids are this account's alone."""
        if cls.identity_scope in ("", EVERYWHERE):
            return cls.identity_scope
        return settings.get(cls.identity_scope, "").strip()

    @classmethod
    def is_public(cls, thread: str) -> bool:
        """Whether everybody reads what is said in a conversation."""
        return False

    @classmethod
    def limits_of(cls, thread: str) -> Limits:
        """What the provider accepts in a conversation: a public answer has other
        limits than a direct message."""
        return cls.limits

    @classmethod
    def reactions_of(cls, thread: str) -> tuple[str, ...] | None:
        """Emoji that can be put on a customer's message in a conversation; empty:
        every one; None: none."""
        return cls.reactions if cls.can_react else None

    @classmethod
    def reply_window(cls, thread: str) -> timedelta | None:
        """How long after the customer's last message he may be written freely."""
        return cls.limits_of(thread).reply_window

    # --- webhook: called inside the request, so no network and no database ---

    def handshake(self, request: Request) -> str:
        """Answer the provider's GET challenge with a plain text.

        :raises Unverified: wrong or missing verify token, or no handshake here
        """
        raise Unverified(f"{self.label} does not use a handshake.")

    @abstractmethod
    def verify(self, request: Request) -> None:
        """Check the signature in constant time over the raw body.

        :raises Unverified: wrong or missing signature, or missing secret
        """

    @abstractmethod
    def split(self, body: bytes) -> list[RawEvent]:
        """Cut a verified body into events: all entries, all changes, all
        messages, all statuses. Must accept events it does not understand and
        be quick: nothing else happens before the provider gets its 200.

        :raises MalformedBody: it is not the provider's shape at all
        """

    def receipt_for(self, body: bytes) -> tuple[str, str]:
        """What the provider reads when ``body`` was taken: (text, MIME type)."""
        return self.receipt

    # --- job: understand one stored event -------------------------------------

    @abstractmethod
    def parse(self, payload: dict[str, Any]) -> Event:
        """Turn the payload of one :class:`RawEvent` into a typed event.

        An unknown kind of message is a ``Message`` of kind UNSUPPORTED with a
        ``Note`` that names it, an unknown kind of event is ``Ignored``.

        :raises MalformedEvent: the payload contradicts the provider's shape
        """

    def poll(self, cursor: dict[str, Any]) -> Polled:
        """Ask for what is new since ``cursor`` (of the last poll; {} at first).

        What comes twice is recognised by ``RawEvent.external_id``.

        :raises RetryLater: try again
        :raises Refused: with what to correct
        """
        raise Refused(words.NO_POLL, values={"channel": self.label})

    def poll_place(self) -> str:
        """Whom :meth:`poll` asks, where that is somebody else's server: accounts of
        the same place are asked one after the other. "" for the provider's own."""
        return ""

    def fetch(self, media: Media) -> Download:
        """Get a file of an incoming message.

        :raises RetryLater: try again
        :raises Refused: gone, too large, or a link that must not be followed
        """
        raise Refused(f"{self.label} cannot fetch {media.kind.value} files.")

    def profile(self, person_id: str) -> Person:
        """Who a customer is whose message had only his id.

        :raises RetryLater: try again
        :raises Refused: the provider does not say
        """
        raise Refused(words.NO_PROFILE, values={"channel": self.label})

    def post(self, thread: str) -> About:
        """What a public conversation stands under. Same errors.

        :param thread: of a conversation for which :meth:`is_public`
        """
        raise Refused(words.NO_PROFILE, values={"channel": self.label})

    # --- job: moderate --------------------------------------------------------

    def hide(self, external_id: str, hidden: bool) -> None:
        """Hide a customer's public comment at the provider, or show it again.

        Called after a moderator's decision; doing it twice does no harm.

        :param external_id: the provider's id of the comment
        :raises RetryLater: try again
        :raises Refused: there is no such comment, or it may not be hidden
        """
        raise Refused(words.CANNOT_HIDE, values={"channel": self.label})

    # --- while an agent writes: no network ------------------------------------

    def invitation(self) -> str:
        """The address at which a customer begins a private talk with the account,
        for a public answer; "" if the provider has none."""
        return ""

    # --- job: small signs; nobody retries them, and doing one twice does no harm ---

    def mark_read(self, external_id: str, thread: str, token: str = "") -> None:
        """Tell the customer that his message, and what came before it, was read.

        :param token: that came with it for this, where the provider wants one
        """
        raise Refused(words.NO_SIGNS, values={"channel": self.label})

    def typing(self, external_id: str, thread: str) -> None:
        """Show the customer for a while that an answer is being written.

        :param external_id: of his last message
        """
        raise Refused(words.NO_SIGNS, values={"channel": self.label})

    def react(self, external_id: str, thread: str, emoji: str) -> None:
        """Put an emoji on a message, or take it back with "".

        :raises RetryLater: try again
        :raises Refused: with words for the agent
        """
        raise Refused(words.CANNOT_REACT, values={"channel": self.label})

    def edit(self, external_id: str, thread: str, part: Part) -> None:
        """Change the text of what was sent, or the caption of a file. Same errors."""
        raise Refused(words.CANNOT_EDIT, values={"channel": self.label})

    def unsend(self, external_id: str, thread: str) -> None:
        """Take back what was sent. Same errors."""
        raise Refused(words.CANNOT_EDIT, values={"channel": self.label})

    # --- job: answer ----------------------------------------------------------

    @abstractmethod
    def plan(
        self, html: str, files: list[File], reply_to: str = "", thread: str = ""
    ) -> list[Part]:
        """Turn an agent's answer (Odoo's HTML) into what will be sent.

        Called while the agent waits: no network.

        :param reply_to: the provider's id of the message that is answered; in a
            public thread always given
        :param thread: the conversation it goes into, as ``send`` gets it
        :raises Refused: it does not fit (text, file size or type)
        """

    def ask(
        self,
        html: str,
        choices: tuple[Choice, ...],
        reply_to: str = "",
        thread: str = "",
    ) -> list[Part]:
        """A question with the answers that can be tapped, on the last part; where
        the provider has no place for them, they are written below it as "1. …".

        :raises Refused: as :meth:`plan`
        """
        limits = self.limits_of(thread)
        if offered(choices, limits):
            *parts, last = self.plan(html, [], reply_to, thread)
            return [*parts, replace(last, choices=choices)]
        return self.plan(html + numbered(choices), [], reply_to, thread)

    def place(
        self, location: Location, reply_to: str = "", thread: str = ""
    ) -> list[Part]:
        """A place on a map; where the provider shows none, its name, its address
        and a link to one. Errors as :meth:`plan`."""
        if "location" in self.shows:
            return [Part("location", reply_to=reply_to, location=location)]
        return self.plan(places.as_html(location), [], reply_to, thread)

    def contact(self, card: Card, reply_to: str = "", thread: str = "") -> list[Part]:
        """A contact card, with which somebody can be called; else its lines as a
        text. Errors as :meth:`plan`."""
        if "contact" in self.shows and card.phones:
            return [Part("contact", reply_to=reply_to, card=card)]
        return self.plan(cards.as_html(card), [], reply_to, thread)

    @abstractmethod
    def send(
        self, part: Part, recipient: str, upload: Upload | None, correlation: str
    ) -> Sent:
        """Send one part to ``recipient`` (a ``Person.id`` or a thread).

        :param correlation: opaque id that the provider echoes in its status
            updates where it can
        :raises RetryLater: nothing was sent, later it may work
        :raises Refused: final, with words for the agent
        :raises Uncertain: it may have been sent
        """

    def reply_privately(self, external_id: str, part: Part, correlation: str) -> Sent:
        """Answer a public message where only its author reads it. Same errors.

        :param external_id: the provider's id of the public message
        :return: ``recipient_id`` is the thread in which he will go on
        """
        raise Refused(words.NOT_IN_PRIVATE, values={"channel": self.label})

    # --- administrator's buttons and cron --------------------------------------

    @abstractmethod
    def connect(self, webhook_url: str) -> Connection:
        """Check the credentials and register ``webhook_url``.

        :raises Refused: with what to correct
        :raises RetryLater: the provider cannot be reached now
        """

    @abstractmethod
    def check(self) -> Connection:
        """Ask the provider whether the account works. Same errors."""

    def templates(self) -> list[Template]:
        """All message templates, every page. Same errors, also for a list that is
        not whole: what it lacks would be archived."""
        return []

    def template_part(self, template: Template, values: dict[str, str]) -> Part:
        """A part that sends ``template``; ``values`` by ``Template.variables``.

        :raises Refused: a variable is missing or not allowed
        """
        raise Refused(f"{self.label} has no message templates.")
