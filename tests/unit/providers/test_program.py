"""The API channel: signatures, answers, and its own description."""

import base64
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import providers
import pytest
import yaml
from jsonschema import Draft202012Validator
from providers.errors import MalformedBody, Refused, RetryLater, Unverified
from providers.program import signing, words
from providers.types import (
    Card,
    Choice,
    File,
    Kind,
    Location,
    Media,
    Part,
    Request,
    Upload,
)

from .golden import SETTINGS, cases, provider
from .wire import CUT, answer

SECRET = SETTINGS["program"]["secret"]
API = Path(providers.__file__).parents[1] / "static" / "api"
SPEC = yaml.safe_load((API / "social-helpdesk-v1.yaml").read_text())
PNG = b"\x89PNG\r\n"


def schema(name):
    """A validator of one of the description's schemas."""
    root = {"$ref": f"#/components/schemas/{name}", "components": SPEC["components"]}
    return Draft202012Validator(root)


@pytest.fixture
def program(wire):
    return provider("program", wire.url)


def signed(body, secret=SECRET, at=None):
    now = str(int(time.time()) if at is None else at)
    headers = {
        signing.TIMESTAMP: now,
        signing.SIGNATURE: signing.signature(secret, now, body),
    }
    return Request("POST", "/", headers, {}, body)


# --- signature ------------------------------------------------------------------------


def test_a_signed_body_is_verified():
    provider("program").verify(signed(b'{"events": []}'))


@pytest.mark.parametrize("off", [-301, 301, -(10**9)])
def test_of_another_time(off):
    with pytest.raises(Unverified, match="timestamp"):
        provider("program").verify(signed(b"{}", at=int(time.time()) + off))


@pytest.mark.parametrize("at", ["", "-1", "1e9", "²", "9" * 40])
def test_no_time_at_all(at):
    with pytest.raises(Unverified):
        provider("program").verify(signed(b"{}", at=at))


def test_wrong_missing_and_changed():
    good = signed(b"{}")
    for request in (
        signed(b"{}", secret="another"),
        Request("POST", "/", good.headers, {}, b"{ }"),
        Request("POST", "/", {**good.headers, signing.SIGNATURE: "é"}, {}, b"{}"),
        Request("POST", "/", {signing.TIMESTAMP: "1"}, {}, b"{}"),
        Request("POST", "/", {}, {}, b"{}"),
    ):
        with pytest.raises(Unverified):
            provider("program").verify(request)


def test_the_time_is_signed_as_well():
    request = signed(b"{}")
    later = str(int(request.headers[signing.TIMESTAMP]) + 1)
    headers = {**request.headers, signing.TIMESTAMP: later}
    with pytest.raises(Unverified):
        provider("program").verify(Request("POST", "/", headers, {}, b"{}"))


def test_more_than_a_thousand_events():
    body = json.dumps({"events": [{}] * 1001}).encode()
    with pytest.raises(MalformedBody, match="1000"):
        provider("program").split(body)


# --- the description ------------------------------------------------------------------


def examples(operation):
    content = operation["requestBody"]["content"]["application/json"]
    return {name: e["value"] for name, e in content["examples"].items()}


INCOMING = examples(SPEC["paths"]["/social/webhook/{key}"]["post"])
OUTGOING = examples(SPEC["webhooks"]["answer"]["post"])


@pytest.mark.parametrize("name", INCOMING)
def test_every_example_of_the_description_is_understood(name):
    schema("Delivery").validate(INCOMING[name])
    adapter = provider("program")
    for raw in adapter.split(json.dumps(INCOMING[name]).encode()):
        event = adapter.parse(raw.payload)
        assert getattr(event, "kind", None) is not Kind.UNSUPPORTED
        wanted = raw.payload["event"]["type"]
        assert (type(event).__name__ == "Ignored") == (wanted == "typing")


@pytest.mark.parametrize("name", OUTGOING)
def test_every_example_of_an_answer_is_valid(name):
    schema("Answer").validate(OUTGOING[name])


# what the fixtures break on purpose
BROKEN = {
    "consent-unsaid", "file-without-content", "items-of-other-types",
    "location-out-of-the-world", "no-conversation", "no-id", "no-list", "no-sender",
    "read-without-time", "status-unknown", "text", "type-left-out", "unknown-type",
}  # fmt: skip


@pytest.mark.parametrize("path", cases("program"), ids=lambda path: path.stem)
def test_the_fixtures_are_what_the_description_says(path):
    body = json.loads(path.read_text())["body"]
    for event in body.get("events", []):
        if isinstance(event, dict) and isinstance(event.get("id"), int):
            event["id"] = str(event["id"])  # numbers are taken as well
    valid = schema("Delivery").is_valid(body)
    assert valid or path.stem in BROKEN


def test_the_description_refuses_what_it_should():
    assert not schema("Delivery").is_valid({"events": [{"type": "status"}]})
    assert not schema("Answer").is_valid({"type": "message", "id": "1"})


# --- answers --------------------------------------------------------------------------


def sent(wire, program, part, upload=None):
    program.send(part, "app-1042", upload, "5f0c")
    request = wire.received[-1]
    schema("Answer").validate(request.json)
    # verified as a program would: over the bytes that came
    signing.verify(SECRET, request.headers, request.body)
    return request


def test_a_text(wire, program):
    (part,) = program.plan("<p><b>Olá</b> &amp; até</p><p>já</p>", [], "m-1")
    request = sent(wire, program, part)
    assert request.headers["idempotency-key"] == "5f0c"
    assert request.json == {
        "type": "message",
        "id": "5f0c",
        "conversation": "app-1042",
        "kind": "text",
        "text": "Olá & até\n\njá",
        "html": "<b>Olá</b> &amp; até<br><br>já",
        "reply_to": "m-1",
    }


def test_a_file_with_its_caption(wire, program):
    files = [File(0, "cupom.png", "image/png", len(PNG))]
    (part,) = program.plan("<p>Veja</p>", files)
    request = sent(wire, program, part, Upload("cupom.png", "image/png", PNG))
    file = request.json["file"]
    assert (file["name"], file["size"]) == ("cupom.png", len(PNG))
    assert base64.b64decode(file["content"]) == PNG
    assert (request.json["kind"], request.json["text"]) == ("image", "Veja")


def test_choices_location_and_card(wire, program):
    choices = (Choice("1:1", "Nota"), Choice("1:2", "Manual", "https://m.example"))
    (part,) = program.ask("<p>Onde?</p>", choices)
    assert sent(wire, program, part).json["choices"] == [
        {"id": "1:1", "label": "Nota"},
        {"id": "1:2", "label": "Manual", "url": "https://m.example"},
    ]
    place = Part("location", location=Location(-23.5, -46.6, "Sede"))
    assert sent(wire, program, place).json["location"]["name"] == "Sede"
    card = Part("contact", card=Card("Ana", ("+5511999998888",)))
    assert sent(wire, program, card).json["contact"]["phones"] == ["+5511999998888"]


def test_the_programs_own_id(wire, program):
    wire.answers = [answer(201, {"id": "theirs"}), answer(200), answer(409)]
    part = Part("text", "Oi")
    ids = [program.send(part, "c", None, "ours").external_id for _n in range(3)]
    assert ids == ["theirs", "ours", "ours"]


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_later(wire, program, status):
    wire.answers = [answer(status, Retry_After="7")]
    with pytest.raises(RetryLater) as caught:
        program.send(Part("text", "Oi"), "c", None, "1")
    assert caught.value.seconds == 7


def test_a_lost_answer_is_safe_to_repeat(wire, program):
    wire.answers = [CUT]
    with pytest.raises(RetryLater) as caught:
        program.send(Part("text", "Oi"), "c", None, "1")
    assert caught.value.note.text == words.UNCONFIRMED


def test_refused_in_the_programs_words(wire, program):
    wire.answers = [answer(422, {"error": f"Cliente sem app {SECRET}"}), answer(404)]
    with pytest.raises(Refused, match=r"Cliente sem app \*\*\*"):
        program.send(Part("text", "Oi"), "c", None, "1")
    with pytest.raises(Refused, match="HTTP 404"):
        program.send(Part("text", "Oi"), "c", None, "1")


@pytest.mark.parametrize("status", [401, 403])
def test_a_secret_that_is_not_theirs_raises_the_alarm(wire, program, status):
    wire.answers = [answer(status)]
    with pytest.raises(Refused, match="same secret") as caught:
        program.send(Part("text", "Oi"), "c", None, "1")
    assert caught.value.alarm


def test_without_a_callback_address():
    with pytest.raises(Refused, match="no callback address"):
        provider("program").send(Part("text", "Oi"), "c", None, "1")


def test_small_signs(wire, program):
    program.mark_read("m-1", "c")
    program.typing("m-1", "c")
    program.react("m-1", "c", "👍")
    program.edit("out-1", "c", Part("text", "<b>Nota 4582</b>"))
    program.unsend("out-1", "c")
    said = [request.json for request in wire.received]
    for sign in said:
        schema("Answer").validate(sign)
    kinds = ["read", "typing", "reaction", "edit", "deletion"]
    assert [sign["type"] for sign in said] == kinds
    assert (said[2]["emoji"], said[3]["text"]) == ("👍", "Nota 4582")


# --- account and files ----------------------------------------------------------------


def test_a_ping(wire, program):
    connection = program.connect("https://odoo.example/social/webhook/k")
    assert wire.received[0].json == {"type": "ping"}
    assert [check.well for check in connection.checks] == [True]


def test_one_way_only():
    connection = provider("program").check()
    assert connection.warnings[0].text == words.ONE_WAY


def test_files(wire, program):
    inside = Media(Kind.DOCUMENT, "data:;base64,JVBERi0xLjQK", name="a.pdf")
    assert program.fetch(inside).content == b"%PDF-1.4\n"
    with pytest.raises(Refused, match="base64"):
        program.fetch(Media(Kind.IMAGE, "data:;base64,não"))
    with pytest.raises(Refused, match="neither"):
        program.fetch(Media(Kind.IMAGE))
    wire.answers = [answer(200, {"a": 1}), answer(404), answer(503)]
    assert program.fetch(Media(Kind.IMAGE, f"{wire.url}/1.png")).content == b'{"a": 1}'
    with pytest.raises(Refused, match="404"):
        program.fetch(Media(Kind.IMAGE, f"{wire.url}/1.png"))
    with pytest.raises(RetryLater):
        program.fetch(Media(Kind.IMAGE, f"{wire.url}/1.png"))


def test_the_example_program(wire):
    """What the README shows is run as it stands."""
    result = subprocess.run(
        [sys.executable, API / "example.py", wire.url, "A nota foi rejeitada"],
        env={**os.environ, "SECRET": SECRET, "NO_PROXY": "*"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert result.stdout.startswith("200")
    (request,) = wire.received
    adapter = provider("program")
    incoming = Request("POST", "/", request.headers, {}, request.body)
    adapter.verify(incoming)
    (raw,) = adapter.split(request.body)
    assert adapter.parse(raw.payload).text == "A nota foi rejeitada"
