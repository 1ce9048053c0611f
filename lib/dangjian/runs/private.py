"""Private folders of a process's own: short, since the name of a socket may have 107 bytes, and gone after it.

A process that is killed cannot take its folder away. Each holds a lock that the operating system keeps for as long as
its process lives; whoever makes the next folder removes those that nobody holds any more.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from dangjian.runs.folder import take

LONGEST = 60
"""Bytes of a folder's name that leave room for the names below it."""
PREFIX = "dj"
HELD = "held"
"""The lock's file in a folder."""

_HELD: dict[Path, int] = {}


def private_folder(within: Path | None = None) -> Path:
    """A new folder that nobody else may read, in another one or where temporary files go.

    `remove` takes it away; where this process is killed before, the next one does.

    Raises:
        OSError: none can be made.
    """
    if within is not None:
        return Path(tempfile.mkdtemp(prefix=PREFIX, dir=within))
    above = Path(tempfile.gettempdir())
    if os.name == "posix" and len(os.fsencode(above)) > LONGEST:
        above = Path("/tmp")
    _sweep(above)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=above))
    early = folder / f"{HELD}.new"
    lock = os.open(early, os.O_RDWR | os.O_CREAT, 0o600)
    take(lock)
    _HELD[folder] = lock
    os.rename(early, folder / HELD)  # seen by others only when it is held
    return folder


def remove(folder: Path) -> None:
    """Take a private folder away with all that is in it."""
    lock = _HELD.pop(folder, None)
    if lock is not None:
        os.close(lock)  # before, since Windows removes no open file
    shutil.rmtree(folder, ignore_errors=True)


def _sweep(above: Path) -> None:
    """Take away the folders of this user's processes that were killed."""
    if os.name != "posix":  # nobody's process can be told from another's
        return
    for lock in above.glob(f"{PREFIX}????????/{HELD}"):
        with suppress(OSError):
            if lock.parent.is_symlink() or lock.parent.stat().st_uid != os.getuid():
                continue
            descriptor = os.open(lock, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
            try:
                if take(descriptor):
                    shutil.rmtree(lock.parent, ignore_errors=True)
            finally:
                os.close(descriptor)
