"""What the customer does, and what both have said."""

import io

from flask import Response, jsonify, request, send_file

from ..messages import Message
from ..say import CHANNELS, say
from ..tame import text, whole
from ..telegram import channel as telegram_channel
from .base import control, conversation, order, world


@control.post("/say")
def speak() -> Response:
    values = order()
    file = request.files.get("file")
    upload = None
    if file is not None:
        mime = text(values.get("mime")) or file.mimetype
        upload = (file.read(), str(mime), file.filename or "file")
    return jsonify(say(world(), values, upload))


@control.post("/deliver")
def deliver() -> Response:
    """Send what ``"deliver": "hold"`` has kept, ``batch`` events in one body."""
    values = order()
    account = world().account(text(values.get("channel")), text(values.get("account")))
    with world().lock:
        events, account.held = account.held, []
        batch = whole(values, "batch", len(events) or 1, 1)
        channel = CHANNELS[account.provider]
        deliveries = channel.dispatch(world(), account, events, batch)
    return jsonify(events=len(events), deliveries=[d.id for d in deliveries])


@control.get("/conversation")
def show() -> Response:
    return jsonify([m.view() for m in conversation(request.args).messages])


@control.get("/chats")
def chats() -> Response:
    """Every conversation's last line, for the page's list."""
    return jsonify(
        [
            {
                "channel": talk.account_key[0],
                "account": talk.account_key[1],
                "customer": talk.customer_id,
                "last": talk.messages[-1].view(),
                "unread": sum(
                    m.direction == "out" and m.status in ("sent", "delivered")
                    for m in talk.messages
                ),
            }
            for talk in list(world().conversations.values())
            if talk.messages
        ]
    )


@control.get("/outbox")
def outbox() -> Response:
    """All that the business sent, in order; ``channel=`` and ``customer=`` filter."""
    wanted = {
        key: request.args[name]
        for name, key in (("channel", "provider"), ("customer", "customer"))
        if name in request.args
    }
    return jsonify(
        [
            _sent(line)
            for line in list(world().outbox)
            if all(line[key] == value for key, value in wanted.items())
        ]
    )


def _sent(line: dict) -> dict:
    message: Message = line["message"]
    about = {k: line[k] for k in ("provider", "account", "customer", "at")}
    return {**message.view(), **about, "request": message.raw}


@control.post("/read")
def read() -> Response:
    values = order()
    talk = conversation(values)
    account = world().accounts[talk.account_key]
    with world().lock:
        count = CHANNELS[account.provider].read(world(), account, talk)
    return jsonify(read=count)


@control.route("/window", methods=["GET", "POST"])
def window() -> Response:
    """WhatsApp's reply window; ``{"open": true|false|null}`` forces it (or not)."""
    values = request.args if request.method == "GET" else order()
    talk = conversation(values)
    if request.method == "POST":
        wanted = values.get("open")
        talk.window = wanted if isinstance(wanted, bool) else None
    return jsonify(open=world().window_open(talk), forced=talk.window)


@control.post("/block")
def block() -> Response:
    """The customer blocks the business: ``{"channel", "customer", "blocked"}``."""
    values = order()
    talk = conversation(values)
    customer = world().customers[talk.customer_id]
    account = world().accounts[talk.account_key]
    now = values.get("blocked", True) is not False
    with world().lock:
        (customer.blocked.add if now else customer.blocked.discard)(account.provider)
        if account.provider == "telegram":
            update = telegram_channel.blocked(account, customer, now)
            telegram_channel.dispatch(world(), account, [update] if update else [])
    world().live.tell("customers")
    return jsonify(customer.view())


@control.get("/media/<media_id>")
def media(media_id: str) -> Response:
    """A file for the phone page; what a browser could run is only downloaded."""
    found = world().media.find(media_id)
    if found is None:
        raise LookupError("There is no such file.")
    # players ask for parts to learn the length and to jump
    answer = send_file(io.BytesIO(found.content), found.mime, conditional=True)
    answer.headers["Content-Type"] = found.mime
    safe = found.mime.split("/")[0] in ("image", "audio", "video")
    if not safe or "svg" in found.mime:
        answer.headers["Content-Disposition"] = "attachment"
    return answer


@control.get("/events")
def events() -> Response:
    answer = Response(world().live.listen(), mimetype="text/event-stream")
    answer.headers["Cache-Control"] = "no-store"
    return answer
