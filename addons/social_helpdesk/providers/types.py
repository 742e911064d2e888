"""The words in which a provider and the help desk speak to each other.

All plain, frozen values. Times are aware datetimes in UTC, sizes are bytes.
"""

from collections.abc import Mapping, MutableMapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

# --- configuration -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Credential:
    """One value an administrator has to give for an account.

    ``label`` and ``help`` are English source texts; the add-on translates them.
    ``secret`` values are write-only in the user interface.
    ``generate`` values (a webhook secret) are made by us when left empty.
    ``copyable`` ones are made by us to be pasted at the provider: an administrator
    may copy them, although they are secret.
    """

    name: str
    label: str
    help: str = ""
    secret: bool = True
    required: bool = True
    generate: bool = False
    copyable: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of setting an account up: an English source text, and where it is
    done."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the provider accepts; enforced before it does."""

    text: int
    caption: int
    reply_window: timedelta | None = None
    # answers that a message can offer to be tapped; more are written as numbers
    choices: int = 0
    choice: int = 0  # characters on one of them
    # kind of file -> bytes; kinds: image, audio, video, document, sticker
    files: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Account:
    """A connected number, page or bot, with its credentials resolved.

    ``api_url`` is the provider's own address unless an administrator points
    elsewhere (an on-premises gateway, the sandbox).

    ``memory`` is what the adapter wants to find again when it sends the next time.
    It is a cache: what was put in may be gone at any time.
    """

    settings: Mapping[str, str]
    api_url: str = ""
    webhook_url: str = ""  # where this account's events are to be delivered
    memory: MutableMapping[str, str] = field(default_factory=dict, compare=False)

    def __repr__(self) -> str:  # credentials never reach a log
        return f"Account({self.api_url or 'default'})"


@dataclass(frozen=True, slots=True)
class Request:
    """A webhook request as it arrived. Header names are lower case."""

    method: str
    url: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes


# --- what came in ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RawEvent:
    """One event cut out of a webhook body, before anybody understands it.

    ``external_id`` is unique per account: the provider's id where it has one
    (``status`` events: id + status), else a digest of the payload.
    ``thread`` names the conversation (see :class:`Message`); events of one
    thread are processed in the order of (``occurred_at``, ``sequence``).
    ``payload`` can be parsed alone: what the body says once for all its events
    (metadata, contacts) is copied into it. JSON types only.

    ``tokens`` came along with a message, and with them it is answered ("reply"),
    quoted ("quote") or marked as read ("read"). They are as good as credentials,
    so they stand here and not in the payload, which people may look at.
    """

    external_id: str
    thread: str
    occurred_at: datetime | None
    payload: dict[str, Any]
    sequence: int = 0
    address: str = ""  # the account it is for, where one app serves several
    tokens: Mapping[str, str] = field(default_factory=dict, repr=False)


class Kind(str, Enum):
    """What a message is, in the words the field uses."""

    TEXT = "text"
    IMAGE = "image"
    AUDIO = "audio"
    VOICE = "voice"
    VIDEO = "video"
    DOCUMENT = "document"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACT = "contact"
    CHOICE = "choice"  # a button or a list row was pressed
    TEMPLATE = "template"
    SYSTEM = "system"  # e.g. "changed number"
    UNSUPPORTED = "unsupported"


class Status(str, Enum):
    """Delivery states in their rank; FAILED stands outside of it."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"

    @property
    def rank(self) -> int:
        return list(Status).index(self)


# What can be proved of a person: he was reached there before he could write.
PHONE, EMAIL = "phone", "email"


@dataclass(frozen=True, slots=True)
class Person:
    """A customer as the provider knows him.

    ``id`` addresses him in an answer. ``other_ids`` are further ids of the same
    person (WhatsApp: phone and business-scoped user id).
    ``phone`` is E.164 ("+5511999998888") or "", ``email`` an address or "".
    ``proven`` names what the source has made sure of for this person alone
    (:data:`PHONE`, :data:`EMAIL`); see also :attr:`Provider.proves`.
    """

    id: str
    name: str = ""
    username: str = ""
    phone: str = ""
    other_ids: tuple[str, ...] = ()
    language: str = ""
    email: str = ""
    proven: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Media:
    """A file that can be fetched with :meth:`Provider.fetch`.

    ``ref`` is what the provider needs to find it (media id, file id, URL).
    ``error`` is set when the provider sent an error in place of the file.
    """

    kind: Kind
    ref: str = ""
    mime: str = ""
    name: str = ""
    size: int | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    latitude: float
    longitude: float
    name: str = ""
    address: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A contact card: name, phones (as sent), e-mails, organisation."""

    name: str
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should read about a message, translatable.

    ``text`` is an English source sentence with ``%(name)s`` places, ``values``
    fills them. E.g. ``Note("Forwarded many times")``,
    ``Note("Unsupported message: %(type)s", {"type": "order"})``.
    All texts a provider uses are listed in ``Provider.notes`` for translation.
    """

    text: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class About:
    """What a public message stands under: a page's post, a picture, a review.

    ``text`` is plain, ``author`` is empty when it is the account's own.
    """

    id: str
    text: str = ""
    url: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a customer, or of the business from its own app (``echo``).

    ``thread`` is the conversation: the person's id in a direct chat, the
    group's id in a group. A ``public`` message (a comment, a mention) has a
    thread of its author and of what it stands ``about``, which is never that of
    his direct chat: everybody reads the answer (:meth:`Provider.is_public`).
    ``url`` is where it can be seen.

    ``text`` is plain, ``html`` is the same with the sender's formatting, escaped
    and safe (b, i, s, u, code, pre, blockquote, a, br only).
    """

    external_id: str
    thread: str
    sender: Person
    occurred_at: datetime
    kind: Kind
    text: str = ""
    html: str = ""
    sequence: int = 0
    media: tuple[Media, ...] = ()
    location: Location | None = None
    cards: tuple[Card, ...] = ()
    reply_to: str = ""
    notes: tuple[Note, ...] = ()
    echo: bool = False
    group: str = ""  # the group's title when the thread is a group
    public: bool = False
    about: About | None = None
    url: str = ""
    # of kind CHOICE, if it was ours: ``Choice.id`` as we gave it; or its place from
    # 1, where the question is kept for several messages and ``reply_to`` names one
    choice: str = ""


@dataclass(frozen=True, slots=True)
class StatusUpdate:
    """A tick. ``correlation`` is what we gave when sending, if echoed.

    Of a failure, ``text`` is our sentence (one of ``Provider.notes``) and
    ``details`` the provider's own words with its link, as they came;
    ``alarm`` says that the account itself is broken, as in :class:`Refused`.
    """

    external_id: str
    status: Status
    occurred_at: datetime
    correlation: str = ""
    code: str = ""
    text: str = ""
    window_closed: bool = False
    recipient: Person | None = None
    details: str = ""
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class Watermark:
    """Everything that was sent into a thread ``until`` then has this status."""

    external_id: str
    thread: str
    status: Status
    until: datetime
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class Consent:
    """A customer wants no messages any more (STOP, blocked, unsubscribed), or
    wants them again. ``reason`` says how he said so."""

    external_id: str
    thread: str
    sender: Person
    occurred_at: datetime
    allowed: bool
    reason: Note


@dataclass(frozen=True, slots=True)
class Reaction:
    """``emoji`` is "" when the reaction was taken back."""

    external_id: str
    target: str
    thread: str
    sender: Person
    occurred_at: datetime
    emoji: str


@dataclass(frozen=True, slots=True)
class Edit:
    external_id: str
    target: str
    thread: str
    sender: Person
    occurred_at: datetime
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Deletion:
    external_id: str
    target: str
    thread: str
    sender: Person
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class NewIdentity:
    """A customer changed his number: ``old_id`` is now ``person``."""

    external_id: str
    thread: str
    old_id: str
    person: Person
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class Moved:
    """A conversation goes on under another thread: a group became a supergroup."""

    external_id: str
    thread: str
    new_thread: str


@dataclass(frozen=True, slots=True)
class AccountNotice:
    """The provider says something about the account itself.

    ``level``: "info" or "alarm". ``refresh_templates``: their state changed.
    ``text`` has ``%(name)s`` places that ``values`` fills, as in :class:`Note`.
    """

    external_id: str
    text: str
    level: str = "info"
    refresh_templates: bool = False
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ignored:
    """Understood, and nothing to show: ``reason`` is kept with the event."""

    external_id: str
    reason: str


Event = (
    Message
    | StatusUpdate
    | Watermark
    | Consent
    | Reaction
    | Edit
    | Deletion
    | NewIdentity
    | Moved
    | AccountNotice
    | Ignored
)

# --- what goes out -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class File:
    """A file of an answer; ``index`` is its place in the agent's message."""

    index: int
    name: str
    mime: str
    size: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that the customer can tap, or with ``url`` a link to open.

    ``id`` comes back in :attr:`Message.choice`: letters, digits, ``-``, ``_`` and
    ``:``, at most 40.
    """

    id: str
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One message as the provider will get it. JSON types only (``as_dict``).

    An agent's answer becomes one or more parts: a long text is split, every
    file is a part of its own (the text is the first one's caption if it fits).

    ``album`` are further files that the provider shows together with this one:
    all go in one request, each is a message of its own there, with its own number.
    ``tokens`` (:class:`RawEvent`) are there while it is sent, and stored nowhere.
    """

    kind: str  # a value of Kind
    text: str = ""  # already in the provider's own formatting
    file: int | None = None  # File.index
    reply_to: str = ""
    template: dict[str, Any] | None = None
    private: bool = False  # answers the public message ``reply_to`` in private
    choices: tuple[Choice, ...] = ()  # never more than ``Limits.choices``
    location: Location | None = None  # of kind LOCATION
    card: Card | None = None  # of kind CONTACT
    album: tuple["Part", ...] = ()  # each with a file, none with an album
    tokens: Mapping[str, str] = field(default_factory=dict, repr=False)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Part":
        values = dict(values)
        values["choices"] = tuple(Choice(**c) for c in values.get("choices", ()))
        values["album"] = tuple(cls.from_dict(p) for p in values.get("album", ()))
        if values.get("location"):
            values["location"] = Location(**values["location"])
        if card := values.get("card"):
            phones, emails = tuple(card["phones"]), tuple(card["emails"])
            values["card"] = Card(**{**card, "phones": phones, "emails": emails})
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Upload:
    """The content that goes with a part. ``url`` is where the provider can get it
    for a day, if his adapter asks for it (:attr:`Provider.takes_links`). ``album``
    belongs to :attr:`Part.album`, in its order."""

    name: str
    mime: str
    content: bytes
    url: str = ""
    album: tuple["Upload", ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """The provider took it. ``recipient_id`` if it knows him by another id;
    ``album`` are the numbers of the part's further files, in their order."""

    external_id: str
    status: Status = Status.SENT
    recipient_id: str = ""
    album: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Download:
    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Template:
    """A message approved by the provider beforehand.

    ``body``, ``header``, ``footer`` hold ``{{1}}``-like (or named) places;
    ``variables`` lists them in order as "header:1", "body:1", "body:name",
    "button:0:1". ``components`` is the provider's own description.
    """

    external_id: str
    name: str
    language: str
    category: str
    status: str  # approved, pending, rejected, paused, disabled
    body: str
    header: str = ""
    header_kind: str = "text"  # text, image, video, document, location
    footer: str = ""
    buttons: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    components: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the set-up's test: ``what`` was looked at, and if it is not well
    ``todo`` says what to do about it. Both are listed in ``Provider.notes``."""

    what: Note
    todo: Note | None = None

    @property
    def well(self) -> bool:
        return self.todo is None


@dataclass(frozen=True, slots=True)
class Connection:
    """What the provider says of a working account: ``name`` as customers see
    it, ``address`` ("+55 11 4002-8922", "@bot"), ``warnings`` for a person.

    ``checks`` are what was looked at one by one, ``expires_at`` is when the token
    ends (None: never, or not said), ``quality`` the provider's own word for the
    number's standing ("GREEN", "HIGH").
    """

    name: str
    address: str
    warnings: tuple[Note, ...] = ()
    checks: tuple[Check, ...] = ()
    expires_at: datetime | None = None
    quality: str = ""


@dataclass(frozen=True, slots=True)
class Polled:
    """What a poll brought. ``cursor`` is given to the next one (JSON types only),
    which comes after ``wait`` at the earliest."""

    events: tuple[RawEvent, ...]
    cursor: dict[str, Any]
    wait: timedelta = timedelta(minutes=1)
