"""Outlines of the bundled font on a coarse grid, each made ready for a WOFF2 file once and then kept.

fontTools cuts, rounds and packs a page's font in 0.3 s, nearly all of it spent on the same few hundred outlines for
every page. A WOFF2 file keeps its outlines in streams, one of counts, one of points and so on, in each of which glyph
follows glyph: a font of ready glyphs is their parts laid end to end, the same that fontTools would have made.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import brotli
from fontTools.misc.textTools import pad
from fontTools.ttLib.tables._g_l_y_f import Glyph, flagOverlapSimple
from fontTools.ttLib.woff2 import WOFF2GlyfTable, WOFF2Writer

from dangjian.briefings.straightening import straighten
from dangjian.briefings.turning import turn

GRID = 80
"""Steps of an em that outlines are rounded to: finer than a screen shows, and nearly half the weight of the bundled
font's 1,000."""
ALIGNED = 4
QUALITY, HARDEST = 9, 11
"""How hard Brotli tries: the hardest takes ten times as long and saves 3 of 100 bytes."""
HEAVY = 80_000
"""Unpacked bytes above which a font, and the page that carries it, is heavy enough for the hardest."""
STREAMS: tuple[str, ...] = WOFF2GlyfTable.subStreams

_READY: dict[str, Ready] = {}


class Ready(Glyph):  # type: ignore[misc]
    """A glyph as fontTools takes it, with nothing left to be computed.

    Attributes:
        parts: its share of each of the streams.
        advance: its width.
        overlaps: whether its contours may.
    """

    def __init__(self, glyph: Any, table: Any, parts: dict[str, bytes], advance: int) -> None:
        self.numberOfContours = glyph.numberOfContours
        for side in ("xMin", "yMin", "xMax", "yMax"):
            setattr(self, side, getattr(glyph, side, 0))
        self.points = glyph.getMaxpValues() if glyph.numberOfContours else (0, 0)
        self.whole: bytes = glyph.compile(table, recalcBBoxes=False) if glyph.numberOfContours else b""
        self.parts, self.advance = parts, advance
        self.overlaps = glyph.numberOfContours > 0 and bool(glyph.flags[0] & flagOverlapSimple)

    def expand(self, table: Any) -> None:
        """There is nothing to be read."""

    def compile(self, table: Any, recalcBBoxes: bool = True, **options: Any) -> bytes:
        """Its bytes in a ``glyf`` table."""
        return self.whole

    def getMaxpValues(self) -> tuple[int, int]:
        """How many points and contours it has."""
        return self.points


def ready(whole: Any, name: str) -> Ready:
    """A glyph of the bundled font on the coarse grid."""
    found = _READY.get(name)
    if found is None:
        part = GRID / whole["head"].unitsPerEm
        glyphs = whole["glyf"]
        glyph = glyphs[name]
        if glyph.isComposite():
            raise ValueError(f"{name}: the bundled font is expected to draw each glyph by itself")
        if glyph.numberOfContours:
            glyph.coordinates.scale((part, part))
            glyph.coordinates.toInt()
            straighten(glyph)
            turn(glyph)
            glyph.recalcBounds(glyphs)
        found = Ready(glyph, glyphs, _encoded(glyph), round(whole["hmtx"].metrics[name][0] * part))
        _READY[name] = found
    return found


def _encoded(glyph: Any) -> dict[str, bytes]:
    """What fontTools adds to each stream for this glyph."""
    table = WOFF2GlyfTable()
    table.glyphs, table.glyphOrder = {"one": glyph}, ["one"]
    table.transform({"head": _Head})
    parts = {stream: getattr(table, stream) for stream in STREAMS}
    bitmap, box = parts["bboxStream"][:4], parts["bboxStream"][4:]
    assert bitmap == b"\0\0\0\0" and not box, "bounds follow from the points"
    return parts | {"bboxStream": b""}


class _Head:
    indexToLocFormat = 0


def fill(font: Any, glyphs: Mapping[str, Ready]) -> None:
    """Put glyphs, in their order, into a font that has none."""
    order = list(glyphs)
    font.setGlyphOrder(order)
    font["glyf"].glyphs, font["glyf"].glyphOrder, font["glyf"].padding = dict(glyphs), order, ALIGNED
    font["hmtx"].metrics = {name: (glyph.advance, glyph.xMin) for name, glyph in glyphs.items()}


class Writer(WOFF2Writer):  # type: ignore[misc]
    """fontTools' writer, given the outlines' streams instead of making them, and packing ten times as fast."""

    def __init__(self, file: BytesIO, tables: int, glyphs: Sequence[Ready]) -> None:
        super().__init__(file, tables)
        self.glyphs = glyphs

    def close(self) -> None:
        """Pack the tables, and write them behind their directory."""
        self._setHeadTransformFlag()
        self.tables: dict[str, Any] = dict(sorted(self.tables.items()))  # browsers' checks want this order
        self.totalSfntSize = self._calcSFNTChecksumsLengthsAndOffsets()
        plain = self._transformTables()
        packed = brotli.compress(plain, mode=brotli.MODE_FONT, quality=HARDEST if len(plain) > HEAVY else QUALITY)
        self.totalCompressedSize, self.reserved = len(packed), 0
        self.length = self._calcTotalSize()
        self.majorVersion, self.minorVersion = self._getVersion()
        self.file.write(pad(self._packTableDirectory() + packed, size=ALIGNED))

    def transformTable(self, tag: str) -> bytes:
        """The streams of the outlines one after another, behind a header that gives their lengths."""
        if tag == "loca":
            return b""
        streams = {stream: b"".join(glyph.parts[stream] for glyph in self.glyphs) for stream in STREAMS}
        streams["bboxStream"] = bytes(((len(self.glyphs) + 31) >> 5) << 2)  # a bit a glyph: whether it has a box
        self._decompileTable("head")
        sizes = [len(streams[stream]) for stream in STREAMS]
        overlapping = _bits([glyph.overlaps for glyph in self.glyphs])
        numbers = (0, any(overlapping), len(self.glyphs), self.ttFont["head"].indexToLocFormat, *sizes)
        header = struct.pack(f">HHHH{len(sizes)}L", *numbers)
        return header + b"".join(streams[stream] for stream in STREAMS) + overlapping * any(overlapping)


def _bits(found: Sequence[bool]) -> bytes:
    """A bit for each, the first the highest of the first byte."""
    whole = -(-len(found) // 8) * 8
    return int("".join("01"[one] for one in found).ljust(whole, "0") or "0", 2).to_bytes(whole // 8, "big")
