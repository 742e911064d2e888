"""What is known while a batch of events is applied: read once, written once.

Fifty messages of one lane are often ten of the same five customers. Contacts,
conversations, tickets and messages that the batch speaks of are looked up in a
handful of queries, whatever its size.
"""

from dataclasses import dataclass
from typing import Any

from odoo.fields import Domain

from ..providers.phone import twins
from ..providers.types import Message
from .known_partners import KnownPartners
from .text import fits


@dataclass
class Post:
    """A message that has found its place and waits to be written."""

    event: Any  # helpdesk.social.event
    message: Any  # providers.types.Message
    conversation: Any
    contact: Any
    ticket: Any
    values: dict[str, Any]  # of the mail.message
    chosen: Any = None  # providers.types.Choice

    @property
    def external_id(self) -> str:
        return fits(self.message.external_id)


class Known(dict):
    """Messages by the provider's id, in the length in which it is stored."""

    def __getitem__(self, key):
        return super().__getitem__(fits(key))

    def __setitem__(self, key, value):
        return super().__setitem__(fits(key), value)

    def __contains__(self, key):
        return super().__contains__(fits(key))

    def get(self, key, default=None):
        return super().get(fits(key), default)


def ids_of(person):
    """A person's ids. One that is his number may be stored in another form of it:
    WhatsApp knows some Brazilians with the ninth digit and some without."""
    ids = (person.id, *person.other_ids)
    numbers = [i for i in ids if person.phone in (i, f"+{i}")]
    return (*ids, *(twin for number in numbers for twin in twins(number)))


class Batch:
    """
    :param account: ``_inbound_env()`` of one account
    :param events: the typed events that will be applied
    """

    def __init__(self, account, events):
        self.account = account
        self.env = account.env
        self.touched = self.env["helpdesk.ticket"]
        self.known = Known(self._find_messages(events))
        self._posts: list[Post] = []
        self._tickets: dict[int, Any] = {}
        self._post_values: dict[tuple[int, int], dict[str, Any]] = {}
        self._followed: dict[int, bool] = {}
        self._contacts = self._find_contacts(events)
        self._partners = self._find_partners(events)
        # of whom something is new that may tell who they are
        self._curious = self.env["helpdesk.social.contact"]
        self._clues = set()
        self._conversations = self._find_conversations(events)
        self._hold_tickets()

    # --- read once ------------------------------------------------------------------

    def _find_messages(self, events):
        ids = {
            fits(value)
            for event in events
            for name in ("external_id", "target", "reply_to")
            if (value := getattr(event, name, ""))
        }
        return self.env["helpdesk.social.message"]._targets(self.account, ids)

    def _find_contacts(self, events):
        people = [p for e in events if (p := getattr(e, "sender", None))]
        ids = {fits(i) for p in people for i in ids_of(p)}
        found = self.env["helpdesk.social.contact"]._of(self.account, ids)
        by_id = {c.other_id: c for c in found if c.other_id}
        return by_id | {c.external_id: c for c in found}

    def _find_partners(self, events):
        new = [
            event.sender
            for event in events
            if isinstance(event, Message) and not self.contact_if_known(event.sender)
        ]
        return KnownPartners(self.account, new)

    def _find_conversations(self, events):
        threads = {fits(t) for e in events if (t := getattr(e, "thread", ""))}
        contacts = {c.id for c in self._contacts.values()}
        domain = Domain("thread", "in", list(threads))
        direct = Domain("group", "=", False) & Domain("public", "=", False)
        domain |= Domain("contact_id", "in", list(contacts)) & direct
        return self.env["helpdesk.social.conversation"].search(
            Domain("account_id", "=", self.account.id) & domain
        )

    def _hold_tickets(self):
        """Nobody closes, merges or deletes these tickets until the batch is written.

        In REPEATABLE READ a ticket that an agent has just closed still looks open
        and would swallow the message. To lock a row that is newer than the
        snapshot is a conflict: the batch is done again and sees it closed.
        """
        tickets = self._conversations.ticket_id
        tickets |= tickets.duplicate_id
        if tickets:
            self.env.cr.execute(
                "SELECT id FROM helpdesk_ticket WHERE id = ANY(%s) FOR SHARE",
                [tickets.ids],
                log_exceptions=False,  # expected, and done again
            )

    # --- who, where -------------------------------------------------------------------

    def contact_if_known(self, person):
        """By the id that addresses him first, then by his other ones."""
        for external_id in ids_of(person):
            if contact := self._contacts.get(fits(external_id)):
                return contact
        return None

    def contact(self, person):
        """Only for a message: nothing less makes somebody a contact."""
        contact = self.contact_if_known(person)
        if contact:
            is_new = contact._learn(person)
        else:
            contacts, is_new = self.env["helpdesk.social.contact"], True
            contact = contacts.create(contacts._values(self.account, person))
            contact._partner(self._partners)
            contact._enqueue_profile()
        if is_new:
            self._curious |= contact
        for external_id in (person.id, *person.other_ids):
            self._contacts.setdefault(fits(external_id), contact)
        return contact

    def listen(self, contact, message):
        """Note what a customer says of himself."""
        for said in self.env["helpdesk.social.clue"]._heard(contact, message):
            self._clues.add((contact.id, said.kind, said.value))

    def wonder(self):
        """Who the new ones may be is found out later, when nobody waits."""
        told = self.env["helpdesk.social.clue"]._keep(self._clues)
        (self._curious | told)._enqueue_suggest()

    def conversation(self, contact, message):
        """The conversation a message belongs to.

        A direct chat stays one conversation when its thread gets another name
        (a phone number learned after a user id): then the contact decides.
        """
        thread = fits(message.thread)
        found = self._conversations.filtered(lambda c: c.thread == thread)
        if not found and not message.group and not message.public:
            found = self._conversations.filtered(
                lambda c: c.contact_id == contact and not c.group and not c.public
            )
        if not found:
            found = self._conversations.create(
                {
                    "account_id": self.account.id,
                    "contact_id": contact.id,
                    "thread": thread,
                    "group": fits(message.group) or False,
                    **self._conversations._public_values(message),
                }
            )
            found._enqueue_about()
            self._conversations |= found
        return found[0]

    def thread(self, name):
        """The conversation of a thread, empty if nobody has written there."""
        return self._conversations.filtered(lambda c: c.thread == fits(name))

    def target(self, event):
        """The message that a reaction, an edit or a deletion is about: one of the
        sender's own conversation, whatever id he names."""
        found = self.known.get(event.target)
        conversation = found and found.conversation_id
        if not conversation or conversation.thread == fits(event.thread):
            return found
        contact = self.contact_if_known(event.sender)
        return (
            None if conversation.group or conversation.contact_id != contact else found
        )

    def quoted(self, conversation, message):
        """The message that a customer answers, if it is of this conversation."""
        found = self.known.get(message.reply_to) if message.reply_to else None
        return found if found and found.conversation_id == conversation else None

    def ticket(self, conversation, message):
        """The same for the whole batch: found, reopened or opened once."""
        if conversation.id not in self._tickets:
            self._tickets[conversation.id] = conversation._ticket_for(message)
        return self._tickets[conversation.id]

    # --- written together ------------------------------------------------------------

    def post_values(self, ticket, author):
        """What all messages of one author in one ticket have in common."""
        key = (ticket.id, author.id)
        if key not in self._post_values:
            self._post_values[key] = ticket._social_post_values(author)
        return self._post_values[key]

    def has_followers(self, ticket):
        if ticket.id not in self._followed:
            self._followed[ticket.id] = bool(ticket.message_follower_ids)
        return self._followed[ticket.id]

    def is_pending(self, message):
        """Whether it is one of those not written yet, or quotes one of them."""
        waiting = {post.external_id for post in self._posts}
        return bool(waiting & {fits(message.external_id), fits(message.reply_to)})

    def add(self, post):
        self._posts.append(post)

    def take(self):
        posts, self._posts = self._posts, []
        return posts
