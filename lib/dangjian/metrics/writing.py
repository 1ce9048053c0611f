"""Tables written piece by piece, so that what is in memory does not grow with what has been written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, BinaryIO, Protocol, Self

from dangjian.metrics.columnar import parquet_writer, to_arrow
from dangjian.metrics.delimited import head, row_of
from dangjian.metrics.lines import Record, line_of

HELD = 1 << 14
"""Records that a writer of Parquet holds back: a row group."""


class Writer(Protocol):
    """A table on its way into a stream; what it holds back is written at the end of its ``with`` block."""

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, *fault: object) -> None: ...

    def add(self, records: Iterable[Record]) -> None:
        """Write records behind those that are there."""


class Lines:
    """Records as lines, each made by itself."""

    def __init__(self, stream: BinaryIO, line: Callable[[Record], bytes], head: bytes = b"") -> None:
        self._stream, self._line = stream, line
        self._stream.write(head)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *fault: object) -> None:
        pass

    def add(self, records: Iterable[Record]) -> None:
        """Write records behind those that are there."""
        self._stream.writelines(map(self._line, records))


class Parquet:
    """Records as Parquet, a row group as soon as there are enough for one."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._writer: Any = None
        self._held: list[Record] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *fault: object) -> None:
        if kind is None and (self._held or self._writer is None):
            self._flush()
        if self._writer is not None:
            self._writer.close()

    def add(self, records: Iterable[Record]) -> None:
        """Write records behind those that are there, or hold them back for the next row group."""
        for record in records:
            self._held.append(record)
            if len(self._held) == HELD:
                self._flush()

    def _flush(self) -> None:
        table = to_arrow(self._held)
        self._held.clear()
        if self._writer is None:
            self._writer = parquet_writer(self._stream, table.schema)
        self._writer.write_table(table)


WRITERS: dict[str, Callable[[BinaryIO], Writer]] = {
    ".jsonl": lambda stream: Lines(stream, lambda record: line_of(record).encode() + b"\n"),
    ".csv": lambda stream: Lines(stream, row_of, head()),
    ".parquet": Parquet,
}
"""What writes a table, by the ending of its name."""
