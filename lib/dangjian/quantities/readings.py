"""A match of the scan's pattern read as a number: its value within bounds, its scale, its unit."""

from __future__ import annotations

import re
from typing import NamedTuple

from dangjian.bounds import UNKNOWN, Bounds, closed
from dangjian.quantities import modifiers, units
from dangjian.quantities.cores import HALVES, read_core, said_by_places, scale_of, tidied
from dangjian.quantities.numerals import DIGITS, SPACE, Numeral
from dangjian.quantities.patterns import Pattern

TENTHS = re.compile(r"成\s*([一二三四五六七八九半]?)$")
CLOSING_MORE = frozenset(["余", "多", "有余", "挂零", "出头"])
PAGE = re.compile(units.PAGE)
VAGUE_MANY = {"数", "几", "好"}


class Reading(NamedTuple):
    """A number as it stands, before the words around it are heard.

    ``unit`` None says that no measure word follows; ``text_end`` is the end of unit and closing modifier.
    """

    number_end: int
    text_end: int
    bounds: Bounds
    masked: bool
    shown: bool
    unit: str | None
    modality: str
    after: str
    core: str
    scaled: bool
    rule: str


def read_match(match: re.Match[str], pattern: Pattern, text: str, width: dict[str, bool]) -> Reading | None:
    """The reading of one match, None where the numeral cannot be read.

    Args:
        width: for each mask character whether its width tells the number of hidden digits.
    """
    kind = match.lastgroup
    if kind == "W":
        return None
    if kind == "V":
        return _vague(match, text)
    groups = pattern.plain if kind == "F" else pattern.chinese if kind == "C" else pattern.digits
    by_digits = kind != "C"
    core_at, scale_at, more_at, again_at, unit_at, after_at = groups
    start, core_end = match.start(), match.end() if kind == "N" else match.end(core_at)
    core = text[start:core_end]
    if "分" in core:
        core = core.translate(SPACE)
    if by_digits and not match[scale_at] and not match[again_at]:
        scale, number_end, scaled = 1, core_end, False
    else:
        scale = scale_of(match[scale_at]) * scale_of(match[again_at])
        number_end = match.end(again_at) if match[again_at] else match.end(scale_at) if match[scale_at] else core_end
        scaled = scale != 1
    if "\n" in core:
        core = PAGE.sub("", core)
    more, written_unit, after = match[more_at] or "", match[unit_at], (match[after_at] or "").strip()
    if scaled and match[scale_at] and said_by_places(core):  # 1万2千: the scale is the last part's own
        core, scale = text[start:number_end], 1
    if written_unit and "\n" in written_unit:
        written_unit = PAGE.sub("", written_unit)
    numeral = read_core(core, by_digits, width)
    if numeral is None:
        return None
    unit = units.unit_of(written_unit.translate(SPACE)) if written_unit else None
    rule = ("masked digits" if numeral.masked else "digits") if by_digits else "Chinese numeral"
    if written_unit and unit == "%" and written_unit.strip()[:1] == "成":
        numeral, number_end, rule = _tenths(numeral, written_unit), match.end(unit_at), "tenths 成"
    elif "分之" in core:
        unit, rule = "%", "fraction 分之"
        if written_unit and units.unit_of(written_unit) != "%":
            return None
    elif written_unit and "‰" in written_unit:
        numeral = Numeral(tidied(numeral.bounds.scaled(0.1)), numeral.place / 10, numeral.masked, numeral.shown)
    elif core in HALVES:
        unit, rule = "%", "half"
    elif "/" in core or "／" in core:
        unit, rule = "%", "fraction"
    elif written_unit and written_unit.startswith("个半"):  # 两个半月
        numeral = Numeral(numeral.bounds.plus(Bounds(0.5, 0.5)), 0.5, numeral.masked, numeral.shown)
    if written_unit and written_unit.startswith("个多"):
        more = more or "多"
    if after in CLOSING_MORE:
        more, after = more or after, ""
    bounds, modality = _with_more(numeral, scale, more.strip(), unit or "")
    return Reading(
        number_end, match.end(), bounds, numeral.masked, numeral.shown, unit, modality, after, core,
        scaled or bool(more), rule,
    )  # fmt: skip


def _tenths(numeral: Numeral, written: str) -> Numeral:
    """七成八 is 78 in %."""
    tenth = TENTHS.search(written)
    extra = {"": 0, "半": 5}.get(tenth[1], DIGITS.get(tenth[1], 0)) if tenth else 0
    bounds = closed(numeral.bounds.lower * 10 + extra, numeral.bounds.top * 10 + extra)
    return Numeral(bounds, 1 if extra else 10, numeral.masked, numeral.shown)


def _with_more(numeral: Numeral, scale: float, more: str, unit: str) -> tuple[Bounds, str]:
    """Bounds and modality with 余, 多, 几 or 来 behind the number."""
    bounds = numeral.bounds.scaled(scale) if scale != 1 else numeral.bounds
    if not more:
        return bounds, "exact"
    if more == "几":
        return closed((numeral.bounds.lower + 1) * scale, (numeral.bounds.top + 9) * scale), "about"
    if more == "来":
        tens = bounds.value == 10 * scale
        return (Bounds(9 * scale, 11 * scale) if tens else modifiers.widened(bounds, "about")), "about"
    fractions = unit in units.CONTINUOUS and numeral.place <= 10 and scale == 1  # a scale word counts whole units
    return modifiers.more(numeral, scale, fractions), "more"


def _vague(match: re.Match[str], text: str) -> Reading:
    """数百 is 200 to 999, 上千 is 1000 to 9999, 过半 is at least half, 某名 is any number."""
    groups = match.groupdict()
    first, unit = text[match.start()], groups["wu"]
    named = units.unit_of(unit.translate(SPACE)) if unit else None
    after = (groups["wa"] or "").strip()
    number_end = next(
        match.end(name)
        for name in ("wt", "wv", "wh", "wx")
        if groups[name] is not None and (groups[name] or name in ("wx", "wh"))
    )
    core = text[match.start() : number_end]
    if groups["wx"] is not None:
        return Reading(
            number_end, match.end(), UNKNOWN, True, False, named, "exact", after, core, True, "hidden number 某"
        )
    if groups["wh"] is not None:
        written = groups["wh"].removeprefix("数") or after
        modality = {"以上": "at_least", "以下": "at_most"}.get(written, "exact")
        end = match.start() + (2 if groups["wh"][:1] == "数" else 1)
        bounds = modifiers.widened(Bounds(50, 50), modality)
        closing = "" if modality != "exact" else after
        return Reading(end, match.end(), bounds, False, True, "%", modality, closing, core, True, "half")
    size = scale_of(groups["wt"])
    for sign in groups["wv"]:
        size *= units.SCALES[sign]
    bounds = Bounds(2 * size if first in VAGUE_MANY else size, 10 * size - 1)
    return Reading(number_end, match.end(), bounds, False, True, named, "about", after, core, True, "vague number")
