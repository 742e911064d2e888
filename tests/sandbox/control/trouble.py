"""What goes wrong, what goes over the wire, and a lot of it."""

from dataclasses import replace

from flask import Response, jsonify, request

from .. import faults, flood, raw
from ..say import CHANNELS
from ..tame import objs, text
from ..webhooks import LOG_LENGTH
from .base import control, order, world


@control.post("/status")
def status() -> Response:
    """Force a status webhook: ``{"message_id", "status", "errors"?}``."""
    values = order()
    wanted, state = text(values.get("message_id")), text(values.get("status"))
    if state not in ("sent", "delivered", "read", "failed"):
        raise ValueError("“status” is sent, delivered, read or failed.")
    for talk in list(world().conversations.values()):
        message = talk.find(wanted)
        if message and message.direction == "out":
            account = world().accounts[talk.account_key]
            channel = CHANNELS[account.provider]
            with world().lock:
                channel.forced_status(
                    world(), account, talk, message, state, objs(values.get("errors"))
                )
            return jsonify(message.view())
    raise LookupError(f"The business has sent no message “{wanted}”.")


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


@control.post("/post")
def post_raw() -> tuple[Response, int]:
    """Post any body once, as the provider would or not quite. See README.md."""
    values = order()
    account = world().account(text(values.get("channel")), text(values.get("account")))
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
