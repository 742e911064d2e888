"""Graph's addresses for one business: messages, templates, and what an id is.

The blueprint is made in ``base``; importing this module gives it all its routes.
"""

from flask import Response, g, jsonify, request
from werkzeug.routing import BaseConverter

from ..accounts import WhatsAppAccount
from ..contract.meta import judge_message
from . import files, subscriptions, templates
from .accept import accept
from .base import graph, json_body, keep_contract, mine, world
from .paging import fields, page

__all__ = ["Version", "graph", "subscriptions"]


class Version(BaseConverter):
    """``v23.0``: Graph serves many versions, the sandbox serves them alike."""

    regex = r"v\d{1,2}\.\d"


@graph.post("/<version:version>/<node>/messages")
def send(version: str, node: str) -> Response:
    account = mine(node, g.account.id)
    body = json_body()
    keep_contract(judge_message(body), body)
    with world().lock:
        return jsonify(accept(world(), account, body))


@graph.get("/<version:version>/<waba>/message_templates")
def list_templates(version: str, waba: str) -> Response:
    mine(waba, g.account.waba_id)
    found = [t for t in templates.TEMPLATES if _matches(t)]
    return jsonify(page(found))


def _matches(template: dict) -> bool:
    return all(
        request.args.get(key, template[key]).lower() in (template[key].lower(), "")
        for key in ("name", "status", "language", "category")
    )


@graph.get("/<version:version>/<waba>/phone_numbers")
def phone_numbers(version: str, waba: str) -> Response:
    account = mine(waba, g.account.waba_id)
    return jsonify(page([fields(_phone(account), _PHONE_DEFAULTS)]))


@graph.get("/<version:version>/<node>")
def read_node(version: str, node: str) -> Response:
    """A phone number, a business account or a file, whichever has the id."""
    account = g.account
    if node == account.id:
        return jsonify(fields(_phone(account), _PHONE_DEFAULTS))
    if node == account.waba_id:
        return jsonify(fields(_business(account), ("id", "name")))
    return jsonify(files.view(files.find(node)))


@graph.delete("/<version:version>/<node>")
def delete_node(version: str, node: str) -> Response:
    files.find(node).gone = True
    return jsonify({"success": True})


_PHONE_DEFAULTS = (
    "verified_name",
    "code_verification_status",
    "display_phone_number",
    "quality_rating",
    "platform_type",
    "throughput",
)


def _phone(account: WhatsAppAccount) -> dict:
    """https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account-to-number-current-status"""
    return {
        "id": account.id,
        "verified_name": account.name,
        "code_verification_status": "VERIFIED",
        "display_phone_number": account.display_number,
        "quality_rating": "GREEN",
        "platform_type": "CLOUD_API",
        "throughput": {"level": "STANDARD"},
        "status": "CONNECTED",
        "name_status": "APPROVED",
        "messaging_limit_tier": "TIER_1K",
        "account_mode": "LIVE",
        "is_official_business_account": False,
        "webhook_configuration": {"whatsapp_business_account": account.callback_url},
    }


def _business(account: WhatsAppAccount) -> dict:
    return {
        "id": account.waba_id,
        "name": "ERP Horizonte",
        "currency": "BRL",
        "timezone_id": "25",
        "message_template_namespace": "bc3f6a1e_7a44_4c0e_9d0a_3f0f5a6f2f11",
    }
