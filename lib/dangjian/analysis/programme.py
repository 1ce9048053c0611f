"""Bounds that follow from ties taken all together: the least and the greatest of each figure, by linear programmes.

A sum is linear as it stands. A quotient of two open figures is not; it is relaxed to its four linear bounds over the
ranges known so far (G. P. McCormick, *Computability of global solutions to factorable nonconvex programs*, 1976), which
hold for every true value, so that the bounds are sound if not always the tightest. Solved by HiGHS.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from math import inf, isfinite
from typing import Any, NamedTuple

from dangjian.analysis.ties import Product, Sum, Tie
from dangjian.analysis.tightening import Contradiction, Ranges, Support, on_rings, propagate
from dangjian.errors import DangjianError

ROUNDS = 3
"""How often the relaxation is made anew over the ranges drawn in."""
TOLERANCE = 1e-8
"""What the solver is asked to keep to."""
LEEWAY = 1e-7
"""By how much a relaxed tie is loosened, so that ranges all but closed do not look like a contradiction."""
SLACK = 1e-5, 1e-6
"""By how much its answers are rounded outwards: this, and this part of the answer; well above its tolerance."""
DUAL = 1e-9
"""Duals below are 0."""


class SolverError(DangjianError):
    """The solver that joint bounds need is not installed."""

    def __init__(self) -> None:
        super().__init__("joint bounds need HiGHS; install it with: pip install highspy")


class Infeasible(Exception):
    """No values meet all ties; which of them are at odds the solver does not say."""


class _Row(NamedTuple):
    """``lower <= sum of coefficients * figures <= upper``, and the ties on which it rests."""

    terms: dict[int, float]
    lower: float
    upper: float
    by: Support


def solve(ties: Sequence[tuple[int, Tie]], ranges: Ranges) -> None:
    """Draw in all ranges as far as all ties together allow.

    Args:
        ties: each with its place in the list of all ties.
        ranges: changed in place.
    Raises:
        Contradiction: no values meet all ties.
        SolverError: HiGHS is not installed.
    """
    settled = propagate(ties, ranges)
    for _ in range(ROUNDS):
        ringed = on_rings(ties, ranges)
        try:
            if not ringed or not _programme(ringed if settled else ties, ranges):
                return
        except Infeasible:
            raise Contradiction(frozenset(name for name, _ in ties)) from None
        settled = propagate(ties, ranges)


def _programme(ties: Sequence[tuple[int, Tie]], ranges: Ranges) -> bool:
    """One round of linear programmes; whether any range was drawn in.

    Raises:
        Contradiction: a range comes out empty.
        Infeasible: the solver finds no values that meet all ties.
    """
    try:
        highspy: Any = import_module("highspy")
        numpy: Any = import_module("numpy")
    except ImportError:
        raise SolverError from None
    rows = [row for name, tie in ties for row in _rows(name, tie, ranges)]
    figures = sorted({at for _, tie in ties for at in tie.figures})
    column = {at: place for place, at in enumerate(figures)}
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(figures), len(rows)
    model.col_cost_ = numpy.zeros(len(figures))
    model.col_lower_ = numpy.array([ranges.lower[at] for at in figures])
    model.col_upper_ = numpy.array([ranges.upper[at] for at in figures])
    model.row_lower_ = numpy.array([row.lower for row in rows])
    model.row_upper_ = numpy.array([row.upper for row in rows])
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = numpy.cumsum([0, *(len(row.terms) for row in rows)])
    model.a_matrix_.index_ = numpy.array([column[at] for row in rows for at in row.terms])
    model.a_matrix_.value_ = numpy.array([value for row in rows for value in row.terms.values()])
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    for tolerance in ("primal_feasibility_tolerance", "dual_feasibility_tolerance"):
        highs.setOptionValue(tolerance, TOLERANCE)
    highs.passModel(model)
    before = dict(ranges.lower), dict(ranges.upper), dict(ranges.lower_by), dict(ranges.upper_by)
    reached: list[set[float]] = [set() for _ in figures]
    drawn = False
    for at in figures:
        for sign in (1.0, -1.0):
            if before[0][at] == before[1][at] or (before[0] if sign > 0 else before[1])[at] in reached[column[at]]:
                continue
            highs.changeColCost(column[at], sign)
            highs.run()
            status = highs.getModelStatus()
            if status == highspy.HighsModelStatus.kInfeasible:
                raise Infeasible
            if status == highspy.HighsModelStatus.kOptimal:
                found = highs.getSolution()
                for place, value in enumerate(found.col_value):
                    reached[place].add(value)
                value = sign * highs.getInfo().objective_function_value
                by = _support(found, rows, figures, before, sign)
                slack = SLACK[0] + SLACK[1] * abs(value)
                draw = ranges.raise_lower if sign > 0 else ranges.cut_upper
                drawn |= draw(at, value - sign * slack, by)
            highs.changeColCost(column[at], 0.0)
    return drawn


def _support(found: Any, rows: Sequence[_Row], figures: Sequence[int], before: Any, sign: float) -> Support:
    """The ties whose duals are not 0, with those on which the ranges used rest."""
    parts = [row.by for row, dual in zip(rows, found.row_dual, strict=True) if abs(dual) > DUAL]
    for at, dual in zip(figures, found.col_dual, strict=True):
        if abs(dual) > DUAL:
            parts.append(before[2][at] if dual > 0 else before[3][at])
    return frozenset().union(*parts)


def _rows(name: int, tie: Tie, ranges: Ranges) -> list[_Row]:
    """The linear bounds of a tie."""
    own: Support = frozenset((name,))
    if isinstance(tie, Sum):
        terms = {tie.whole: 1.0} | dict.fromkeys(tie.parts, -1.0)
        return [_Row(terms, 0.0, 0.0 if tie.exact else inf, own)]
    if not tie.relative:
        return [_Row({tie.above: 1.0, tie.below: -1.0, tie.rate: -1.0}, 0.0, 0.0, own)]
    return _relaxed(own, tie, ranges)


def _relaxed(own: Support, tie: Product, ranges: Ranges) -> list[_Row]:
    """``factor * above - (shift + rate) * below == 0``, its product replaced by its four bounds over the ranges."""
    z = (max(tie.shift + ranges.lower[tie.rate], 0.0), tie.shift + ranges.upper[tie.rate])
    b = (ranges.lower[tie.below], ranges.upper[tie.below])
    z_by = ranges.lower_by[tie.rate], ranges.upper_by[tie.rate]
    b_by = ranges.lower_by[tie.below], ranges.upper_by[tie.below]
    found = []
    for i in (0, 1):
        for j in (0, 1):  # (z - z_i) * (b - b_j) has the sign of i == j
            if not (isfinite(z[i]) and isfinite(b[j])):
                continue
            # factor * above - z_i * below - b_j * rate  >= or <=  b_j * shift - z_i * b_j
            terms = {tie.above: tie.factor}
            terms[tie.below] = terms.get(tie.below, 0.0) - z[i]
            terms[tie.rate] = terms.get(tie.rate, 0.0) - b[j]
            size = max(abs(value) for value in terms.values())
            limit = b[j] * (tie.shift - z[i]) / size
            terms = {at: value / size for at, value in terms.items()}
            by = own | z_by[i] | b_by[j]
            leeway = LEEWAY * (1 + abs(limit))
            found.append(_Row(terms, limit - leeway, inf, by) if i == j else _Row(terms, -inf, limit + leeway, by))
    return found
