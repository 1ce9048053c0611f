"""A disk that fails once: the nth open, write, fsync or rename of a test, as if it were full or torn out."""

from __future__ import annotations

import builtins
import errno
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch


class Disk:
    """Counts what is done below a folder and fails at the nth thing; ``failed`` names it."""

    def __init__(self, folder: Path, nth: int) -> None:
        self.folder, self.nth, self.count, self.failed = str(folder.resolve()), nth, 0, ""

    def does(self, what: str, path: object = None) -> bool:
        """Count one thing; True where it is the one that fails."""
        if path is not None and not str(os.path.abspath(str(path))).startswith(self.folder):
            return False
        self.count += 1
        if self.count == self.nth:
            self.failed = f"{what} {path or ''}".strip()
        return self.count == self.nth

    def fail(self, path: object = None) -> OSError:
        """The error of a full disk."""
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path) if path else None)


class Stream:
    """An open file whose writes may fail half-way."""

    def __init__(self, stream: Any, disk: Disk, path: object) -> None:
        self._stream, self._disk, self._path = stream, disk, path

    def write(self, data: Any) -> Any:
        """Write, or write half and fail."""
        if self._disk.does("write", self._path):
            self._stream.write(data[: len(data) // 2])
            raise self._disk.fail(self._path)
        return self._stream.write(data)

    def writelines(self, lines: Any) -> None:
        """Write each."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def __enter__(self) -> Stream:
        self._stream.__enter__()
        return self

    def __exit__(self, *fault: Any) -> Any:
        return self._stream.__exit__(*fault)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._stream)


@contextmanager
def failing(folder: Path, nth: int) -> Iterator[Disk]:
    """In this block the nth open, write, fsync or rename below the folder fails."""
    disk = Disk(folder, nth)
    opens, os_opens, writes, fsyncs = builtins.open, os.open, os.write, os.fsync
    moves = {"replace": os.replace, "rename": os.rename}

    def open_(path: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
        named = isinstance(path, str | bytes | os.PathLike)
        if named and disk.does(f"open {mode}", os.fsdecode(path)):
            raise disk.fail(path)
        stream = opens(path, mode, *rest, **more)
        return Stream(stream, disk, os.fsdecode(path)) if named and set(mode) & set("wax+") else stream

    def os_open(path: Any, *rest: Any, **more: Any) -> int:
        if disk.does("os.open", path):
            raise disk.fail(path)
        return os_opens(path, *rest, **more)

    def write(descriptor: int, data: bytes) -> int:
        if disk.does("os.write"):
            raise disk.fail()
        return writes(descriptor, data)

    def fsync(descriptor: Any) -> None:
        if disk.does("fsync"):
            raise disk.fail()
        fsyncs(descriptor)

    def moving(name: str) -> Any:
        def move(source: Any, target: Any, **more: Any) -> None:
            if disk.does(name, target):
                raise disk.fail(target)
            moves[name](source, target, **more)

        return move

    with (
        patch.object(builtins, "open", open_),
        patch.object(io, "open", open_),
        patch.object(os, "open", os_open),
        patch.object(os, "write", write),
        patch.object(os, "fsync", fsync),
        patch.object(os, "replace", moving("replace")),
        patch.object(os, "rename", moving("rename")),
    ):
        yield disk
