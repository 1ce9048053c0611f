"""The one scan where numerals, masks, modifiers, units and exclusions meet."""

from __future__ import annotations

import re
from bisect import bisect_left

from dangjian.bounds import UNKNOWN, Bounds
from dangjian.quantities import modifiers
from dangjian.quantities.changes import find_change
from dangjian.quantities.clauses import SENTENCE_REACH, after, clause_before, sentence_before
from dangjian.quantities.decisions import THRESHOLD_OF, refuse
from dangjian.quantities.masks import read_masks
from dangjian.quantities.numerals import DIGITS
from dangjian.quantities.patterns import pattern
from dangjian.quantities.periods import HINT as TIME_HINT
from dangjian.quantities.periods import find_period, find_target
from dangjian.quantities.plain import MASKED, read_plain
from dangjian.quantities.quantity import LeftOut, Quantity, Scan
from dangjian.quantities.readings import Reading, read_match
from dangjian.quantities.tables import Table, find_tables, scan_table
from dangjian.quantities.units import CONTINUOUS, DURATIONS, unit_of
from dangjian.spans import Span

RANGE = re.compile(r"\s?(?:[至到]|[-–－—~～]{1,2}|——)\s?$")
LIST = re.compile(r"\s?(?:[、和与及,]|以及|，)\s?$")
FROM = re.compile(r"[由从]$")
TOGETHER = re.compile(r"分别(?:为|是|有|达|达到|完成|增长|下降|提高|提升|占|约)?[^，。；]{0,12}$")
SHARE_CAP = 100.0
GOES_ON = frozenset("、和与及,，至到-–－—~～以 。；）)！？\n")
"""Signs behind a number without a unit after which it may still be one: a list, a range, the end of its item."""


class _Pending:
    """A number whose unit may still come: 13.2、5.6、0.7个百分点, 3至5名."""

    __slots__ = ("end", "kind", "reading", "start")

    def __init__(self, start: int, end: int, reading: Reading, kind: str) -> None:
        self.start, self.end, self.reading, self.kind = start, end, reading, kind


def scan(text: str, *, year: int | None = None, mask: str = "auto") -> Scan:
    """Every quantity of a text, in text order, none overlapping.

    Args:
        text: the report's own text; offsets count its characters.
        year: the year that the report speaks of.
        mask: how hidden digits read: "auto", "digits" or "unknown".
    """
    masks = read_masks(text, mask)
    width = {reading.sign: reading.reading == "digits" for reading in masks}
    default = mask != "unknown"
    for sign in "*＊×Xx●○□█#某":
        width.setdefault(sign, default if mask != "auto" else True)
    known = width if not all(width.values()) else {}
    scanner = _Scanner(text, year, known)
    start = 0
    for table in find_tables(text):
        scanner.run(start, table.span.start)
        scanner.table(table)
        start = table.span.end
    scanner.run(start, len(text))
    return Scan(tuple(scanner.quantities), tuple(scanner.left_out), tuple(scanner.unread), masks)


class _Scanner:
    """The state of one scan."""

    def __init__(self, text: str, year: int | None, known: dict[str, bool]) -> None:
        self.text, self.year, self.known = text, year, known
        self.quantities: list[Quantity] = []
        self.left_out: list[LeftOut] = []
        self.unread: list[LeftOut] = []
        self.pending: list[_Pending] = []
        self.pattern = pattern()
        self.hints = [hint.start() for hint in TIME_HINT.finditer(text)]

    def run(self, start: int, end: int) -> None:
        """Scan one stretch of running text."""
        text, rules = self.text, self.pattern.rules
        for match in self.pattern.scan.finditer(text, start, end):
            kind = match.lastgroup
            rule = rules.get(kind)  # type: ignore[arg-type]
            if rule is not None:
                if self.pending:
                    self.settle()
                self.left_out.append(LeftOut(match.start(), match.end(), rule))
                continue
            if kind == "W":
                if self.pending:
                    self.settle()
                self.left_out.append(LeftOut(match.start(), match.end(), "word with a numeral"))
                continue
            if not self.pending and not self.known:
                if kind == "F":
                    if self._plain(match):
                        continue
                elif self._measures_nothing(match, kind):  # type: ignore[arg-type]
                    continue
            reading = read_match(match, self.pattern, text, self.known)
            if reading is None:
                if self.pending:
                    self.settle()
                self._not_read(match)
                continue
            self.take(match.start(), reading, "D" if kind == "F" else kind)  # type: ignore[arg-type]
        self.settle()

    def _plain(self, match: re.Match[str]) -> bool:
        """Take a number of the commonest form at once, where nothing near it asks for the long way."""
        core_at, scale_at, more_at, _, unit_at, _ = self.pattern.plain
        start, end, core_end = match.start(), match.end(), match.end(core_at)
        scale, more, unit = match.group(scale_at, more_at, unit_at)
        number_end = core_end + 1 if scale else core_end
        unit = unit_of(unit)
        if unit in DURATIONS or (more and unit in CONTINUOUS):
            return False
        made = read_plain(self.text, start, self.text[start:core_end], scale or "", more or "", unit, number_end, end, self.year)
        if made is None:
            return False
        hints = self._sentence_hints(start)
        if hints is not None:
            period, _ = find_period(hints, self.year, unit == "倍" or made.change is not None)
            target = find_target(made.clause, "", hints, period, self.year)
            made = made._replace(period=period, target=bool(target))
        self.quantities.append(made)
        return True

    def _measures_nothing(self, match: re.Match[str], kind: str) -> bool:
        """Leave out at once a mask or a Chinese numeral that no unit, scale, modifier or list sign follows."""
        if kind == "V":
            return False
        groups = self.pattern.digits if kind == "D" else self.pattern.chinese
        start, end = match.start(), match.end()
        if match.end(groups[0]) != end or self.text[end : end + 1] in GOES_ON:
            return False
        core = self.text[start:end]
        if kind == "D" and core not in MASKED:
            return False
        if kind == "C" and not all(sign in DIGITS for sign in core):
            return False
        self.left_out.append(LeftOut(start, end, "mask hides a name" if kind == "D" else "word with a numeral"))
        return True

    def _sentence_hints(self, start: int) -> str | None:
        """The sentence up to a number, None where no word in it speaks of time or plans."""
        last = bisect_left(self.hints, start) - 1
        if last < 0 or start - self.hints[last] > SENTENCE_REACH:
            return None
        stop = max(self.text.rfind("。", self.hints[last], start), self.text.rfind("；", self.hints[last], start))
        return None if stop >= 0 else sentence_before(self.text, start)

    def table(self, table: Table) -> None:
        """Read the cells of a table."""
        quantities, left_out = scan_table(self.text, table, self.year, self.known)
        self.quantities.extend(quantities)
        self.left_out.extend(left_out)

    def take(self, start: int, reading: Reading, kind: str) -> None:
        """A number with its unit settles those before it in its list or range; one without waits."""
        pending = self.pending
        joined_by = self.text[pending[-1].end : start] if pending else ""
        if pending and not (len(joined_by) <= 4 and (RANGE.match(joined_by) or self._lists(joined_by, start))):
            self.settle()
            pending = self.pending
        if reading.unit is None and not reading.after and self._may_go_on(reading):
            pending.append(_Pending(start, reading.text_end, reading, kind))
            return
        if not pending:
            self.emit(start, reading, kind)
            return
        self.pending = []
        if RANGE.match(joined_by):
            first = pending.pop()
            self._settle_all(pending)
            self._range(first, start, reading, kind)
            return
        for earlier in pending:
            self.emit(earlier.start, earlier.reading._replace(unit=reading.unit), earlier.kind)
        self.emit(start, reading, kind)

    def _lists(self, between: str, start: int) -> bool:
        if not LIST.match(between):
            return False
        return "，" not in between or bool(TOGETHER.search(clause_before(self.text, self.pending[0].start)))

    def _may_go_on(self, reading: Reading) -> bool:
        return self.text[reading.text_end : reading.text_end + 1] in "、和与及,，至到-–－—~～以 "

    def settle(self) -> None:
        """No unit came: each waiting number stands for itself."""
        pending, self.pending = self.pending, []
        self._settle_all(pending)

    def _settle_all(self, pending: list[_Pending]) -> None:
        for waiting in pending:
            self.emit(waiting.start, waiting.reading, waiting.kind)

    def _range(self, first: _Pending, start: int, reading: Reading, kind: str) -> None:
        """3至5名 is one quantity from 3 to 5."""
        low, high = first.reading.bounds, reading.bounds
        scale = high.lower / max(_bare(reading), 1e-9) if reading.scaled and not first.reading.scaled else 1
        bounds = Bounds(low.lower * (scale if scale > 1 else 1), high.upper)
        merged = reading._replace(bounds=bounds, masked=reading.masked or first.reading.masked, rule="range")
        if bounds.upper is not None and bounds.lower > bounds.upper:
            self.emit(first.start, first.reading, first.kind)
            self.emit(start, reading, kind)
            return
        self.emit(first.start, merged, first.kind)

    def _not_read(self, match: re.Match[str]) -> None:
        span = match.start(), match.end()
        groups = self.pattern.digits if match.lastgroup == "D" else self.pattern.chinese
        if match.lastgroup == "D" and match[groups[4]]:
            self.unread.append(LeftOut(*span, "numeral that cannot be read"))
        else:
            self.left_out.append(LeftOut(*span, "word with a numeral"))

    def emit(self, start: int, reading: Reading, kind: str) -> None:
        """Hear the words around the number and keep the quantity, or leave it out by a named rule."""
        text = self.text
        clause = clause_before(text, start)
        right = after(text, reading.text_end)
        before = None
        if clause[-1:] in modifiers.LAST_BEFORE:
            before = modifiers.touching(clause[-8:], reading.core)
        if before is None or reading.core[:1] not in "百千万亿":
            rule = refuse(reading, text, start, clause[: -before[1]] if before else clause, right, kind)
            if before and before[0] in ("at_least", "at_most") and THRESHOLD_OF.match(right):
                rule = "threshold of a class"
            if rule:
                self.left_out.append(LeftOut(start, reading.text_end, rule))
                return
        self.quantities.append(self._quantity(start, reading, clause, right, before))

    def _quantity(self, start: int, reading: Reading, clause: str, right: str, before: tuple[str, int] | None) -> Quantity:
        text, unit = self.text, reading.unit or ""
        begin, words = start, clause
        modality, bounds = reading.modality, reading.bounds
        behind = _closing(reading.after, unit)
        if before:
            begin = _begin(text, start, before[1])
            words = clause[: -before[1]]
        if behind:
            bounds, modality = modifiers.widened(bounds, behind), behind
        if before:
            bounds, modality = modifiers.widened(bounds, before[0]) if before[0] != behind else bounds, before[0]
        elif not behind:
            said = modifiers.apart(clause) if len(clause) > 3 else None
            if said:
                bounds, modality = modifiers.widened(bounds, said[0]), said[0]
                words = clause[: said[1]]
        joined = self._joined(begin)
        previous = self.quantities[-1] if joined else None
        said_change = find_change(words, right, unit)
        change = said_change[0] if said_change else None
        if previous is not None:
            if previous.unit == "个" and unit == "百分点":
                self.quantities[-1] = previous = previous._replace(
                    unit=unit, change=(find_change(previous.clause, "", unit) or (change,))[0]
                )
            if change is None and previous.unit == unit:
                change = previous.change
        if reading.masked and bounds.lower == 0 and reading.bounds == UNKNOWN and modality != "at_most":
            bounds = UNKNOWN
        if unit == "%" and change is None and reading.bounds.lower <= SHARE_CAP:
            bounds = bounds.capped(SHARE_CAP)
        period, target = self.year, ""
        sentence = self._sentence_hints(begin)
        if sentence is None and TIME_HINT.search(right):
            sentence = sentence_before(text, begin)
        if sentence is not None:
            period, _ = find_period(sentence, self.year, unit == "倍" or change is not None)
            target = find_target(words, right, sentence, period, self.year)
        end = reading.text_end
        return Quantity(
            begin, end, text[begin:end], Span(start, reading.number_end), Bounds(*bounds), unit, modality, reading.masked,
            change, period, bool(target), reading.rule, clause, joined,
        )  # fmt: skip

    def _joined(self, start: int) -> bool:
        """Whether only a list sign stands between this number and the quantity before it."""
        if not self.quantities:
            return False
        end = self.quantities[-1].end
        return 0 < start - end <= 3 and bool(LIST.match(self.text[end:start])) and self.text[end] != "，"


def _bare(reading: Reading) -> float:
    from dangjian.quantities.numerals import read_chinese, read_digits

    numeral = read_digits(reading.core) or read_chinese(reading.core)
    return numeral.bounds.lower if numeral else 0


def _closing(after: str, unit: str) -> str | None:
    """The modality that the words behind the unit give."""
    if not after:
        return None
    if after == "内":
        return "at_most" if unit in {"天", "日", "工作日", "小时", "月", "周", "年", "分钟", "自然日"} else None
    return modifiers.AFTER.get(after) or modifiers.AFTER.get(after.replace("（含）", "").replace("浮动", ""))


def _begin(text: str, start: int, said: int) -> int:
    """Where a modifier of ``said`` characters before ``start`` begins, blanks between not counted."""
    at = start
    while said and at:
        at -= 1
        if text[at] not in " \u3000\n":
            said -= 1
    return at
