"""WhatsApp as a business meets it: messages, ticks, files, templates."""

import hashlib
import time

import pytest

from tests.sandbox.people import same_line
from tests.unit.sandbox.conftest import PHONE_ID, WABA_ID, wait_for

JPEG = b"\xff\xd8\xff\xe0" + b"x" * 100


@pytest.fixture
def talking(connected):
    """The customer has just written, so the window is open."""
    connected.said = connected.say(text="Oi")["message_id"]
    return connected


def statuses(business, message_id):
    return [s for s in business.statuses() if s["id"] == message_id]


def names(business, message_id):
    return sorted(s["status"] for s in statuses(business, message_id))


def sent(answer):
    assert answer.status_code == 200, answer.text
    return answer.json()["messages"][0]["id"]


def test_answer_has_the_documented_shape(talking):
    answer = talking.send().json()
    assert set(answer) == {"messaging_product", "contacts", "messages"}
    assert answer["contacts"] == [{"input": "5511987654321", "wa_id": "5511987654321"}]
    assert answer["messages"][0]["id"].startswith("wamid.")


@pytest.mark.parametrize("to", ["5541998765432", "554198765432", "+55 41 99876-5432"])
def test_brazilian_number_with_and_without_the_ninth_digit(talking, to):
    talking.say(customer="marcia-nunez-de-araujo", text="Oi")
    answer = talking.send(to=to).json()
    assert answer["contacts"] == [{"input": to, "wa_id": "554198765432"}]
    assert len(talking.talk(customer="marcia-nunez-de-araujo")) == 2


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("5541998765432", "554198765432", True),
        ("+54 9 11 2345-6789", "541123456789", True),
        ("5541998765432", "5541998765433", False),
        ("554133332020", "5541933332020", True),
        ("351912345678", "35112345678", False),
    ],
)
def test_same_line(a, b, same):
    assert same_line(a, b) is same


def test_customer_of_an_old_area_is_known_by_the_short_id(connected, business):
    connected.say(customer="marcia-nunez-de-araujo", text="Oi")
    (message,) = wait_for(business.messages)
    assert message["from"] == "554198765432"
    assert business.values()[0]["contacts"][0]["wa_id"] == "554198765432"


def test_ticks_rise_by_themselves_and_read_waits_for_the_customer(talking, business):
    message_id = sent(
        talking.send(
            type="text",
            text={"body": "Olá"},
            biz_opaque_callback_data="uuid-1",
        )
    )
    wait_for(lambda: names(business, message_id) == ["delivered", "sent"])
    assert talking.talk()[-1]["status"] == "delivered"
    time.sleep(0.05)
    assert names(business, message_id) == ["delivered", "sent"], "nobody looked yet"
    talking.post("read", channel="whatsapp", customer="ana-beatriz-conceicao")
    wait_for(lambda: names(business, message_id) == ["delivered", "read", "sent"])
    for status in statuses(business, message_id):
        assert status["biz_opaque_callback_data"] == "uuid-1"
        assert status["recipient_id"] == "5511987654321"
    assert talking.talk()[-1]["status"] == "read"


def test_what_is_read_before_it_arrives_is_read_on_arrival(talking, business):
    message_id = sent(talking.send())
    talking.post("read", channel="whatsapp", customer="ana-beatriz-conceicao")
    wait_for(lambda: "read" in names(business, message_id))
    assert names(business, message_id) == ["delivered", "read", "sent"]


def test_blocked_business_never_gets_the_second_tick(talking, business):
    talking.post("block", channel="whatsapp", customer="ana-beatriz-conceicao")
    message_id = sent(talking.send())
    wait_for(lambda: names(business, message_id) == ["sent"])
    time.sleep(0.1)
    assert names(business, message_id) == ["sent"]


def test_window_closed_is_accepted_and_fails_by_webhook(connected, business):
    connected.say(text="Ontem", timestamp=time.time() - 25 * 3600)
    message_id = sent(connected.send())
    (status,) = wait_for(lambda: statuses(business, message_id))
    assert status["status"] == "failed"
    assert status["errors"][0]["code"] == 131047
    assert status["errors"][0]["title"] == "Re-engagement message"
    shown = connected.talk()[-1]
    assert shown["status"] == "failed" and shown["error"]["code"] == 131047


def test_template_passes_a_closed_window(connected, business):
    message_id = sent(connected.send(**template("Ana", "HT1")))
    wait_for(lambda: names(business, message_id) == ["delivered", "sent"])
    shown = connected.talk()[-1]
    assert shown["text"].startswith("Olá, Ana! Temos uma resposta para o seu chamado")
    assert [b["title"] for b in shown["buttons"]] == ["Sim, continuar", "Já resolvi"]


def template(*values, name="retomar_atendimento", language="pt_BR"):
    parameters = [{"type": "text", "text": value} for value in values]
    return {
        "type": "template",
        "template": {
            "name": name,
            "language": {"code": language},
            "components": [{"type": "body", "parameters": parameters}],
        },
    }


@pytest.mark.parametrize(
    ("message", "code", "status"),
    [
        (template("Ana"), 132000, 400),
        (template("Ana", "HT1", name="no_such"), 132001, 404),
        (template("Ana", "HT1", language="fr"), 132001, 404),
        (template("Ana", "março", name="boleto_disponivel"), 132001, 404),
        (template("50%", name="promocao_fim_de_ano"), 132001, 404),
        (template("a\nb", "HT1"), 132012, 400),
    ],
    ids=["too few", "unknown", "language", "pending", "rejected", "new line"],
)
def test_template_that_does_not_fit(talking, message, code, status):
    answer = talking.send(**message)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_template_with_document_and_button(talking):
    media_id = upload(talking, b"%PDF-1.4 x", "application/pdf").json()["id"]
    header = {"type": "document", "document": {"id": media_id, "filename": "n.pdf"}}
    body = template("Ana", "004.271", name="nota_fiscal_liberada")
    body["template"]["components"] += [
        {"type": "header", "parameters": [header]},
        {
            "type": "button",
            "sub_type": "url",
            "index": "0",
            "parameters": [{"type": "text", "text": "42"}],
        },
    ]
    sent(talking.send(**body))
    shown = talking.talk()[-1]
    assert shown["media"]["mime"] == "application/pdf"
    assert shown["buttons"][0]["url"].endswith("/chamado/42")


def test_unknown_number_fails_by_webhook(talking, business):
    message_id = sent(talking.send(to="5511900000000"))
    (status,) = wait_for(lambda: statuses(business, message_id))
    assert (status["status"], status["errors"][0]["code"]) == ("failed", 131026)
    assert status["recipient_id"] == "5511900000000"


@pytest.mark.parametrize(("to", "code"), [("12", 131009), ("+55 11 4002-8922", 131021)])
def test_number_that_cannot_be(talking, to, code):
    assert talking.send(to=to).json()["error"]["code"] == code


def test_long_text_is_refused(talking):
    assert talking.send(type="text", text={"body": "x" * 4096}).status_code == 200
    answer = talking.send(type="text", text={"body": "x" * 4097})
    assert answer.status_code == 400 and "4096" in answer.json()["error"]["message"]


def test_quote_is_shown_under_what_it_quotes(talking):
    sent(
        talking.send(
            type="text", text={"body": "Sim"}, context={"message_id": talking.said}
        )
    )
    assert talking.talk()[-1]["reply_to"] == talking.said


def test_reaction_comes_to_the_message_and_gets_one_tick(talking, business):
    reaction = {"message_id": talking.said, "emoji": "👍"}
    message_id = sent(talking.send(type="reaction", reaction=reaction))
    assert talking.talk()[0]["reactions"] == {"business": "👍"}
    wait_for(lambda: names(business, message_id) == ["sent"])
    time.sleep(0.06)
    assert names(business, message_id) == ["sent"]
    reaction["emoji"] = ""
    sent(talking.send(type="reaction", reaction=reaction))
    assert talking.talk()[0]["reactions"] == {}


def test_mark_as_read_gives_the_customer_blue_ticks(talking):
    body = {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": talking.said,
        "typing_indicator": {"type": "text"},
    }
    answer = talking.graph("POST", f"{PHONE_ID}/messages", json=body)
    assert answer.json() == {"success": True}
    assert talking.talk()[0]["status"] == "read"
    body["message_id"] = "wamid.unknown"
    answer = talking.graph("POST", f"{PHONE_ID}/messages", json=body)
    assert answer.json()["error"]["code"] == 131009


def test_forced_status_is_sent_and_never_lowers_the_truth(talking, business):
    message_id = sent(talking.send())
    wait_for(lambda: "delivered" in names(business, message_id))
    talking.post("status", message_id=message_id, status="sent")
    wait_for(lambda: names(business, message_id).count("sent") == 2)
    assert talking.talk()[-1]["status"] == "delivered"


# --- who asks -------------------------------------------------------------------


@pytest.mark.parametrize(("token", "code"), [("wrong", 190), ("", 104)])
def test_wrong_token(sandbox, token, code):
    answer = sandbox.graph("GET", PHONE_ID, token=token)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, code)
    assert answer.json()["error"]["type"] == "OAuthException"


def test_object_of_somebody_else(sandbox):
    answer = sandbox.graph("POST", "999/messages", json={})
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["error_subcode"]) == (400, 100, 33)


def test_phone_number(sandbox):
    fields = "verified_name,display_phone_number,quality_rating"
    answer = sandbox.graph("GET", f"{PHONE_ID}?fields={fields}").json()
    assert answer == {
        "id": PHONE_ID,
        "verified_name": "ERP Horizonte - Suporte",
        "display_phone_number": "+55 11 4002-8922",
        "quality_rating": "GREEN",
    }
    error = sandbox.graph("GET", f"{PHONE_ID}?fields=nonsense").json()["error"]
    assert "nonexisting field (nonsense)" in error["message"]


def test_templates_come_in_pages(sandbox):
    first = sandbox.graph("GET", f"{WABA_ID}/message_templates?limit=4").json()
    assert len(first["data"]) == 4
    seen, page = list(first["data"]), first
    while "next" in page["paging"]:
        page = sandbox.graph("GET", page["paging"]["next"]).json()
        seen += page["data"]
    found = [(t["name"], t["language"]) for t in seen]
    assert len(found) == len(set(found)) == 9
    states = [t["status"] for t in seen]
    assert states.count("APPROVED") >= 6
    assert {"PENDING", "REJECTED"} < set(states)
    answer = sandbox.graph("GET", f"{WABA_ID}/message_templates?status=PENDING")
    assert len(answer.json()["data"]) == 1


# --- files ----------------------------------------------------------------------


def upload(sandbox, content=JPEG, mime="image/jpeg", name="a.jpg"):
    return sandbox.graph(
        "POST",
        f"{PHONE_ID}/media",
        data={"messaging_product": "whatsapp"},
        files={"file": (name, content, mime)},
    )


def test_file_goes_up_and_comes_down(talking):
    media_id = upload(talking).json()["id"]
    info = talking.graph("GET", media_id).json()
    assert info["sha256"] == hashlib.sha256(JPEG).hexdigest()
    assert (info["mime_type"], info["file_size"]) == ("image/jpeg", str(len(JPEG)))
    assert talking.graph("GET", info["url"]).content == JPEG
    assert talking.graph("GET", info["url"], token="").status_code == 401
    sent(talking.send(type="image", image={"id": media_id, "caption": "Veja"}))
    shown = talking.talk()[-1]
    assert shown["text"] == "Veja" and shown["media"]["size"] == len(JPEG)


def test_link_expires(sandbox):
    sandbox.post("settings", media_ttl=0.0)
    media_id = upload(sandbox).json()["id"]
    url = sandbox.graph("GET", media_id).json()["url"]
    time.sleep(1.05)
    answer = sandbox.graph("GET", url)
    assert answer.status_code == 404 and "expired" in answer.text


def test_link_cannot_be_made_longer(sandbox):
    media_id = upload(sandbox).json()["id"]
    url = sandbox.graph("GET", media_id).json()["url"]
    assert sandbox.graph("GET", url).status_code == 200
    forged = url.replace("ext=1", "ext=9")
    assert sandbox.graph("GET", forged).status_code == 404


def test_deleted_file_is_gone(sandbox):
    media_id = upload(sandbox).json()["id"]
    url = sandbox.graph("GET", media_id).json()["url"]
    assert sandbox.graph("DELETE", media_id).json() == {"success": True}
    assert sandbox.graph("GET", media_id).json()["error"]["code"] == 100
    assert sandbox.graph("GET", url).status_code == 404


@pytest.mark.parametrize(
    ("mime", "size", "code"),
    [
        ("image/jpeg", 5 * 1024 * 1024 + 1, 131053),
        ("image/webp", 500 * 1024 + 1, 131053),
        ("image/gif", 10, 100),
        ("application/zip", 10, 100),
        ("text/plain", 0, 100),
    ],
)
def test_upload_beyond_the_limits(sandbox, mime, size, code):
    answer = upload(sandbox, b"x" * size, mime)
    assert answer.status_code == 400 and answer.json()["error"]["code"] == code


def test_file_of_the_wrong_kind_fails_by_webhook(talking, business):
    media_id = upload(talking, b"%PDF", "application/pdf").json()["id"]
    message_id = sent(talking.send(type="image", image={"id": media_id}))
    (status,) = wait_for(lambda: statuses(business, message_id))
    assert status["errors"][0]["code"] == 131053


def test_unknown_file_is_refused(talking):
    answer = talking.send(type="image", image={"id": "1"})
    assert answer.json()["error"]["code"] == 131009


def test_customers_photo_can_be_fetched(connected, business):
    connected.say(kind="image", text="A tela")
    (message,) = wait_for(business.messages)
    assert message["image"]["caption"] == "A tela"
    info = connected.graph("GET", message["image"]["id"]).json()
    content = connected.graph("GET", info["url"]).content
    assert content[:3] == b"\xff\xd8\xff" and len(content) == int(info["file_size"])


def test_outbox_has_every_message_once_in_order(talking):
    ids = [sent(talking.send()) for _ in range(5)]
    lines = talking.get("outbox", channel="whatsapp").json()
    assert [line["id"] for line in lines] == ids
    assert lines[0]["request"]["text"] == {"body": "Olá"}
