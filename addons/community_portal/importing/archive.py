"""A ZIP with tables and pictures, opened without trusting it."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from .records import MAX_TABLE, FileError
from .records import mark as _

MAX_FILES = 200_000
MAX_UNPACKED = 2_000_000_000  # bytes in all
MAX_PICTURE = 10_000_000  # bytes
TABLES = (".csv", ".json")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError)


class Archive:
    """The files of an upload: those of a ZIP, or the one that is none.

    Files are known by the last part of their path: nothing is ever written to disk
    under a name that comes from a file.
    """

    def __init__(self, data: bytes, name: str = ""):
        self._zip = _open(data) if data.startswith(b"PK\x03\x04") else None
        self._single = {} if self._zip else {name or "file.csv": data}
        entries = self._zip.infolist() if self._zip else ()
        self._entries = {
            PurePosixPath(entry.filename.replace("\\", "/")).name: entry
            for entry in entries
            if not entry.is_dir() and not entry.filename.startswith("__MACOSX/")
        }

    def tables(self) -> list[str]:
        names = [*self._single, *self._entries]
        return sorted(name for name in names if name.lower().endswith(TABLES))

    def data(self, name: str) -> bytes:
        """:raises FileError: too big, or damaged"""
        if name in self._single:
            return self._single[name]
        return self._unpack(name, MAX_TABLE)

    def picture(self, name: str) -> bytes | None:
        """A picture or file by its name, or None if it is not there or too big."""
        entry = self._entries.get(PurePosixPath(name).name)
        if not entry or entry.file_size > MAX_PICTURE:
            return None
        try:
            return self._unpack(PurePosixPath(name).name, MAX_PICTURE)
        except FileError:
            return None

    def has(self, name: str) -> bool:
        entry = self._entries.get(PurePosixPath(name).name)
        return bool(entry) and entry.file_size <= MAX_PICTURE

    def _unpack(self, name: str, most: int) -> bytes:
        """One byte more than allowed is read, whatever the ZIP says of its sizes."""
        try:
            with self._zip.open(self._entries[name]) as file:
                data = file.read(most + 1)
        except (*_BROKEN, RuntimeError) as error:  # RuntimeError: it has a password
            raise FileError(
                _(
                    "%(file)s inside the ZIP is damaged or has a password. Make the "
                    "ZIP again, without one."
                ),
                file=name,
            ) from error
        if len(data) > most:
            raise FileError(
                _(
                    "%(file)s inside the ZIP is bigger than %(most)s MB. Divide it "
                    "into several files."
                ),
                file=name,
                most=most // 1_000_000,
            )
        return data


def _open(data: bytes) -> zipfile.ZipFile:
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
    except (*_BROKEN, ValueError) as error:
        raise FileError(
            _("The ZIP is damaged or did not arrive whole. Please choose it again.")
        ) from error
    entries = opened.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_FILES or unpacked > MAX_UNPACKED:
        raise FileError(
            _(
                "The ZIP holds %(files)s files of %(size)s MB; at most %(most_files)s "
                "files of %(most)s MB can be read. Nothing was read. Divide it."
            ),
            files=len(entries),
            size=unpacked // 1_000_000,
            most_files=MAX_FILES,
            most=MAX_UNPACKED // 1_000_000,
        )
    return opened
