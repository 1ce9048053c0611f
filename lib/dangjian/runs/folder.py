"""Folders that runs write into: safe names, and one writer at a time.

The lock is held by the operating system for as long as its
process lives, so a lock file that a dead run left behind holds nobody off.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType

from dangjian.errors import DangjianError

LONGEST = 80
LOCK = ".lock"
_PLAIN = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff._-]+")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?$")
_TEMPORARY = re.compile(r"\..+\.\d+\.part(\.\w+)?$")


class RunFolderError(DangjianError):
    """A run folder cannot be used: its name, its place, or another run that writes into it."""


def slug(name: str) -> str:
    """A file name for any text: at most 80 characters, with a hash of the text wherever it had to change.

    >>> slug("衡川区-2022")
    '衡川区-2022'
    >>> slug("../x")
    'x-9a83bca7'
    """
    plain = _PLAIN.sub("-", name).strip("-._")[:LONGEST].rstrip("-._") or "run"
    if _RESERVED.match(plain):  # Windows knows these as devices, whatever their suffix
        plain = f"run-{plain}"[:LONGEST]
    if plain == name:
        return plain
    return f"{plain[: LONGEST - 9]}-{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def dated(name: str, now: datetime) -> str:
    """The name of a run that was given none: what it reads, and when it began."""
    return f"{slug(name)[: LONGEST - 16]}-{now:%Y%m%d-%H%M%S}"


class RunFolder:
    """One run's folder, open for writing by this process alone.

    Use it in a ``with`` block. Files that an earlier run of the same name left are removed by
    ``sweep`` once the new ones stand.
    """

    def __init__(self, outputs: Path, name: str) -> None:
        if slug(name) != name:
            raise RunFolderError(f"{name!r} cannot name a run folder; {slug(name)!r} can")
        self.path = outputs / name
        self.name = name
        self._lock: int | None = None
        self._kept: set[Path] = set()

    def __enter__(self) -> RunFolder:
        if self.path.is_symlink() or (self.path.exists() and not self.path.is_dir()):
            raise RunFolderError(f"{self.path}: is no folder; take it away or name another run with --name")
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._lock = self._locked()
            os.truncate(self._lock, 0)
            os.write(self._lock, f"process {os.getpid()}\n".encode())
        except OSError as fault:
            self._unlock()
            raise RunFolderError(
                f"{self.path}: cannot be written to ({fault.strerror}); name another folder with --out"
            ) from None
        return self

    def _locked(self) -> int:
        """The lock file, locked for this process and still the one that others find."""
        while True:
            lock = os.open(self.path / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
            if not take(lock):
                holder = os.read(lock, 40).decode("ascii", "replace").strip()
                os.close(lock)
                raise RunFolderError(
                    f"{self.path}: another run ({holder or 'process unknown'}) is writing here; "
                    "wait for it or name another run with --name"
                )
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(lock), os.stat(self.path / LOCK)):
                    return lock
            os.close(lock)  # its holder took it away between our opening and our locking it

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._unlock()

    def _unlock(self) -> None:
        if self._lock is not None:
            with suppress(OSError):  # removed while held, so that nobody takes a lock on a file that is gone
                (self.path / LOCK).unlink()
            os.close(self._lock)
            self._lock = None

    def place(self, *parts: str) -> Path:
        """The path of a file of this run, its folder made, remembered as one to keep.

        Raises:
            RunFolderError: the path would leave the run folder.
        """
        path = self.path.joinpath(*parts)
        if not path.resolve().is_relative_to(self.path.resolve()):
            raise RunFolderError(f"{'/'.join(parts)!r} leads out of the run folder {self.path}")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._kept.add(path)
        return path

    def sweep(self) -> None:
        """Remove what an earlier run of the same name left: every file not placed by this one."""
        for path in sorted(self.path.rglob("*"), reverse=True):
            if path.is_dir() and not path.is_symlink():
                with suppress(OSError):  # not empty: something of this run is in it
                    path.rmdir()
            elif path not in self._kept and path.name != LOCK and _is_ours(path.relative_to(self.path)):
                path.unlink()


def _is_ours(path: Path) -> bool:
    """Whether a run writes files of this kind at this place; what a user put there is left alone."""
    kinds = {"notebooks": {".ipynb"}, "briefings": {".html", ".docx"}, "reports": {".txt"}}
    if _TEMPORARY.match(path.name):
        return True
    return len(path.parts) == 2 and path.suffix in kinds.get(path.parts[0], set())


def take(descriptor: int) -> bool:
    """Lock an open file for this process; False where a living process holds it."""
    try:
        import fcntl
    except ImportError:
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
