"""Files up and down.

https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media
"""

import hmac
import time

from flask import Response, g, jsonify, request

from ..media import guess_mime
from ..messages import Media
from .base import graph, mine, world
from .errors import GraphError, missing_object
from .limits import check_upload


@graph.post("/<version:version>/<node>/media")
def upload(version: str, node: str) -> Response:
    """https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#upload-media"""
    account = mine(node, g.account.id)
    if request.form.get("messaging_product") != "whatsapp":
        raise GraphError(
            100, message="(#100) The parameter messaging_product is required."
        )
    file = request.files.get("file")
    if file is None:
        raise GraphError(100, message="(#100) The parameter file is required.")
    content = file.read()
    name = file.filename or "file"
    mime = file.mimetype or request.form.get("type") or guess_mime(name)
    check_upload(mime, len(content))
    with world().lock:
        media = world().media.add(account.key, content, mime, name)
    return jsonify({"id": media.id})


def find(node: str) -> Media:
    media = world().media.get(node)
    asked = request.args.get("phone_number_id", g.account.id)
    if media is None or media.account_key != g.account.key or asked != g.account.id:
        raise missing_object(node)
    return media


def view(media: Media) -> dict:
    expires = int(time.time() + world().settings.media_ttl)
    seal = world().media.seal(media.id, expires)
    return {
        "messaging_product": "whatsapp",
        "url": f"{request.host_url}whatsapp_business/attachments/"
        f"?mid={media.id}&source=getMedia&ext={expires}&hash={seal}",
        "mime_type": media.mime,
        "sha256": media.sha256,
        "file_size": str(len(media.content)),
        "id": media.id,
    }


@graph.get("/whatsapp_business/attachments/")
def download() -> Response:
    """The file itself; needs the token as well, and works for minutes only.

    https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#download-media
    """
    media_id = request.args.get("mid", "")
    expires = request.args.get("ext", 0, int)
    seal = world().media.seal(media_id, expires)
    genuine = hmac.compare_digest(seal, request.args.get("hash", ""))
    media = world().media.get(media_id)
    if not genuine or media is None or expires < time.time():
        return Response("Not found: the link has expired.", 404, mimetype="text/plain")
    if media.account_key != g.account.key:
        raise missing_object(media_id)
    answer = Response(media.content)
    answer.headers["Content-Type"] = media.mime
    answer.headers["Content-Disposition"] = "inline"
    return answer
