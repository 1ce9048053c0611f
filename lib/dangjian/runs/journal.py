"""A journal: one JSON line an event, appended and synced, so that a killed process loses at most the line it wrote."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from dangjian.runs.folder import write_text


def read_journal(path: Path) -> Iterator[dict[str, Any]]:
    """The whole lines of a journal, in order; a line that was cut off is passed over."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return
    for line in data.split(b"\n"):
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if isinstance(event, dict):
            yield event


class Journal:
    """A journal open for appending, by any thread of this process; use it in a ``with`` block.

    Args:
        lasting: whether each line is synced to the disk before ``write`` returns.
    """

    def __init__(self, path: Path, lasting: bool = True) -> None:
        self.path, self.lasting = path, lasting
        self._lock = threading.Lock()
        self._file: Any = None

    def __enter__(self) -> Journal:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self.path.open("ab+")
        end = self._file.seek(0, os.SEEK_END)
        if end:
            self._file.seek(end - 1)
            if self._file.read(1) != b"\n":  # a killed writer's half line ends here
                self._file.write(b"\n")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def write(self, *events: dict[str, Any]) -> None:
        """Append events."""
        data = "".join(_line(event) for event in events).encode("utf-8", "backslashreplace")
        with self._lock:
            self._file.write(data)
            self._file.flush()
            if self.lasting:
                os.fsync(self._file.fileno())


def rewrite(path: Path, events: Iterable[dict[str, Any]]) -> None:
    """Put the events in the place of all that the journal holds, whole or not at all."""
    write_text(path, "".join(map(_line, events)))


def _line(event: dict[str, Any]) -> str:
    return json.dumps(event, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + "\n"
