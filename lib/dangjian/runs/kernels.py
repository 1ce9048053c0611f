"""Which kernels a run gets: the one place where that is decided."""

from __future__ import annotations

from typing import Any


def choose(*, cold: bool) -> dict[str, Any]:
    """What `run_notebook` is told about its kernel.

    Args:
        cold: whether each run starts a kernel of its own from nothing, not one forked from a preloaded process.
    """
    return {"warm": not cold}
