"""Numbers whose unit is said once, at the end: 13.2、5.6、0.7个百分点, 分别为12、6、5期, 3至5名."""

from __future__ import annotations

import re
from typing import NamedTuple

from dangjian.bounds import Bounds
from dangjian.quantities.clauses import clause_before
from dangjian.quantities.numerals import read_chinese, read_digits
from dangjian.quantities.readings import Reading

RANGE = re.compile(r"\s?(?:[至到]|[-–－—~～]{1,2}|——)\s?$")
LIST = re.compile(r"\s?(?:[、和与及,]|以及|，)\s?$")
TOGETHER = re.compile(r"分别(?:为|是|有|达|达到|完成|增长|下降|提高|提升|占|约)?[^，。；]{0,12}$")
GOES_ON = frozenset("、和与及,，至到-–－—~～以 ")
"""Signs behind a number without a unit after which a list or a range may go on."""


class Number(NamedTuple):
    """A number read, where it begins, and its kind: D digits, C Chinese numeral, V vague word."""

    start: int
    reading: Reading
    kind: str

    @property
    def end(self) -> int:
        """Where its unit and closing modifier end."""
        return self.reading.text_end


class Waiting:
    """The numbers that wait for a unit; adding one gives back those that wait no longer."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.numbers: list[Number] = []

    def settle(self) -> list[Number]:
        """No unit came: each number stands for itself."""
        numbers, self.numbers = self.numbers, []
        return numbers

    def add(self, number: Number) -> list[Number]:
        """What is settled by a number: with its unit it settles those before it in its list or range."""
        settled: list[Number] = []
        between = self._text[self.numbers[-1].end : number.start] if self.numbers else ""
        in_range = bool(RANGE.match(between))
        if self.numbers and not (len(between) <= 4 and (in_range or self._lists(between))):
            settled = self.settle()
        reading = number.reading
        if reading.unit is None and not reading.after and self._text[number.end : number.end + 1] in GOES_ON:
            self.numbers.append(number)
            return settled
        waiting = self.settle()
        if waiting and in_range:
            return [*settled, *waiting[:-1], *_range(waiting[-1], number)]
        unit = reading.unit
        return [
            *settled,
            *(earlier._replace(reading=earlier.reading._replace(unit=unit)) for earlier in waiting),
            number,
        ]

    def _lists(self, between: str) -> bool:
        if not LIST.match(between):
            return False
        return "，" not in between or bool(TOGETHER.search(clause_before(self._text, self.numbers[0].start)))


def _range(first: Number, last: Number) -> list[Number]:
    """3至5名 is one quantity from 3 to 5; what runs downwards is no range."""
    low, high = first.reading, last.reading
    scale = high.bounds.lower / max(_bare(high), 1e-9) if high.scaled and not low.scaled else 1.0
    lower = low.bounds.lower * (scale if scale > 1 else 1)
    if high.bounds.upper is not None and lower > high.bounds.upper:
        return [first, last]
    merged = high._replace(bounds=Bounds(lower, high.bounds.upper), masked=low.masked or high.masked, rule="range")
    return [Number(first.start, merged, first.kind)]


def _bare(reading: Reading) -> float:
    numeral = read_digits(reading.core) or read_chinese(reading.core)
    return numeral.bounds.lower if numeral else 0
