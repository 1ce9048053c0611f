"""One figure in words: its bounds, and the report's own wording where that is not plain."""

from __future__ import annotations

from math import ceil, floor, inf, isfinite
from typing import Any

from dangjian.analysis import bounds_of
from dangjian.bounds import Bounds
from dangjian.wording.language import CHINESE, language, say, unit_words

HIDDEN = "未公开"
NO_YEAR = "年份不明"
TEN_THOUSAND = 10_000
_DASH = "–"


def number(value: float) -> str:
    """A number to two places at most, thousands parted by commas.

    >>> number(1230.0), number(66.67), number(-5.5)
    ('1,230', '66.67', '-5.5')
    """
    shown = f"{value:,.2f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


def bounds_words(bounds: Bounds, unit: str = "") -> str:
    """Bounds in words, rounded outward to two places so that nothing true is shut out.

    >>> bounds_words(Bounds(100, 199), "名"), bounds_words(Bounds(32, None)), bounds_words(Bounds(0, None))
    ('100–199名', '≥32（不设上限）', '未公开')
    """
    if language() == CHINESE and _in_ten_thousands(bounds):
        bounds, unit = bounds.scaled(1 / TEN_THOUSAND), f"万{unit}"
    counted = _behind(unit_words(unit, one=bounds.value == 1))
    if bounds.value is not None:
        return number(bounds.value) + counted
    lower = outward(bounds.lower, floor)
    if bounds.upper is None:
        if bounds.lower == -inf:
            return say("上下均不设限")
        return say(HIDDEN) if bounds.lower == 0 else say("≥{number}（不设上限）", number=number(lower) + counted)
    upper = outward(bounds.upper, ceil)
    if bounds.lower == -inf:
        return say("≤{number}（不设下限）", number=number(upper) + counted)
    dash = say("至") if lower < 0 else _DASH
    return f"{number(lower)}{dash}{number(upper)}{counted}"


def _behind(unit: str) -> str:
    """A unit as it stands behind a number: set apart but in Chinese."""
    return unit if language() == CHINESE or unit in ("", "%") else f" {unit}"


def year(period: Any) -> str:
    """A figure's year, said so where it is not known.

    >>> year(2022), year(None)
    ('2022年', '年份不明')
    """
    return say(NO_YEAR) if str(period) in ("None", "nan", "<NA>") else say("{year}年", year=int(period))


def tick(value: float) -> str:
    """A number at an axis, large ones in 万 and 亿.

    >>> tick(2500), tick(40000), tick(1e8)
    ('2,500', '4万', '1亿')
    """
    for size, name in ((TEN_THOUSAND**2, "亿"), (TEN_THOUSAND, "万")) if language() == CHINESE else ():
        if abs(value) >= size:
            return f"{number(value / size)}{name}"
    return number(value)


def words(row: Any, *, original: bool = True) -> str:
    """What a row says, bounds in words, and the wording of the report where that is not plain.

    Args:
        row: of a metrics table or a table of figures, or a record.
        original: whether the report's own wording may stand in it; it is text from outside.

    >>> words({"lower": 100.0, "upper": 199.0, "unit": "名", "modality": "exact", "masked": True, "text": "1**名"})
    '100–199名（原文 `1**名`）'
    """
    get = row.__getitem__ if hasattr(row, "keys") else lambda name: getattr(row, name)
    bounds, unit, modality = bounds_of(row), get("unit"), get("modality")
    said = bounds_words(bounds, unit)
    written = say("（原文 `{text}`）", text=get("text")) if original else ""
    if "agrees" in (row if hasattr(row, "keys") else dir(row)) and not get("agrees"):
        return say("{said}（说法不一）", said=said)
    if get("masked"):
        return said + written
    if modality in ("about", "nearly") and bounds.upper is not None and bounds.value is None:
        shown = _shown(get("text"))
        if shown:
            kind = "约{number}（{bounds}）" if modality == "about" else "近{number}（{bounds}）"
            counted = _behind(unit_words(unit))
            return say(kind, number=f"{shown}{counted}", bounds=bounds_words(bounds))
        return said + written
    return said + (written if modality == "more" else "")


def _in_ten_thousands(bounds: Bounds) -> bool:
    """Whether the bounds are large and lose nothing when told in 万 with two places, or are amounts and no counts."""
    told = [abs(side) for side in bounds if side is not None]
    large = all(isfinite(side) and side >= 10 * TEN_THOUSAND for side in told)
    return large and (all(side % 100 == 0 for side in told) or any(side % 1 for side in told))


def _shown(text: str) -> str:
    """The digits of a quantity as written, "" where it has none."""
    digits = [at for at, sign in enumerate(text) if sign in "0123456789"]
    if not digits:
        return ""
    last = digits[-1] + 1
    while last < len(text) and text[last] in "十百千万亿":
        last += 1
    return text[digits[0] : last]


def outward(value: float, rounded: Any) -> float:
    """A bound to two places, away from the middle; what has two places already stays in spite of binary noise."""
    if not isfinite(value) or abs(value * 100 - round(value * 100)) < 1e-6 * max(1.0, abs(value)):
        return value
    return float(rounded(value * 100)) / 100
