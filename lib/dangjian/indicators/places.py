"""The zones around a quantity in which its name may stand: its item, its clause, its sentence, its paragraph."""

from __future__ import annotations

import re
from typing import NamedTuple

from dangjian.quantities import Quantity
from dangjian.reports.sentences import hard_break

REACH = 400
RIGHT = 22
_BREAKS = re.compile(r"[，。；：:！？!?、|\t]|(?<!\d),")
"""Read from the number backwards, so a comma is looked at from behind."""
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
    floor = start - REACH if start > REACH else 0
    paragraph = text.rfind("\n", floor, start)
    while paragraph >= 0 and not hard_break(text, paragraph):
        paragraph = text.rfind("\n", floor, paragraph)
    paragraph = floor if paragraph < 0 else paragraph + 1
    sentence = clause = item = -1
    for match in _BREAKS.finditer(text[paragraph:start][::-1]):
        sign = match.group()
        at = start - match.start()
        if item < 0:
            item = at
        if clause < 0 and sign != "、":
            clause = at
        if sign in SENTENCE:
            sentence = at
            break
    sentence = paragraph if sentence < 0 else sentence
    clause = sentence if clause < 0 else clause
    item = clause if item < 0 else item
    right = limit = min(len(text), end + RIGHT)
    for stop in _RIGHT_END.finditer(text, end, limit):
        if stop.group() != "\n" or hard_break(text, stop.start()):
            right = stop.start()
            break
    return Place(
        paragraph, sentence, clause, max(item, min(previous_end, start)), start, end, max(end, min(right, next_start))
    )
