"""The bare number of a match: digits, Chinese numerals, fractions, and numbers said by their places (1万2千)."""

from __future__ import annotations

import re

from dangjian.bounds import Bounds
from dangjian.quantities import units
from dangjian.quantities.numerals import SPACE, Numeral, read_chinese, read_digits

SHARE_PARTS = {"百": 1.0, "千": 0.1, "万": 0.01}
HALVES = ("一半", "一半数")
ZERO = re.compile(r"(?<=\d\s)[○〇](?=\s?\d)|(?<=\d)[○〇](?=\s?\d)|〇")
"""A circle between digits is a zero, not a mask."""
CIRCLE_IS_ZERO = "0"
"""A key of ``width``: in this report a circle is a zero wherever it stands in a number."""
BY_PLACES = re.compile(r"([^百千万亿]+)([百千万亿]*)")
_PLACE = re.compile("[百千万亿]")


def read_core(core: str, digits: bool, width: dict[str, bool]) -> Numeral | None:
    """A bare number's bounds, None where it cannot be read.

    Args:
        digits: it begins with a digit or a mask.
        width: for each mask character whether its width tells the number of hidden digits; empty where all do.
    """
    if "分之" in core:
        return _fraction(core, width)
    if not digits:
        return Numeral(Bounds(50, 50), 1) if core in HALVES else read_chinese(core)
    if "/" in core or "／" in core:
        return _quotient(core)
    if _PLACE.search(core):
        return _by_places(core, width)
    if "○" in core or "〇" in core:
        core = core.replace("○", "0") if CIRCLE_IS_ZERO in width else ZERO.sub("0", core)
    known = all(map(width.get, core, (True,) * len(core))) if width else True
    return read_digits(core, known)


def said_by_places(core: str) -> bool:
    """Whether digits stand between places: 1万2千."""
    return bool(_PLACE.search(core)) and "分之" not in core and core[0] not in "一二三四五六七八九十百千万亿两零〇廿卅"


def scale_of(written: str | None) -> int:
    """What a scale word multiplies by; 1 where there is none."""
    return units.SCALES[written.translate(SPACE)] if written else 1


def tidied(bounds: Bounds) -> Bounds:
    """The bounds without the dust of binary fractions: a tenth of 3.5 is 0.35."""
    return Bounds(round(bounds.lower, 6), None if bounds.upper is None else round(bounds.upper, 6))


def _quotient(core: str) -> Numeral | None:
    part, _, whole = core.translate(SPACE).replace("／", "/").partition("/")
    a, b = read_digits(part), read_digits(whole)
    if a is None or b is None or a.masked or b.masked or not 0 < a.bounds.lower < b.bounds.lower <= 10:
        return None
    share = round(a.bounds.lower / b.bounds.lower * 100, 2)
    return Numeral(Bounds(share, share), 1)


def _by_places(core: str, width: dict[str, bool]) -> Numeral | None:
    """1万2千 is 12000; each part is smaller than the place before it."""
    total, place, masked, shown = Bounds(0, 0), 1.0, False, False
    for written, scale in BY_PLACES.findall(core.translate(SPACE)):
        part = read_core(written, True, width)
        size = units.SCALES.get(scale)
        if part is None or size is None:
            return None
        total, place = total.plus(part.bounds.scaled(size)), part.place * size
        masked, shown = masked or part.masked, shown or part.shown
    return Numeral(total, place, masked, shown)


def _fraction(core: str, width: dict[str, bool]) -> Numeral | None:
    whole, _, part = core.translate(SPACE).partition("分之")
    read = read_core(part, part[0] not in "零〇一二三四五六七八九十百千万亿两", width)
    if read is None:
        return None
    if whole in SHARE_PARTS:
        share = SHARE_PARTS[whole]
        return Numeral(tidied(read.bounds.scaled(share)), read.place * share, read.masked, read.shown)
    parts = read_chinese(whole)
    if parts is None or not parts.bounds.lower or read.bounds.lower > parts.bounds.lower:
        return None
    share = round(read.bounds.lower / parts.bounds.lower * 100, 2)
    return Numeral(Bounds(share, share), 1)
