"""One figure as a share of another: quotients of bounds, in %."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dangjian.analysis.figures import as_columns, bounds_of, by_year, figure_table, require_one_measure, rows_of
from dangjian.bounds import Bounds

WHOLE = 100.0


def share_of(part: Bounds, whole: Bounds) -> Bounds:
    """Bounds of a part in % of its whole, at most 100.

    >>> share_of(Bounds(10, 20), Bounds(40, 50))
    Bounds(lower=20.0, upper=50.0)
    """
    return part.scaled(WHOLE).over(whole).capped(WHOLE) if whole.upper != 0 else Bounds(0.0, WHOLE)


def share(metrics: pd.DataFrame, part: str, whole: str, *, by: str = "") -> pd.DataFrame:
    """One indicator as a share of another, by district and year, and by the values of a dimension where asked.

    Where either figure is known only within bounds, so is the share, and never above 100: a part that must be greater
    than its whole is none of its parts, whatever the report says, and is left out and counted in
    ``attrs["contradicting"]``.

    Args:
        metrics: a metrics table.
        part, whole: ids of indicators that count the same things, the one among the other.
        by: a dimension that both have, ``by="source"``: each value's part of that value's whole.
    Returns:
        A table of figures in %, one row where both figures are told. Its offsets prove the part;
        ``whole_report_id``, ``whole_start``, ``whole_end`` and ``whole_text`` prove the whole.
    Raises:
        UnitError: the two are counted in different units.
        UnknownNameError: there is no such indicator or dimension.
    Source: quotient of intervals, R. E. Moore, *Interval Analysis* (1966).
    """
    return _quotients(by_year(metrics, part, by=by), by_year(metrics, whole, by=by), f"{part}/{whole}", same=True)


def composition(metrics: pd.DataFrame, indicator: str, *, by: str) -> pd.DataFrame:
    """Each value of a dimension as a share of the undivided figure, as women among all members admitted.

    Groups may overlap, so the shares need not add up to 100. Columns and errors as `share` has them.
    """
    parts, wholes = by_year(metrics, indicator, by=by), by_year(metrics, indicator)
    return _quotients(parts, wholes, f"{indicator}/{indicator}", same=False)


def ratio(metrics: pd.DataFrame, above: str, below: str) -> pd.DataFrame:
    """One indicator as a multiple of another, by district and year: a table of figures in 倍."""
    figures = _quotients(by_year(metrics, above), by_year(metrics, below), f"{above}/{below}", same=True, percent=False)
    return figures.assign(unit=pd.Series(["倍"] * len(figures), dtype="str", index=figures.index))


def ratios(metrics: pd.DataFrame, pairs: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
    """Several ratios as one table of figures in 倍, each a category under the name given for it.

    Args:
        metrics: a metrics table.
        pairs: names to (above, below), in the order wanted, ``{"申请人÷积极分子": (applicants, activists)}``.
    """
    tables = [ratio(metrics, *pair).assign(category=name).astype({"category": "str"}) for name, pair in pairs.items()]
    figures = pd.concat(tables, ignore_index=True) if tables else figure_table(())
    figures.attrs["categories"] = list(pairs)
    return figures


def _quotients(
    parts: pd.DataFrame, wholes: pd.DataFrame, name: str, *, same: bool, percent: bool = True
) -> pd.DataFrame:
    known = {(row["district"], row["period"], row["category"]): row for row in rows_of(wholes)}
    contradicting = 0
    rows: list[dict[str, Any]] = []
    found: list[dict[str, Any]] = []
    for part in rows_of(parts):
        whole = known.get((part["district"], part["period"], part["category"] if same else ""))
        if whole is None or (bounds_of(whole).upper == 0):
            continue
        require_one_measure([part["unit"], whole["unit"]], name)
        if percent and bounds_of(part).against(bounds_of(whole)) == "higher":
            contradicting += 1
            continue
        divide = share_of if percent else Bounds.over
        figure = part | {"indicator": name, "unit": "%", "modality": "exact", "said": 1}
        figure |= {"text": f"{part['text']}÷{whole['text']}", "agrees": bool(part["agrees"] and whole["agrees"])}
        figure |= as_columns(divide(bounds_of(part), bounds_of(whole)))
        figure["masked"] = bool(part["masked"] or whole["masked"])
        rows.append(figure)
        found.append(whole)
    proofs = {f"whole_{column}": [whole[column] for whole in found] for column in ("report_id", "start", "end", "text")}
    kinds = {"whole_report_id": "str", "whole_start": "int64", "whole_end": "int64", "whole_text": "str"}
    figures = figure_table(rows).assign(**{key: pd.Series(proofs[key], dtype=kind) for key, kind in kinds.items()})
    figures.attrs["contradicting"] = contradicting
    return figures
