"""The commonest number, read at once: digits or masks, one measure word, the end of the item, nothing fuzzy about.

It gives what the scan would give by the long way, or None where any word near might change the reading.
"""

from __future__ import annotations

import re

from dangjian.bounds import Bounds
from dangjian.quantities import modifiers
from dangjian.quantities.changes import HINT as CHANGE_HINT
from dangjian.quantities.changes import find_change
from dangjian.quantities.clauses import CLAUSE_REACH
from dangjian.quantities.quantity import Quantity
from dangjian.spans import Span

MASKED = {sign * width: (10 ** (width - 1), 10**width - 1) for sign in "*×●□" for width in range(1, 9)}
_CLAUSE_END = re.compile(r"(?s).*[，。；：:！？!?\t|;]")
"""A break that is certain: what stands behind a line break or a comma of digits is read the long way."""
CAUTION = modifiers.LAST_BEFORE | frozenset("每逐隔前后首头近第的由从时这那，,") | frozenset("0123456789*×●○□＊.．-—－_/·:~～至到和与及、")
WARNS = re.compile(r"[每至最于超过\n \u3000A-Za-z第]")


def read_plain(text: str, start: int, core: str, unit: str, number_end: int, end: int, year: int | None) -> Quantity | None:
    """The quantity of a plain number that stands first in its item, without its period and target."""
    masked = core in MASKED
    if masked:
        least, most = MASKED[core]
    elif core.isdecimal() and len(core) < 12:
        least = most = int(core)
    else:
        return None
    chunk = text[start - CLAUSE_REACH if start > CLAUSE_REACH else 0 : start]
    boundary = _CLAUSE_END.match(chunk)
    if boundary is None:
        return None
    clause = chunk[boundary.end() :]
    if not clause or clause[-1] in CAUTION or WARNS.search(clause):
        return None
    change = None
    if CHANGE_HINT.search(clause):
        said = find_change(clause, "", unit)
        change = said[0] if said else None
    if unit == "%" and change is None and least <= 100 < most:
        most = 100
    return Quantity(
        start, end, text[start:end], Span(start, number_end), Bounds(least, most), unit, "exact", masked, change, year,
        False, "masked digits" if masked else "digits", clause,
    )  # fmt: skip
