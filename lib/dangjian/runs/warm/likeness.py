"""What makes a kernel of one server the like of a kernel of its own: Python's settings, and the code as it stands."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[2]
_SEEN_AT_START = ("PYTHON", "LC_", "LD_", "MALLOC_")
_SEEN_BY_NAME = ("LANG", "LANGUAGE", "HOME", "MPLCONFIGDIR", "JIEBA_CACHE")


def settings(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that are read once, when Python or a library starts, and that a fork can no longer follow."""
    return {
        name: value
        for name, value in sorted(environment.items())
        if value and (name.startswith(_SEEN_AT_START) or name in _SEEN_BY_NAME)
    }


def code() -> str:
    """A hash that changes when a file of dangjian's is edited, or a package is installed, removed or upgraded.

    Files are told by size and time of change, packages by the folders that name their versions.
    """
    told = sha256()
    for folder, below, names in os.walk(_PACKAGE):
        below[:] = sorted(name for name in below if name != "__pycache__")
        for name in sorted(names):
            try:
                facts = os.stat(os.path.join(folder, name))
            except OSError:  # an editor's passing file
                continue
            told.update(f"{folder}/{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    for place in sys.path:
        try:
            installed = sorted(name for name in os.listdir(place or ".") if name.endswith((".dist-info", ".egg-info")))
        except OSError:  # a zip file, or not there
            continue
        told.update("\n".join(installed).encode())
    return told.hexdigest()[:16]


def key(environment: Mapping[str, str], code_now: str) -> str:
    """A short name for all kernels that are alike."""
    whole = [sys.executable, sys.version, code_now, settings(environment)]
    return sha256(json.dumps(whole).encode()).hexdigest()[:16]
