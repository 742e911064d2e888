"""The Bot API as a bot meets it."""

import json

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from tests.sandbox.__main__ import default_accounts, first_number
from tests.sandbox.people import cast
from tests.sandbox.telegram.errors import TelegramError
from tests.sandbox.telegram.html import parse, utf16
from tests.sandbox.world import World
from tests.unit.sandbox.conftest import BOT_TOKEN, wait_for

ANA = 500_000_000
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture
def talking(connected, business):
    connected.say("telegram", text="oi")
    wait_for(lambda: business.got)
    business.got.clear()
    return connected


def refusal(answer):
    body = answer.json()
    assert body["ok"] is False and body["error_code"] == answer.status_code
    return body["error_code"], body["description"]


def test_get_me(sandbox):
    me = sandbox.bot("getMe").json()["result"]
    assert me["is_bot"] and me["username"] == "HorizonteSuporteBot"
    assert me["id"] == int(BOT_TOKEN.split(":")[0])


@pytest.mark.parametrize(
    ("token", "code"), [("7012345678:" + "x" * 35, 401), ("nonsense", 404)]
)
def test_wrong_token(sandbox, token, code):
    assert refusal(sandbox.bot("getMe", token=token))[0] == code


def test_unknown_method_and_any_case(sandbox):
    assert refusal(sandbox.bot("getYou"))[0] == 404
    assert sandbox.bot("GETME").json()["ok"]


@pytest.mark.parametrize("how", ["json", "form", "query"])
def test_message_by_every_kind_of_body(talking, how):
    url = f"{talking.url}/bot{BOT_TOKEN}/sendMessage"
    values = {"chat_id": ANA, "text": "<b>Bom</b> dia", "parse_mode": "HTML"}
    answers = {
        "json": lambda: requests.post(url, json=values, timeout=5),
        "form": lambda: requests.post(url, data=values, timeout=5),
        "query": lambda: requests.get(url, params=values, timeout=5),
    }
    result = answers[how]().json()["result"]
    assert result["text"] == "Bom dia"
    assert result["entities"] == [{"type": "bold", "offset": 0, "length": 3}]
    assert result["chat"]["id"] == ANA and result["from"]["is_bot"]
    assert talking.talk("telegram")[-1]["text"] == "Bom dia"


def test_message_ids_grow_per_chat_over_both_directions(talking):
    first = talking.bot("sendMessage", chat_id=ANA, text="a").json()["result"]
    second = talking.say("telegram", text="b")["message_id"]
    assert (first["message_id"], second) == (2, "3")
    other = talking.say("telegram", customer="joao-goncalves", text="c")
    assert other["message_id"] == "1"


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end",
        ),
        ({"text": "x", "parse_mode": "Wiki"}, "unsupported parse_mode"),
        (
            {"text": "x", "reply_parameters": {"message_id": 99}},
            "message to be replied not found",
        ),
        ({"text": "x", "chat_id": 42}, "chat not found"),
    ],
)
def test_refused_messages(talking, params, words):
    answer = talking.bot("sendMessage", **({"chat_id": ANA} | params))
    code, description = refusal(answer)
    assert code == 400 and words in description


def test_a_bot_cannot_open_a_conversation(connected):
    answer = connected.bot("sendMessage", chat_id=ANA, text="hello?")
    assert refusal(answer) == (400, "Bad Request: chat not found")


def test_reply_may_go_without_its_quote_when_allowed(talking):
    reply = {"message_id": 99, "allow_sending_without_reply": True}
    answer = talking.bot("sendMessage", chat_id=ANA, text="x", reply_parameters=reply)
    assert "reply_to_message" not in answer.json()["result"]
    reply = {"message_id": 1}
    answer = talking.bot("sendMessage", chat_id=ANA, text="x", reply_parameters=reply)
    assert answer.json()["result"]["reply_to_message"]["text"] == "oi"
    assert talking.talk("telegram")[-1]["reply_to"] == "1"


def test_blocked_bot(talking, business):
    talking.post("block", channel="telegram", customer="ana-beatriz-conceicao")
    answer = talking.bot("sendMessage", chat_id=ANA, text="x")
    assert refusal(answer) == (403, "Forbidden: bot was blocked by the user")
    member = wait_for(business.bodies)[0]["my_chat_member"]
    assert member["new_chat_member"]["status"] == "kicked"


@pytest.mark.parametrize(
    ("method", "name", "kind"),
    [
        ("sendPhoto", "photo", "image"),
        ("sendDocument", "document", "document"),
        ("sendVideo", "video", "video"),
        ("sendAudio", "audio", "audio"),
        ("sendVoice", "voice", "voice"),
        ("sendSticker", "sticker", "sticker"),
    ],
)
def test_files_up_and_down(talking, method, name, kind):
    answer = talking.bot(method, files={name: ("a.png", PNG)}, chat_id=ANA)
    result = answer.json()["result"]
    file = result[name][-1] if name == "photo" else result[name]
    shown = talking.talk("telegram")[-1]
    assert (shown["kind"], shown["media"]["size"]) == (kind, len(PNG))
    info = talking.bot("getFile", file_id=file["file_id"]).json()["result"]
    url = f"{talking.url}/file/bot{BOT_TOKEN}/{info['file_path']}"
    assert requests.get(url, timeout=5).content == PNG
    again = talking.bot(method, chat_id=ANA, **{name: file["file_id"]})
    assert again.json()["ok"], "a file may be sent again by its id"


def test_photo_of_a_customer_comes_in_sizes(talking, business):
    talking.say("telegram", kind="image", text="print")
    sizes = wait_for(business.bodies)[0]["message"]["photo"]
    widths = [size["width"] for size in sizes]
    assert widths == sorted(widths) and len(widths) >= 3
    info = talking.bot("getFile", file_id=sizes[-1]["file_id"]).json()["result"]
    assert info["file_size"] == sizes[-1]["file_size"]


def test_file_above_20_mb_cannot_be_fetched(talking, business):
    import base64

    content = base64.b64encode(b"x" * (20 * 1024 * 1024 + 1)).decode()
    talking.say("telegram", kind="document", media={"base64": content, "name": "b"})
    document = wait_for(business.bodies)[0]["message"]["document"]
    answer = talking.bot("getFile", file_id=document["file_id"])
    assert refusal(answer) == (400, "Bad Request: file is too big")
    assert refusal(talking.bot("getFile", file_id="nope"))[0] == 400


def test_album_is_all_or_nothing(talking):
    media = [
        {"type": "photo", "media": "attach://a", "caption": "<i>um</i>"},
        {"type": "video", "media": "attach://b"},
    ]
    media[0]["parse_mode"] = "HTML"
    files = {"a": ("a.png", PNG), "b": ("b.mp4", b"video")}
    send = {"chat_id": ANA, "media": json.dumps(media)}
    result = talking.bot("sendMediaGroup", files=files, **send).json()["result"]
    assert len({m["media_group_id"] for m in result}) == 1
    assert result[0]["caption"] == "um"
    before = len(talking.talk("telegram"))
    mixed = json.dumps([media[0], media[1] | {"type": "document"}])
    answer = talking.bot("sendMediaGroup", files=files, chat_id=ANA, media=mixed)
    assert "can't be mixed" in refusal(answer)[1]
    media[1]["media"] = "attach://missing"
    send["media"] = json.dumps(media)
    assert refusal(talking.bot("sendMediaGroup", files={"a": files["a"]}, **send))
    assert len(talking.talk("telegram")) == before


def test_location_and_contact(talking):
    talking.bot("sendLocation", chat_id=ANA, latitude=-25.4, longitude=-49.2)
    talking.bot("sendContact", chat_id=ANA, phone_number="+55 41 1", first_name="Zé")
    place, card = talking.talk("telegram")[-2:]
    assert place["location"]["latitude"] == -25.4
    assert card["contacts"][0]["name"]["first_name"] == "Zé"
    answer = talking.bot("sendLocation", chat_id=ANA, latitude=99, longitude=0)
    assert refusal(answer)[0] == 400


def test_edit_delete_and_react(talking):
    sent = talking.bot("sendMessage", chat_id=ANA, text="um").json()["result"]
    which = {"chat_id": ANA, "message_id": sent["message_id"]}
    assert talking.bot("editMessageText", text="dois", **which).json()["ok"]
    assert talking.talk("telegram")[-1]["text"] == "dois"
    assert talking.talk("telegram")[-1]["edited"]
    again = talking.bot("editMessageText", text="dois", **which)
    assert "message is not modified" in refusal(again)[1]
    thumb = [{"type": "emoji", "emoji": "👍"}]
    first = {"chat_id": ANA, "message_id": 1}
    assert talking.bot("setMessageReaction", reaction=thumb, **first).json()["ok"]
    assert talking.talk("telegram")[0]["reactions"] == {"business": "👍"}
    odd = [{"type": "emoji", "emoji": "🧾"}]
    answer = talking.bot("setMessageReaction", reaction=odd, **first)
    assert refusal(answer)[1] == "Bad Request: REACTION_INVALID"
    assert talking.bot("deleteMessage", **which).json()["ok"]
    assert talking.talk("telegram")[-1]["deleted"]
    mine = talking.bot("editMessageText", text="x", **first)
    assert refusal(mine)[1] == "Bad Request: message can't be edited"


def test_customer_reactions_only_when_asked_for(talking, business):
    reaction = {"kind": "reaction", "target": "1", "text": "🎉"}
    assert talking.say("telegram", **reaction)["webhook"] == "none"
    talking.bot(
        "setWebhook",
        url=business.url(),
        allowed_updates=["message", "message_reaction"],
    )
    assert talking.say("telegram", **reaction)["webhook"] == "sent"
    update = wait_for(business.bodies)[0]["message_reaction"]
    assert update["new_reaction"] == [{"type": "emoji", "emoji": "🎉"}]
    assert talking.say("telegram", kind="edit", target="1", text="x")["webhook"] == (
        "none"
    ), "edited_message is not among the allowed updates now"


def test_customer_edits_and_deletes(talking, business):
    talking.say("telegram", kind="edit", target="1", text="oi!")
    edited = wait_for(business.bodies)[0]["edited_message"]
    assert (edited["message_id"], edited["text"]) == (1, "oi!")
    assert edited["edit_date"] >= edited["date"]
    said = talking.say("telegram", kind="delete", target="1")
    assert said["webhook"] == "none", "bots are not told"
    assert talking.talk("telegram")[0]["deleted"]


def test_inline_button_is_pressed(talking, business):
    keyboard = {"inline_keyboard": [[{"text": "Sim", "callback_data": "yes"}]]}
    sent = talking.bot("sendMessage", chat_id=ANA, text="ok?", reply_markup=keyboard)
    target = str(sent.json()["result"]["message_id"])
    talking.say("telegram", kind="button", target=target, button="Sim")
    query = wait_for(business.bodies)[0]["callback_query"]
    assert query["data"] == "yes"
    assert query["message"]["message_id"] == int(target)
    answered = talking.bot("answerCallbackQuery", callback_query_id=query["id"])
    assert answered.json() == {"ok": True, "result": True}


def test_commands_carry_their_entity(talking, business):
    talking.say("telegram", text="/start abc")
    message = wait_for(business.bodies)[0]["message"]
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://example.com/x", "HTTPS URL must be provided"),
        ("https://example.com:9000/x", "ports 80, 88, 443 or 8443"),
        ("https://example.com:99999999/x", "invalid URL"),
        ("https://nowhere/x", "Failed to resolve host"),
        ("ftp://127.0.0.1/x", "HTTPS URL must be provided"),
    ],
)
def test_webhook_address_is_checked(sandbox, url, words):
    code, description = refusal(sandbox.bot("setWebhook", url=url))
    assert code == 400 and words in description


def test_webhook_secret_has_an_alphabet(sandbox):
    answer = sandbox.bot("setWebhook", url="https://a.example/", secret_token="a b")
    assert "unallowed characters" in refusal(answer)[1]


def test_webhook_info_tells_the_last_error(talking, business):
    business.answers = [503]
    talking.say("telegram", text="x")
    wait_for(lambda: len(business.got) == 2)
    info = talking.bot("getWebhookInfo").json()["result"]
    assert info["last_error_message"] == "Wrong response from the webhook: 503"
    assert refusal(talking.bot("getUpdates"))[0] == 409


# --- parse_mode HTML ------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("a &lt;b&gt; &amp; &quot;c&quot;", 'a <b> & "c"', []),
        ("&eacute; &#233; &#x1F600;", "&eacute; é 😀", []),
        (
            "😀<b>x<i>y</i></b>",
            "😀xy",
            [("bold", 2, 2), ("italic", 3, 1)],
        ),
        ('<a href="https://a.example/?b=1&amp;c=2">l</a>', "l", [("text_link", 0, 1)]),
        ('<a href="javascript:x">l</a>', "l", []),
        ('<span class="tg-spoiler">s</span>', "s", [("spoiler", 0, 1)]),
        ("<blockquote expandable>q</blockquote>", "q", [("blockquote", 0, 1)]),
    ],
)
def test_html(html, text, entities):
    plain, found = parse(html)
    assert plain == text
    assert [(e["type"], e["offset"], e["length"]) for e in found] == entities


@pytest.mark.parametrize(
    "html",
    ["<p>x</p>", "a < b", "<b><i>x</b></i>", "</b>", "<b", "<span>x</span>", "<br/>"],
)
def test_html_that_telegram_refuses(html):
    with pytest.raises(TelegramError, match="can't parse entities"):
        parse(html)


@given(st.text())
def test_escaped_text_comes_out_as_it_was(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse(escaped) == (text, [])


@given(st.text(alphabet="<>/abi &;\"'=u", max_size=40))
def test_any_html_is_parsed_or_refused(html):
    try:
        plain, entities = parse(html)
    except TelegramError as error:
        assert error.code == 400
    else:
        assert all(e["offset"] + e["length"] <= utf16(plain) for e in entities)


def test_kind_without_words_of_its_own(talking, business):
    talking.say("telegram", kind="dice", content={"emoji": "🎲", "value": 3})
    message = wait_for(business.bodies)[0]["message"]
    assert message["dice"] == {"emoji": "🎲", "value": 3} and "text" not in message


def test_sizes_of_a_photo_are_made_once(talking, business):
    said = talking.say("telegram", kind="image")["message_id"]
    talking.say("telegram", text="x", reply_to=said)
    wait_for(lambda: len(business.got) == 2)
    photo, quote = (b["message"] for b in business.bodies())
    assert quote["reply_to_message"]["photo"] == photo["photo"]


def test_a_restarted_sandbox_repeats_no_number(monkeypatch):
    """Odoo's demo database outlives it and knows the old ones."""
    for name in ("WHATSAPP_TOKEN", "WHATSAPP_SECRET", "WHATSAPP_VERIFY"):
        monkeypatch.setenv(f"SOCIAL_SANDBOX_{name}", "x" * 32)
    monkeypatch.setenv("SOCIAL_SANDBOX_TELEGRAM_TOKEN", BOT_TOKEN)

    def start(now):
        monkeypatch.setattr("time.time", lambda: now)
        (bot,) = (a for a in default_accounts() if a.provider == "telegram")
        chat = World([bot], first_number).conversation(bot, next(iter(cast())))
        return bot.next_update, chat.next_id

    before, after = start(1_800_000_000.5), start(1_800_003_600)
    assert before < after and before[1] < after[1]
    assert max(after) < 2**31
