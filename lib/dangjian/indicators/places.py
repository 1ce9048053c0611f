"""The zones around a quantity in which its name may stand: its item, its clause, its sentence, its paragraph."""

from __future__ import annotations

import re
from typing import NamedTuple

from dangjian.quantities import Quantity
from dangjian.reports.sentences import hard_break

REACH = 400
RIGHT = 22
_ITEM = re.compile(r"(?s).*(?:[，。；：:！？!?、|\t]|,(?!\d))")
_CLAUSE = re.compile(r"(?s).*(?:[，。；：:！？!?|\t]|,(?!\d))")
_SENTENCE = re.compile(r"(?s).*[。；！？!?|\t]")
"""Each is matched up to the number, and so ends with the last such sign before it."""
_RIGHT_END = re.compile(r"[，。；：:！？!?\n、|\t（(]|,(?!\d)")
_IN_CLAUSE, _ENDS_SENTENCE = "、", "。；！？!?|\t"
FIGURE = re.compile(r"(?<![0-9*])(?!(?:(?:19|20)[0-9]{2}|\*{4}) ?年)[0-9*×●□]")
"""The first digit of a figure; a year is none."""


class Place(NamedTuple):
    """Offsets, outermost first: ``paragraph <= sentence <= clause <= item <= start < end <= right``.

    ``lead``: where the paragraph's first sentence ends.
    """

    paragraph: int
    sentence: int
    clause: int
    item: int
    start: int
    end: int
    right: int


class Places:
    """The zones of the quantities of one text, asked for in text order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line_end = -1, False  # the line break looked at last, and whether it ends a paragraph

    def of(self, quantity: Quantity, previous_end: int, next_start: int) -> Place:
        """The zones of one quantity, between the quantity before it and the next."""
        text, start, end = self._text, quantity.start, quantity.end
        floor = start - REACH if start > REACH else 0
        paragraph = text.rfind("\n", floor, start)
        while paragraph >= 0 and not self._ends_paragraph(paragraph):
            paragraph = text.rfind("\n", floor, paragraph)
        paragraph = floor if paragraph < 0 else paragraph + 1
        item = clause = sentence = _last(_ITEM, text, paragraph, start)
        if text[item - 1 : item] in _IN_CLAUSE:
            clause = sentence = _last(_CLAUSE, text, paragraph, item)
        if text[clause - 1 : clause] not in _ENDS_SENTENCE:
            sentence = _last(_SENTENCE, text, paragraph, clause)
        limit = min(len(text), end + RIGHT)
        stop = _RIGHT_END.search(text, end, limit)
        while stop and stop.group() == "\n" and not self._ends_paragraph(stop.start()):
            stop = _RIGHT_END.search(text, stop.end(), limit)
        right = min(stop.start() if stop else limit, next_start)
        return Place(paragraph, sentence, clause, max(item, min(previous_end, start)), start, end, max(end, right))

    def _ends_paragraph(self, at: int) -> bool:
        if at != self._line_end[0]:
            self._line_end = at, hard_break(self._text, at)
        return self._line_end[1]


def _last(pattern: re.Pattern[str], text: str, floor: int, end: int) -> int:
    """Where the last break between two offsets ends, the first of them where there is none."""
    found = pattern.match(text, floor, end)
    return found.end() if found else floor
