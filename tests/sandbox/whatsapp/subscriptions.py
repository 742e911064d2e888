"""Where the account's webhooks go."""

from flask import Response, g, jsonify

from ..accounts import WhatsAppAccount
from ..contract.meta import judge_number, judge_subscription
from .base import graph, json_body, keep_contract, mine, world
from .errors import GraphError
from .subscribe import handshake

NOT_SUBSCRIBED = (
    "(#100) Before override the current callback uri, your app must be subscribed "
    "to receive messages for WhatsApp Business Account"
)


@graph.get("/<version:version>/<waba>/subscribed_apps")
def subscriptions(version: str, waba: str) -> Response:
    account = mine(waba, g.account.waba_id)
    return jsonify({"data": [_app(account)] if account.subscribed else []})


@graph.post("/<version:version>/<waba>/subscribed_apps")
def subscribe(version: str, waba: str) -> Response:
    """Without a body: the app gets this business account's events. With one: at
    a callback of their own, for who is subscribed already.

    https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override/
    """
    account = mine(waba, g.account.waba_id)
    body = json_body()
    keep_contract(judge_subscription(body), body)
    _override(account, body)
    account.subscribed = True
    return jsonify({"success": True, "data": [_app(account)]})


@graph.post("/<version:version>/<phone>")
def change_number(version: str, phone: str) -> Response:
    """The same for one number of the business account."""
    account = mine(phone, g.account.id)
    body = json_body()
    keep_contract(judge_number(body), body)
    configuration = body.get("webhook_configuration")
    if isinstance(configuration, dict):
        _override(account, configuration)
    return jsonify({"success": True})


def _override(account: WhatsAppAccount, configuration: dict) -> None:
    """:raises GraphError: not subscribed, or the handshake failed"""
    url = configuration.get("override_callback_uri")
    if not url:
        return
    if not account.subscribed:
        raise GraphError(100, message=NOT_SUBSCRIBED)
    outcome = handshake(str(url), str(configuration.get("verify_token") or ""))
    if not outcome["ok"]:
        raise GraphError(
            2200,
            message="(#2200) Callback verification failed with the following "
            f"errors: {outcome['why']}",
        )
    account.callback_url = str(url)
    world().live.tell("accounts")


@graph.delete("/<version:version>/<waba>/subscribed_apps")
def unsubscribe(version: str, waba: str) -> Response:
    account = mine(waba, g.account.waba_id)
    account.subscribed, account.callback_url = False, ""
    world().live.tell("accounts")
    return jsonify({"success": True})


def _app(account: WhatsAppAccount) -> dict:
    return {
        "override_callback_uri": account.callback_url,
        "whatsapp_business_api_data": {
            "id": "670843887433847",
            "name": account.name,
            "link": "https://www.facebook.com/games/?app_id=670843887433847",
        },
    }
