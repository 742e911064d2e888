"""Where the account's webhooks go."""

from flask import Response, g, jsonify

from ..accounts import WhatsAppAccount
from ..contract.meta import judge_subscription
from .base import graph, json_body, keep_contract, mine, world
from .errors import GraphError
from .subscribe import handshake


@graph.get("/<version:version>/<waba>/subscribed_apps")
def subscriptions(version: str, waba: str) -> Response:
    account = mine(waba, g.account.waba_id)
    return jsonify({"data": [_app(account)] if account.callback_url else []})


@graph.post("/<version:version>/<waba>/subscribed_apps")
def subscribe(version: str, waba: str) -> Response:
    """Webhook override: this account's events go to a callback of its own.

    https://developers.facebook.com/docs/whatsapp/embedded-signup/webhooks/override
    """
    account = mine(waba, g.account.waba_id)
    body = json_body()
    keep_contract(judge_subscription(body), body)
    if url := body.get("override_callback_uri"):
        outcome = handshake(str(url), str(body.get("verify_token") or ""))
        if not outcome["ok"]:
            raise GraphError(
                2200,
                message="(#2200) Callback verification failed with the following "
                f"errors: {outcome['why']}",
            )
        account.callback_url = str(url)
        world().live.tell("accounts")
    data = [_app(account)] if account.callback_url else []
    return jsonify({"success": True, "data": data})


@graph.delete("/<version:version>/<waba>/subscribed_apps")
def unsubscribe(version: str, waba: str) -> Response:
    mine(waba, g.account.waba_id).callback_url = ""
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
