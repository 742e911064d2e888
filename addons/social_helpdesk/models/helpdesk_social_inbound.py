from datetime import timezone

from markupsafe import Markup

from odoo import api, models
from odoo.fields import Domain

from ..providers.types import (
    AccountNotice,
    Deletion,
    Edit,
    Ignored,
    Message,
    Moved,
    NewIdentity,
    Note,
    Reaction,
    Status,
    StatusUpdate,
    Watermark,
)
from ..wording import say
from .inbound_batch import Batch, Post
from .text import QUOTE_LENGTH, excerpt, fits


class HelpdeskSocialInbound(models.AbstractModel):
    """Applies what the providers' adapters understood to tickets."""

    _name = "helpdesk.social.inbound"
    _description = "Social Inbound"

    @api.model
    def _apply(self, account, pairs):
        """Apply typed events in the given order, in one transaction.

        :param account: ``_inbound_env()`` of one account
        :param pairs: ``[(event record, typed event)]``
        """
        self = self.with_env(account.env)
        batch = Batch(account, [understood for _event, understood in pairs])
        for event, understood in pairs:
            if not isinstance(understood, Message) or batch.is_pending(understood):
                self._write_posts(batch)
            handler = getattr(self, self._handlers()[type(understood)])
            result = handler(account, event, understood, batch)
            if isinstance(result, str):
                missing = getattr(understood, "target", None)
                event._settle(ignored=result, waits_for=missing)
            elif result:
                event._settle(message=result)
                batch.touched |= result.ticket_id
        self._write_posts(batch)
        batch.wonder()
        account._tell_tickets(batch.touched)

    @api.model
    def _handlers(self):
        return {
            Message: "_on_message",
            StatusUpdate: "_on_status",
            Watermark: "_on_watermark",
            Reaction: "_on_reaction",
            Edit: "_on_edit",
            Deletion: "_on_deletion",
            NewIdentity: "_on_new_identity",
            Moved: "_on_moved",
            AccountNotice: "_on_notice",
            Ignored: "_on_ignored",
        }

    # --- messages -----------------------------------------------------------------

    @api.model
    def _on_message(self, account, event, message, batch):
        """Find out where a message belongs; it is written with its batch."""
        if message.external_id in batch.known:
            return batch.known[message.external_id]
        contact = batch.contact(message.sender)
        if contact.blocked:
            return "The contact is blocked"
        if not message.echo:
            batch.listen(contact, message)
        conversation = batch.conversation(contact, message)
        if message.echo and (own := self._own_echo(conversation, message)):
            batch.known[message.external_id] = own
            return own
        ticket = batch.ticket(conversation, message)
        quoted = batch.quoted(conversation, message)
        values = batch.post_values(ticket, self._author(account, contact, message))
        chosen = None if message.echo else conversation._chosen(message)
        body = self._body(message, quoted)
        if chosen:
            body += self._chosen_line(chosen, message)
        batch.add(
            Post(
                event,
                message,
                conversation,
                contact,
                ticket,
                {
                    **values,
                    "body": body,
                    "date": event._at(),
                    "parent_id": quoted.mail_message_id.id if quoted else False,
                },
                chosen,
            )
        )
        return None

    @api.model
    def _own_echo(self, conversation, message):
        """An echo of what we are sending right now, faster than the answer to our
        call: it says the provider's id, and nothing else is new."""
        waiting = self.env["helpdesk.social.message"].search(
            [
                ("conversation_id", "=", conversation.id),
                ("direction", "=", "out"),
                ("state", "in", ("sending", "sent")),
                ("external_id", "=", False),
            ],
            order="id",
        )
        same = waiting.filtered(lambda own: own._is_echoed_by(message))[:1]
        if same:
            same.external_id = fits(message.external_id)
            same._advance(Status.SENT)
        return same

    @api.model
    def _write_posts(self, batch):
        """Everything that ``message_post`` does, for many messages at once.

        One by one, each post reads its thread's history, its company's mail
        domain and its followers; here these are read once per ticket.
        """
        posts = batch.take()
        if not posts:
            return
        tickets = self.env["helpdesk.ticket"]
        written = tickets._message_create([post.values for post in posts])
        records = self.env["helpdesk.social.message"].create(
            [
                values
                for post, mail_message in zip(posts, written, strict=True)
                for values in self._message_values(post, mail_message)
            ]
        )
        firsts = records.filtered("external_id").grouped("external_id")
        for post, mail_message in zip(posts, written, strict=True):
            first = firsts[post.external_id]
            batch.known[post.message.external_id] = first
            batch.touched |= post.ticket
            post.event._settle(message=first)
            post.conversation._heard(post.event._at(), post.message.echo)
            self._notify(batch, post, mail_message)
        for account, ours in records.grouped("account_id").items():
            account._triage(ours.mail_message_id)
        posts[0].event._came(batch.account, list(firsts))
        records.filtered("media")._enqueue_media()

    @api.model
    def _notify(self, batch, post, mail_message):
        """Tell the followers, as ``message_post`` does; most new tickets have
        none yet."""
        ticket = post.ticket._social_quietly()
        ticket._message_post_after_hook(mail_message, post.values)
        if batch.has_followers(ticket):
            ticket._notify_thread(mail_message, post.values)

    @api.model
    def _author(self, account, contact, message):
        """The customer; for the business's own phone app, the company."""
        if message.echo:
            return account.company_id.partner_id
        return contact._partner()

    @api.model
    def _message_values(self, post, mail_message):
        """One record per file, the first one standing for the message."""
        message = post.message
        common = {
            "conversation_id": post.conversation.id,
            "account_id": post.conversation.account_id.id,
            "contact_id": post.contact.id,
            "ticket_id": post.ticket.id,
            "mail_message_id": mail_message.id,
            "direction": "out" if message.echo else "in",
            "state": "sent" if message.echo else "received",
            "kind": message.kind.value,
            "occurred_at": post.event._at(),
            "sequence": post.event.sequence,
        }
        values = [{**common, "external_id": post.external_id}]
        values += [dict(common) for _media in message.media[1:]]
        for target, media in zip(values, message.media, strict=False):
            target.update(self.env["helpdesk.social.message"]._media_values(media))
        return values

    # --- events about a message -------------------------------------------------------

    @api.model
    def _on_status(self, account, event, update, batch):
        record = self._of_status(account, update, batch)
        if not record or record.direction != "out":
            return "Status of a message that was not sent from here"
        if not record.external_id:
            record.external_id = fits(update.external_id)
            batch.known[update.external_id] = record
        text = update.text and self.env._(update.text)
        error = " ".join(filter(None, [text, update.details]))
        record._advance(update.status, update.code, error)
        if update.alarm:
            account._raise_alarm(error)
        if update.recipient:
            record.contact_id._learn(update.recipient)
        return record

    @api.model
    def _on_watermark(self, account, event, mark, batch):
        """What left before it has this state at least; what leaves later does not."""
        conversation = batch.thread(mark.thread)
        until = mark.until.astimezone(timezone.utc).replace(tzinfo=None)
        lower = [s.value for s in Status if 0 < s.rank < mark.status.rank]
        left = Domain("sending_since", "<=", until) | (
            Domain("sending_since", "=", False) & Domain("occurred_at", "<=", until)
        )
        messages = self.env["helpdesk.social.message"].search(
            Domain("conversation_id", "in", conversation.ids)
            & Domain("direction", "=", "out")
            & Domain("state", "in", lower)
            & Domain("external_id", "!=", False)
            & left
        )
        for message in messages:
            message._advance(mark.status)
        batch.touched |= messages.ticket_id
        return f"{mark.status.value} until {until}"

    @api.model
    def _of_status(self, account, update, batch):
        """By the provider's id, else by what we gave him when sending: the
        webhook can be faster than the answer to our own call."""
        found = batch.known.get(update.external_id)
        if found or not update.correlation:
            return found
        return self.env["helpdesk.social.message"].search(
            [
                ("correlation", "=", fits(update.correlation)),
                ("account_id", "=", account.id),
            ],
            limit=1,
        )

    @api.model
    def _on_reaction(self, account, event, reaction, batch):
        target = batch.target(reaction)
        contact = batch.contact_if_known(reaction.sender)
        if not target or not contact:
            return "Reaction to a message that is not here"
        post, partner = target.mail_message_id.sudo(), contact._partner()
        post.reaction_ids.filtered(lambda r: r.partner_id == partner).unlink()
        if reaction.emoji and post:
            self.env["mail.message.reaction"].sudo().create(
                {
                    "message_id": post.id,
                    "partner_id": partner.id,
                    "content": fits(reaction.emoji, 32),
                }
            )
        return target

    @api.model
    def _on_edit(self, account, event, edit, batch):
        target = batch.target(edit)
        post = target and target.mail_message_id.sudo()
        if not post:
            return "Edit of a message that is not here"
        before = excerpt(post.body, QUOTE_LENGTH)
        post.body = Markup("<div>%s</div>%s") % (
            Markup(edit.html) if edit.html else edit.text,
            self._small(self.env._("Edited by the customer. Before: “%s”", before)),
        )
        account._triage(post)
        return target

    @api.model
    def _on_deletion(self, account, event, deletion, batch):
        target = batch.target(deletion)
        post = target and target.mail_message_id.sudo()
        if not post:
            return "Deletion of a message that is not here"
        post.attachment_ids.unlink()
        # Nor is a file fetched that was still to come.
        post.social_message_ids.write(
            {"media": False, "media_state": False, "error": False}
        )
        post.body = self._small(self.env._("The customer deleted this message."))
        account._triage(post)
        return target

    @api.model
    def _on_new_identity(self, account, event, change, batch):
        old_id = fits(change.old_id)
        old = self.env["helpdesk.social.contact"]._of(account, [old_id])[:1]
        if not old:
            return "Unknown customer changed his number"
        old._become(old_id, change.person)
        for conversation in old.conversation_ids.filtered("ticket_id"):
            conversation.ticket_id.message_post(
                body=self.env._(
                    "The customer changed his number to %s.",
                    change.person.phone or change.person.id,
                ),
                subtype_xmlid="mail.mt_note",
            )
        return "The customer changed his number"

    @api.model
    def _on_moved(self, account, event, moved, batch):
        """A group and its topics go on under the new address."""
        old, new = fits(moved.thread), fits(moved.new_thread)
        conversations = self.env["helpdesk.social.conversation"]
        mine = Domain("account_id", "=", account.id)
        found = conversations.search(
            mine & (Domain("thread", "=", old) | Domain("thread", "=like", f"{old}:%"))
        )
        taken = conversations.search(
            mine & Domain("thread", "in", [_moved(c.thread, old, new) for c in found])
        )
        known = set(taken.mapped("thread"))
        for conversation in found:
            thread = _moved(conversation.thread, old, new)
            if thread not in known:
                conversation.thread = thread
        return f"{old} goes on as {new}"

    # --- events about the account ---------------------------------------------------

    @api.model
    def _on_notice(self, account, event, notice, batch):
        text = say(self.env, Note(notice.text, notice.values))
        if notice.level == "alarm":
            account._raise_alarm(text)
        if notice.refresh_templates:
            account.with_delay(
                identity_key=f"social_templates:{account.id}"
            )._sync_templates()
        return text

    @api.model
    def _on_ignored(self, account, event, ignored, batch):
        return ignored.reason


def _moved(thread, old, new):
    return new + thread.removeprefix(old)
