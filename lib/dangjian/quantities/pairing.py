"""Years and numbers that 分别 pairs in order: 2020年、2021年、2022年分别发展党员182名、195名、203名."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from dangjian.quantities.clauses import sentence_before
from dangjian.quantities.quantity import Quantity

_LISTED = re.compile(r"((?:20\d\d年?[、和与及]){1,12}20\d\d)年[^。；]{0,12}(?:分别|依次)[^。；，\d]{0,16}$")
_SPAN = re.compile(r"(20\d\d)年?[至到—–-](20\d\d)年[^。；]{0,12}(?:分别|依次)[^。；，\d]{0,16}$")
_YEAR = re.compile(r"20\d\d")


def paired(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The quantities, each of a list with 分别 given the year that it is paired with; others as they are."""
    found = list(quantities)
    first = 0
    while first < len(found):
        after = first + 1
        while after < len(found) and found[after].joined:
            after += 1
        if after - first > 1:
            years = _years(sentence_before(text, found[first].start))
            if len(years) == after - first:
                found[first:after] = [
                    replace(one, period=year) for one, year in zip(found[first:after], years, strict=True)
                ]
        first = after
    return found


def _years(said: str) -> list[int]:
    """The years that a list names right before its numbers, in order."""
    listed = _LISTED.search(said)
    if listed:
        return [int(year) for year in _YEAR.findall(listed.group(1))]
    span = _SPAN.search(said)
    return list(range(int(span[1]), int(span[2]) + 1)) if span else []
