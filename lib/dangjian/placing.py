"""Files that are whole or not there: written beside their place under a hidden name, synced, and moved into place.

A reader meets the old file or the new one, also after a crash.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from dangjian.errors import DangjianError

_SERIAL = count()
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
"""Faults of the place, not of what is written: nothing else that is written there will fare better."""


class WriteError(DangjianError):
    """A file cannot be written: the disk is full, or the folder takes no files. What stood there stands still."""


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A place beside ``path`` to write to; moved to ``path`` when the block ends well, removed when not.

    The suffix is kept, since some writers choose by it.
    """
    beside = path.with_name(f".{path.stem[:20]}-{next(_SERIAL)}.{os.getpid()}.part{path.suffix}")
    try:
        yield beside
        with beside.open("rb+") as written:
            os.fsync(written.fileno())
        os.replace(beside, path)
    except OSError as fault:
        if fault.errno not in NO_ROOM or fault.filename not in (None, str(beside)):
            raise
        raise WriteError(f"{path}: cannot be written ({fault.strerror}; {_free(path.parent)}); {HELP}") from None
    finally:
        with suppress(OSError):
            beside.unlink()
    _sync_folder(path.parent)


HELP = "make room there or name another folder, and call the same command again"


def _free(folder: Path) -> str:
    try:
        return f"{shutil.disk_usage(folder).free // 1_000_000} MB are free there"
    except OSError:
        return "the folder is gone"


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8, whole or not at all; line ends stay as they are."""
    write_bytes(path, text.encode("utf-8", "surrogatepass"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file, whole or not at all."""
    with replacing(path) as beside:
        beside.write_bytes(data)


def _sync_folder(folder: Path) -> None:
    """Make a move last; systems that cannot sync a folder do it by themselves."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
