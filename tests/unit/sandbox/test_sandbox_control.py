"""Starting, the people, what the customer says, and who may give orders."""

import base64
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tests.sandbox.accounts import from_environment
from tests.sandbox.guard import is_loopback, is_loopback_host
from tests.sandbox.media import SAMPLES
from tests.sandbox.people import cast, new_customer, slug
from tests.sandbox.server import listen
from tests.unit.sandbox.conftest import (
    APP_SECRET,
    BOT_TOKEN,
    PHONE_ID,
    VERIFY_TOKEN,
    WHATSAPP_TOKEN,
    wait_for,
)

ROOT = Path(__file__).parents[3]
ENVIRONMENT = {
    "SOCIAL_SANDBOX_WHATSAPP_TOKEN": WHATSAPP_TOKEN,
    "SOCIAL_SANDBOX_WHATSAPP_SECRET": APP_SECRET,
    "SOCIAL_SANDBOX_WHATSAPP_VERIFY": VERIFY_TOKEN,
    "SOCIAL_SANDBOX_TELEGRAM_TOKEN": BOT_TOKEN,
}


# --- starting -------------------------------------------------------------------


def run(*arguments, env=None):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.sandbox", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_starts_and_answers():
    process = run("--port", "0", env=ENVIRONMENT)
    try:
        url = re.search(r"http://\S+", process.stdout.readline())[0]
        health = requests.get(f"{url}sandbox/health", timeout=5).json()
        assert health["ok"] is True
        accounts = requests.get(f"{url}sandbox/accounts", timeout=5)
        assert [a["provider"] for a in accounts.json()] == ["whatsapp", "telegram"]
    finally:
        process.terminate()
        out, err = process.communicate(timeout=5)
    assert not any(secret in out + err for secret in ENVIRONMENT.values())


@pytest.mark.parametrize("missing", ENVIRONMENT)
def test_missing_variable_is_named(missing):
    env = {k: v for k, v in ENVIRONMENT.items() if k != missing}
    with pytest.raises(ValueError, match=f"{missing} .*--bare"):
        from_environment(env)


def test_token_that_is_none_is_refused_without_showing_it():
    with pytest.raises(ValueError, match="BotFather") as caught:
        from_environment(ENVIRONMENT | {"SOCIAL_SANDBOX_TELEGRAM_TOKEN": "hunter2"})
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--port", "0"], "SOCIAL_SANDBOX_WHATSAPP_TOKEN"),
        (["--port", "0", "--bare", "--host", "0.0.0.0"], "Use 127.0.0.1"),
    ],
)
def test_refusals_are_one_sentence_and_no_traceback(arguments, words):
    process = run(*arguments)
    _, err = process.communicate(timeout=10)
    assert process.returncode == 2
    assert words in err and "Traceback" not in err


def test_taken_port_is_said_in_a_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = run("--bare", "--port", str(taken.getsockname()[1]))
        _, err = process.communicate(timeout=10)
    assert process.returncode == 2 and "another program has it" in err


# --- loopback only --------------------------------------------------------------


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.com", ""])
def test_does_not_listen_elsewhere(sandbox, host):
    with pytest.raises(ValueError, match="does not listen"):
        listen(sandbox.world, host, 0)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "localhost", "::1"])
def test_loopback_hosts(host):
    assert is_loopback_host(host)


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:8069/x", True),
        ("https://localhost/x", True),
        ("http://[::1]:80/", True),
        ("http://127.0.0.1.example.com/", False),
        ("http://localhost@198.51.100.7/", False),
        ("ftp://127.0.0.1/", False),
        ("http://[bad", False),
        ("", False),
    ],
)
def test_loopback_urls(url, here):
    assert is_loopback(url) is here


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "null"},
        {"Host": "rebound.example"},
    ],
)
def test_pages_elsewhere_cannot_give_orders(sandbox, headers):
    url = f"{sandbox.url}/sandbox/reset"
    answer = requests.post(url, json={}, headers=headers, timeout=5)
    assert answer.status_code == 403
    assert requests.get(sandbox.url, headers=headers, timeout=5).status_code == 403


def test_own_page_can(sandbox):
    url = f"{sandbox.url}/sandbox/reset"
    answer = requests.post(url, headers={"Origin": sandbox.url}, timeout=5)
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "name", ["../control.py", "..%2fcontrol.py", "/etc/passwd", "js/none.js"]
)
def test_page_files_stay_in_their_folder(sandbox, name):
    assert requests.get(f"{sandbox.url}/page/{name}", timeout=5).status_code == 404


# --- accounts and people --------------------------------------------------------


def test_accounts_show_no_secret(sandbox):
    text = sandbox.get("accounts").text
    assert not any(secret in text for secret in ENVIRONMENT.values())


def test_second_account_is_a_world_of_its_own(connected, business):
    connected.post(
        "accounts",
        provider="whatsapp",
        phone_number_id="222",
        waba_id="333",
        token="other",
        app_secret="s",
        verify_token="v",
        callback_url=business.url("/second"),
    )
    connected.say(text="to the second", account="222")
    wait_for(lambda: business.got)
    assert business.got[0][1] == "/second"
    assert business.values()[0]["metadata"]["phone_number_id"] == "222"
    assert connected.talk() == []
    assert connected.graph("GET", "222", token="other").json()["id"] == "222"
    assert connected.graph("GET", "222").status_code == 400, "with the other's token"


@pytest.mark.parametrize(
    "values",
    [
        {"provider": "fax"},
        {"provider": "whatsapp", "token": "x"},
        {"provider": "telegram", "token": "x"},
        {
            "provider": "whatsapp",
            "token": "t",
            "app_secret": "s",
            "verify_token": "v",
            "phone_number_id": "x",
        },
    ],
)
def test_half_an_account_is_refused(sandbox, values):
    answer = requests.post(f"{sandbox.url}/sandbox/accounts", json=values, timeout=5)
    assert answer.status_code == 400 and answer.json()["error"].endswith(".")


def test_cast_has_old_and_new_brazilian_ids_and_neighbours():
    people = cast()
    ids = [c.wa_id for c in people]
    assert len(set(ids)) == len(set(c.telegram_id for c in people)) == len(people) >= 6
    brazil = [i for i in ids if i.startswith("55")]
    assert {len(i) for i in brazil} == {12, 13}
    assert any(i.startswith("351") for i in ids) and any(
        i.startswith("549") for i in ids
    )
    assert len({c.company for c in people}) < len(people), "two work together"


def test_new_customer_can_speak_at_once(connected, business):
    customer = connected.post("customers", name="Zé Ninguém", phone="+55 31 98888-0000")
    assert customer["id"] == "ze-ninguem" and customer["initials"] == "ZN"
    connected.say(customer="5531988880000", text="oi")
    assert wait_for(business.messages)[0]["from"] == "5531988880000"


@pytest.mark.parametrize(
    "values",
    [{}, {"name": "X"}, {"name": "X", "phone": "12"}, {"phone": "5511912345678"}],
)
def test_nobody_is_no_customer(values):
    with pytest.raises(ValueError, match="A customer needs"):
        new_customer(values, 0)


def test_slug_of_anything():
    assert slug("Antônio Luís d'Ávila") == "antonio-luis-d-avila"
    assert slug("王") == "customer"


# --- saying ---------------------------------------------------------------------


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_are_what_they_claim(sandbox, name):
    kind = {"photo": "image"}.get(name, name)
    sandbox.say(kind=kind, media=name)
    media = sandbox.talk()[-1]["media"]
    answer = requests.get(sandbox.url + media["url"], timeout=5)
    marks = {
        "photo": b"\xff\xd8\xff",
        "voice": b"OggS",
        "audio": b"ID3",
        "document": b"%PDF",
        "video": b"ftyp",
        "sticker": b"WEBP",
    }
    assert marks[name] in answer.content[:16]
    assert answer.headers["Content-Type"] == media["mime"]
    part = {"Range": "bytes=0-3"}
    assert (
        requests.get(sandbox.url + media["url"], headers=part, timeout=5).status_code
        == 206
    )


def test_own_file_by_base64_and_by_upload(sandbox):
    media = {"base64": base64.b64encode(b"abc").decode(), "name": "a.txt"}
    sandbox.say(kind="document", media=media)
    form = {
        "channel": "whatsapp",
        "customer": "ana-beatriz-conceicao",
        "kind": "document",
    }
    answer = requests.post(
        f"{sandbox.url}/sandbox/say",
        data=form,
        files={"file": ("b.txt", b"abcd", "text/plain")},
        timeout=5,
    )
    assert answer.ok, answer.text
    first, second = (m["media"] for m in sandbox.talk())
    assert (first["name"], first["mime"], first["size"]) == ("a.txt", "text/plain", 3)
    assert (second["name"], second["size"]) == ("b.txt", 4)


def test_uploaded_page_is_never_opened_as_one(sandbox):
    html = base64.b64encode(b"<script>alert(1)</script>").decode()
    sandbox.say(kind="document", media={"base64": html, "name": "a.html"})
    url = sandbox.url + sandbox.talk()[0]["media"]["url"]
    headers = requests.get(url, timeout=5).headers
    assert headers["Content-Disposition"] == "attachment"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_raw_fields_are_merged_and_removed(connected, business):
    connected.say(text="x", raw={"group_id": "g", "from": None, "from_user_id": "US.1"})
    (message,) = wait_for(business.messages)
    assert message["group_id"] == "g" and message["from_user_id"] == "US.1"
    assert "from" not in message


@pytest.mark.parametrize("identity", ["both", "user_id"])
def test_customer_who_hides_his_number(connected, business, identity):
    connected.say(text="oi", identity=identity)
    (message,) = wait_for(business.messages)
    contact = business.values()[0]["contacts"][0]
    assert message["from_user_id"] == contact["user_id"]
    assert contact["user_id"].startswith("BR.")
    assert ("from" in message) is ("wa_id" in contact) is (identity == "both")
    body = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "recipient": contact["user_id"],
        "type": "text",
        "text": {"body": "Olá"},
    }
    answer = connected.graph("POST", f"{PHONE_ID}/messages", json=body).json()
    assert answer["contacts"] == [
        {"input": contact["user_id"], "user_id": contact["user_id"]}
    ]
    assert connected.talk()[-1]["text"] == "Olá"
    body["recipient"] = "BR.1"
    answer = connected.graph("POST", f"{PHONE_ID}/messages", json=body).json()
    assert answer["error"]["code"] == 131009


def test_kind_of_tomorrow(connected, business):
    connected.say(kind="hologram", content={"angle": 3})
    (message,) = wait_for(business.messages)
    assert message["type"] == "hologram" and message["hologram"] == {"angle": 3}


def test_provider_time_is_the_customers(connected, business):
    connected.say(text="old", timestamp=1_700_000_000)
    assert wait_for(business.messages)[0]["timestamp"] == "1700000000"


def test_edit_delete_and_reaction_of_a_customer(connected, business):
    target = connected.say(text="um")["message_id"]
    connected.say(kind="edit", target=target, text="dois")
    connected.say(kind="reaction", target=target, text="👍")
    connected.say(kind="delete", target=target)
    wait_for(lambda: len(business.messages()) == 4)
    kinds = {m["type"]: m for m in business.messages()}
    assert kinds["edit"]["edit"]["original_message_id"] == target
    assert kinds["edit"]["edit"]["message"]["text"] == {"body": "dois"}
    assert kinds["revoke"]["revoke"] == {"original_message_id": target}
    assert kinds["reaction"]["reaction"] == {"message_id": target, "emoji": "👍"}
    (shown,) = connected.talk()
    assert shown["edited"] and shown["deleted"] and shown["text"] == "dois"


def test_accepted_message_gets_its_second_tick(connected, business):
    business.answers = [500]
    connected.say(text="x")
    assert connected.talk()[0]["status"] == "sent"
    wait_for(lambda: connected.talk()[0]["status"] == "delivered")


@pytest.mark.parametrize(
    ("order", "status", "words"),
    [
        ({"channel": "fax"}, 400, "whatsapp or telegram"),
        ({"customer": "nobody"}, 404, "There is no customer"),
        ({"kind": "text", "text": ""}, 400, "needs “text”"),
        ({"kind": "image", "media": "selfie"}, 400, "no sample"),
        ({"kind": "image", "media": {"base64": "%"}}, 400, "not base64"),
        ({"kind": "edit", "text": "x"}, 400, "which message"),
        ({"kind": "edit", "target": "x", "text": "x"}, 404, "no message “x”"),
        ({"kind": "location", "latitude": "north"}, 400, "are numbers"),
        ({"account": "1"}, 404, "account"),
    ],
)
def test_senseless_orders_are_explained(sandbox, order, status, words):
    full = {"channel": "whatsapp", "customer": "ana-beatriz-conceicao", **order}
    answer = requests.post(f"{sandbox.url}/sandbox/say", json=full, timeout=5)
    assert answer.status_code == status and words in answer.json()["error"]


def test_orders_are_json_objects(sandbox):
    for body in ("[]", "{", '"x"'):
        answer = requests.post(f"{sandbox.url}/sandbox/say", data=body, timeout=5)
        assert answer.status_code == 400


def test_settings_are_checked(sandbox):
    for values in ({"speed": 1}, {"sent_after": "fast"}, {"sent_after": -1}):
        answer = requests.post(
            f"{sandbox.url}/sandbox/settings", json=values, timeout=5
        )
        assert answer.status_code == 400 and answer.json()["error"].endswith(".")


def test_reset_forgets_all_but_the_webhooks(connected, business):
    connected.say(text="x")
    connected.post("faults", kind="status")
    connected.post("reset")
    assert connected.talk() == []
    assert connected.get("faults").json() == connected.get("outbox").json() == []
    connected.say(text="y")
    wait_for(lambda: [m for m in business.messages() if m["text"]["body"] == "y"])


def test_page_hears_of_a_message_at_once(sandbox):
    url = f"{sandbox.url}/sandbox/events"
    with requests.get(url, stream=True, timeout=5) as stream:
        lines = stream.iter_lines(decode_unicode=True)
        assert next(lines) == "retry: 1000"
        sandbox.say(text="live")
        seen = ""
        while '"live"' not in seen:
            seen = next(lines)
    assert seen.startswith("data: ")


# --- the page's words -----------------------------------------------------------


def test_every_word_of_the_page_is_in_both_languages():
    page = ROOT / "tests/sandbox/page"
    source = (page / "js/i18n.js").read_text("utf-8")
    english, portuguese = source.split('"pt-BR": {')
    keys = re.compile(r"^ {8}(\w+):|, (kind_\w+):", re.M)

    def words(text):
        return {a or b for a, b in keys.findall(text)}

    assert words(english) == words(portuguese.split("\n};")[0])
    used = re.findall(
        r"""\bt\("(\w+)"|data-t(?:-label)?="(\w+)\"""",
        "".join(f.read_text("utf-8") for f in page.rglob("*") if f.suffix in _TEXT),
    )
    assert {a or b for a, b in used} <= words(english)


_TEXT = {".js", ".html"}


def test_page_asks_nobody_else():
    for file in (ROOT / "tests/sandbox/page").rglob("*.*"):
        text = file.read_text("utf-8")
        urls = re.findall(
            r"(?:src|href|url|from|import)[=( ]+[\"'](https?:[^\"']+)", text
        )
        assert not urls, file
