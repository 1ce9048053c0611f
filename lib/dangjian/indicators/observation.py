"""The record of one quantity with its name: what the metric contract calls a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from msgspec import Struct

from dangjian.quantities import LeftOut, MaskReading
from dangjian.spans import Span


class Observation(Struct, frozen=True, gc=False):
    """A quantity, its place, its bounds, and what it measures; the contract's fields in their order.

    ``lower``, ``upper``: inclusive bounds in ``unit``; ``upper`` None is unbounded. ``indicator`` is None
    where no entry of the catalogue fits. ``rule`` names what the number was read by.
    """

    report_id: str
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
    section: tuple[str, ...]
    theme: str
    indicator: str | None
    dims: dict[str, str]
    label: str
    period: int | None
    target: bool
    rule: str

    @property
    def number(self) -> Span:
        """Where the bare number with its scale word stands."""
        return Span(self.number_start, self.number_end)

    @property
    def value(self) -> float | None:
        """The value where the bounds leave only one, else None."""
        return self.lower if self.lower == self.upper else None

    def as_dict(self) -> dict[str, Any]:
        """The contract's fields, ``value`` among them, ready for JSON."""
        ordered: dict[str, Any] = {}
        for name in self.__struct_fields__:
            if name == "number_start":
                ordered["number"] = [*self.number]
            elif name == "section":
                ordered[name] = list(self.section)
            elif name != "number_end":
                ordered[name] = getattr(self, name)
            if name == "upper":
                ordered["value"] = self.value
        return ordered


class Extraction(NamedTuple):
    """What a report gave: its observations, the numbers left out, those that could not be read, how masks read."""

    report_id: str
    observations: tuple[Observation, ...]
    left_out: Sequence[LeftOut]
    unread: tuple[LeftOut, ...]
    masks: tuple[MaskReading, ...]

    @property
    def found(self) -> int:
        """How many quantities were found."""
        return len(self.observations)

    @property
    def bound(self) -> int:
        """How many of them an indicator names."""
        return sum(row.indicator is not None for row in self.observations)
