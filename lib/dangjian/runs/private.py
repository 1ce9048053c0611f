"""Private folders of a process's own: short, since the name of a socket may have 107 bytes."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

LONGEST = 60
"""Bytes of a folder's name that leave room for the names below it."""


def private_folder(within: Path | None = None) -> Path:
    """A new folder that nobody else may read, in another one or where temporary files go.

    Raises:
        OSError: none can be made.
    """
    if within is None and os.name == "posix" and len(os.fsencode(tempfile.gettempdir())) > LONGEST:
        within = Path("/tmp")
    return Path(tempfile.mkdtemp(prefix="dj", dir=within))
