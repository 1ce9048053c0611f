"""Bounds that follow from ties taken one by one: each figure's range drawn in by the ranges of those tied to it.

Every step keeps all true values (bounds propagation, E. Davis, *Constraint propagation with interval labels*, 1987);
on ties that form no ring the result is also the tightest there is. Bounds are rounded outwards.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, inf, isinf

from dangjian.analysis.ties import Product, Sum, Tie

EPSILON = 1e-9
STEP = 1e-6
"""A range is drawn in only by more than this part of itself, so that the drawing ends."""
ROUNDS = 40

Support = frozenset[int]
NONE: Support = frozenset()


class Contradiction(Exception):
    """No values meet all ties; ``ties`` are those that showed it, by their place in the list."""

    def __init__(self, ties: Support) -> None:
        super().__init__("the figures contradict each other")
        self.ties = ties


@dataclass
class Ranges:
    """The range of each figure, by its number, and the ties on which each end of it rests.

    Attributes:
        lower, upper: ``inf`` and ``-inf`` where nothing bounds it.
        whole: whether the figure is a whole number.
        lower_by, upper_by: places of ties; none where the end is the figure's own.
    """

    lower: dict[int, float]
    upper: dict[int, float]
    whole: dict[int, bool]
    lower_by: dict[int, Support] = field(default_factory=dict)
    upper_by: dict[int, Support] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for at, whole in self.whole.items():
            self.lower_by.setdefault(at, NONE)
            self.upper_by.setdefault(at, NONE)
            if whole:
                self.lower[at], self.upper[at] = _up(self.lower[at]), _down(self.upper[at])

    def raise_lower(self, at: int, value: float, by: Support) -> bool:
        """Draw in the lower end; whether that made a difference."""
        if isinf(value):
            return False
        value = _up(value) if self.whole[at] else value - EPSILON * (1 + abs(value))
        if not value > self.lower[at] + STEP * (1 + abs(value)):
            return False
        self.lower[at], self.lower_by[at] = value, by
        self._check(at)
        return True

    def cut_upper(self, at: int, value: float, by: Support) -> bool:
        """Draw in the upper end; whether that made a difference."""
        if isinf(value):
            return False
        value = _down(value) if self.whole[at] else value + EPSILON * (1 + abs(value))
        if not value < self.upper[at] - STEP * (1 + abs(value)):
            return False
        self.upper[at], self.upper_by[at] = value, by
        self._check(at)
        return True

    def _check(self, at: int) -> None:
        if self.lower[at] > self.upper[at] + EPSILON * (1 + abs(self.lower[at])):
            raise Contradiction(self.lower_by[at] | self.upper_by[at])
        if self.lower[at] > self.upper[at]:
            self.lower[at] = self.upper[at]


def propagate(ties: Sequence[tuple[int, Tie]], ranges: Ranges) -> bool:
    """Draw in all ranges until no tie draws them further.

    Args:
        ties: each with its place in the list of all ties, under which supports name it.
        ranges: changed in place.
    Returns:
        Whether it came to an end; ranges that close in on each other by ever smaller steps are left as they are.
    Raises:
        Contradiction: nothing is left of a range.
    """
    by_figure: dict[int, list[int]] = {}
    for place, (_, tie) in enumerate(ties):
        for at in tie.figures:
            by_figure.setdefault(at, []).append(place)
    waiting = deque(range(len(ties)))
    queued = set(waiting)
    for _ in range(ROUNDS * max(len(ties), 1)):
        if not waiting:
            return True
        place = waiting.popleft()
        queued.discard(place)
        name, tie = ties[place]
        changed = _sum(name, tie, ranges) if isinstance(tie, Sum) else _product(name, tie, ranges)
        for at in changed:
            for other in by_figure[at]:
                if other not in queued:  # the tie itself too: rounding to whole numbers may let it draw again
                    waiting.append(other)
                    queued.add(other)
    return not waiting


def _sum(name: int, tie: Sum, ranges: Ranges) -> set[int]:
    """Figures whose range a sum drew in: ``whole - parts`` is 0, or at least 0."""
    low, high, low_by, high_by = ranges.lower, ranges.upper, ranges.lower_by, ranges.upper_by
    own, changed = frozenset((name,)), set()
    least = sum(low[part] for part in tie.parts)
    if ranges.raise_lower(tie.whole, least, own.union(*(low_by[part] for part in tie.parts))):
        changed.add(tie.whole)
    for part in tie.parts:
        others = [other for other in tie.parts if other != part]
        most = high[tie.whole] - sum(low[other] for other in others)
        if ranges.cut_upper(part, most, own.union(high_by[tie.whole], *(low_by[other] for other in others))):
            changed.add(part)
    if not tie.exact:
        return changed
    most = sum(high[part] for part in tie.parts)
    if ranges.cut_upper(tie.whole, most, own.union(*(high_by[part] for part in tie.parts))):
        changed.add(tie.whole)
    for part in tie.parts:
        others = [other for other in tie.parts if other != part]
        least = low[tie.whole] - sum(high[other] for other in others)
        if ranges.raise_lower(part, least, own.union(low_by[tie.whole], *(high_by[other] for other in others))):
            changed.add(part)
    return changed


def _product(name: int, tie: Product, ranges: Ranges) -> set[int]:
    """Figures whose range ``factor * above == (shift + rate) * below`` drew in, or ``above == below + rate``."""
    low, high, low_by, high_by = ranges.lower, ranges.upper, ranges.lower_by, ranges.upper_by
    rate, above, below, k = tie.rate, tie.above, tie.below, tie.factor
    own, changed = frozenset((name,)), set()

    def draw(at: int, lower: float, upper: float, lower_by: Iterable[Support], upper_by: Iterable[Support]) -> None:
        if ranges.raise_lower(at, lower, own.union(*lower_by)) | ranges.cut_upper(at, upper, own.union(*upper_by)):
            changed.add(at)

    if not tie.relative:
        draw(above, low[below] + low[rate], high[below] + high[rate],
             (low_by[below], low_by[rate]), (high_by[below], high_by[rate]))  # fmt: skip
        draw(below, low[above] - high[rate], high[above] - low[rate],
             (low_by[above], high_by[rate]), (high_by[above], low_by[rate]))  # fmt: skip
        draw(rate, low[above] - high[below], high[above] - low[below],
             (low_by[above], high_by[below]), (high_by[above], low_by[below]))  # fmt: skip
        return changed
    least, most = max(tie.shift + low[rate], 0.0), tie.shift + high[rate]
    draw(above, times(least, low[below]) / k, times(most, high[below]) / k,
         (low_by[rate], low_by[below]), (high_by[rate], high_by[below]))  # fmt: skip
    draw(below, over(k * low[above], most, 0.0), over(k * high[above], least, inf),
         (low_by[above], high_by[rate]), (high_by[above], low_by[rate]))  # fmt: skip
    draw(rate, over(k * low[above], high[below], 0.0) - tie.shift, over(k * high[above], low[below], inf) - tie.shift,
         (low_by[above], high_by[below]), (high_by[above], low_by[below]))  # fmt: skip
    return changed


def times(one: float, other: float) -> float:
    """A product in which 0 times anything is 0."""
    return 0.0 if one == 0 or other == 0 else one * other


def over(above: float, below: float, otherwise: float) -> float:
    """A quotient; ``otherwise`` where it says nothing."""
    if below <= 0 or isinf(above) or (isinf(below) and otherwise):
        return otherwise
    return above / below


def _up(value: float) -> float:
    return value if isinf(value) else float(ceil(value - 1e-6 - EPSILON * abs(value)))


def _down(value: float) -> float:
    return value if isinf(value) else float(floor(value + 1e-6 + EPSILON * abs(value)))


def on_rings(ties: Sequence[tuple[int, Tie]], ranges: Ranges) -> list[tuple[int, Tie]]:
    """The ties that form rings with the figures still open: only on those is one by one not all that follows.

    A tie that hangs on the others by one figure is taken off, and then what hung on it: from that figure's range
    follows all that it says.
    """
    kept = [(tie, [at for at in tie[1].figures if ranges.lower[at] != ranges.upper[at]]) for tie in ties]
    while True:
        shared = Counter(at for _, open_figures in kept for at in open_figures)
        fewer = [(tie, at) for tie, at in kept if sum(shared[one] > 1 for one in at) > 1]
        if len(fewer) == len(kept):
            return [tie for tie, _ in kept]
        kept = fewer
