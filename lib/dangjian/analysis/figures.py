"""From what sentences say to one figure a place, year and dimension: which rows count, and which of two is kept.

A *figure* is what the charts and the wording take: bounds, and the place in the report that proves them.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import isnan
from typing import Any

import pandas as pd

from dangjian.bounds import Bounds, closed
from dangjian.errors import UnitError
from dangjian.metrics import select

FIGURES: dict[str, str] = {
    "district": "str",
    "period": "Int64",
    "category": "str",
    "indicator": "str",
    "lower": "float64",
    "upper": "float64",
    "value": "float64",
    "unit": "str",
    "modality": "str",
    "masked": "bool",
    "said": "int64",
    "agrees": "bool",
    "text": "str",
    "label": "str",
    "report_id": "str",
    "start": "int64",
    "end": "int64",
    "number_start": "int64",
    "number_end": "int64",
}
"""Columns of a table of figures. ``category`` is the value of the dimension asked for, "" for none; ``said`` how often
the reports say it; ``agrees`` whether all that they say can be true at once; ``lower`` -inf is unbounded below."""

UNDATED = 0
"""Where figures are sorted, the year of a report that names none; in a table it is missing."""
THIS_REPORT = "本报告"
"""The place of a report whose district is unknown and that stands alone."""
CHANGES = ("_change_rate", "_net_increase")
"""Indicators that end so hold changes, all others levels."""


def by_year(
    metrics: pd.DataFrame, indicator: str, *, by: str = "", target: bool = False, **dims: str | None
) -> pd.DataFrame:
    """One indicator by district, year and, where asked, by the values of one dimension.

    Changes are never taken for levels, nor plans for what was done. A dimension neither asked for nor given must be
    absent, so that a group never stands for the whole. Where a figure is said more than once, in one report or in
    reports of different years, the narrowest statement is kept as it was said (a meet of several would narrow a hidden
    number further than any sentence does). Where two statements cannot both be true, the bounds that hold all of them
    are given and ``agrees`` is False. Figures in another measure than the commonest (人次 beside 名) are left out
    and counted in ``attrs["left_out"]``. What a report without a year says has no ``period``; two such reports of one
    district are never taken for one year, their ids tell them apart.

    Args:
        metrics: a metrics table.
        indicator: its id.
        by: a dimension whose values become ``category``, as in ``by="group"``.
        target: whether plans and requirements are wanted instead of what was done.
        dims: dimensions held fast, ``source="热线"``.
    Returns:
        A table of figures, by district, year and category.
    Raises:
        UnknownNameError: there is no such indicator or dimension.
    """
    figures, left_out = _said(metrics, indicator, place_namer(metrics), by, target, dims)
    table = figure_table(figures)
    table.attrs["indicator"] = indicator
    table.attrs["left_out"] = left_out
    return table


def _said(
    metrics: pd.DataFrame,
    indicator: str,
    name_of: Callable[[Any], str],
    by: str,
    target: bool,
    dims: Mapping[str, str | None],
) -> tuple[list[dict[str, Any]], int]:
    """The figures of one indicator, as `by_year` has them, and how many are left out for their measure."""
    change = indicator.endswith(CHANGES)
    allowed = {by, *(name for name, value in dims.items() if value is not None)}
    rows = [
        row
        for row in rows_of(select(metrics, indicator=indicator, target=target, **({by: ...} if by else {}), **dims))
        if not (
            pd.isna(row["period"]) and not pd.isna(row["year"])
        )  # a span of years in a dated report is none of them
        and pd.isna(row["change"]) != change
        and (not by or by in row["dims"])
        and set(row["dims"]) <= allowed
    ]
    measures = Counter(measure(row["unit"]) for row in rows)
    common = measures.most_common(1)[0][0] if measures else ""
    cells: dict[tuple[str, int, str], list[dict[str, Any]]] = {}
    for row in rows:
        if measure(row["unit"]) == common:
            category = row["dims"][by] if by else ""
            period = UNDATED if pd.isna(row["period"]) else int(row["period"])
            cells.setdefault((name_of(row), period, category), []).append(row)
    return [_one(key, cells[key], indicator) for key in sorted(cells)], sum(measures.values()) - measures[common]


def figure_table(figures: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """Figures as a table with the columns and types of ``FIGURES``, also where there is none."""
    rows = list(figures)
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in FIGURES.items()})


def together(metrics: pd.DataFrame, indicators: Mapping[str, str], **dims: str | None) -> pd.DataFrame:
    """Several indicators as one table of figures, each a category under the name given for it.

    Args:
        metrics: a metrics table.
        indicators: names to ids, in the order wanted, ``{"申请人": "membership.applicants"}``.
        dims: dimensions held fast.
    """
    name_of = place_namer(metrics)
    rows = select(metrics, indicator=list(indicators.values()))
    figures = figure_table(
        figure | {"category": name}
        for name, indicator in indicators.items()
        for figure in _said(rows, indicator, name_of, "", False, dims)[0]
    )
    figures.attrs["categories"] = list(indicators)
    return figures


def latest(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures of each district's last year, or those without a year where it has no others."""
    if figures.empty:
        return figures
    years = figures["period"].fillna(UNDATED)
    return figures[years == years.groupby(figures["district"]).transform("max")]


def rows_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as dicts, column to cell, as ``to_dict`` gives them in several times the time."""
    names = [str(name) for name in table.columns]
    columns = [[None if cell is pd.NA else cell for cell in table[name].tolist()] for name in table.columns]
    return [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]


def bounds_of(row: Any) -> Bounds:
    """The bounds of one row of a metrics table or a table of figures.

    >>> bounds_of({"lower": 32.0, "upper": float("nan")})
    Bounds(lower=32.0, upper=None)
    """
    lower, upper = (row[name] if hasattr(row, "keys") else getattr(row, name) for name in ("lower", "upper"))
    return Bounds(float(lower), None if upper is None or isnan(upper) else float(upper))


def as_columns(bounds: Bounds) -> dict[str, float]:
    """Bounds as the three columns of a table: a missing upper is unbounded.

    >>> as_columns(Bounds(2, 2))
    {'lower': 2.0, 'upper': 2.0, 'value': 2.0}
    """
    upper = float("nan") if bounds.upper is None else float(bounds.upper)
    value = float("nan") if bounds.value is None else float(bounds.value)
    return {"lower": float(bounds.lower), "upper": upper, "value": value}


def place_namer(metrics: pd.DataFrame) -> Callable[[Any], str]:
    """What tells whose figure a row is: the district; where it is unknown 本报告, or the report's id among several.

    Reports of one district that name no year are told apart by their ids.
    """
    alone = metrics["report_id"].nunique() == 1
    undated = metrics.loc[metrics["year"].isna(), ["district", "report_id"]].drop_duplicates()
    several = set(undated.loc[undated["district"].duplicated(), "district"])

    def name_of(row: Any) -> str:
        name = str(row["district"] or (THIS_REPORT if alone else row["report_id"]))
        return f"{name}（{row['report_id']}）" if row["district"] in several and pd.isna(row["year"]) else name

    return name_of


@cache
def _measures() -> dict[str, str]:
    groups = tomllib.loads(files(__package__).joinpath("measures.toml").read_text(encoding="utf-8"))
    return {word: name for name, words in groups.items() for word in words.split()}


def measure(unit: str) -> str:
    """What a unit counts.

    >>> measure("名") == measure("人"), measure("名") == measure("人次")
    (True, False)
    """
    return _measures().get(unit, unit)


def require_one_measure(units: Sequence[str], what: str) -> None:
    """Refuse figures that count different things.

    Raises:
        UnitError: which units met.
    """
    if len({measure(unit) for unit in units}) > 1:
        named = ", ".join(repr(unit) for unit in dict.fromkeys(units))
        raise UnitError(f"{what}: figures in {named} cannot be set against each other; select one unit first")


def signed(bounds: Bounds, change: object) -> Bounds:
    """Bounds of a change with its direction: a decrease is below zero."""
    return closed(-bounds.top, -bounds.lower) if change == "decrease" else bounds


def _one(key: tuple[str, int, str], rows: list[dict[str, Any]], indicator: str) -> dict[str, Any]:
    """What the rows of one cell say together."""
    all_said = [signed(bounds_of(row), row["change"]) for row in rows]
    own_year = [key[1] == UNDATED or row["year"] == key[1] for row in rows]
    kept = min(range(len(rows)), key=lambda at: (all_said[at].width, not own_year[at], at))
    bounds = all_said[kept]
    agrees = max(said.lower for said in all_said) <= min(said.top for said in all_said)
    if not agrees:
        for said in all_said:
            bounds = bounds.hull(said)
    district, period, category = key
    figure = {name: rows[kept][name] for name in FIGURES if name in rows[kept]}
    figure |= {"district": district, "period": period or pd.NA, "category": category, "indicator": indicator}
    figure |= {"said": len(rows), "agrees": agrees}
    if not agrees:  # the wording of one statement no longer describes the bounds
        figure |= {"modality": "exact", "masked": any(row["masked"] for row in rows)}
    return figure | as_columns(bounds)
