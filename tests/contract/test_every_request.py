"""No request that a channel makes is left without its provider's description.

The methods and the kinds of messages come from the code: one that is new and has no
act in ``acts`` fails here, as does a request that the description does not know.
"""

import json
import re
import sys
from contextlib import suppress
from functools import cache
from urllib.parse import parse_qsl, urlsplit

import pytest
from providers.base import Provider
from providers.errors import ProviderError

from tests.sandbox.contract import descriptions, openapi
from tests.sandbox.contract import meta as meta_judge
from tests.sandbox.contract.telegram import judge_call
from tests.unit.providers.golden import SETTINGS, provider
from tests.unit.providers.wire import Wire, answer

from . import line
from .acts import ASKING, PARTS, QUIET, account, acts, asking
from .conftest import META, specs

DESCRIBED = {
    "line": "line-messaging-api.yml",
    "sms": "twilio-api-v2010.json",
    "telegram": "telegram-bot-api.json",
    "whatsapp": META,
    "whatsapp_twilio": "twilio-api-v2010.json",
    "x": "x-api-v2.json",
}
LINK = {"GET /link/": "a file's link, as it came with its message"}
# what is asked of a part of the provider that its description leaves out
OUTSIDE = {
    "sms": LINK,
    "telegram": {"GET /file/bot": "files have an address of their own"},
    "whatsapp": {**LINK, "GET /v23.0/debug_token": "a part of Graph, not of WhatsApp"},
    "whatsapp_twilio": {
        **LINK,
        "GET /v1/Content": "templates are another API",
        "POST /v1/Content": "questions are made there, too",
    },
    "x": {**LINK, "POST /oauth2/token": "where the application itself signs in"},
}
# Meta describes the button with a link in its documentation only:
# https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-cta-url-messages
YOUNGER = {
    "interactive/cta_url": {
        "type": "cta_url",
        "body": {"text": "Resolveu?"},
        "action": {
            "name": "cta_url",
            "parameters": {"display_text": "Abrir", "url": "https://desk.example/f/1"},
        },
    }
}
FORMS = {"/2/media/upload"}  # a file, whose description is of the JSON kind only


@pytest.fixture(scope="module", params=DESCRIBED)
def judged(request):
    """(code, problems of a request of it)."""
    specs(DESCRIBED[request.param])
    return request.param, JUDGES[request.param]


@pytest.fixture
def wire():
    server = Wire()
    yield server
    server.close()


def test_every_method_is_known():
    """An adapter's new method either asks the provider or does not."""
    public = {n for n, v in vars(Provider).items() if n[0] != "_" and _is_method(v)}
    assert public == ASKING | QUIET


def _is_method(value):
    return callable(value) or hasattr(value, "__func__") or hasattr(value, "func")


@pytest.mark.parametrize("code", DESCRIBED)
def test_every_kind_has_an_act(code):
    """Kinds of files from the channel's own tables, the rest from what it can do."""
    channel, module = type(provider(code)), sys.modules[f"providers.{code}"]
    kinds = {"text", *getattr(module, "KINDS", {}).values(), *channel.limits.files}
    kinds |= {"template"} if channel.has_templates else set()
    sent = {part.kind for part, _upload in PARTS[code]}
    assert kinds <= sent
    asked = any(part.choices for part, _upload in PARTS[code])
    assert asked == bool(channel.limits.choices)


def test_every_request(judged, wire):
    code, problems = judged
    wire.answers = [lambda request: _reply(code, request, wire.url)]
    made, wrong = set(), []
    for method, act in acts(code):
        if method not in asking(code):
            continue
        before = len(wire.received)
        with suppress(ProviderError):  # what it makes of an answer is not asked here
            act(account(code, wire.url))
        for request in wire.received[before:]:
            made.add(method)
            if not _is_outside(code, request):
                wrong += [f"{method}: {one}" for one in problems(request)]
    assert wrong == []
    assert made == asking(code)


def test_what_is_outside_is_asked_for(judged, wire):
    """Else the exception is one of the past."""
    code, _problems = judged
    wire.answers = [lambda request: _reply(code, request, wire.url)]
    for method, act in acts(code):
        if method in asking(code):
            with suppress(ProviderError):
                act(account(code, wire.url))
    for beginning in OUTSIDE.get(code, ()):
        assert any(_named(r).startswith(beginning) for r in wire.received), beginning


def _named(request):
    return f"{request.method} {request.path}"


def _is_outside(code, request):
    return _named(request).startswith(tuple(OUTSIDE.get(code, ("-",))))


def _reply(code, request, url):
    """Enough for an adapter to go on to its next request."""
    path = urlsplit(request.path).path
    if code == "telegram":
        result = {"message_id": 1, "chat": {"id": 5}, "file_path": "photos/1.jpg"}
        return answer(200, {"ok": True, "result": result})
    if "IncomingPhoneNumbers" in path:
        return answer(200, {"incoming_phone_numbers": [{"sid": "PN" + "0" * 32}]})
    if path.endswith("/content"):
        return answer(202)
    if path == "/v1/Content":
        return answer(201, {"sid": "HX" + "0" * 32})
    found = {"id": "1", "data": {"id": "1", "dm_event_id": "2"}, "sid": "SM1"}
    found |= {"messages": [{"id": "1"}], "sentMessages": [{"id": "1"}]}
    return answer(200, {**found, "status": "active", "url": f"{url}/link/1"})


# --- the judges ---------------------------------------------------------------------


def _telegram(request):
    method = request.path.removeprefix(f"/bot{SETTINGS['telegram']['bot_token']}/")
    if not request.headers["content-type"].startswith("multipart"):
        return judge_call(method, request.json, set())
    fields = _fields(request)
    files = {name for name, (_value, is_file) in fields.items() if is_file}
    return judge_call(
        method, {n: v for n, (v, is_file) in fields.items() if not is_file}, files
    )


def _fields(request):
    """Name -> (value, whether it is a file) of a multipart form."""
    border = request.headers["content-type"].rpartition("boundary=")[2].encode()
    found = {}
    for piece in request.body.split(b"--" + border)[1:-1]:
        head, _line, value = piece.partition(b"\r\n\r\n")
        name = re.search(rb'name="([^"]+)"', head)[1].decode()
        found[name] = value.removesuffix(b"\r\n").decode(), b"filename=" in head
    return found


def _whatsapp(request):
    path = urlsplit(request.path).path
    spec = meta_judge.judge()
    template = _template(descriptions.meta()["paths"], request.method, path)
    if not template:
        return [f"{_named(request)} is not in the description"]
    if template.endswith("/media"):
        fields = set(_fields(request))
        return [] if fields == {"messaging_product", "type", "file"} else [str(fields)]
    if request.method == "GET":
        return []
    if template.endswith("/messages"):
        return _message(spec, request.json)
    if template.endswith("/subscribed_apps"):
        return meta_judge.judge_subscription(request.json)
    return meta_judge.judge_number(request.json)


def _message(spec, body):
    known = spec.message(body)
    younger = YOUNGER.get(meta_judge.variant(body))
    if younger is None:
        return known
    assert known, "the description has learned of it: judge it like the others"
    return [] if body["interactive"] == younger else [str(body)]


def _template(paths, method, path):
    """The description's path for ``path``: the one with the fewest blanks."""
    fitting = [
        known
        for known in paths
        if method.lower() in paths[known]
        and re.fullmatch(re.sub(r"\{[^}]*\}", "[^/]+", known), path)
    ]
    return min(fitting, key=lambda known: known.count("{"), default="")


def _openapi(name):
    def judge(request):
        address = urlsplit(request.path)
        given = dict(parse_qsl(address.query))
        if address.path in FORMS:
            known = openapi._judge(name)._operation("post", address.path)
            return [] if known else [f"{address.path} is not in the description"]
        if request.method != "GET":
            is_form = "form" in request.headers.get("content-type", "")
            given = dict(parse_qsl(request.body.decode())) if is_form else request.json
        return openapi.judge(name, request.method, address.path, given)

    return judge


@cache
def _line_api():
    return descriptions.read_yaml(specs(DESCRIBED["line"]))


def _line(request):
    api = _line_api()
    try:
        described = line.operation(api, request)
    except AssertionError as error:
        return [str(error)]
    if not request.body:
        return []
    content = described["requestBody"]["content"]["application/json"]
    name = content["schema"]["$ref"].rpartition("/")[2]
    return line.judge(api)(name, json.loads(request.body))


JUDGES = {
    "line": _line,
    "sms": _openapi("twilio"),
    "telegram": _telegram,
    "whatsapp": _whatsapp,
    "whatsapp_twilio": _openapi("twilio"),
    "x": _openapi("x"),
}


def test_the_judges_refuse(judged, wire):
    """A request to nowhere is a problem; of wrong fields each one's own tests tell."""
    code, problems = judged
    wire.answers = [lambda request: _reply(code, request, wire.url)]
    with suppress(ProviderError):
        account(code, wire.url).check()
    request = wire.received[-1]
    assert problems(request) == []
    request.path = "/2/no/such/thing"
    assert problems(request)
