"""What follows from a whole system of ties: ranges of all figures, and for each end the statements it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf
from typing import NamedTuple

from dangjian.analysis.programme import solve
from dangjian.analysis.statements import Figure, Statement
from dangjian.analysis.tightening import Contradiction, Ranges, Support
from dangjian.analysis.ties import Tie, Ties

Numbered = tuple[tuple[int, Tie], ...]


class Derived(NamedTuple):
    """Ranges of all figures, and the ties that contradict each other."""

    ranges: Ranges
    contradicting: frozenset[int]


def groups(ties: Sequence[Tie]) -> list[Numbered]:
    """Ties that share figures, directly or through others: each group can be solved by itself."""
    parent: dict[int, int] = {}

    def root(at: int) -> int:
        while parent.setdefault(at, at) != at:
            parent[at] = at = parent[parent[at]]
        return at

    for tie in ties:
        for at in tie.figures[1:]:
            parent[root(at)] = root(tie.figures[0])
    found: dict[int, list[tuple[int, Tie]]] = {}
    for name, tie in enumerate(ties):
        found.setdefault(root(tie.figures[0]), []).append((name, tie))
    return [tuple(group) for group in found.values()]


def own_ranges(figures: Sequence[Figure]) -> Ranges:
    """What each figure's own statements say of it; a count is never below 0."""
    bounds = [figure.range() for figure in figures]
    floor = [-inf if figure.first.kind == "change" else 0.0 for figure in figures]
    lower = [max(low, least) for (low, _), least in zip(bounds, floor, strict=True)]
    return Ranges(lower, [high for _, high in bounds], [figure.whole for figure in figures])


def derive(found: Ties) -> Derived:
    """The ranges that follow from all ties; figures of ties that contradict each other keep their own."""
    ranges, contradicting = own_ranges(found.figures), set()
    for group in groups(found.ties):
        figures = {at for _, tie in group for at in tie.figures}
        if all(ranges.lower[at] == ranges.upper[at] for at in figures):
            continue
        kept = {at: (ranges.lower[at], ranges.upper[at]) for at in figures}
        try:
            solve(group, ranges)
        except Contradiction:
            contradicting.update(name for name, _ in group)
            for at, (lower, upper) in kept.items():
                ranges.lower[at], ranges.upper[at] = lower, upper
                ranges.lower_by[at] = ranges.upper_by[at] = frozenset()
    return Derived(ranges, frozenset(contradicting))


def rests_on(found: Ties, derived: Derived, at: int) -> tuple[Statement, ...]:
    """The statements, other than the figure's own, from which its range follows: none of them can be left out."""
    ranges = derived.ranges
    needed: dict[int, Statement] = {}
    for upper, support in ((False, ranges.lower_by[at]), (True, ranges.upper_by[at])):
        if support:
            value = (ranges.upper if upper else ranges.lower)[at]
            needed |= {said.row: said for said in _irreducible(found, support, at, value, upper)}
    return tuple(needed[row] for row in sorted(needed))


def _irreducible(found: Ties, support: Support, at: int, value: float, upper: bool) -> Iterable[Statement]:
    """A deletion filter: statements are left out one after another for as long as the end still follows."""
    ties = [(name, found.ties[name]) for name in sorted(support)]
    rows = {said.row: said for _, tie in ties for other in tie.figures for said in found.figures[other].statements}
    kept = dict(rows)
    for row in sorted(rows, reverse=True):
        if any(row == said.row for said in found.figures[at].statements):
            kept.pop(row)
            continue
        fewer = {other for other in kept if other != row}
        if _still(found, ties, fewer, at, value, upper):
            kept.pop(row)
    return kept.values()


def _still(found: Ties, ties: Sequence[tuple[int, Tie]], rows: set[int], at: int, value: float, upper: bool) -> bool:
    """Whether an end still follows from these statements alone, with the figure's own."""
    own = {said.row for said in found.figures[at].statements}
    told: dict[int, Figure] = {}
    for _, tie in ties:
        for other in tie.figures:
            said = tuple(one for one in found.figures[other].statements if one.row in rows or one.row in own)
            if said:
                told[other] = Figure(said)
    left = [(name, tie) for name, tie in ties if all(other in told for other in tie.figures)]
    if not left:
        return False
    # the ties keep their numbering of figures, so figures that no tie needs stand in as anything at all
    ranges = own_ranges([told.get(other, found.figures[other]) for other in range(len(found.figures))])
    try:
        solve(left, ranges)
    except Contradiction:
        return True
    slack = 1e-6 * (1 + abs(value))
    return ranges.upper[at] <= value + slack if upper else ranges.lower[at] >= value - slack
