"""What reading one file may cost: its size, what it unpacks to, its depth, its time, its memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace

from dangjian.errors import DangjianError, UnknownNameError

MB = 1_000_000
RATIO_FREE = MB
"""Up to here a container may unpack at any ratio: small texts of one repeated word do."""
_SIZES = {"": 1, "B": 1, "KB": 1_000, "MB": MB, "GB": 1_000 * MB}
_VALUE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([KMG]?B)?\s*", re.I)


@dataclass(frozen=True)
class Limits:
    """A file that passes one of these is skipped with a line that names the limit.

    Attributes:
        file: bytes of the file itself.
        unpacked: bytes that a .docx, .xlsx or PDF unpacks to.
        ratio: unpacked bytes for each packed one, counted after the first megabyte.
        nodes: elements of all XML parts, or tags of a page; cells of a workbook.
        depth: elements inside one another.
        pages: pages of a PDF.
        seconds: time of a processor for one file; a busy machine may take six times as long.
        memory: bytes of address space of the process that reads (where the system can hold it to that).
        scan_pages, scan_seconds: pages of a scan, and time for each of them, when characters must be recognised.
        office_seconds: time for LibreOffice to convert an old file.
    """

    file: int = 64 * MB
    unpacked: int = 64 * MB
    ratio: int = 200
    nodes: int = 2_000_000
    depth: int = 2_000
    pages: int = 5_000
    seconds: int = 20
    memory: int = 1_500 * MB
    scan_pages: int = 200
    scan_seconds: int = 60
    office_seconds: int = 60

    def lines(self) -> Iterator[str]:
        """Each limit as ``name=value``, the way it is set."""
        for limit in fields(self):
            yield f"{limit.name}={written(getattr(self, limit.name), limit.name in _IN_BYTES)}"


_IN_BYTES = ("file", "unpacked", "memory")


def written(value: int, in_bytes: bool) -> str:
    """A limit's value as people write it.

    >>> written(64_000_000, True)
    '64MB'
    """
    if in_bytes and value % MB == 0 and value:
        return f"{value // MB}MB"
    return str(value)


def read_limits(settings: Iterable[str], base: Limits | None = None) -> Limits:
    """The limits, some of them set anew by lines such as ``file=128MB`` or ``seconds=40``.

    Raises:
        UnknownNameError: there is no limit of that name.
        DangjianError: its value is not a positive number.
    """
    limits = base or Limits()
    names = [limit.name for limit in fields(Limits)]
    for setting in settings:
        name, _, value = setting.partition("=")
        name = name.strip().replace("-", "_")
        if name not in names:
            raise UnknownNameError("limit", name, names)
        match = _VALUE.fullmatch(value)
        unit = (match[2] or "").upper() if match else ""
        amount = int(float(match[1]) * _SIZES[unit]) if match else 0
        if amount <= 0 or (unit and name not in _IN_BYTES):
            example = "64MB" if name in _IN_BYTES else "40"
            raise DangjianError(
                f"the limit {name} takes a positive number, for example {name}={example}; not {value!r}"
            )
        limits = replace(limits, **{name: amount})
    return limits
