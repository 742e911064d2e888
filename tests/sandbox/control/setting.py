"""The setting: health, speed, accounts and people."""

from flask import Response, jsonify, request

from .. import contract, families
from ..accounts import MAKERS, WhatsAppAccount
from ..people import new_customer
from ..tame import obj, text
from ..whatsapp.subscribe import handshake
from .base import control, order, world


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
    return jsonify([account.view() for account in list(world().accounts.values())])


@control.post("/accounts")
def add_account() -> tuple[Response, int]:
    values = order()
    makers = MAKERS | families.MAKERS
    maker = makers.get(text(values.get("provider")))
    if maker is None:
        raise ValueError(f"“provider” is one of {', '.join(makers)}.")
    account = maker(values)
    with world().lock:
        world().accounts[account.key] = account
    world().live.tell("accounts")
    return jsonify(account.view()), 201


@control.post("/things")
def add_thing() -> tuple[Response, int]:
    """What the provider would say of an id: ``{"channel", "id", "fields"}``."""
    values = order()
    account = world().account(text(values.get("channel")), text(values.get("account")))
    if not isinstance(account, families.FamilyAccount):
        raise ValueError("This channel has a phone: write from it.")
    account.learn(text(values.get("id")), obj(values.get("fields")))
    return jsonify(ok=True), 201


@control.post("/whatsapp/subscribe")
def subscribe() -> tuple[Response, int]:
    """As in Meta's app dashboard: handshake, then events go there."""
    values = order()
    account = world().account("whatsapp", text(values.get("account")))
    assert isinstance(account, WhatsAppAccount)
    url = text(values.get("callback_url"))
    token = text(values.get("verify_token")) or account.verify_token
    outcome = handshake(url, token)
    if outcome["ok"]:
        account.callback_url = url
        world().live.tell("accounts")
    return jsonify(outcome), 200 if outcome["ok"] else 400


@control.get("/customers")
def customers() -> Response:
    return jsonify([customer.view() for customer in list(world().customers.values())])


@control.post("/customers")
def add_customer() -> tuple[Response, int]:
    with world().lock:
        customer = new_customer(order(), len(world().customers))
        if customer.id in world().customers:
            raise ValueError(f"There is a customer “{customer.id}” already.")
        world().customers[customer.id] = customer
    world().live.tell("customers")
    return jsonify(customer.view()), 201
