"""papermill's engine as our runs use it: its name, the kernel's environment, and the end of all that a run started."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

ENGINE = "dangjian"
INJECTED = "injected-parameters"
GUARD = "__import__('sys').modules.setdefault('rfc3987_syntax') and None"
"""A kernel's first line: without 1.45 s of grammars that jsonschema takes where they are there; it leaves no name."""


def register() -> None:
    """Make the engine known to papermill under the name ``ENGINE``, also where its entry point is not installed."""
    from papermill.engines import papermill_engines

    from dangjian.runs.lean import LeanEngine

    papermill_engines.register(ENGINE, LeanEngine)


def write_values(notebook: Any, values: Mapping[str, Any]) -> None:
    """The injected cell as a person would write it; papermill writes Chinese as escapes."""
    for cell in notebook.cells:
        if INJECTED in cell.metadata.get("tags", []):
            cell.source = "\n".join(["# Parameters", *(f"{name} = {value!r}" for name, value in values.items())])
            cell.id = INJECTED  # papermill's is random


def kernel_environment(private: Path | None = None) -> dict[str, str]:
    """The kernel's environment: the user's IPython profile and the hash seed change no output."""
    fixed = {"PYDEVD_DISABLE_FILE_VALIDATION": "1", "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
    return os.environ | fixed | ({"IPYTHONDIR": str(private / "ipython")} if private else {})


def end_group(group: int | None) -> None:
    """End what cells left running: the kernel leads a process group of its own."""
    if group and os.name == "posix" and group != os.getpgrp():
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)
