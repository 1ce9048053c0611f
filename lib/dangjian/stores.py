"""Places that files are read from and written to: a folder of this machine, or a store elsewhere, named by a URL.

Every file is whole or not there. A folder gets it under a hidden name beside its place, synced and then moved. A store
of objects shows what is put into it when all of it has arrived; other systems get a hidden file that is moved.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from dangjian.errors import DangjianError
from dangjian.placing import replacing

OBJECTS = frozenset(["memory", "s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "oss"])
"""Kinds of stores where a file appears in one step, and where a move is but a copy."""
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+(://|::)")
_CHANGING = ("size", "ETag", "etag", "md5Hash", "content_md5", "LastModified", "last_modified", "mtime", "created")
"""What the kinds of stores say of a file that tells one content from another."""
_SERIAL = count()


class StoreError(DangjianError):
    """A URL names no store that can be opened from here."""


class Store(Protocol):
    """A place with files in it, each known by its name or by a path with ``/`` below the place."""

    def __truediv__(self, name: str) -> Store:
        """The place below it."""

    def place(self, name: str) -> str:
        """Where a file is, for people: its path or URL."""

    def names(self) -> list[str]:
        """Names of the files directly in it, sorted; none where it is not there."""

    def stamps(self) -> dict[str, str]:
        """The files directly in it by their names, each with what changes when the file does."""

    def size(self, name: str) -> int:
        """Bytes of a file; FileNotFoundError where it is not there."""

    def read(self, name: str) -> bytes:
        """What a file holds; FileNotFoundError where it is not there."""

    def writing(self, name: str) -> Any:
        """A stream to write a file to, in a ``with`` block that puts it in place when it ends well."""

    def write(self, name: str, data: bytes) -> None:
        """Put a file in place, whole or not at all."""

    def remove(self, name: str) -> None:
        """Take a file away, where it is there."""

    def arrow(self) -> tuple[Any, str]:
        """The file system as pyarrow knows it, and the path of this place in it."""


def is_url(place: str | Path) -> bool:
    """Whether a place is named by a URL, as ``s3://bucket/folder`` is and ``C:\\reports`` is not."""
    return bool(_URL.match(str(place)))


def open_store(place: str | Path) -> Store:
    """The store of a folder or URL; nothing is looked at yet."""
    return Remote(str(place).rstrip("/")) if is_url(place) else Folder(Path(place))


def in_store(place: str | Path) -> tuple[Store, str]:
    """The store that a file is in, and its name there."""
    if is_url(place):
        above, _, name = str(place).rpartition("/")
        return Remote(above), name
    path = Path(place)
    return Folder(path.parent), path.name


@dataclass(frozen=True)
class Folder:
    """A folder of this machine; it is made when the first file is written."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)

    def __truediv__(self, name: str) -> Folder:
        return Folder(self.path / name)

    def place(self, name: str) -> str:
        return str(self.path / name)

    def names(self) -> list[str]:
        return sorted(found.name for found in self.path.iterdir() if found.is_file()) if self.path.is_dir() else []

    def stamps(self) -> dict[str, str]:
        if not self.path.is_dir():
            return {}
        with os.scandir(self.path) as found:
            return {entry.name: _stamp(entry.stat()) for entry in found if entry.is_file()}

    def size(self, name: str) -> int:
        return (self.path / name).stat().st_size

    def read(self, name: str) -> bytes:
        return (self.path / name).read_bytes()

    @contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as beside, beside.open("wb") as stream:
            yield stream

    def write(self, name: str, data: bytes) -> None:
        with self.writing(name) as stream:
            stream.write(data)

    def remove(self, name: str) -> None:
        (self.path / name).unlink(missing_ok=True)

    def arrow(self) -> tuple[Any, str]:
        from pyarrow.fs import LocalFileSystem

        return LocalFileSystem(), str(self.path.absolute())


def _stamp(facts: os.stat_result) -> str:
    """The second time tells of a change whose author set the first one back."""
    return f"{facts.st_size}|{facts.st_mtime_ns}|{facts.st_ctime_ns}|{facts.st_ino}"


@dataclass(frozen=True)
class Remote:
    """A folder by its URL, whatever fsspec has a file system for; credentials are found as that file system does."""

    url: str

    def __str__(self) -> str:
        return self.url

    def __truediv__(self, name: str) -> Remote:
        return Remote(f"{self.url}/{name}")

    def place(self, name: str) -> str:
        return f"{self.url}/{name}"

    def names(self) -> list[str]:
        return sorted(self.stamps())

    def stamps(self) -> dict[str, str]:
        system, path = self._opened()
        system.invalidate_cache()
        try:
            found = system.ls(path, detail=True)
        except FileNotFoundError:
            return {}
        files = [entry for entry in found if entry["type"] == "file"]
        return {
            entry["name"].rstrip("/").rpartition("/")[2]: "|".join(str(entry[key]) for key in _CHANGING if key in entry)
            for entry in files
        }

    def size(self, name: str) -> int:
        system, path = self._opened()
        return int(system.size(f"{path}/{name}"))

    def read(self, name: str) -> bytes:
        system, path = self._opened()
        found: bytes = system.cat_file(f"{path}/{name}")
        return found

    @contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        with tempfile.TemporaryDirectory(prefix="dangjian-") as folder:
            spooled = Path(folder) / "file"
            with spooled.open("wb") as stream:
                yield stream
            with self._placing(name) as (system, target):
                system.put_file(str(spooled), target)

    def write(self, name: str, data: bytes) -> None:
        with self._placing(name) as (system, target):
            system.pipe_file(target, data)

    def remove(self, name: str) -> None:
        system, path = self._opened()
        with suppress(FileNotFoundError):
            system.rm_file(f"{path}/{name}")

    def arrow(self) -> tuple[Any, str]:
        from pyarrow.fs import FSSpecHandler, PyFileSystem

        system, path = self._opened()
        return PyFileSystem(FSSpecHandler(system)), path

    @contextmanager
    def _placing(self, name: str) -> Iterator[tuple[Any, str]]:
        """Where to write a file so that nobody meets half of it."""
        system, path = self._opened()
        target = f"{path}/{name}"
        above, _, last = target.rpartition("/")
        kinds = {system.protocol} if isinstance(system.protocol, str) else set(system.protocol)
        system.makedirs(above, exist_ok=True)
        if kinds & OBJECTS:
            yield system, target
            return
        beside = f"{above}/.{last}.{os.getpid()}-{next(_SERIAL)}.part"
        try:
            yield system, beside
            system.mv(beside, target)
        except BaseException:
            with suppress(Exception):
                system.rm_file(beside)
            raise

    def _opened(self) -> tuple[Any, str]:
        from fsspec.core import url_to_fs

        try:
            system, path = url_to_fs(self.url)
        except (ImportError, ValueError) as fault:
            raise StoreError(f"{self.url}: cannot be opened ({fault})") from None
        return system, path.rstrip("/")
