"""The font that a page carries: the bundled one, cut to the characters of the finished page.

It is cut last, from the whole page: cut from the report's text it left blanks in chart titles.
"""

from __future__ import annotations

import base64
import io
from functools import cache

from dangjian.charts.fonts import FALLBACKS, FONT

FAMILY = "Dangjian Sans"
GRID = 150
"""Steps of an em that outlines are rounded to: finer than a screen or a printer shows, and a third lighter than the
1,000 of the bundled font."""
STACK = ", ".join(f'"{name}"' if " " in name else name for name in (FAMILY, "Noto Sans SC", *FALLBACKS))


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
    from fontTools.ttLib.scaleUpem import scale_upem

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
        scale_upem(font, GRID)
        font.flavor = "woff2"
        out = io.BytesIO()
        font.save(out, reorderTables=False)
    data = base64.b64encode(out.getvalue()).decode("ascii")
    return f'@font-face{{font-family:"{FAMILY}";src:url(data:font/woff2;base64,{data}) format("woff2")}}'
