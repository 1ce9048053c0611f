"""How coarsely a printed figure is rounded: half a unit of the last place that its text shows."""

from __future__ import annotations

import re
from functools import cache

SCALES = {"亿": 1e8, "千万": 1e7, "百万": 1e6, "万": 1e4}
"""Scale words that end a rounded figure; 千 and 百 stand within Chinese numerals that count to the last one."""
LOOSE = 5.0
"""In points: a share told as 九成, 三分之二 or 一半 is rounded to the nearest tenth."""
RATES = ("%", "倍")
_SCALE = re.compile("(亿|千万|百万|万)[余多几]?$")
_DECIMALS = re.compile(r"[.．点]([\d*＊×Xx●○□█#〇零一二三四五六七八九]+)")
_TENTHS = re.compile("成([一二两三四五六七八九1-9半])?")
_FRACTIONS = re.compile("(?<![百千])分之|半")


@cache
def half_unit(number: str, unit: str, modality: str = "exact") -> float:
    """By how much the true value may differ from the printed one.

    A count without a scale word is taken as counted, so 0; words like 近 or 以上 have bounds of their own, so 0 too.

    Args:
        number: the bare number with its scale word, as written, digits shown or hidden.
        unit: its unit, as the metrics table has it.
        modality: as the metrics table has it.
    Returns:
        In units of ``unit``.

    >>> half_unit("95.2", "%"), half_unit("*.*万", "名"), half_unit("1,286", "名")
    (0.05, 500.0, 0.0)
    """
    if modality != "exact":
        return 0.0
    decimals = _DECIMALS.search(number)
    last = 10.0 ** -len(decimals.group(1)) if decimals else 1.0
    if unit not in RATES:
        scale = _SCALE.search(number)
        return SCALES[scale.group(1)] * last / 2 if scale else 0.0 if not decimals else last / 2
    tenths = _TENTHS.search(number)
    if tenths:
        return 0.5 if tenths.group(1) else LOOSE
    if _FRACTIONS.search(number):
        return LOOSE
    return last / 20 if "‰" in number or "千分之" in number else last / 2
