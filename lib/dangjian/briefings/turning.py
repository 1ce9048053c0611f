"""Which way round an outline runs, told as browsers do that make bold letters of plain ones.

Skia draws a line around the outline and fills both as one; it takes the way round from the lowest point, controls of
curves among them. Where a hook's inner control lies lowest it takes the wrong one, and the letter is drawn hollow.
"""

from __future__ import annotations

from array import array
from itertools import pairwise
from typing import Any

from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates

ON = 1
"""The bit of a point that lies on its curve."""
MOST, ABOVE = 4, 3
"""Steps of the grid: how far below the lowest point such a control may lie, and how far above it is put, so that
fitting to pixels does not bring it back."""
Place = tuple[int, int]
Contour = list[tuple[Place, int]]
"""Points, each with its flags."""


def turn(glyph: Any) -> None:
    """Bring a simple glyph's outline into the way round that it is taken for: clockwise, by its lowest point too."""
    contours = _contours(glyph)
    if sum(map(_area, contours)) < 0:
        contours = [contour[::-1] for contour in contours]
    wrong = [(contour, at) for contour in contours for at in range(len(contour)) if not _right(contour, at)]
    inner = {(id(contour), at) for contour, at in wrong if not contour[at][1] & ON}
    low = min(contour[at][0][1] for contour in contours for at in range(len(contour)) if (id(contour), at) not in inner)
    for contour, at in wrong:
        (x, y), flags = contour[at]
        if not flags & ON and low - MOST <= y < low + ABOVE:
            contour[at] = (x, low + ABOVE), flags
    glyph.coordinates = GlyphCoordinates([place for contour in contours for place, _ in contour])
    glyph.flags = array("B", [flags for contour in contours for _, flags in contour])


def _contours(glyph: Any) -> list[Contour]:
    points = list(zip(map(tuple, glyph.coordinates), glyph.flags, strict=True))
    starts = [0, *(end + 1 for end in glyph.endPtsOfContours)]
    return [points[start:end] for start, end in pairwise(starts)]


def _area(contour: Contour) -> int:
    """Twice the area within the points, above zero where they run clockwise."""
    places = [place for place, _ in contour]
    return sum(
        x * y_before - x_before * y for (x, y), (x_before, y_before) in zip(places, places[-1:] + places, strict=False)
    )


def _right(contour: Contour, at: int) -> bool:
    """Whether the outline turns clockwise at a point."""
    (x_before, y_before), (x, y), (x_after, y_after) = (
        contour[at - 1][0],
        contour[at][0],
        contour[(at + 1) % len(contour)][0],
    )
    return (x - x_before) * (y_after - y_before) <= (y - y_before) * (x_after - x_before)
