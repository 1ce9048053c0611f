"""Hatched bars as lines: a pattern is printed as a picture of its dots, which made one page of PDF weigh megabytes."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree import ElementTree

GAP = 7.0
"""Between two lines of a hatch, along the bar."""
_POINTS = re.compile(r"[ML]\s*(-?[\d.]+)[ ,]+(-?[\d.]+)\s*")
_STROKE = re.compile(r"stroke:\s*([^;]+)")
_FILL = re.compile(r"fill:\s*([^;]+)")


class Hatch(NamedTuple):
    """How a pattern looks: its ground, the colour of its lines, and whether they rise, fall or both."""

    ground: str
    line: str
    rises: bool
    falls: bool


class Box(NamedTuple):
    """A rectangle along the axes."""

    left: float
    top: float
    right: float
    bottom: float


def read_hatch(pattern: ElementTree.Element) -> Hatch | None:
    """The look of a pattern of slanting lines, None for one of another make."""
    ground, line, slopes = "", "", set[bool]()
    for part in pattern.iter():
        tag = part.tag.rpartition("}")[2] if isinstance(part.tag, str) else ""
        style = part.get("style", "")
        if tag == "rect":
            ground = _told(_FILL, style) or part.get("fill", "")
        elif tag == "path":
            line = _told(_STROKE, style) or part.get("stroke", "")
            points = [(float(x), float(y)) for x, y in _POINTS.findall(part.get("d", ""))]
            for (x, y), (other_x, other_y) in zip(points[::2], points[1::2], strict=False):
                if x == other_x or y == other_y:
                    return None
                slopes.add((other_y < y) == (other_x > x))
    return Hatch(ground, line, True in slopes, False in slopes) if ground and line and slopes else None


def read_box(path: str) -> Box | None:
    """The rectangle that a closed path of four corners draws, None where it is another shape."""
    rest = _POINTS.sub("", path).strip().lower()
    points = [(float(x), float(y)) for x, y in _POINTS.findall(path)]
    if rest not in ("z", "") or len(points) not in (4, 5) or (len(points) == 5 and points[4] != points[0]):
        return None
    across, up = sorted({x for x, _ in points[:4]}), sorted({y for _, y in points[:4]})
    if len(across) != 2 or len(up) != 2 or len(set(points[:4])) != 4:
        return None
    return Box(across[0], up[0], across[1], up[1])


def lines(box: Box, hatch: Hatch) -> str:
    """The hatch of a rectangle as one path: lines at 45 degrees, each cut where the rectangle ends."""
    wide, high = box.right - box.left, box.bottom - box.top
    made = []
    at = GAP
    while at < wide + high:  # each line leaves the left side or a long side, and ends at the other or at the right side
        first, last = max(0.0, at - high), min(at, wide)
        run, x = _short(last - first), _short(box.left + first)
        if hatch.rises:
            made.append(f"M{x} {_short(box.top + at - first)}l{run}-{run}")
        if hatch.falls:
            made.append(f"M{x} {_short(box.bottom - at + first)}l{run} {run}")
        at += GAP
    return "".join(made)


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _told(pattern: re.Pattern[str], style: str) -> str:
    found = pattern.search(style)
    return found.group(1).strip() if found else ""
