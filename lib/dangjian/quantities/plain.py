"""The commonest number, read at once: digits or masks, perhaps a scale and 余, one measure word, nothing else fuzzy.

It gives what the scan gives by the long way, or None where a word near the number might change the reading.
"""

from __future__ import annotations

import re

from dangjian.quantities import modifiers
from dangjian.quantities.changes import HINT as CHANGE_HINT
from dangjian.quantities.changes import find_change
from dangjian.quantities.clauses import CLAUSE_REACH
from dangjian.quantities.numerals import read_digits
from dangjian.quantities.quantity import Quantity
from dangjian.reports.sentences import hard_break

MASKED = {sign * width: (10 ** (width - 1), 10**width - 1) for sign in "*×●□" for width in range(1, 9)}
SCALE = {"": 1, "万": 10**4, "亿": 10**8}
_CLAUSE_END = re.compile(r"(?s).*[，。；：:！？!?\n\t|;]")
"""A break that is certain: what stands behind a page's line break or a comma of digits is read the long way."""
CAUTION = frozenset("每逐隔前后首头近第的由从时这那，,委局府司团0123456789*×●○□＊.．-—－_/·:~～至到和与及、")
WARNS = re.compile(r"[,每至最于超过\n \u3000A-Za-z第龄]")
FOLLOWERS = frozenset("的目任计指要名规至到-–－—~～提升降增减")
"""What stands behind a unit and may say more of the number: 的增长, 目标, 任务要求, 计划, 指标, 要求, 名额, 规定."""


def read_plain(
    text: str, start: int, core_end: int, scale: str, more: str, unit: str, end: int, year: int | None
) -> Quantity | None:
    """The quantity of a plain number that stands first in its item, its period and target still to be heard."""
    core, number_end = text[start:core_end], core_end + 1 if scale else core_end
    found = MASKED.get(core)
    least: float
    most: float
    if found is not None:
        least, most = found
        masked, place = True, 1
    elif core.isdecimal() and len(core) < 12:
        least = most = int(core)
        masked, place = False, 0
    else:
        numeral = None if more else read_digits(core)
        if numeral is None or numeral.bounds.upper is None:
            return None
        least, most, masked, place = numeral.bounds.lower, numeral.bounds.upper, numeral.masked, 1
    if text[end : end + 1] in FOLLOWERS:
        return None
    chunk = text[start - CLAUSE_REACH if start > CLAUSE_REACH else 0 : start]
    boundary = _CLAUSE_END.match(chunk)
    if boundary is None:
        return None
    clause = chunk[boundary.end() :]
    last, opening = clause[-1:], chunk[boundary.end() - 1]
    if not clause and opening in ":：\n\t;":
        return None
    if last in CAUTION or WARNS.search(clause):
        return None
    if last in modifiers.LAST_BEFORE and modifiers.touching(clause[-8:], core):
        return None
    if opening == "\n" and not hard_break(text, start - len(clause) - 1):
        return None
    modality = "exact"
    if scale or more:
        size = SCALE[scale]
        least, most = least * size, most * size
        if more:
            if not masked:
                digits = core.rstrip("0")
                place = 10 ** (len(core) - len(digits)) if digits else 1
            most += place * size - 1
            modality = "more"
    change = None
    if CHANGE_HINT.search(clause):
        said = find_change(clause, "", unit)
        change = said[0] if said else None
    if unit == "%" and least <= 100 < most:
        if change is not None:
            return None
        most = 100
    return Quantity(
        start, end, text[start:end], start, number_end, least, most, unit, modality, masked, change, year,
        False, "masked digits" if masked else "digits", clause,
    )  # fmt: skip
