"""The records of the scan: a quantity, a number left out, a number that cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, overload

from msgspec import Struct

from dangjian.bounds import Bounds
from dangjian.quantities.exclusions import rule_at
from dangjian.quantities.masks import MaskReading
from dangjian.spans import Span


class Quantity(Struct, frozen=True, gc=False):
    """A number that measures something, where it stands.

    A record of slots that the garbage collector need not visit: a long text has many.

    Attributes:
        start, end: offsets of number, unit and the modifiers that touch them.
        number_start, number_end: offsets of the bare number with its scale word.
        lower, upper: inclusive bounds in ``unit``, ``upper`` None where there is none; magnitudes where ``change`` is
            set.
        period: the year it speaks of, None for a span of years.
        rule: what it was read by.
        clause: the clause up to it, blanks taken out: what binding and labels look at.
        joined: it continues the list that the quantity before it began.
    """

    start: int
    end: int
    text: str
    number_start: int
    number_end: int
    lower: float
    upper: float | None
    unit: str
    modality: str
    masked: bool
    change: str | None
    period: int | None
    target: bool
    rule: str
    clause: str = ""
    joined: bool = False
    label: str = ""

    @property
    def number(self) -> Span:
        """Where the bare number stands."""
        return Span(self.number_start, self.number_end)

    @property
    def bounds(self) -> Bounds:
        """Its bounds as such."""
        return Bounds(self.lower, self.upper)


class LeftOut(NamedTuple):
    """A number that measures nothing, and the rule that says so."""

    start: int
    end: int
    rule: str


class AllLeftOut(Sequence[LeftOut]):
    """The numbers left out, in text order; the rule of an exclusion is found when it is asked for."""

    def __init__(self, text: str, found: Sequence[tuple[int, int, str]]) -> None:
        self._text, self._found = text, found

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, index: int) -> LeftOut: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[LeftOut]: ...
    def __getitem__(self, index: int | slice) -> LeftOut | Sequence[LeftOut]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        start, end, rule = self._found[index]
        return LeftOut(start, end, rule or rule_at(self._text, start))


class Scan(NamedTuple):
    """All that a scan found, in text order.

    ``unread`` are numbers that measure something but cannot be read; never guessed at.
    """

    quantities: tuple[Quantity, ...]
    left_out: Sequence[LeftOut]
    unread: tuple[LeftOut, ...]
    masks: tuple[MaskReading, ...]
