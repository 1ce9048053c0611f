"""The one scan where numerals, masks, modifiers, units and exclusions meet."""

from __future__ import annotations

import re

from msgspec.structs import replace

from dangjian.quantities.changes import find_change
from dangjian.quantities.cores import CIRCLE_IS_ZERO
from dangjian.quantities.hearing import hear
from dangjian.quantities.lists import CONTINUES, Number, Waiting
from dangjian.quantities.masks import read_masks
from dangjian.quantities.numerals import DIGITS, HIDDEN
from dangjian.quantities.pairing import paired
from dangjian.quantities.patterns import pattern
from dangjian.quantities.periods import Times
from dangjian.quantities.plain import MASKED, read_plain
from dangjian.quantities.quantity import AllLeftOut, LeftOut, Quantity, Scan
from dangjian.quantities.readings import read_match
from dangjian.quantities.tables import Table, find_tables, scan_table
from dangjian.quantities.units import CONTINUOUS, DURATIONS, unit_of

GOES_ON = frozenset("、和与及,，至到-–－—~～以 。；）)！？\n")
"""Signs behind a number without a unit after which it may still be one: a list, a range, the end of its item."""


def scan(text: str, *, year: int | None = None, mask: str = "auto") -> Scan:
    """Every quantity of a text, in text order, none overlapping.

    Args:
        text: the report's own text; offsets count its characters.
        year: the year that the report speaks of.
        mask: how hidden digits read: "auto", "digits" or "unknown".
    Raises:
        ValueError: another word for ``mask``.
    """
    masks = read_masks(text, mask)
    width = {reading.sign: reading.reading != "unknown" for reading in masks}
    for sign in HIDDEN:
        width.setdefault(sign, mask != "unknown")
    if any(reading.reading == "zero" for reading in masks):
        width[CIRCLE_IS_ZERO] = True
    elif all(width.values()):
        width = {}
    scanner = _Scanner(text, year, width)
    start = 0
    for table in find_tables(text):
        scanner.run(start, table.span.start)
        scanner.table(table)
        start = table.span.end
    scanner.run(start, len(text))
    quantities = tuple(paired(text, scanner.quantities))
    return Scan(quantities, AllLeftOut(text, scanner.left_out), tuple(scanner.unread), masks)


class _Scanner:
    """The state of one scan: what was found, and the numbers that wait for their unit.

    ``width``: for each mask character whether its width tells the number; empty where all do.
    """

    def __init__(self, text: str, year: int | None, width: dict[str, bool]) -> None:
        self.text, self.width = text, width
        self.times = Times(text, year)
        self.quantities: list[Quantity] = []
        self.left_out: list[tuple[int, int, str]] = []
        self.unread: list[LeftOut] = []
        self.waiting = Waiting(text)
        self.pattern = pattern()

    def run(self, start: int, end: int) -> None:
        """Scan one stretch of running text."""
        waiting, left_out = self.waiting, self.left_out
        for match in self.pattern.scan.finditer(self.text, start, end):
            kind = match.lastgroup
            if kind is None:
                if waiting.numbers:
                    self._hear(waiting.settle())
                left_out.append((*match.span(), ""))
                continue
            if not waiting.numbers and not self.width:
                if kind == "F":
                    if self._plain(match):
                        continue
                elif self._measures_nothing(match, kind):
                    continue
            reading = read_match(match, self.pattern, self.text, self.width)
            if reading is None:
                self._hear(waiting.settle())
                self._not_read(match)
            else:
                self._hear(waiting.add(Number(match.start(), reading, "D" if kind in "FN" else kind)))
        self._hear(waiting.settle())

    def table(self, table: Table) -> None:
        """Read the cells of a table."""
        quantities, left_out = scan_table(self.text, table, self.times.year, self.width)
        self.quantities.extend(quantities)
        self.left_out.extend(left_out)

    def _hear(self, numbers: list[Number]) -> None:
        """Keep each number as a quantity, or leave it out by the rule that the words around it fulfil."""
        for start, reading, kind in numbers:
            previous = self._continued(start)
            floor = self.quantities[-1].end if self.quantities else 0
            heard = hear(self.text, start, reading, kind, previous, self.times, floor)
            if isinstance(heard, str):
                self.left_out.append((start, reading.text_end, heard))
                continue
            if previous is not None and previous.unit == "个" and heard.unit == "百分点":
                said = find_change(previous.clause, "", heard.unit)  # 提高1.2个和3.4个百分点
                self.quantities[-1] = replace(previous, unit=heard.unit, change=said[0] if said else heard.change)
            self.quantities.append(heard)

    def _continued(self, start: int) -> Quantity | None:
        """The quantity before, where only a list sign stands between it and this number."""
        if not self.quantities:
            return None
        end = self.quantities[-1].end
        if not 0 < start - end <= 5 or self.text[end] == "，" or not CONTINUES.fullmatch(self.text[end:start]):
            return None
        return self.quantities[-1]

    def _plain(self, match: re.Match[str]) -> bool:
        """Take a number of the commonest form at once, where nothing near it asks for the long way."""
        core_at, scale_at, more_at, _, unit_at, _ = self.pattern.plain
        start, end, core_end = match.start(), match.end(), match.end(core_at)
        scale, more, written = match.group(scale_at, more_at, unit_at)
        unit = unit_of(written)
        if unit in DURATIONS or (more and unit in CONTINUOUS):
            return False
        made = read_plain(self.text, start, core_end, scale or "", more or "", unit, end, self.times.year)
        if made is None:
            return False
        period, target = self.times.of(start, made.clause, "", unit == "倍" or made.change is not None)
        self.quantities.append(
            made if not target and period == made.period else replace(made, period=period, target=target)
        )
        return True

    def _measures_nothing(self, match: re.Match[str], kind: str) -> bool:
        """Leave out at once a mask or a Chinese numeral that no unit, scale, modifier or list sign follows."""
        start, end = match.start(), match.end()
        if kind == "W":
            self.left_out.append((start, end, "word with a numeral"))
            return True
        if kind == "N" and self.text[start:end] in MASKED:
            self.left_out.append((start, end, "mask hides a name"))
            return True
        if kind in "VN":
            return False
        groups = self.pattern.digits if kind == "D" else self.pattern.chinese
        following = self.text[end : end + 1]
        if match.end(groups[0]) != end or not following or following in GOES_ON:
            return False
        core = self.text[start:end]
        if (core not in MASKED) if kind == "D" else (not all(sign in DIGITS for sign in core)):
            return False
        self.left_out.append((start, end, "mask hides a name" if kind == "D" else "word with a numeral"))
        return True

    def _not_read(self, match: re.Match[str]) -> None:
        """A numeral that measures something but cannot be read is told, never guessed at."""
        if match.lastgroup == "D" and match[self.pattern.digits[4]]:
            self.unread.append(LeftOut(*match.span(), "numeral that cannot be read"))
        else:
            self.left_out.append((*match.span(), "word with a numeral"))
