"""What the words around a number make of it: a quantity, or a rule by which it is none."""

from __future__ import annotations

import re

from dangjian.bounds import UNKNOWN
from dangjian.quantities import modifiers
from dangjian.quantities.changes import find_change
from dangjian.quantities.clauses import after, clause_before
from dangjian.quantities.decisions import THRESHOLD_OF, refuse
from dangjian.quantities.periods import Times
from dangjian.quantities.quantity import Quantity
from dangjian.quantities.readings import Reading

SHARE_CAP = 100.0
OF_SHARE = re.compile(r"(?:率|占比|比例|比重|覆盖面|满意度|份额)[^，。；、\d*×]{0,10}$")
"""A change in a share cannot pass 100 either."""
FROM = re.compile(r"[由从](?:上年|去年|原来|此前|过去|最初|当初)?(?:的)?$")
TO = re.compile(
    r"(?:一路|逐步|稳步)?[\u4e00-\u9fff]{0,2}(?:到|至|为)(?:了)?(?=[约近超]?[0-9０-９*×一二两三四五六七八九十百千])"
)
"""Behind a number after 由 or 从: it was the level before, 从一千人壮大到两千人."""
HOURS = ("学时", "课时")
REQUIRED = ("不少于", "不低于", "不得少于", "不得低于", "应达到", "须达到")
"""Hours of training of which so much is said are what is required."""
WITHIN = frozenset(["天", "日", "工作日", "小时", "月", "周", "年", "分钟", "自然日"])
"""Units behind which a bare 内 says at most: 15个工作日内."""


def hear(
    text: str, start: int, reading: Reading, kind: str, previous: Quantity | None, times: Times, floor: int = 0
) -> Quantity | str:
    """The quantity that a number is, or the name of the rule that leaves it out.

    Args:
        kind: "D" for digits, "C" for Chinese numerals, "V" for vague words.
        previous: the quantity whose list this number continues, None where it continues none.
        floor: where the quantity before it ends; a modifier begins no earlier.
    """
    clause = clause_before(text, start)
    right = after(text, reading.text_end)
    before = None
    if clause[-1:] in modifiers.LAST_BEFORE:
        before = modifiers.touching(clause[-8:], reading.core)
    if before is None or reading.core[:1] not in modifiers.PLACE_WORDS:
        rule = refuse(reading, text, start, clause[: -before[1]] if before else clause, right, kind)
        if before and before[0] in ("at_least", "at_most") and THRESHOLD_OF.match(right):
            rule = "threshold of a class"
        if rule:
            return rule
    return _quantity(text, start, reading, clause, right, before, previous, times, floor)


def _quantity(
    text: str,
    start: int,
    reading: Reading,
    clause: str,
    right: str,
    before: tuple[str, int] | None,
    previous: Quantity | None,
    times: Times,
    floor: int,
) -> Quantity:
    unit, begin, words = reading.unit or "", start, clause
    modality, bounds = reading.modality, reading.bounds
    behind = _closing(reading.after, unit)
    if behind:
        bounds, modality = modifiers.widened(bounds, behind), behind
    if before:
        begin, words = max(floor, _begin(text, start, before[1])), clause[: -before[1]]
        bounds, modality = modifiers.widened(bounds, before[0]) if before[0] != behind else bounds, before[0]
    elif not behind and len(clause) > 3 and (said := modifiers.apart(clause)):
        bounds, modality = modifiers.widened(bounds, said[0]), said[0]
        words = clause[: said[1]]
    found = find_change(words, right, unit)
    change = found[0] if found else None
    if change is None and previous is not None and previous.unit == unit:
        change = previous.change
    if reading.masked and reading.bounds == UNKNOWN and modality != "at_most":
        bounds = UNKNOWN
    if (
        unit == "%"
        and reading.bounds.lower <= SHARE_CAP
        and (change is None or (reading.masked and OF_SHARE.search(words)))
    ):
        bounds = bounds.capped(SHARE_CAP)
    period, target = times.of(begin, words, right, unit == "倍" or change is not None)
    if period == times.year and FROM.search(words) and TO.match(right):
        period = None  # 由82%提升至96%: the first stands for no year that is said
    if before and before[0] == "at_least" and unit in HOURS and clause.endswith(REQUIRED):
        target = True
    end = reading.text_end
    return Quantity(
        begin, end, text[begin:end], start, reading.number_end, *bounds, unit, modality,
        reading.masked, change, period, target, reading.rule, clause, previous is not None,
    )  # fmt: skip


def _closing(written: str, unit: str) -> str | None:
    """The modality that the words behind the unit give."""
    if not written:
        return None
    if written == "内":
        return "at_most" if unit in WITHIN else None
    return modifiers.AFTER.get(written) or modifiers.AFTER.get(written.replace("（含）", "").replace("浮动", ""))


def _begin(text: str, start: int, said: int) -> int:
    """Where a modifier of ``said`` characters before ``start`` begins, blanks between not counted."""
    at = start
    while said and at:
        at -= 1
        if text[at] not in " \u3000\n":
            said -= 1
    return at
