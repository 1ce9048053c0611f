"""The font that a page carries: the bundled one, cut to the characters of the finished page.

It is cut last, from the whole page: cut from the report's text it left blanks in chart titles. A batch cuts hundreds of
fonts, with nearly the same characters each time: outlines are made ready once, and fonts are put together of them.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from functools import cache
from threading import Lock
from typing import Any

from dangjian.briefings.outlines import GRID, Writer, fill, ready
from dangjian.charts.fonts import FALLBACKS, FONT

FAMILY = "Dangjian Sans"
STACK = ", ".join(f'"{name}"' if " " in name else name for name in (FAMILY, "Noto Sans SC", *FALLBACKS))
ALWAYS = range(0x20, 0x7F)
QUOTES = "“”‘’"
"""Marks that Chinese sets as wide as its letters, which tears other languages' lines apart."""
ORDER = ("hmtx", "glyf", "loca", "maxp", "hhea", "head", "cmap", "OS/2", "name", "post")
"""The tables, each after those that it is made from."""
SCALED = {
    "head": "unitsPerEm",
    "hhea": "ascent descent lineGap",
    "post": "underlinePosition underlineThickness",
    "OS/2": "xAvgCharWidth sTypoAscender sTypoDescender sTypoLineGap usWinAscent usWinDescent sxHeight sCapHeight",
}
_ONE = Lock()
"""One font is put together at a time: reading the bundled one fills it."""


@cache
def _bundled() -> Any:
    from fontTools.ttLib import TTFont

    return TTFont(io.BytesIO(FONT.read_bytes()), recalcTimestamp=False)


@cache
def _plain() -> bytes:
    """The bundled font with nothing but a blank, in steps of the coarse grid: what all fonts have in common."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options()
    options.hinting = False
    options.notdef_outline = True
    options.layout_features = []
    options.prune_unicode_ranges = options.prune_codepage_ranges = False
    with TTFont(io.BytesIO(FONT.read_bytes()), recalcTimestamp=False) as font:
        part = GRID / font["head"].unitsPerEm
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=[0x20])
        cutter.subset(font)
        for table, names in SCALED.items():
            for field in names.split():
                setattr(font[table], field, round(getattr(font[table], field) * part))
        out = io.BytesIO()
        font.save(out, reorderTables=False)
    return out.getvalue()


def covered() -> frozenset[str]:
    """Every character that the bundled font can draw."""
    with _ONE:
        return frozenset(map(chr, _bundled().getBestCmap()))


def face(text: str, without: str = "") -> str:
    """The ``@font-face`` rule with the bundled font cut to the characters of a text; equal texts give equal rules.

    Args:
        text: the page's.
        without: characters that are left to the reader's own fonts.
    """
    with _ONE:
        font = cut({*map(ord, text), *ALWAYS} - {*map(ord, without)})
    data = base64.b64encode(font).decode("ascii")
    return f'@font-face{{font-family:"{FAMILY}";src:url(data:font/woff2;base64,{data}) format("woff2")}}'


def cut(codes: Iterable[int]) -> bytes:
    """The bundled font with these characters, those that it has, as WOFF2."""
    from fontTools.ttLib import TTFont

    whole = _bundled()
    names = {code: name for code in codes if (name := whole.getBestCmap().get(code))}
    wanted = sorted({".notdef", *names.values()}, key=whole.getGlyphID)
    with TTFont(io.BytesIO(_plain()), recalcTimestamp=False) as font:
        glyphs = [ready(whole, name) for name in wanted]
        fill(font, dict(zip(wanted, glyphs, strict=True)))
        for table in font["cmap"].tables:
            table.cmap = dict(names)
        font["OS/2"].recalcUnicodeRanges(font, pruneOnly=True)
        font["OS/2"].recalcCodePageRanges(font, pruneOnly=True)
        out = io.BytesIO()
        writer = Writer(out, len(ORDER), glyphs)
        for tag in ORDER:
            writer[tag] = font.getTableData(tag)
        writer.close()
    return out.getvalue()
