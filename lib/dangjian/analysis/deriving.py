"""What follows from a whole system of ties: ranges of all figures, and for each end the statements it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import inf
from typing import NamedTuple

from dangjian.analysis.programme import solve
from dangjian.analysis.statements import Figure, Statement
from dangjian.analysis.ties import Tie, Ties
from dangjian.analysis.tightening import Contradiction, Ranges, Support

Numbered = tuple[tuple[int, Tie], ...]


class Derived(NamedTuple):
    """Ranges of all figures, and the ties left out because they contradict each other, or touch one that does."""

    ranges: Ranges
    left_out: frozenset[int]


def groups(ties: Sequence[Tie]) -> list[Numbered]:
    """Ties that share figures, directly or through others: each group can be solved by itself."""
    return _groups(list(enumerate(ties)))


def _groups(ties: Iterable[tuple[int, Tie]]) -> list[Numbered]:
    numbered = list(ties)
    parent: dict[int, int] = {}

    def root(at: int) -> int:
        while parent.setdefault(at, at) != at:
            parent[at] = at = parent[parent[at]]
        return at

    for _, tie in numbered:
        for at in tie.figures[1:]:
            parent[root(at)] = root(tie.figures[0])
    found: dict[int, list[tuple[int, Tie]]] = {}
    for name, tie in numbered:
        found.setdefault(root(tie.figures[0]), []).append((name, tie))
    return [tuple(group) for group in found.values()]


def own_ranges(figures: Mapping[int, Figure]) -> Ranges:
    """What each figure's own statements say of it; a count is never below 0."""
    lower, upper = {}, {}
    for at, figure in figures.items():
        low, upper[at] = figure.range()
        lower[at] = low if figure.first.kind == "change" else max(low, 0.0)
    return Ranges(lower, upper, {at: figure.whole for at, figure in figures.items()})


def derive(found: Ties) -> Derived:
    """The ranges that follow from all ties.

    Ties that contradict each other are left out, with all that touch their figures: nothing can rest on those.
    """
    ranges = own_ranges(dict(enumerate(found.figures)))
    left_out: set[int] = set()
    waiting = groups(found.ties)
    while waiting:
        group = waiting.pop()
        figures = {at for _, tie in group for at in tie.figures}
        kept = {at: (ranges.lower[at], ranges.upper[at]) for at in figures}
        try:
            solve(group, ranges)
        except Contradiction as fault:
            for at, (lower, upper) in kept.items():
                ranges.lower[at], ranges.upper[at] = lower, upper
                ranges.lower_by[at] = ranges.upper_by[at] = frozenset()
            wrong = {at for name, tie in group if name in fault.ties for at in tie.figures}
            left = [(name, tie) for name, tie in group if not wrong & set(tie.figures)]
            left_out.update({name for name, _ in group} - {name for name, _ in left})
            waiting += _groups(left)
    return Derived(ranges, frozenset(left_out))


def rests_on(found: Ties, derived: Derived, at: int, said: Statement) -> tuple[Statement, ...]:
    """The statements, beside its own, from which the range of a figure follows; none of them can be left out.

    Args:
        at: the figure.
        said: the statement of it that is asked about; others of the same figure count as others.
    """
    ranges, needed = derived.ranges, dict[int, Statement]()
    own = own_ranges({at: Figure((said,))})
    if ranges.lower[at] > own.lower[at]:
        needed |= _irreducible(found, ranges.lower_by[at], at, said, ranges.lower[at], False)
    if ranges.upper[at] < own.upper[at]:
        needed |= _irreducible(found, ranges.upper_by[at], at, said, ranges.upper[at], True)
    return tuple(needed[row] for row in sorted(needed))


def _irreducible(
    found: Ties, support: Support, at: int, own: Statement, value: float, upper: bool
) -> dict[int, Statement]:
    """A deletion filter: statements are left out one after another for as long as the end still follows."""
    ties = [(name, found.ties[name]) for name in sorted(support)]
    figures = {at, *(other for _, tie in ties for other in tie.figures)}
    kept = {said.row: said for other in figures for said in found.figures[other].statements if said.row != own.row}
    for row in sorted(kept, reverse=True):
        fewer = {other for other in kept if other != row} | {own.row}
        if _still(found, ties, fewer, at, value, upper):
            kept.pop(row)
    return kept


def _still(found: Ties, ties: Sequence[tuple[int, Tie]], rows: set[int], at: int, value: float, upper: bool) -> bool:
    """Whether an end still follows from these statements alone."""
    told: dict[int, Figure] = {}
    for other in {at, *(other for _, tie in ties for other in tie.figures)}:
        said = tuple(one for one in found.figures[other].statements if one.row in rows)
        if said:
            told[other] = Figure(said)
    ranges = own_ranges(told)
    solve([(name, tie) for name, tie in ties if all(other in told for other in tie.figures)], ranges)
    slack = 1e-6 * (1 + abs(value)) if abs(value) < inf else 0.0
    return ranges.upper[at] <= value + slack if upper else ranges.lower[at] >= value - slack
