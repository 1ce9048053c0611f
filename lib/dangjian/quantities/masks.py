"""How a report's masks read: digit by digit, or one placeholder for a number of any length."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from dangjian.quantities import units
from dangjian.quantities.numerals import HIDDEN

Reading = Literal["digits", "unknown", "zero"]
MASK = ("auto", "digits", "unknown")
NAMES = "Xx某#"
"""Signs that stand in names more often than for digits: only before a measure word do they count."""
WIDTHS = 3
"""So many different widths before measure words say that the author hides digit by digit."""


_CIRCLES = re.compile(r"(?<![一二三四五六七八九])[0-9０-９○][0-9０-９○,，.．]*+(?![一二三四五六七八九])")
"""Runs of digits and circles; in 二○二四 the circle is a zero whatever the rest of the report says."""
_ROUND_ZERO = re.compile(r"[0-9０-９][,，.．]?○[0-9０-９]")
_ALONE = re.compile(r"(?<![0-9０-９○,，.．一二三四五六七八九])○(?=[\u4e00-\u9fff%％])(?![一二三四五六七八九])")
"""A circle that stands for a whole number; one at the head of a line is a bullet."""
_SHOWN = re.compile(r"[0-9０-９]")


class MaskReading(NamedTuple):
    """How one mask character reads in one report, and what in the report says so."""

    sign: str
    reading: Reading
    evidence: str


def read_masks(text: str, mask: str = "auto") -> tuple[MaskReading, ...]:
    """A reading for each mask character that the report uses before measure words or years.

    Args:
        text: the report's text.
        mask: "digits" or "unknown" for all of them, or "auto" to decide from the report itself.
    Raises:
        ValueError: another word for ``mask``.
    """
    if mask not in MASK:
        raise ValueError(f"mask is {mask!r}; it takes {', '.join(MASK)}")
    readings = []
    for sign in HIDDEN:
        if sign not in text:
            continue
        if sign == "○" and _are_zeros(text):
            readings.append(MaskReading(sign, "zero", "every circle in a number stands beside a digit that shows"))
            continue
        if sign in NAMES and not _counts(sign).search(text):
            continue
        if mask != "auto":
            readings.append(MaskReading(sign, mask, "as asked for"))  # type: ignore[arg-type]
            continue
        years = {len(run) for run in _years(sign).findall(text)}
        widths = sorted({len(run) for run in _counts(sign).findall(text)})
        if not years and not widths:
            continue
        said = f"masked years {sorted(years) or 'none'} wide, numbers {widths or 'none'} wide"
        digit_by_digit = years == {4} or (not years and len(widths) >= WIDTHS)
        readings.append(MaskReading(sign, "digits" if digit_by_digit else "unknown", said))
    return tuple(readings)


def _are_zeros(text: str) -> bool:
    """Whether a report writes zero as a circle: 1○8名, 4○项; one that hides digits hides whole numbers too."""
    runs = [run for run in _CIRCLES.findall(text) if "○" in run]
    alone = any(len(run) == 1 for run in runs) and bool(_ALONE.search(text))
    numbers = [run for run in runs if len(run) > 1 or alone]
    return (
        any(_ROUND_ZERO.search(run) for run in numbers)
        and all(_SHOWN.search(run) for run in numbers)
        and not any("○○" in run for run in numbers)
    )


# Both patterns begin with the signs themselves and look back from there: only so is other text skipped at full speed.


@cache
def _years(sign: str) -> re.Pattern[str]:
    """Runs of the mask, shown digits among them, before 年, where no digit more stands around it."""
    one = re.escape(sign)
    return re.compile(rf"([12{one}](?<![\d{one}.].)(?=[\d{one}]*{one})[\d{one}]*+)\s?年(?!龄|以上|来)")


@cache
def _counts(sign: str) -> re.Pattern[str]:
    """Runs of the mask, shown digits before them or not, before a measure word or a scale and a measure word."""
    one = re.escape(sign)
    if sign == "某":
        return re.compile(rf"({one}(?<!{one}{one}){one}*+)(?=[万亿]?[余多]?(?:{units.pattern(False)})[，。；、）])")
    return re.compile(rf"({one}(?<!{one}{one}){one}*+)(?=[万亿]?[余多]?[万亿]?(?:{units.pattern(False)}))")
