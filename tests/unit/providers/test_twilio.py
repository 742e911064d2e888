"""SMS and WhatsApp through Twilio: signatures, sending, accounts, templates."""

import base64
import hashlib
import hmac
import json
from urllib.parse import parse_qs, parse_qsl, urlencode

import pytest
from providers.errors import Refused, RetryLater, Uncertain, Unverified
from providers.twilio import words
from providers.types import Account, File, Kind, Media, Part, Request, Upload

from .golden import SETTINGS, provider
from .wire import CUT, answer

TOKEN = SETTINGS["sms"]["auth_token"]
SID = SETTINGS["sms"]["account_sid"]
URL = "https://odoo.example.com/social/webhook/k3y"
FORM = {"Body": "Olá, mundo", "From": "+5511999998888", "AccountSid": SID, "Empty": ""}
LINK = "https://odoo.example.com/social/file/t/cupom.png"
TAKEN = answer(201, {"sid": "SM1", "status": "queued"})


def signature(url, form, token=TOKEN):
    text = url + "".join(name + form[name] for name in sorted(form))
    digest = hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def request(url=URL, form=FORM, given=None, called=None):
    headers = {"x-twilio-signature": signature(url, form) if given is None else given}
    return Request("POST", called or url, headers, {}, urlencode(form).encode())


@pytest.fixture(params=["sms", "whatsapp_twilio"])
def code(request):
    return request.param


@pytest.fixture
def sms(wire):
    wire.answers = [TAKEN]
    return provider("sms", wire.url)


@pytest.fixture
def whatsapp(wire):
    wire.answers = [TAKEN]
    return provider("whatsapp_twilio", wire.url)


def form_of(received):
    return dict(parse_qsl(received.body.decode(), keep_blank_values=True))


# --- signature ------------------------------------------------------------------------


def test_signed_by_twilio(code):
    provider(code).verify(request())


def test_the_documented_example(code):
    """https://www.twilio.com/docs/usage/webhooks/webhooks-security#example"""
    form = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675309",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
    }
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    given = "RSOYDt4T1cUTdK1PDd93/VVr8B8="
    adapter = provider(code, auth_token="12345")
    adapter.verify(
        Request(
            "POST", url, {"x-twilio-signature": given}, {}, urlencode(form).encode()
        )
    )


@pytest.mark.parametrize(
    "called",
    [
        "http://odoo.example.com/social/webhook/k3y",
        "http://odoo.example.com:80/social/webhook/k3y",
        "https://odoo.example.com:443/social/webhook/k3y",
    ],
)
def test_behind_a_proxy(code, called):
    provider(code).verify(request(called=called))


@pytest.mark.parametrize(
    ("signed", "called"),
    [
        (URL, "https://odoo.example.com/social/webhook/other"),
        (URL, "https://other.example.com/social/webhook/k3y"),
        (URL, f"{URL}?a=1"),
    ],
)
def test_another_address(code, signed, called):
    with pytest.raises(Unverified):
        provider(code).verify(request(signed, called=called))


def test_wrong_missing_and_changed(code):
    adapter = provider(code)
    changed = Request("POST", URL, request().headers, {}, b"Body=Tchau")
    bad = (request(given=""), request(given="é"), changed)
    for one in (*bad, request(given=signature(URL, FORM, "x"))):
        with pytest.raises(Unverified):
            adapter.verify(one)
    with pytest.raises(Unverified, match="auth_token"):
        provider(code, auth_token="").verify(request())


def test_a_body_that_is_no_form(code):
    body = b'{"a": 1}'
    query = {"bodySHA256": hashlib.sha256(body).hexdigest()}
    url = f"{URL}?{urlencode(query)}"
    headers = {"x-twilio-signature": signature(url, {})}
    provider(code).verify(Request("POST", url, headers, query, body))
    with pytest.raises(Unverified):
        provider(code).verify(Request("POST", url, headers, query, body + b" "))


def test_too_many_fields(code):
    body = "&".join(f"a{n}=1" for n in range(501)).encode()
    with pytest.raises(Unverified):
        provider(code).verify(Request("POST", URL, {}, {}, body))


@pytest.mark.parametrize("form", [FORM, {"b": "2", "a": "1", "B": "ü"}, {}])
def test_as_twilios_own_library_does(code, form):
    from twilio import request_validator as validator

    given = validator.RequestValidator(TOKEN).compute_signature(URL, form)
    provider(code).verify(request(form=form, given=given))


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"SmsStatus": "delivered"}, "status"),
        ({"SmsStatus": "delivered", "MessageStatus": "delivered"}, "status"),
        ({"SmsStatus": "received", "Body": ""}, "message"),
        ({"SmsStatus": "received", "NumMedia": "1"}, "message"),
        ({"SmsStatus": "of the future", "Body": "Oi"}, "message"),
        ({"SmsStatus": "received", "MessageStatus": "received"}, "message"),
    ],
)
def test_a_state_is_no_message(code, more, what):
    """Both come to the same address."""
    form = {"AccountSid": SID, "MessageSid": "SM1", "From": "+1", "To": "+2", **more}
    (raw,) = provider(code).split(urlencode(form).encode())
    assert raw.payload["what"] == what


def test_the_answer_sends_nothing_to_the_customer(code):
    body, mime = provider(code).receipt
    assert body.endswith("<Response/>") and mime == "text/xml"


# --- answers --------------------------------------------------------------------------


def test_an_sms(wire, sms):
    (part,) = sms.plan('<p>Veja <a href="https://x.example">aqui</a></p>', [], "SM9")
    sent = sms.send(part, "+5511999998888", None, "c")
    assert sent.external_id == "SM1"
    (got,) = wire.received
    assert got.path == f"/2010-04-01/Accounts/{SID}/Messages.json"
    pair = base64.b64encode(f"{SID}:{TOKEN}".encode()).decode()
    assert got.headers["authorization"] == f"Basic {pair}"
    assert form_of(got) == {
        "To": "+5511999998888",
        "From": "+551140028922",
        "Body": "Veja aqui (https://x.example)",
    }


def test_ticks_are_asked_for(wire):
    account = Account(SETTINGS["sms"], wire.url, URL)
    wire.answers = [TAKEN]
    type(provider("sms"))(account).send(Part("text", "Oi"), "+55119", None, "c")
    assert form_of(wire.received[0])["StatusCallback"] == URL


def test_through_a_messaging_service(wire):
    service = "MG" + "a" * 32
    wire.answers = [TAKEN]
    provider("sms", wire.url, sender=service).send(
        Part("text", "Oi"), "+55119", None, "c"
    )
    form = form_of(wire.received[0])
    assert form["MessagingServiceSid"] == service and "From" not in form


def test_a_long_text_is_cut_at_a_word(sms):
    parts = sms.plan("<p>" + "nota " * 700 + "</p>", [])
    assert [len(part.text) <= 1600 for part in parts] == [True] * 3
    assert "".join(part.text for part in parts).count("nota") == 700


def test_a_picture_goes_as_a_link(wire, sms):
    (part,) = sms.plan("<p>Veja</p>", [File(0, "cupom.png", "image/png", 9)])
    sms.send(part, "+55119", Upload("cupom.png", "image/png", b"x", LINK), "c")
    form = form_of(wire.received[0])
    assert (form["Body"], form["MediaUrl"]) == ("Veja", LINK)


def test_a_link_that_twilio_cannot_reach():
    upload = Upload("a.png", "image/png", b"x", "http://localhost:8069/a")
    with pytest.raises(Refused, match="no public https"):
        provider("sms").send(Part("image", file=0), "+55119", upload, "c")


def test_whatsapp_has_its_marks_and_prefix(wire, whatsapp):
    (part,) = whatsapp.plan("<p><b>Nota</b> 4581</p>", [])
    whatsapp.send(part, "+5511999998888", None, "c")
    assert form_of(wire.received[0]) == {
        "To": "whatsapp:+5511999998888",
        "From": "whatsapp:+551140028922",
        "Body": "*Nota* 4581",
    }


@pytest.mark.parametrize("recipient", ["", "a b\r\nTo: x", "+55" * 20, "whatsapp:+1"])
def test_a_recipient_that_is_none(wire, sms, recipient):
    with pytest.raises(Refused, match="no number"):
        sms.send(Part("text", "Oi"), recipient, None, "c")
    assert not wire.received


@pytest.mark.parametrize(
    ("status", "code", "text", "alarm", "window"),
    [
        (400, 21211, words.NOT_A_NUMBER, False, False),
        (400, 21610, words.OPTED_OUT, False, False),
        (400, 63016, words.WINDOW, False, True),
        (400, 21606, words.BAD_SENDER, True, False),
        (401, 20003, words.TOKEN, True, False),
        (401, None, words.TOKEN, True, False),
        (403, None, words.FORBIDDEN, True, False),
        (400, 99999, words.REFUSED, False, False),
    ],
)
def test_refused(wire, sms, status, code, text, alarm, window):
    wire.answers = [answer(status, {"code": code, "message": f"No {TOKEN}"})]
    with pytest.raises(Refused) as caught:
        sms.send(Part("text", "Oi"), "+55119", None, "c")
    error = caught.value
    assert (error.note.text, error.alarm) == (text, alarm)
    assert error.window_closed is window
    assert TOKEN not in error.details


def test_later(wire, sms):
    wire.answers = [answer(429, {"code": 20429}, Retry_After="3")]
    with pytest.raises(RetryLater) as caught:
        sms.send(Part("text", "Oi"), "+55119", None, "c")
    assert caught.value.seconds == 3


@pytest.mark.parametrize("lost", [CUT, answer(500), answer(201, {})])
def test_nobody_knows(wire, sms, lost):
    wire.answers = [lost]
    with pytest.raises(Uncertain):
        sms.send(Part("text", "Oi"), "+55119", None, "c")


# --- files ----------------------------------------------------------------------------


def test_a_file_lies_behind_a_redirect(wire, sms):
    wire.answers = [answer(307, Location=f"{wire.url}/store"), answer(200, {"a": 1})]
    file = sms.fetch(Media(Kind.IMAGE, f"{wire.url}/m/1", "image/png"))
    assert (file.content, file.mime) == (b'{"a": 1}', "image/png")
    assert "authorization" in wire.received[0].headers


def test_files_that_are_gone_or_late(wire, sms):
    with pytest.raises(Refused, match="no link"):
        sms.fetch(Media(Kind.IMAGE))
    wire.answers = [answer(404), answer(503)]
    with pytest.raises(Refused, match="404"):
        sms.fetch(Media(Kind.IMAGE, f"{wire.url}/1"))
    with pytest.raises(RetryLater):
        sms.fetch(Media(Kind.IMAGE, f"{wire.url}/1"))


# --- account --------------------------------------------------------------------------

ACTIVE = answer(200, {"friendly_name": "Desk", "status": "active", "type": "Full"})


def numbers(url=URL):
    found = [{"sid": "PN1", "sms_url": url}]
    return answer(200, {"incoming_phone_numbers": found})


def test_connecting_a_number_sets_its_address(wire, sms):
    wire.answers = [numbers(""), answer(200), ACTIVE, numbers()]
    connection = sms.connect(URL)
    set_address = wire.received[1]
    assert set_address.path.endswith("/IncomingPhoneNumbers/PN1.json")
    assert form_of(set_address) == {"SmsUrl": URL, "SmsMethod": "POST"}
    assert [check.well for check in connection.checks] == [True] * 3
    query = parse_qs(wire.received[0].path.partition("?")[2])
    assert query == {"PhoneNumber": ["+551140028922"]}


def test_an_address_elsewhere(wire):
    wire.answers = [ACTIVE, numbers("https://demo.twilio.com/sms")]
    account = Account(SETTINGS["sms"], wire.url, URL)
    *_rest, last = type(provider("sms"))(account).check().checks
    assert last.todo.values == {"url": "https://demo.twilio.com/sms"}


def test_a_number_of_somebody_else(wire, sms):
    wire.answers = [ACTIVE, answer(200, {"incoming_phone_numbers": []})]
    (todo,) = sms.check().warnings
    assert todo.text == words.NUMBER_MISSING


def test_what_is_entered_by_hand(wire, whatsapp):
    wire.answers = [ACTIVE]
    assert whatsapp.connect(URL).warnings[0].text == words.WEBHOOK_BY_HAND


def test_a_trial_and_a_suspended_account(wire, whatsapp):
    wire.answers = [
        answer(200, {"status": "active", "type": "Trial"}),
        answer(200, {"status": "suspended"}),
    ]
    assert whatsapp.check().warnings[-1].text == words.TRIAL
    with pytest.raises(Refused, match="suspended") as caught:
        whatsapp.check()
    assert caught.value.alarm


# --- templates ------------------------------------------------------------------------

CONTENT = {
    "sid": "HX" + "1" * 32,
    "friendly_name": "nota_pronta",
    "language": "pt_BR",
    "types": {
        "twilio/quick-reply": {
            "body": "Olá {{1}}, a nota {{2}} foi autorizada.",
            "actions": [{"title": "Obrigado", "id": "ok"}],
        }
    },
    "approval_requests": {"status": "approved", "category": "UTILITY"},
}


def test_every_page_of_templates(wire, whatsapp):
    more = "https://content.twilio.com/v1/ContentAndApprovals?Page=1"
    wire.answers = [
        answer(200, {"contents": [CONTENT], "meta": {"next_page_url": more}}),
        answer(200, {"contents": [{**CONTENT, "types": {}}], "meta": {}}),
    ]
    (template,) = whatsapp.templates()
    assert [got.path for got in wire.received] == [
        "/v1/ContentAndApprovals?PageSize=100",
        "/v1/ContentAndApprovals?Page=1",
    ]
    assert (template.status, template.category) == ("approved", "utility")
    assert (template.variables, template.buttons) == (
        ("body:1", "body:2"),
        ("Obrigado",),
    )


def test_a_page_that_leads_away_is_not_followed(wire, whatsapp):
    away = "https://evil.example/x"
    wire.answers = [answer(200, {"contents": [], "meta": {"next_page_url": away}})]
    assert whatsapp.templates() == []
    assert len(wire.received) == 1


def test_a_template_is_filled_and_sent(wire, whatsapp):
    wire.answers = [answer(200, {"contents": [CONTENT]}), TAKEN]
    (template,) = whatsapp.templates()
    with pytest.raises(Refused, match="body:2"):
        whatsapp.template_part(template, {"body:1": "Ana"})
    part = whatsapp.template_part(template, {"body:1": "Ana", "body:2": "4581"})
    assert part.text == "Olá Ana, a nota 4581 foi autorizada."
    whatsapp.send(part, "+5511999998888", None, "c")
    form = form_of(wire.received[-1])
    assert form["ContentSid"] == CONTENT["sid"]
    assert json.loads(form["ContentVariables"]) == {"1": "Ana", "2": "4581"}
    assert "Body" not in form
