"""Figures checked against each other: whether what a report says in two places can both be true."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from math import inf
from typing import Any, Literal

import pandas as pd

from dangjian.analysis.statements import Figure, Statement, apart
from dangjian.analysis.ties import Product, Sum, Tie, Ties, ties_of
from dangjian.analysis.tightening import over, times
from dangjian.indicators.relations import Relation

Verdict = Literal["holds", "conflict", "cannot tell"]
Pair = tuple[float, float]

CHECKS: dict[str, str] = {
    "district": "str",
    "period": "int64",
    "indicator": "str",
    "kind": "str",
    "verdict": "str",
    "reason": "str",
    "told_lower": "float64",
    "told_upper": "float64",
    "computed_lower": "float64",
    "computed_upper": "float64",
    "places": "object",
}
"""Columns of the table of checks, with their types."""

HIDDEN, FAR_APART, FROM_TO = "bounds leave it open", "too far apart to be one thing", "one may be where the other began"


def checks(metrics: pd.DataFrame, *, by: Literal["report", "district"] = "district") -> pd.DataFrame:
    """Every relation of the catalogue, wherever the table holds its figures, judged under their bounds.

    Rounding is allowed for: half a unit of the last place that is printed. Figures that lie far apart (1.75 times or
    more) are not called a conflict: they are likelier to speak of two things.

    Args:
        metrics: a metrics table.
        by: whether reports of one district are checked against each other, or each report by itself.
    Returns:
        One row a check: ``district`` (the report where unknown), ``period``, ``indicator``, ``kind`` of relation;
        ``verdict``: "holds" (exact figures that agree, or bounds that cannot disagree), "conflict" (no true values fit
        all) or "cannot tell", with the ``reason``; ``told_*`` and ``computed_*``, bounds of what is told (of a part
        or repetition, the first place) and of what the other figures make it, a missing upper being unbounded;
        ``places``, all figures in it as dicts of ``report_id``, ``start``, ``end``, ``text``, ``label``.
    Raises:
        TableError: it is no metrics table.
    """
    found = ties_of(metrics, across=by == "district")
    rows = [_tie_row(tie, found) for tie in found.ties]
    rows += [_repeat_row(figure, "") for figure in found.figures if len(figure.statements) > 1]
    rows += [_repeat_row(figure, reason) for figure, reason in found.mixed]
    first = {id(row): row["places"][0] for row in rows}
    rows.sort(key=lambda row: (row["district"], row["period"], first[id(row)]["report_id"], first[id(row)]["start"]))
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in CHECKS.items()})


def conflicts(metrics: pd.DataFrame, *, by: Literal["report", "district"] = "district") -> pd.DataFrame:
    """The checks that found a conflict. Arguments, columns and errors as `checks` has them."""
    found = checks(metrics, by=by)
    return found[found["verdict"] == "conflict"].reset_index(drop=True)


def _tie_row(tie: Tie, found: Ties) -> dict[str, Any]:
    figures = [found.figures[at] for at in tie.figures]
    exact = all(said.lower == said.top for figure in figures for said in figure.statements)
    if isinstance(tie, Sum):
        told, computed = figures[0].range(), _added(figure.range() for figure in figures[1:])
        apart_by = told, computed
        clash = computed[0] > told[1] + _slack(computed[0])
        clash = clash or (tie.exact and told[0] > computed[1] + _slack(told[0]))
        sure = exact or (not tie.exact and computed[1] <= told[0])
    else:
        told, computed, apart_by = _quotient(tie, *(figure.range() for figure in figures))
        clash = apart_by[0][0] > apart_by[1][1] + _slack(apart_by[0][0])
        clash = clash or apart_by[1][0] > apart_by[0][1] + _slack(apart_by[1][0])
        sure = exact
    verdict, reason = _judged(clash, sure, clash and apart(*apart_by))
    return _row(tie.relation, verdict, reason, told, computed, [figure.first for figure in figures])


def _quotient(tie: Product, rate: Pair, above: Pair, below: Pair) -> tuple[Pair, Pair, tuple[Pair, Pair]]:
    """What is told and what is computed of a rate, and the two sides of its equation."""
    if not tie.relative:
        return rate, (above[0] - below[1], above[1] - below[0]), (above, (below[0] + rate[0], below[1] + rate[1]))
    factor, shift = tie.factor, tie.shift
    computed = over(factor * above[0], below[1], 0.0) - shift, over(factor * above[1], below[0], inf) - shift
    product = times(max(shift + rate[0], 0.0), below[0]), times(shift + rate[1], below[1])
    return rate, computed, ((factor * above[0], factor * above[1]), product)


def _repeat_row(figure: Figure, reason: str) -> dict[str, Any]:
    ordered = sorted(figure.statements, key=lambda said: (said.report_id, said.start))
    ranges = [(said.lower - said.half, said.top + said.half) for said in ordered]
    first, second = ranges[0], ranges[1]
    for one, other in pairwise(ranges):
        if one[1] < other[0] or other[1] < one[0]:
            first, second = one, other
            break
    exact = all(said.lower == said.top for said in ordered)
    verdict, why = _judged(reason == "conflict", exact, reason == "different things")
    if reason == "a change":
        verdict, why = "cannot tell", FROM_TO
    return _row(Relation(ordered[0].indicator, "repeat"), verdict, why, first, second, ordered)


def _judged(clash: bool, sure: bool, far: bool) -> tuple[Verdict, str]:
    if far:
        return "cannot tell", FAR_APART
    if clash:
        return "conflict", ""
    return ("holds", "") if sure else ("cannot tell", HIDDEN)


def _row(
    relation: Relation, verdict: Verdict, reason: str, told: Pair, computed: Pair, said: Iterable[Statement]
) -> dict[str, Any]:
    named = list(said)
    places = [
        {"report_id": one.report_id, "start": one.start, "end": one.end, "text": one.text, "label": one.label}
        for one in named
    ]
    row: dict[str, Any] = {"district": named[0].place, "period": named[0].period, "indicator": relation.indicator}
    row |= {"kind": relation.kind, "verdict": verdict, "reason": reason, "places": places}
    for name, (lower, upper) in (("told", told), ("computed", computed)):
        row |= {f"{name}_lower": lower, f"{name}_upper": float("nan") if upper == inf else upper}
    return row


def _added(ranges: Iterable[Pair]) -> Pair:
    pairs = list(ranges)
    return sum(lower for lower, _ in pairs), sum(upper for _, upper in pairs)


def _slack(value: float) -> float:
    """What floating-point arithmetic may add."""
    return 1e-9 * (1 + abs(value))
