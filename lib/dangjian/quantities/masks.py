"""How a report's masks read: digit by digit, or one placeholder for a number of any length."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from dangjian.quantities import units
from dangjian.quantities.numerals import HIDDEN

Reading = Literal["digits", "unknown"]
MASK = ("auto", "digits", "unknown")
NAMES = "Xx某#"
"""Signs that stand in names more often than for digits: only before a measure word do they count."""
WIDTHS = 3
"""So many different widths before measure words say that the author hides digit by digit."""


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


@cache
def _years(sign: str) -> re.Pattern[str]:
    """Runs of the mask, shown digits among them, before 年, where no digit more stands around it."""
    one = re.escape(sign)
    return re.compile(rf"(?<![\d{one}.])(?=[12{one}][\d{one}]*{one})([12{one}][\d{one}]*+)\s?年(?!龄|以上|来)")


@cache
def _counts(sign: str) -> re.Pattern[str]:
    """Runs of the mask, shown digits before them or not, before a measure word or a scale and a measure word."""
    one = re.escape(sign)
    if sign == "某":
        return re.compile(rf"({one}++)(?=[万亿]?[余多]?(?:{units.pattern(False)})[，。；、）])")
    return re.compile(rf"(?<!{one})({one}++)(?=[万亿]?[余多]?[万亿]?(?:{units.pattern(False)}))")
