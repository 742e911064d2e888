"""From an agent's answer to what is sent."""

import pytest
from providers.errors import Refused
from providers.text.clean import utf16
from providers.types import File

from .golden import provider

MB = 1024 * 1024
PHOTO = File(0, "tela.jpg", "image/jpeg", 100_000)
PDF = File(1, "nota.pdf", "application/pdf", 100_000)


def _plan(code, html="", files=(), reply_to=""):
    parts = provider(code).plan(html, list(files), reply_to)
    return [(p.kind, p.text, p.file, p.reply_to) for p in parts]


@pytest.mark.parametrize("code", ["whatsapp", "telegram"])
class TestBoth:
    def test_text(self, code):
        assert _plan(code, "<p>Olá</p>", reply_to="m1") == [("text", "Olá", None, "m1")]

    def test_the_text_is_the_first_files_caption(self, code):
        assert _plan(code, "<p>Olá</p>", [PHOTO, PDF], "m1") == [
            ("image", "Olá", 0, "m1"),
            ("document", "", 1, ""),
        ]

    def test_a_text_too_long_for_a_caption_goes_first(self, code):
        text = "palavra " * 200
        first, photo = _plan(code, text, [PHOTO], "m1")
        assert first == ("text", text.strip(), None, "m1")
        assert photo == ("image", "", 0, "")

    def test_a_long_text_is_split(self, code):
        text = "palavra " * 1500
        parts = _plan(code, f"<b>{text}</b>")
        assert len(parts) == 3
        words = sum(part[1].count("palavra") for part in parts)
        assert words == 1500
        assert [part[3] for part in parts] == ["", "", ""]

    @pytest.mark.parametrize("html", ["", "<p><br></p>", "  ", "<script>x</script>"])
    def test_nothing_to_send(self, code, html):
        with pytest.raises(Refused, match="nothing to send"):
            _plan(code, html)

    def test_an_empty_file(self, code):
        with pytest.raises(Refused, match="“x.pdf” is empty"):
            _plan(code, "", [File(0, "x.pdf", "application/pdf", 0)])

    def test_a_file_that_nobody_takes(self, code):
        with pytest.raises(Refused, match=r"“x.zip” has 200\.0 MB") as caught:
            _plan(code, "", [File(0, "x.zip", "application/zip", 200 * MB)])
        assert caught.value.note.values["name"] == "x.zip"

    @pytest.mark.parametrize("mime", ["text/html", "image/svg+xml", "", "x/y; z"])
    def test_an_unknown_type_goes_as_a_document(self, code, mime):
        ((kind, *_rest),) = _plan(code, "", [File(0, "x", mime, 10)])
        assert kind == "document"

    def test_a_picture_too_large_for_a_picture_goes_as_a_document(self, code):
        file = File(0, "x.jpg", "image/jpeg", 12 * MB)
        assert _plan(code, "", [file])[0][0] == "document"

    def test_part_as_dict_is_json(self, code):
        part = provider(code).plan("<p>x</p>", [PHOTO])[0]
        assert part.as_dict()["file"] == 0


@pytest.mark.parametrize(
    ("mime", "size", "whatsapp", "telegram"),
    [
        ("image/png", 1, "image", "image"),
        ("image/webp", 400 * 1024, "sticker", "image"),
        ("image/webp", 600 * 1024, "document", "image"),
        ("audio/ogg; codecs=opus", 1, "voice", "voice"),
        ("audio/mpeg", 1, "audio", "audio"),
        ("audio/wav", 1, "document", "document"),
        ("video/mp4", 16 * MB, "video", "video"),
        ("video/mp4", 16 * MB + 1, "document", "video"),
        ("image/jpeg", 6 * MB, "document", "image"),
    ],
)
def test_as_what_a_file_is_sent(mime, size, whatsapp, telegram):
    file = File(0, "x", mime, size)
    assert _plan("whatsapp", "", [file])[0][0] == whatsapp
    assert _plan("telegram", "", [file])[0][0] == telegram


def test_a_file_without_a_caption_does_not_swallow_the_text():
    voice = File(0, "v.ogg", "audio/ogg", 10)
    assert [p[0] for p in _plan("whatsapp", "Olá", [voice])] == ["text", "voice"]
    assert _plan("telegram", "Olá", [voice]) == [("voice", "Olá", 0, "")]


def test_whatsapp_counts_its_signs():
    parts = _plan("whatsapp", "<b>aa</b> " * 1400)
    assert all(utf16(part[1]) <= 4096 for part in parts)
    assert sum(part[1].count("*aa*") for part in parts) == 1400


def test_telegram_does_not_count_its_tags():
    assert len(_plan("telegram", "<b>aa</b> " * 1300)) == 1


def test_telegram_markup_is_closed_in_every_part():
    for _kind, text, *_rest in _plan("telegram", "<i>palavra </i>" * 2000):
        assert text.count("<i>") == text.count("</i>") >= 1
