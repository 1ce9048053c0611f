"""Closed bounds on a true value, and the arithmetic of such bounds.

Every result holds for all true values inside its operands, and no tighter bound does for operands
that vary independently (R. E. Moore, *Interval Analysis*, 1966). ``upper`` None means no upper bound.
There is no midpoint here, and nowhere else in the project: a masked range says nothing of its middle.
"""

from __future__ import annotations

from math import inf, isfinite
from typing import Literal, NamedTuple

Order = Literal["higher", "lower", "equal", "cannot tell"]


class Bounds(NamedTuple):
    """Inclusive bounds; ``upper`` None is unbounded."""

    lower: float
    upper: float | None

    @property
    def value(self) -> float | None:
        """The value where the bounds leave only one, else None."""
        return self.lower if self.lower == self.upper else None

    @property
    def top(self) -> float:
        """The upper bound as a number: ``inf`` where there is none."""
        return inf if self.upper is None else self.upper

    @property
    def width(self) -> float:
        """How far the bounds lie apart: 0 for an exact value, ``inf`` where there is no upper one."""
        return self.top - self.lower

    def __contains__(self, value: object) -> bool:
        return isinstance(value, int | float) and self.lower <= value <= self.top

    def plus(self, other: Bounds) -> Bounds:
        """Bounds of the sum.

        >>> Bounds(10, 99).plus(Bounds(100, None))
        Bounds(lower=110, upper=None)
        """
        return closed(self.lower + other.lower, self.top + other.top)

    def minus(self, other: Bounds) -> Bounds:
        """Bounds of the difference; a lower bound of ``-inf`` says that there is none."""
        return closed(self.lower - other.top, self.top - other.lower)

    def times(self, other: Bounds) -> Bounds:
        """Bounds of the product of two quantities that are not negative."""
        upper = 0.0 if self.upper == 0 or other.upper == 0 else self.top * other.top
        return closed(self.lower * other.lower, upper)

    def over(self, other: Bounds) -> Bounds:
        """Bounds of the quotient of two quantities that are not negative.

        >>> Bounds(10, 20).over(Bounds(40, 50))
        Bounds(lower=0.2, upper=0.5)
        """
        lower = self.lower / other.top if other.top else 0.0
        return closed(0.0 if other.top == inf else lower, self.top / other.lower if other.lower else inf)

    def scaled(self, factor: float) -> Bounds:
        """Both bounds times a factor that is not negative."""
        return Bounds(self.lower * factor, None if self.upper is None else self.upper * factor)

    def meet(self, other: Bounds) -> Bounds | None:
        """What both allow, None where they contradict each other."""
        lower, upper = max(self.lower, other.lower), min(self.top, other.top)
        return closed(lower, upper) if lower <= upper else None

    def hull(self, other: Bounds) -> Bounds:
        """The least bounds that hold both."""
        return closed(min(self.lower, other.lower), max(self.top, other.top))

    def capped(self, most: float) -> Bounds:
        """The same, never above ``most``; a lower bound above it stays as it was written."""
        return self if self.lower > most else closed(self.lower, min(self.top, most))

    def against(self, other: Bounds) -> Order:
        """What can be said for certain of this against the other.

        >>> Bounds(100, 199).against(Bounds(150, 150))
        'cannot tell'
        """
        if self.lower > other.top:
            return "higher"
        if self.top < other.lower:
            return "lower"
        return "equal" if self.value is not None and self.value == other.value else "cannot tell"


UNKNOWN = Bounds(0.0, None)
"""Any number that is not negative."""


def exactly(value: float) -> Bounds:
    """Bounds that leave one value."""
    return Bounds(value, value)


def closed(lower: float, upper: float) -> Bounds:
    """Bounds from two numbers, an infinite upper one written as None."""
    return Bounds(lower, upper if isfinite(upper) else None)
