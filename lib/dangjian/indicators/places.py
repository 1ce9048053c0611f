"""The zones around a quantity in which its name may stand: its item, its clause, its sentence, its paragraph."""

from __future__ import annotations

import re
from typing import NamedTuple

from dangjian.quantities import Quantity
from dangjian.reports.sentences import hard_break

REACH = 400
RIGHT = 22
_BREAKS = re.compile(r"[，。；：:！？!?\n、|\t]|,(?!\d)")
_RIGHT_END = re.compile(r"[，。；：:！？!?\n、|\t（(]|,(?!\d)")
CLAUSE, SENTENCE = "，：:,", "。；！？!?|\t"


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


def place_of(text: str, quantity: Quantity, previous_end: int, next_start: int) -> Place:
    """The zones of one quantity, between the quantity before it and the next."""
    start, end = quantity.start, quantity.end
    floor = max(0, start - REACH)
    paragraph = sentence = clause = item = -1
    chunk = text[floor:start]
    at = len(chunk)
    for match in reversed(list(_BREAKS.finditer(chunk))):
        sign, at = match.group(), floor + match.end()
        if sign == "\n" and not hard_break(text, at - 1):
            continue
        if item < 0:
            item = at
        if clause < 0 and sign != "、":
            clause = at
        if sentence < 0 and (sign in SENTENCE or sign == "\n"):
            sentence = at
        if sign == "\n":
            paragraph = at
            break
    paragraph = floor if paragraph < 0 else paragraph
    sentence = paragraph if sentence < 0 else sentence
    clause = sentence if clause < 0 else clause
    item = clause if item < 0 else item
    right = limit = min(len(text), end + RIGHT)
    for stop in _RIGHT_END.finditer(text, end, limit):
        if stop.group() != "\n" or hard_break(text, stop.start()):
            right = stop.start()
            break
    return Place(paragraph, sentence, clause, max(item, min(previous_end, start)), start, end, max(end, min(right, next_start)))
