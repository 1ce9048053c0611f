"""Numbers whose unit is said once, at the end: 13.2、5.6、0.7个百分点, 分别为12、6、5期, 3至5名."""

from __future__ import annotations

import re
from typing import NamedTuple

from dangjian.bounds import Bounds
from dangjian.quantities.clauses import clause_before
from dangjian.quantities.cores import tidied
from dangjian.quantities.numerals import read_chinese, read_digits
from dangjian.quantities.readings import Reading

RANGE = re.compile(r"\s?(?:[至到]|[-–－—~～]{1,2}|——)\s?$")
LIST = re.compile(r"\s?(?:[、和与及,]|以及|，)\s?$")
CONTINUES = re.compile(r"\s?(?:[、和与及,]|以及)\s?(?:约|近|将近|接近|超过?|不到|不足|逾)?")
"""What stands between two numbers of a list; the second may have a modifier of its own: 15%和近两成."""
RANGE_AHEAD = re.compile(r"(?:[至到~～-]|[—–－]{1,2})\s?(?:[0-9０-９*×●○□一二三四五六七八九十两]|[百千]分之)")
FROM = re.compile("[由从][^，。；、]{0,8}$")
TOGETHER = re.compile(r"分别(?:为|是|有|达|达到|完成|增长|下降|提高|提升|占|约)?[^，。；]{0,12}$")
GOES_ON = frozenset("、和与及,，至到-–－—~～以 ")
"""Signs behind a number without a unit after which a list or a range may go on."""


TENTH, THOUSANDTH = 10, 0.1
"""How many % 成 and ‰ stand for."""


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
        if not reading.after and self._may_go_on(number):
            if self.numbers and reading.unit is not None:
                settled.extend(self._joined(in_range, number)[:-1])
            self.numbers.append(number)
            return settled
        return [*settled, *self._joined(in_range, number)]

    def _may_go_on(self, number: Number) -> bool:
        """Whether a list, or behind a unit a range (10%—15%), may go on behind a number."""
        following = self._text[number.end : number.end + 5]
        if number.reading.unit is None:
            return following[:1] in GOES_ON
        return bool(RANGE_AHEAD.match(following)) and not FROM.search(clause_before(self._text, number.start))

    def _joined(self, in_range: bool, number: Number) -> list[Number]:
        """The numbers that waited, with the unit that came, and the number that brought it."""
        waiting, unit = self.settle(), number.reading.unit
        if waiting and in_range and waiting[-1].reading.unit in (None, unit):
            return [
                *(self._shares(one, number) for one in waiting[:-1]),
                *_range(waiting[-1], self._shares(waiting[-1], number), number),
            ]
        if waiting and waiting[-1].reading.unit is not None:
            return [*waiting, number]
        return [*(self._shares(earlier, number) for earlier in waiting), number]

    def _shares(self, earlier: Number, last: Number) -> Number:
        """An earlier number with the unit of the last: 两到三成 begins at 20 %."""
        reading = earlier.reading
        if reading.unit is not None:
            return earlier
        written = self._text[last.reading.number_end - 1 : last.end]
        size = TENTH if last.reading.rule == "tenths 成" else THOUSANDTH if "‰" in written else 1
        bounds = tidied(reading.bounds.scaled(size)) if size != 1 else reading.bounds
        return earlier._replace(reading=reading._replace(unit=last.reading.unit, bounds=bounds))

    def _lists(self, between: str) -> bool:
        if not LIST.match(between):
            return False
        return "，" not in between or bool(TOGETHER.search(clause_before(self._text, self.numbers[0].start)))


def _range(written: Number, first: Number, last: Number) -> list[Number]:
    """3至5名 is one quantity from 3 to 5; what runs downwards is no range.

    Args:
        written: the first number as it stands; ``first``: the same with the unit of the last.
    """
    low, high = first.reading, last.reading
    scale = (
        high.bounds.lower / max(_bare(high), 1e-9)
        if high.scaled and not low.scaled and written.reading.unit is None
        else 1.0
    )
    lower = low.bounds.lower * (scale if scale > 1 else 1)
    if high.bounds.upper is not None and lower > high.bounds.upper:
        lower = low.bounds.lower  # 8000至1万元: the first is said whole
    if high.bounds.upper is not None and lower > high.bounds.upper:
        return [first, last]
    merged = high._replace(bounds=Bounds(lower, high.bounds.upper), masked=low.masked or high.masked, rule="range")
    return [Number(first.start, merged, first.kind)]


def _bare(reading: Reading) -> float:
    numeral = read_digits(reading.core) or read_chinese(reading.core)
    return numeral.bounds.lower if numeral else 0
