"""Hashes of files, known again by size and times, so that ten thousand unchanged files are looked at in a moment."""

from __future__ import annotations

import json
import os
import stat
import time
from collections.abc import Iterable, Sequence
from hashlib import sha256
from importlib import metadata
from pathlib import Path

from dangjian.placing import write_text

FRESH = 2_000_000_000
"""Nanoseconds for which a file may change again without its times telling: such a one is hashed anew next time."""
PACKAGE = Path(__file__).resolve().parents[2]
READING = ("bounds.py", "spans.py", "errors.py", "reports", "quantities", "indicators", "metrics")
"""The part of the library that makes a report's records."""
DRAWING = ("ipykernel", "matplotlib", "numpy", "pandas", "plotly", "jieba")
"""Packages whose versions show in a briefing."""
CODE = (".py", ".toml", ".j2", ".css", ".js", ".json", ".ttf")


class Stamps:
    """Hashes of files, remembered in a file of their own between calls."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._known: dict[str, list[int | str]] = {}
        self._seen: dict[str, list[int | str]] = {}
        try:
            stored = json.loads(place.read_bytes())
            self._known = stored if isinstance(stored, dict) else {}
        except (OSError, ValueError):
            pass  # none yet, or no JSON: everything is hashed again

    def digest(self, path: str | Path, most: int | None = None) -> str:
        """The hash of a file's bytes.

        Args:
            most: bytes that it may have.
        Raises:
            OSError: it is not there or cannot be read.
            ValueError: it is no ordinary file, or larger.
        """
        name = os.fspath(path)
        facts = os.stat(name)
        if not stat.S_ISREG(facts.st_mode):
            raise ValueError("no ordinary file")
        if most is not None and facts.st_size > most:
            raise ValueError("too large")
        stamp: list[int | str] = [facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino]
        known = self._known.get(name)
        if known is not None and known[:4] == stamp:
            digest = str(known[4])
        else:
            with open(name, "rb") as stream:
                told = sha256()
                while piece := stream.read(1 << 20):
                    told.update(piece)
            digest = told.hexdigest()
        if time.time_ns() - max(facts.st_mtime_ns, facts.st_ctime_ns) > FRESH:
            self._seen[name] = [*stamp, digest]
        return digest

    def tree(self, folder: Path, parts: Sequence[str] = ("",), suffixes: Iterable[str] = ()) -> str:
        """The hash of the files below a folder, by name and content."""
        told = sha256()
        kinds = tuple(suffixes)
        for part in parts:
            for name in sorted(_below(folder / part)):
                if not kinds or name.endswith(kinds):
                    told.update(f"{os.path.relpath(name, folder)}\0{self.digest(name)}\n".encode("utf-8", "replace"))
        return told.hexdigest()

    def save(self) -> None:
        """Remember what was seen for the next call; what was not asked for is forgotten."""
        if self._seen != self._known:
            write_text(self._place, json.dumps(self._seen))
            self._known = dict(self._seen)


def reading_code(stamps: Stamps) -> str:
    """What tells one state of the code that reads reports from another."""
    return stamps.tree(PACKAGE, READING, CODE)


def all_code(stamps: Stamps) -> str:
    """The same of the whole library, and of the packages that draw with it."""
    return digest_of([stamps.tree(PACKAGE, suffixes=CODE), *(f"{name} {_version(name)}" for name in DRAWING)])


def digest_of(value: object) -> str:
    """The hash of a value that JSON can hold."""
    return sha256(json.dumps(value, sort_keys=True).encode("ascii")).hexdigest()


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _below(place: Path) -> Iterable[str]:
    if place.is_file():
        yield str(place)
        return
    for folder, below, names in os.walk(place):
        below[:] = [name for name in below if name != "__pycache__" and not name.startswith(".")]
        yield from (os.path.join(folder, name) for name in names if not name.startswith("."))
