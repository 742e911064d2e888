from dataclasses import replace

import pytest
from providers.errors import Refused
from providers.tame import Node
from providers.types import Part
from providers.whatsapp import WhatsApp
from providers.whatsapp.account import PERMISSIONS
from providers.whatsapp.templates import preview, read_template

from .golden import provider
from .wire import answer

PHONE = {
    "id": "106540352242922",
    "verified_name": "ERP Horizonte",
    "display_phone_number": "+55 11 4002-8922",
    "quality_rating": "GREEN",
}


@pytest.fixture
def whatsapp(wire):
    return provider("whatsapp", wire.url)


def test_connect(whatsapp, wire):
    done = answer(200, {"success": True})
    apps = answer(200, {"data": [{"id": "1"}]})
    token = answer(200, {"data": {"is_valid": True, "scopes": list(PERMISSIONS)}})
    wire.answers = [done, done, answer(200, PHONE), apps, token]
    connection = whatsapp.connect("https://desk.example/social/webhook/k")
    assert connection.name == "ERP Horizonte"
    assert connection.address == "+55 11 4002-8922" and connection.warnings == ()
    assert connection.checks and not any(c.todo for c in connection.checks)
    subscribed, overridden, number, _apps, _token = wire.received
    assert number.path.startswith("/v23.0/106540352242922?fields=verified_name")
    assert subscribed.path == "/v23.0/102290129340398/subscribed_apps"
    assert subscribed.json == {}
    assert overridden.path == "/v23.0/106540352242922"
    assert overridden.json == {
        "webhook_configuration": {
            "override_callback_uri": "https://desk.example/social/webhook/k",
            "verify_token": "a-verify-token",
        }
    }


def test_connect_with_a_wrong_token_registers_nothing(whatsapp, wire):
    wire.answers = [answer(401, {"error": {"code": 190, "message": "Invalid"}})]
    with pytest.raises(Refused, match="access token"):
        whatsapp.connect("https://desk.example/")
    assert len(wire.received) == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("quality_rating", "RED", "quality RED"),
        ("code_verification_status", "EXPIRED", "not verified"),
        ("name_status", "DECLINED", "not approved"),
    ],
)
def test_warnings(whatsapp, wire, field, value, said):
    wire.answers = [answer(200, {**PHONE, field: value})]
    (warning,) = whatsapp.check().warnings
    assert said in warning.text % warning.values


def test_what_the_test_looks_at(whatsapp, wire):
    number = {
        **PHONE,
        "quality_rating": "YELLOW",
        "webhook_configuration": {"phone_number": "https://other.example/hook"},
    }
    expires = {"is_valid": True, "scopes": [PERMISSIONS[0]], "expires_at": 1800000000}
    wire.answers = [answer(200, number), answer(200), answer(200, {"data": expires})]
    adapter = WhatsApp(replace(whatsapp.account, webhook_url="https://desk.example/k"))
    connection = adapter.check()
    todo = [c.todo.text % c.todo.values for c in connection.checks if c.todo]
    assert [len(todo), connection.quality] == [4, "YELLOW"]
    assert "It lacks whatsapp_business_management" in todo[0]
    assert "quality YELLOW" in todo[1]
    assert "No app does" in todo[2]
    assert "They go to https://other.example/hook" in todo[3]
    assert connection.expires_at.year == 2027
    said = {c.what.text for c in connection.checks}
    assert said | {c.todo.text for c in connection.checks if c.todo} <= set(
        whatsapp.notes
    )


def test_a_token_that_may_not_ask_about_itself_is_no_fault(whatsapp, wire):
    denied = answer(400, {"error": {"code": 100, "message": "You must provide"}})
    wire.answers = [answer(200, PHONE), answer(200, {"data": [{"id": "1"}]}), denied]
    connection = whatsapp.check()
    assert not any(check.todo for check in connection.checks)
    assert connection.expires_at is None


# --- templates ----------------------------------------------------------------------

FULL = {
    "id": "1",
    "name": "pedido",
    "language": "pt_BR",
    "category": "UTILITY",
    "status": "APPROVED",
    "components": [
        {"type": "HEADER", "format": "TEXT", "text": "Pedido {{1}}"},
        {"type": "BODY", "text": "Olá {{1}}, o pedido {{2}} saiu. {{1}}!"},
        {"type": "FOOTER", "text": "ERP"},
        {
            "type": "BUTTONS",
            "buttons": [
                {"type": "QUICK_REPLY", "text": "Ok"},
                {"type": "URL", "text": "Ver", "url": "https://x.example/{{1}}"},
                {"type": "URL", "text": "Site", "url": "https://x.example/"},
                {"type": "COPY_CODE", "text": "Copiar"},
            ],
        },
    ],
}
VALUES = {
    "header:1": "77",
    "body:1": "Ana",
    "body:2": "77",
    "button:1:1": "t/77",
    "button:3:1": "DEZ",
}


def _template(**changes):
    return read_template(Node({**FULL, **changes}))


def _body(text, **more):
    return _template(components=[{"type": "BODY", "text": text, **more}])


def test_templates_of_all_pages(whatsapp, wire):
    second = {**FULL, "id": "2", "name": "outro"}
    paging = {"cursors": {"after": "AAA"}, "next": "https://evil.example/?after=AAA"}
    wire.answers = [
        answer(200, {"data": [FULL, "x", {"name": "no language"}], "paging": paging}),
        answer(200, {"data": [second], "paging": {"cursors": {"after": "BBB"}}}),
    ]
    assert [t.name for t in whatsapp.templates()] == ["pedido", "outro"]
    assert [r.path.partition("?")[2] for r in wire.received] == [
        "limit=100",
        "limit=100&after=AAA",
    ]


def test_pages_that_never_end(whatsapp, wire):
    paging = {"cursors": {"after": "AAA"}, "next": "x"}
    wire.answers = [answer(200, {"data": [FULL], "paging": paging})]
    assert len(whatsapp.templates()) == 1
    assert len(wire.received) == 2


def test_more_templates_than_are_read(whatsapp, wire, monkeypatch):
    """A part of them would look as if the others were deleted."""
    monkeypatch.setattr("providers.whatsapp.PAGES", 2)
    wire.answers = [
        answer(
            200,
            {"data": [FULL], "paging": {"cursors": {"after": after}, "next": "x"}},
        )
        for after in ("A", "B", "C")
    ]
    with pytest.raises(Refused, match="more than 200 templates"):
        whatsapp.templates()
    assert len(wire.received) == 2


def test_read_template():
    template = _template()
    assert template.variables == tuple(VALUES)
    assert (template.category, template.status) == ("utility", "approved")
    assert (template.header, template.footer) == ("Pedido {{1}}", "ERP")
    assert template.buttons == ("Ok", "Ver", "Site", "Copiar")


def test_fill(whatsapp):
    part = whatsapp.template_part(_template(), VALUES)
    assert part.kind == "template"
    assert part.text == "Pedido 77\n\nOlá Ana, o pedido 77 saiu. Ana!\n\nERP"
    text = [{"type": "text", "text": v} for v in ("77", "Ana", "77", "t/77")]
    coupon = {"type": "coupon_code", "coupon_code": "DEZ"}
    assert part.template == {
        "name": "pedido",
        "language": {"policy": "deterministic", "code": "pt_BR"},
        "components": [
            {"type": "header", "parameters": text[:1]},
            {"type": "body", "parameters": text[1:3]},
            {"type": "button", "sub_type": "url", "index": "1", "parameters": text[3:]},
            {
                "type": "button",
                "sub_type": "copy_code",
                "index": "3",
                "parameters": [coupon],
            },
        ],
    }


def test_a_template_is_sent_as_it_was_filled(whatsapp, wire):
    taken = {"messages": [{"id": "wamid.T"}]}
    wire.answers = [answer(200, taken)]
    part = whatsapp.template_part(_body("Olá"), {})
    stored = Part(**part.as_dict())  # it waits in the database
    assert whatsapp.send(stored, "5511987654321", None, "c").external_id == "wamid.T"
    assert wire.received[0].json["template"] == part.template
    assert "components" not in part.template


def test_named_places(whatsapp):
    part = whatsapp.template_part(_body("Olá {{nome}}"), {"body:nome": "Ana"})
    (component,) = part.template["components"]
    assert component["parameters"] == [
        {"type": "text", "parameter_name": "nome", "text": "Ana"}
    ]


def test_code_of_an_authentication_template(whatsapp):
    template = _template(
        components=[
            {"type": "BODY", "text": "{{1}} é o seu código."},
            {"type": "BUTTONS", "buttons": [{"type": "OTP", "text": "Copiar"}]},
        ]
    )
    part = whatsapp.template_part(template, {"body:1": "123456"})
    button = part.template["components"][1]
    assert (button["sub_type"], button["parameters"][0]["text"]) == ("url", "123456")


def test_flow_button_needs_no_value(whatsapp):
    buttons = [{"type": "FLOW", "text": "Abrir"}]
    template = _template(components=[{"type": "BUTTONS", "buttons": buttons}])
    part = whatsapp.template_part(template, {})
    assert part.template["components"][0]["sub_type"] == "flow"


@pytest.mark.parametrize("kind", ["IMAGE", "VIDEO", "DOCUMENT"])
def test_header_with_a_file(whatsapp, kind):
    template = _template(components=[{"type": "HEADER", "format": kind}])
    link = "https://x.example/a.png"
    part = whatsapp.template_part(template, {"header:1": link})
    parameter = part.template["components"][0]["parameters"][0]
    assert parameter == {"type": kind.lower(), kind.lower(): {"link": link}}
    with pytest.raises(Refused, match="https"):
        whatsapp.template_part(template, {"header:1": "http://x.example/a.png"})


@pytest.mark.parametrize("value", ["", "   ", "a\nb", "a\tb", "a     b"])
def test_values_that_whatsapp_refuses(whatsapp, value):
    with pytest.raises(Refused, match="“body:1”"):
        whatsapp.template_part(_body("Olá {{1}}"), {"body:1": value})


@pytest.mark.parametrize(
    "components",
    [
        [{"type": "HEADER", "format": "LOCATION"}],
        [{"type": "BUTTONS", "buttons": [{"type": "MPM", "text": "x"}]}],
        [{"type": "BUTTONS", "buttons": [{"type": "CATALOG", "text": "x"}]}],
    ],
)
def test_templates_that_cannot_be_sent_from_here(whatsapp, components):
    with pytest.raises(Refused, match="Choose another"):
        whatsapp.template_part(_template(components=components), {})


@pytest.mark.parametrize("status", ["PENDING", "REJECTED", "PAUSED", "DISABLED"])
def test_templates_that_are_not_approved(whatsapp, status):
    with pytest.raises(Refused, match=status.lower()):
        whatsapp.template_part(_template(status=status), VALUES)


def test_preview_shows_open_places():
    assert "Olá {{1}}, o pedido 9 saiu. {{1}}!" in preview(_template(), {"body:2": "9"})


def test_a_value_is_text_and_no_place(whatsapp):
    part = whatsapp.template_part(
        _body("{{1}} {{2}}"), {"body:1": "{{2}}", "body:2": "x"}
    )
    assert part.text == "{{2}} x"
