"""Cuts the charts' font from zhplot's static Noto Sans SC (only its font file and the font's licence are taken).

Run by hand, the result is kept in git:

    pip download --no-deps zhplot==1.0.0
    python scripts/font.py zhplot-1.0.0-py3-none-any.whl

Kept: every character of GB2312 but kana, bopomofo, Cyrillic and box drawing; 〇; ASCII, Latin-1; the signs of charts.
Pages carry it, so hinting and layout tables go, and the hanzi's curves are drawn with fewer points,
nowhere more than TOLERANCE thousandths of the em beside the original. Digits and letters stay as they were.
"""

import io
import math
import sys
import zipfile
from itertools import product
from pathlib import Path

from fontTools import subset
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "lib/dangjian/charts/fonts"
SIGNS = "〇–—•…‘’“”″′←↑→↓↔×÷±≈≠≤≥√∞−●○◆◇▲△▼▽■□★☆✓％‰€™⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㎡"
LEFT_OUT = [("\u0400", "\u04ff"), ("\u2500", "\u257f"), ("\u3040", "\u312f")]
HANZI = ("\u4e00", "\u9fff")
DROPPED_TABLES = ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "gasp", "prep", "vhea", "vmtx"]
TOLERANCE = 8

Point = tuple[float, float]
Curve = tuple[Point, Point, Point]  # from, control, to; a straight line has its control at its start


def within(character: str, first_last: tuple[str, str]) -> bool:
    return first_last[0] <= character <= first_last[1]


def characters() -> str:
    """What the font must draw."""
    codes = (bytes(pair) for pair in product(range(0xA1, 0xF8), range(0xA1, 0xFF)))
    gb2312 = (code.decode("gb2312", errors="ignore") for code in codes)
    kept = {c for c in gb2312 if c and not any(within(c, block) for block in LEFT_OUT)}
    latin = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100))}
    return "".join(sorted(kept | latin | set(SIGNS)))


def cut(font_file: bytes) -> TTFont:
    """The font with these characters alone, without hinting and layout."""
    options = subset.Options(
        hinting=False, layout_features=[], notdef_outline=True, recalc_bounds=True, recalc_timestamp=False
    )
    options.drop_tables += DROPPED_TABLES
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    font = subset.load_font(io.BytesIO(font_file), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=characters())
    subsetter.subset(font)
    return font


def contours(font: TTFont, glyph: str) -> list[list[Curve]]:
    """A glyph's closed contours, each a list of curves."""
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[glyph].draw(pen)
    found: list[list[Curve]] = []
    for verb, points in pen.value:
        if verb == "moveTo":
            here = points[0]
            found.append([])
        elif verb == "lineTo":
            found[-1].append((here, here, points[0]))
            here = points[0]
        elif verb == "qCurveTo":  # between two controls lies a point that TrueType does not write
            *controls, end = points
            for control, following in zip(controls, [*controls[1:], None], strict=True):
                to = end if following is None else midpoint(control, following)
                found[-1].append((here, control, to))
                here = to
        elif here != found[-1][0][0]:
            found[-1].append((here, here, found[-1][0][0]))
    return found


def midpoint(one: Point, other: Point) -> Point:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def at(curve: Curve, t: float) -> Point:
    """The point a share `t` of the way along a curve."""
    a, c, b = curve
    x, y = ((1 - t) ** 2 * p + 2 * t * (1 - t) * q + t**2 * r for p, q, r in zip(a, c, b, strict=True))
    return x, y


def joined(one: Curve, other: Curve) -> Curve | None:
    """One curve in place of two that meet smoothly, or None: its control is where the tangents at both ends cross."""
    start, out, meet = one
    _, back, end = other
    if out == start or back == meet:
        return None  # a straight line
    before, after = (meet[0] - out[0], meet[1] - out[1]), (back[0] - meet[0], back[1] - meet[1])
    lengths = math.hypot(*before) * math.hypot(*after)
    if not lengths or (before[0] * after[0] + before[1] * after[1]) / lengths < 0.97:
        return None  # a corner
    u, v, w = ((p[0] - q[0], p[1] - q[1]) for p, q in ((out, start), (back, end), (end, start)))
    cross = u[0] * v[1] - u[1] * v[0]
    if abs(cross) < 1e-6:
        return None
    forward, backward = (w[0] * v[1] - w[1] * v[0]) / cross, (w[0] * u[1] - w[1] * u[0]) / cross
    if forward <= 0 or backward <= 0:
        return None
    return start, (round(start[0] + forward * u[0]), round(start[1] + forward * u[1])), end


def follows(curve: Curve, originals: list[Curve]) -> bool:
    """Whether a curve stays within TOLERANCE of those that it stands for."""
    path = [at(curve, step / 32) for step in range(33)]
    samples = (at(original, quarter / 4) for original in originals for quarter in range(5))
    return all(min(math.dist(sample, point) for point in path) <= TOLERANCE for sample in samples)


def simplified(contour: list[Curve]) -> list[Curve]:
    """A contour with neighbouring curves joined wherever that shows no difference."""
    kept: list[tuple[Curve, list[Curve]]] = []
    for curve in contour:
        if kept:
            last, originals = kept[-1]
            joint = joined(last, curve)
            if joint and follows(joint, [*originals, curve]):
                kept[-1] = joint, [*originals, curve]
                continue
        kept.append((curve, [curve]))
    return [curve for curve, _ in kept]


def redraw(font: TTFont, glyph: str) -> None:
    """Draw a glyph again from its simplified contours."""
    pen = TTGlyphPen(None)
    for contour in contours(font, glyph):
        curves = simplified(contour)
        pen.moveTo(curves[0][0])
        for start, control, end in curves:
            if control == start:
                pen.lineTo(end)
            else:
                pen.qCurveTo(control, end)
        pen.closePath()
    font["glyf"][glyph] = pen.glyph(dropImpliedOnCurves=True)


def main(wheel: str) -> None:
    """Write the subset and its licence beside the charts' code."""
    with zipfile.ZipFile(wheel) as archive:
        font = cut(archive.read("zhplot/fonts/NotoSansSC-Regular.ttf"))
        licence = archive.read("zhplot/fonts/OFL.txt")
    for glyph in {name for code, name in font.getBestCmap().items() if within(chr(code), HANZI)}:
        redraw(font, glyph)
    FONTS.mkdir(parents=True, exist_ok=True)
    font.save(FONTS / "NotoSansSC-subset.ttf")
    (FONTS / "OFL.txt").write_bytes(licence)


if __name__ == "__main__":
    main(*sys.argv[1:])
