"""The font that a page carries: the bundled one, cut to the characters of the finished page.

It is cut last, from the whole page: cut from the report's text it left blanks in chart titles.
"""

from __future__ import annotations

import base64
import io
from functools import cache
from typing import Any

from dangjian.charts.fonts import FALLBACKS, FONT

FAMILY = "Dangjian Sans"
GRID = 100
"""Steps of an em that outlines are rounded to: finer than a screen or a printer shows, and a third lighter than the
1,000 of the bundled font."""
STACK = ", ".join(f'"{name}"' if " " in name else name for name in (FAMILY, "Noto Sans SC", *FALLBACKS))


def _coarsen(font: Any) -> None:
    """Round outlines and widths to ``GRID`` steps of an em; fontTools' own way takes ten times as long."""
    part = GRID / font["head"].unitsPerEm
    glyphs, widths = font["glyf"], font["hmtx"].metrics
    for name in font.getGlyphOrder():
        glyph = glyphs[name]
        if glyph.isComposite():
            for component in glyph.components:
                component.x, component.y = round(component.x * part), round(component.y * part)
        elif glyph.numberOfContours:
            glyph.coordinates.scale((part, part))
            glyph.coordinates.toInt()
    for name in font.getGlyphOrder():
        glyph = glyphs[name]
        if glyph.numberOfContours:
            glyph.recalcBounds(glyphs)
        widths[name] = round(widths[name][0] * part), getattr(glyph, "xMin", 0)
    font["head"].unitsPerEm = GRID
    tables = {
        "head": "xMin yMin xMax yMax",
        "hhea": "ascent descent lineGap",
        "post": "underlinePosition underlineThickness",
    }
    tables["OS/2"] = (
        "xAvgCharWidth sTypoAscender sTypoDescender sTypoLineGap usWinAscent usWinDescent sxHeight sCapHeight"
    )
    for table, names in tables.items():
        for field in names.split():
            setattr(font[table], field, round(getattr(font[table], field) * part))


@cache
def _bundled() -> bytes:
    return FONT.read_bytes()


def covered() -> frozenset[str]:
    """Every character that the bundled font can draw."""
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(_bundled()), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def face(text: str) -> str:
    """The ``@font-face`` rule with the bundled font cut to the characters of a text; equal texts give equal rules."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options()
    options.flavor = "woff2"
    options.desubroutinize = True
    options.hinting = False
    options.notdef_outline = True
    options.layout_features = []
    with TTFont(io.BytesIO(_bundled()), recalcTimestamp=False) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=sorted({ord(character) for character in text} | set(range(0x20, 0x7F))))
        cutter.subset(font)
        _coarsen(font)
        font.flavor = "woff2"
        out = io.BytesIO()
        font.save(out, reorderTables=False)
    data = base64.b64encode(out.getvalue()).decode("ascii")
    return f'@font-face{{font-family:"{FAMILY}";src:url(data:font/woff2;base64,{data}) format("woff2")}}'
