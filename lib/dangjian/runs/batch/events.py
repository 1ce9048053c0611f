"""What happens in a batch, one JSON object a line, appended as it happens."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

LOG = "log.jsonl"


class Tell(Protocol):
    """Whoever is told of events."""

    def __call__(self, event: str, **facts: Any) -> None:
        """An event and what is to be known of it, as JSON values."""


class Log:
    """The log of a run folder.

    ``time`` is the clock's, ``elapsed`` the seconds since this call began, whatever the clock does. A line that a
    killed process left half-written is ended, so that it spoils no other.
    """

    def __init__(self, folder: Path, also: Callable[[dict[str, Any]], None] = lambda line: None) -> None:
        self._began, self._also = time.monotonic(), also
        self._stream = (folder / LOG).open("ab+")
        if self._stream.tell():
            self._stream.seek(-1, os.SEEK_END)
            if self._stream.read(1) != b"\n":
                self._stream.write(b"\n")

    def __enter__(self) -> Log:
        return self

    def __exit__(self, *fault: object) -> None:
        self._stream.close()

    def __call__(self, event: str, **facts: Any) -> None:
        """Append an event."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = {"time": now, "elapsed": round(time.monotonic() - self._began, 3), "event": event, **facts}
        self._stream.write(json.dumps(line, ensure_ascii=True).encode("ascii") + b"\n")
        self._stream.flush()
        self._also(line)
