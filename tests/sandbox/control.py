"""The strings behind the stage: everything under ``/sandbox/``."""

import io
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request, send_file

from . import contract, faults, flood, raw
from .accounts import MAKERS, WhatsAppAccount
from .messages import Conversation, Message
from .people import new_customer
from .say import CHANNELS, say
from .telegram import channel as telegram_channel
from .webhooks import LOG_LENGTH
from .whatsapp.subscribe import handshake
from .world import World

control = Blueprint("control", __name__, url_prefix="/sandbox")


def world() -> World:
    return current_app.config["WORLD"]


@control.errorhandler(ValueError)
def wrong(error: ValueError) -> tuple[Response, int]:
    return jsonify(error=str(error)), 400


@control.errorhandler(LookupError)
def unknown(error: LookupError) -> tuple[Response, int]:
    return jsonify(error=str(error.args[0] if error.args else error)), 404


def order() -> dict[str, Any]:
    """The JSON object of the request (or its form, with an upload).

    :raises ValueError: something else was sent
    """
    if request.mimetype == "multipart/form-data":
        return dict(request.form)
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise ValueError("Send a JSON object with Content-Type: application/json.")
    return body


def conversation(values: Any) -> Conversation:
    """The conversation that ``channel``, ``customer`` and ``account`` name."""
    account = world().account(str(values.get("channel")), values.get("account"))
    customer = world().customer(str(values.get("customer") or ""))
    return world().conversation(account, customer)


@control.get("/health")
def health() -> Response:
    return jsonify(ok=True, contract=contract.state())


@control.post("/reset")
def reset() -> Response:
    world().reset()
    return jsonify(ok=True)


@control.route("/settings", methods=["GET", "POST"])
def settings() -> Response:
    if request.method == "POST":
        world().settings.change(order())
    return jsonify(vars(world().settings))


@control.get("/accounts")
def accounts() -> Response:
    return jsonify([account.view() for account in world().accounts.values()])


@control.post("/accounts")
def add_account() -> tuple[Response, int]:
    values = order()
    maker = MAKERS.get(str(values.get("provider")))
    if maker is None:
        raise ValueError("“provider” is whatsapp or telegram.")
    account = maker(values)
    with world().lock:
        world().accounts[account.key] = account
    world().live.tell("accounts")
    return jsonify(account.view()), 201


@control.post("/whatsapp/subscribe")
def subscribe() -> tuple[Response, int]:
    """As in Meta's app dashboard: handshake, then events go there."""
    values = order()
    account = world().account("whatsapp", values.get("account"))
    assert isinstance(account, WhatsAppAccount)
    url = str(values.get("callback_url") or "")
    token = str(values.get("verify_token") or account.verify_token)
    outcome = handshake(url, token)
    if outcome["ok"]:
        account.callback_url = url
        world().live.tell("accounts")
    return jsonify(outcome), 200 if outcome["ok"] else 400


@control.get("/customers")
def customers() -> Response:
    return jsonify([customer.view() for customer in world().customers.values()])


@control.post("/customers")
def add_customer() -> tuple[Response, int]:
    with world().lock:
        customer = new_customer(order(), len(world().customers))
        if customer.id in world().customers:
            raise ValueError(f"There is a customer “{customer.id}” already.")
        world().customers[customer.id] = customer
    world().live.tell("customers")
    return jsonify(customer.view()), 201


@control.post("/say")
def speak() -> Response:
    values = order()
    file = request.files.get("file")
    upload = None
    if file is not None:
        mime = values.get("mime") or file.mimetype
        upload = (file.read(), str(mime), file.filename or "file")
    return jsonify(say(world(), values, upload))


@control.post("/deliver")
def deliver() -> Response:
    """Send what ``"deliver": "hold"`` has kept, ``batch`` events in one body."""
    values = order()
    account = world().account(str(values.get("channel")), values.get("account"))
    with world().lock:
        events, account.held = account.held, []
        batch = int(values.get("batch") or len(events) or 1)
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


@control.post("/status")
def status() -> Response:
    """Force a status webhook: ``{"message_id", "status", "errors"?}``."""
    values = order()
    wanted, state = str(values.get("message_id")), str(values.get("status"))
    if state not in ("sent", "delivered", "read", "failed"):
        raise ValueError("“status” is sent, delivered, read or failed.")
    for talk in list(world().conversations.values()):
        message = talk.find(wanted)
        if message and message.direction == "out":
            account = world().accounts[talk.account_key]
            channel = CHANNELS[account.provider]
            with world().lock:
                channel.forced_status(
                    world(), account, talk, message, state, values.get("errors")
                )
            return jsonify(message.view())
    raise LookupError(f"The business has sent no message “{wanted}”.")


@control.post("/window")
def window() -> Response:
    """Open or close WhatsApp's reply window: ``{"open": true|false|null}``."""
    values = order()
    talk = conversation(values)
    talk.window = values.get("open")
    return jsonify(open=world().window_open(talk))


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


@control.get("/webhooks")
def webhooks() -> Response:
    """Counters and the deliveries log; ``?last=`` limits the log."""
    postman = world().postman
    last = max(1, request.args.get("last", LOG_LENGTH, int))
    return jsonify(
        counters=postman.counters,
        waiting=postman.waiting(),
        deliveries=[delivery.view() for delivery in list(postman.log)[-last:]],
    )


@control.route("/flood", methods=["GET", "POST"])
def run_flood() -> tuple[Response, int]:
    """Start one, or see how far it is; ``?expected=1`` adds every text."""
    if request.method == "POST":
        return jsonify(flood.start(world(), order()).view()), 202
    running = world().flood
    if running is None:
        raise LookupError("No flood has been started.")
    more = {"expected": running.expected} if request.args.get("expected") else {}
    return jsonify(running.view() | more), 200


@control.post("/post")
def post_raw() -> tuple[Response, int]:
    """Post any body once, as the provider would or not quite. See README.md."""
    values = order()
    account = world().account(str(values.get("channel")), values.get("account"))
    return jsonify(raw.post(account, values)), 200


@control.post("/redeliver")
def redeliver() -> Response:
    """Send accepted webhooks again: ``{"id"}`` of a delivery, or all of them."""
    wanted = order().get("id")
    again = [
        world().postman.send(replace(d, attempts=[], on_try=None, id=0))
        for d in list(world().postman.log)
        if d.accepted and wanted in (None, d.id)
    ]
    return jsonify(deliveries=[d.id for d in again])


@control.get("/faults")
def list_faults() -> Response:
    return jsonify(world().faults.views())


@control.post("/faults")
def add_fault() -> tuple[Response, int]:
    fault = world().faults.add(faults.make(order()))
    world().live.tell("faults")
    return jsonify(fault.view()), 201


@control.delete("/faults")
def remove_faults() -> Response:
    """All of them, or the one of ``?id=``."""
    world().faults.clear(request.args.get("id", None, int))
    world().live.tell("faults")
    return jsonify(ok=True)


@control.get("/violations")
def violations() -> Response:
    return jsonify(list(world().violations))


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
