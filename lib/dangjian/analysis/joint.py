"""Joint bounds: what all figures of a report, or of a district, say of each number together. An audit, off by default.

They stand in a table of their own and never in the metrics table, which holds what each number's own text says.
"""

from __future__ import annotations

from typing import Any, Literal

import pandas as pd

from dangjian.analysis.deriving import Derived, derive, rests_on
from dangjian.analysis.statements import Statement
from dangjian.analysis.ties import Ties, ties_of
from dangjian.analysis.withholding import REASONS, withhold

JOINT: dict[str, str] = {
    "report_id": "str",
    "start": "int64",
    "end": "int64",
    "joint_lower": "float64",
    "joint_upper": "float64",
    "rests_on": "object",
    "withheld": "str",
}
"""Columns of the table of joint bounds, with their types."""


def joint(
    metrics: pd.DataFrame, *, by: Literal["report", "district"] = "district", release: bool = False
) -> pd.DataFrame:
    """Bounds of each number that follow from all figures together.

    Args:
        metrics: a metrics table.
        by: what is taken together: each report by itself, or all reports of a district.
        release: tell also those bounds that give a count of people away.
    Returns:
        One row a number that some relation ties to another, with the index of its row in ``metrics``: ``report_id``,
        ``start``, ``end``; ``joint_lower`` and ``joint_upper`` in the number's own unit (a missing upper is
        unbounded), never wider than its own bounds; ``rests_on``, the other numbers from which a narrower bound
        follows, none of which can be left out, as (report_id, start, end); and ``withheld``, the reason why both
        bounds are missing, "" where they are told. Numbers that contradict each other keep their own bounds.
    Raises:
        SolverError: HiGHS is not installed.
        TableError: it is no metrics table.
    """
    found = ties_of(metrics, across=by == "district")
    derived = derive(found)
    reasons = {} if release else withhold(found, derived)
    tied = sorted({at for tie in found.ties for at in tie.figures} | _repeated(found))
    rows: list[tuple[int, object, dict[str, Any]]] = []
    for at in tied:
        for said in found.figures[at].statements:
            row = _row(found, derived, at, said, REASONS[reasons[at]] if at in reasons else "")
            rows.append((said.row, said.key, row))
    rows.sort(key=lambda row: row[0])
    columns = {name: pd.Series([row[name] for _, _, row in rows], dtype=kind) for name, kind in JOINT.items()}
    return pd.DataFrame(columns).set_axis(pd.Index([key for _, key, _ in rows]), axis=0)


def _repeated(found: Ties) -> set[int]:
    return {at for at, figure in enumerate(found.figures) if len(figure.statements) > 1}


def _row(found: Ties, derived: Derived, at: int, said: Statement, withheld: str) -> dict[str, Any]:
    row: dict[str, Any] = {"report_id": said.report_id, "start": said.start, "end": said.end, "withheld": withheld}
    if withheld:
        return row | {"joint_lower": float("nan"), "joint_upper": float("nan"), "rests_on": []}
    lower, upper = printed(derived, at, said)
    narrower = lower > said.lower or upper < said.top
    rests = rests_on(found, derived, at, said) if narrower else ()
    if said.lower < 0:  # a decrease is told by its magnitude
        lower, upper = -upper, -lower
    places = [(other.report_id, other.start, other.end) for other in rests]
    told = float("nan") if upper == float("inf") else upper
    return row | {"joint_lower": lower, "joint_upper": told, "rests_on": places}


def printed(derived: Derived, at: int, said: Statement) -> tuple[float, float]:
    """Bounds of the number as printed: the true value's, as far as rounding allows, within its own."""
    lower = max(derived.ranges.lower[at] - said.half, said.lower)
    upper = min(derived.ranges.upper[at] + said.half, said.top)
    return min(lower, said.top), max(upper, said.lower)
