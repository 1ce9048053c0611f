"""Which joint bounds are not told: counts of people that come out too small or too narrow, and what gives them away.

Bounds that follow from one printed number alone are normal in statistics; their narrowing by other numbers is what an
auditor does, and an attacker (Handbook on Statistical Disclosure Control, 2nd ed. 2024, 4.2.2).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import inf
from typing import Literal, NamedTuple

from dangjian.analysis.deriving import Derived, Numbered, groups
from dangjian.analysis.programme import solve
from dangjian.analysis.statements import Figure
from dangjian.analysis.ties import Ties
from dangjian.analysis.tightening import Contradiction, Ranges

SMALL = 9
"""A count of people up to this is told by nothing but its own text."""
NARROW = 5
"""Bounds narrower than their upper end divided by this tell nearly the count itself."""
WHOLE = 100.0

Reason = Literal["people", "complement"]
REASONS: dict[Reason, str] = {
    "people": "由多处合推的人数过小或范围过窄，不列出",
    "complement": "与不列出的人数相连，一并不列出",
}
"""One reason for small and for narrow: to say which would itself say that a count is small."""


class Range(NamedTuple):
    """Closed bounds of a figure."""

    lower: float
    upper: float


def own_range(figure: Figure) -> Range:
    """The narrowest that any one statement says of a figure."""
    ranges = [Range(max(said.lower - said.half, 0.0), said.top + said.half) for said in figure.statements]
    return min(ranges, key=lambda said: said.upper - said.lower)


def gives_away(figure: Figure, found: Range) -> bool:
    """Whether bounds tell more of a count of people than its own text does, and too much.

    Too much is an upper bound of 9 or less, or a width under a fifth of the upper bound where the text's own was not.
    """
    if not figure.first.of_people:
        return False
    own = own_range(figure)
    if found.lower <= own.lower and found.upper >= own.upper:
        return False
    return found.upper <= SMALL or (_narrow(found) and not _narrow(own))


def _narrow(found: Range) -> bool:
    return found.upper < inf and (found.upper - found.lower) * NARROW < found.upper


def withhold(found: Ties, derived: Derived) -> dict[int, Reason]:
    """The figures whose joint bounds are not told, by number, with the reason.

    First those that give a count of people away, then as many others as it takes until no linear programme over what
    is told, and over the count's own text, gives it away either.
    """
    ranges = derived.ranges
    reasons: dict[int, Reason] = {
        at: "people"
        for at, figure in enumerate(found.figures)
        if (ranges.lower_by[at] or ranges.upper_by[at] or len(figure.statements) > 1)
        and gives_away(figure, Range(ranges.lower[at], ranges.upper[at]))
    }
    for group in groups(found.ties):
        _protect(found, tuple((name, tie) for name, tie in group if name not in derived.left_out), ranges, reasons)
    return reasons


def told(found: Ties, ranges: Ranges, figures: Sequence[int], reasons: Mapping[int, Reason], asked: int) -> Ranges:
    """What a reader of the joint bounds knows of one count withheld: what is told, and that count's own text."""
    lower, upper = {}, {}
    for at in figures:
        known = Range(ranges.lower[at], ranges.upper[at])
        if at == asked:
            known = own_range(found.figures[at])
        elif at in reasons:
            known = anything(found.figures[at])
        lower[at], upper[at] = known
    return Ranges(lower, upper, {at: found.figures[at].whole for at in figures})


def anything(figure: Figure) -> Range:
    """What is known of a figure of which nothing is told."""
    kind = figure.first.kind
    return Range(-inf if kind == "change" else 0.0, WHOLE if kind == "share" else inf)


def _protect(found: Ties, group: Numbered, ranges: Ranges, reasons: dict[int, Reason]) -> None:
    """Withhold, of one group, what else gives its withheld counts away."""
    figures = sorted({at for _, tie in group for at in tie.figures})
    ties = dict(group)
    for asked in [at for at in figures if reasons.get(at) == "people"]:
        while True:
            seen = told(found, ranges, figures, reasons, asked)
            try:
                solve(group, seen)
            except Contradiction:  # the solver cannot tell ranges all but closed from none: nothing is told then
                reasons.update({at: "complement" for at in figures if at not in reasons})
                return
            if not gives_away(found.figures[asked], Range(seen.lower[asked], seen.upper[asked])):
                break
            support = seen.lower_by[asked] | seen.upper_by[asked]
            used = Counter(at for name in support for at in ties[name].figures if at not in reasons)
            if not used:
                break
            # what gives most away goes first; of equals the smallest, with which least is lost
            extra = min(used, key=lambda at: (-used[at], ranges.upper[at], at))
            reasons[extra] = "complement"
