"""The files of a corpus and their hashes, told at once where nothing changed.

A file whose size, times and inode are those of the last look keeps the hash of that look. A file that changed
within two seconds of it is read again: its time could not tell a second change from the first.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from dangjian.errors import ReportError
from dangjian.reports.corpus import MANIFEST, SUFFIXES, _manifest
from dangjian.runs.folder import write_text

_NO_REPORTS = ("readme.md", "license.txt")
_FRESH = 2_000_000_000


@dataclass(frozen=True)
class Source:
    """One file of a corpus.

    Attributes:
        place: its path, or its URL.
        digest: hash of its bytes; "" where it cannot be opened.
        known: what the corpus's manifest says of it.
        changed: when its bytes last changed, seconds since 1970; 0 where a store does not say.
    """

    place: str
    digest: str
    known: dict[str, Any] = field(default_factory=dict)
    changed: float = 0.0

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.place.rsplit("/", 1)[-1]


class Looks:
    """What the last look at each file saw, kept in one file; ``save`` when done."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: dict[str, list[Any]] = {}
        self._now: dict[str, list[Any]] = {}
        try:
            self._seen = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            self._seen = {}

    def look(self, file: Path) -> tuple[str, float]:
        """Hash and time of a file."""
        try:
            stat = file.stat()
            mark = [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]
            before = self._seen.get(str(file))
            if before is not None and before[:4] == mark:
                self._now[str(file)] = before
                return str(before[4]), stat.st_mtime
            began = time.time_ns()
            digest = sha256(file.read_bytes()).hexdigest()
        except OSError:
            return "", 0.0
        if began - max(stat.st_mtime_ns, stat.st_ctime_ns) > _FRESH:
            self._now[str(file)] = [*mark, digest]
        return digest, stat.st_mtime

    def save(self) -> None:
        """Keep what was seen, where any of it is new."""
        merged = self._seen | self._now
        if merged != self._seen:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_text(self.path, json.dumps(merged))


def find_sources(place: str, looks: Looks) -> tuple[Source, ...]:
    """The report files of a folder, or one file, in the order of their names.

    Raises:
        ReportError: there is no such folder, it holds no report, or its manifest cannot be read.
    """
    if "://" in place:
        from dangjian.runs.stores import find_remote

        return find_remote(place)
    path = Path(place)
    if path.is_file():
        digest, changed = looks.look(path)
        return (Source(str(path), digest, {}, changed),)
    if not path.is_dir():
        raise ReportError(place, "there is no such folder; name one that holds reports")
    known = _known(path, looks)
    files = sorted(file for file in path.iterdir() if is_report(file.name))
    if not files:
        raise ReportError(place, f"the folder holds no reports; they end in {', '.join(SUFFIXES)}")
    found = []
    for file in files:
        digest, changed = looks.look(file)
        found.append(Source(str(file), digest, known.get(file.name, {}), changed))
    return tuple(found)


def is_report(name: str) -> bool:
    """Whether a file of this name is taken for a report."""
    plain = name.lower()
    return plain.endswith(SUFFIXES) and plain not in _NO_REPORTS and not name.startswith((".", "~$"))


def _known(folder: Path, looks: Looks) -> dict[str, dict[str, Any]]:
    """The manifest, parsed once for each state of it: a long one takes a second."""
    if not (folder / MANIFEST).is_file():
        return {}
    digest, _ = looks.look(folder / MANIFEST)
    kept = looks.path.with_name(f"manifest-{digest[:16]}.json")
    try:
        found: dict[str, dict[str, Any]] = json.loads(kept.read_text("utf-8"))
    except (OSError, ValueError):
        found = _manifest(folder)
        kept.parent.mkdir(parents=True, exist_ok=True)
        write_text(kept, json.dumps(found, ensure_ascii=False, default=str))
    return found
