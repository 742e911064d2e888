"""The files that the providers keep."""

import hashlib
import hmac
import itertools
import mimetypes
import secrets
from pathlib import Path

from .messages import Media

_SAMPLES = Path(__file__).parent / "samples"

#: Built-in files for ``say``: name -> (file, MIME type, name shown to people).
#: A WhatsApp voice note is Opus in Ogg, and its type says so.
SAMPLES = {
    "photo": ("photo.jpg", "image/jpeg", "nota-rejeitada.jpg"),
    "voice": ("voice.ogg", "audio/ogg; codecs=opus", "voice.ogg"),
    "audio": ("audio.mp3", "audio/mpeg", "toque.mp3"),
    "document": ("document.pdf", "application/pdf", "DANFE-004271.pdf"),
    "video": ("video.mp4", "video/mp4", "tela.mp4"),
    "sticker": ("sticker.webp", "image/webp", "obrigado.webp"),
}


class MediaStore:
    """All files by their id. Links carry an end time and a seal."""

    def __init__(self) -> None:
        self._files: dict[str, Media] = {}
        #: photo's id -> Telegram's sizes of it, made once
        self.sizes: dict[str, list[dict]] = {}
        self._numbers = itertools.count(1)
        self._seal = secrets.token_bytes(32)

    def add(
        self, account_key: tuple[str, str], content: bytes, mime: str, name: str
    ) -> Media:
        media = Media(
            id=self._new_id(account_key[0]),
            content=content,
            mime=mime,
            name=name,
            sha256=hashlib.sha256(content).hexdigest(),
            account_key=account_key,
        )
        self._files[media.id] = media
        return media

    def get(self, media_id: str) -> Media | None:
        media = self._files.get(media_id)
        return None if media is None or media.gone else media

    def find(self, media_id: str) -> Media | None:
        """Also a file that the provider has deleted: the phone still shows it."""
        return self._files.get(media_id)

    def clear(self) -> None:
        self._files.clear()
        self.sizes.clear()

    def seal(self, media_id: str, expires: int) -> str:
        """Sign a link, so that it cannot be made longer by hand."""
        text = f"{media_id}:{expires}".encode()
        return hmac.new(self._seal, text, hashlib.sha256).hexdigest()[:32]

    def _new_id(self, provider: str) -> str:
        number = next(self._numbers)
        if provider == "whatsapp":
            return str(1_000_000_000_000_000 + secrets.randbelow(10**14) * 10 + number)
        return f"AgACAgEAAxk{secrets.token_urlsafe(24)}{number}"


def sample(name: str) -> tuple[bytes, str, str]:
    """A built-in file as (content, MIME type, name).

    :raises ValueError: there is no such sample
    """
    if name not in SAMPLES:
        raise ValueError(f"There is no sample “{name}”, only {', '.join(SAMPLES)}.")
    file, mime, shown = SAMPLES[name]
    return (_SAMPLES / file).read_bytes(), mime, shown


def guess_mime(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def extension(media: Media) -> str:
    return mimetypes.guess_extension(media.mime.split(";")[0]) or ".bin"
