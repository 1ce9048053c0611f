"""Zip containers of XML parts (.docx, .xlsx): how far they unpack and nest, told before anything is built of them."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.parsers import expat

from dangjian.reports.formats.reading import Unreadable
from dangjian.reports.limits import MB, RATIO_FREE, Limits

CHUNK = 1 << 16
MOST_PARTS = 10_000
_XML = (".xml", ".rels", ".vml")


def open_container(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """The container, every part of it unpacked once and counted, every XML part walked once.

    Raises:
        Unreadable: damaged, encrypted, or past a limit.
    """
    try:
        container = zipfile.ZipFile(io.BytesIO(data))
        _check(container, len(data), limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as fault:
        if isinstance(fault, Unreadable):
            raise
        raise Unreadable("damaged or cut off; ask for the file again, or save it anew in Word or WPS") from None
    return container


def _check(container: zipfile.ZipFile, packed: int, limits: Limits) -> None:
    parts = container.infolist()
    if len(parts) > MOST_PARTS:
        raise Unreadable(f"the container holds {len(parts)} parts, the limit is {MOST_PARTS}")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("encrypted; save it without a password and try again")
    counter = _Nodes(limits)
    unpacked = 0
    for part in parts:
        walk = counter.walker() if part.filename.lower().endswith(_XML) else None
        with container.open(part) as stream:
            while chunk := stream.read(CHUNK):
                unpacked += len(chunk)
                if unpacked > limits.unpacked:
                    raise Unreadable(f"unpacks to more than {limits.unpacked // MB} MB (limit `unpacked`)")
                if unpacked > RATIO_FREE and unpacked > limits.ratio * packed:
                    raise Unreadable(f"unpacks to more than {limits.ratio} times its size (limit `ratio`)")
                if walk:
                    _parse(walk, chunk, False)
            if walk:
                _parse(walk, b"", True)


def _parse(walk: expat.XMLParserType, chunk: bytes, last: bool) -> None:
    try:
        walk.Parse(chunk, last)
    except (expat.ExpatError, LookupError):  # LookupError: an encoding that no one knows
        raise Unreadable("damaged: a part of it is not well-formed XML; save it anew and try again") from None


class _Nodes:
    """Counts the elements of all parts together, and how deep they nest in each."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.count, self.depth = limits, 0, 0

    def walker(self) -> expat.XMLParserType:
        """A parser for one part, which must not declare a document type: entities live there."""
        self.depth = 0
        walk = expat.ParserCreate()
        walk.StartElementHandler = self._start
        walk.EndElementHandler = self._end
        walk.StartDoctypeDeclHandler = self._refuse
        return walk

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        self.depth += 1
        if self.count > self.limits.nodes:
            raise Unreadable(f"holds more than {self.limits.nodes} XML elements (limit `nodes`)")
        if self.depth > self.limits.depth:
            raise Unreadable(f"nests deeper than {self.limits.depth} elements (limit `depth`)")

    def _end(self, name: str) -> None:
        self.depth -= 1

    def _refuse(self, *declared: object) -> None:
        raise Unreadable("declares a document type (DOCTYPE), which no Word or Excel file does; not read")
