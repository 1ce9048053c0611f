"""Points of an outline that its coarse grid makes needless: without them it runs where it ran, within a step."""

from __future__ import annotations

from array import array
from math import hypot
from typing import Any, NamedTuple

from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates

STEP = 0.71
"""Steps of the grid that an outline may move: half the diagonal of one, as far as rounding moves it."""
ON = 1
"""The bit of a point that lies on its curve."""


class Point(NamedTuple):
    """A point of a contour, with its flags."""

    x: int
    y: int
    flags: int


def straighten(glyph: Any) -> None:
    """Take points out of a simple glyph that lie on, or nearly on, the line between their neighbours."""
    points = [Point(x, y, flags) for (x, y), flags in zip(glyph.coordinates, glyph.flags, strict=True)]
    kept: list[Point] = []
    ends: list[int] = []
    start = 0
    for end in glyph.endPtsOfContours:
        kept += _thinned(points[start : end + 1])
        ends.append(len(kept) - 1)
        start = end + 1
    glyph.coordinates = GlyphCoordinates([(point.x, point.y) for point in kept])
    glyph.flags, glyph.endPtsOfContours = array("B", [point.flags for point in kept]), ends


def _thinned(contour: list[Point]) -> list[Point]:
    """The contour with needless points taken out one after another; three are left at least."""
    at = 0
    while at < len(contour) and len(contour) > 3:
        if _needless(contour[at - 1], contour[at], contour[(at + 1) % len(contour)]):
            del contour[at]
            at = max(0, at - 1)
        else:
            at += 1
    return contour


def _needless(before: Point, point: Point, after: Point) -> bool:
    """Whether a straight line between two points of the curve stands for the third between them."""
    if not before.flags & after.flags & ON:
        return False
    across, up = after.x - before.x, after.y - before.y
    length = hypot(across, up)
    if not length:
        return False
    beside = abs((point.x - before.x) * up - (point.y - before.y) * across) / length
    if not point.flags & ON:
        beside /= 2  # a curve goes half the way to its control
    onward = (point.x - before.x) * (after.x - point.x) + (point.y - before.y) * (after.y - point.y)
    return beside <= STEP and onward >= 0
