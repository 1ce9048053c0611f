"""Figures in English: bounds and findings as `values` and `findings` say them in Chinese; units stay as written."""

from __future__ import annotations

from functools import cache
from math import ceil, floor, inf
from typing import TYPE_CHECKING, Any

from dangjian.analysis import bounds_of, changes, compare, measure, ranking, rows_of
from dangjian.bounds import Bounds
from dangjian.wording.values import number, outward

if TYPE_CHECKING:
    import pandas as pd

NOT_STATED = "not stated"
COURSES = {"rose": "rose", "fell": "fell", "equal": "unchanged", "cannot tell": "cannot tell"}
_DASH = "–"


@cache
def title_of(indicator: str) -> str:
    """The catalogue's English title of an indicator; of ``part/whole`` that of both."""
    from dangjian.indicators.catalogue import load_catalogue

    entries = load_catalogue()
    named = (entries[name].title_en if name in entries else name for name in indicator.split("/"))
    return " by ".join(dict.fromkeys(named))


def bounds_words(bounds: Bounds, unit: str = "") -> str:
    """Bounds in words, rounded outward to two places.

    >>> bounds_words(Bounds(100, 199), "名"), bounds_words(Bounds(32, None)), bounds_words(Bounds(0, None))
    ('100–199 名', '≥32 (no upper bound)', 'not disclosed')
    """
    unit = f" {unit}" if unit and unit != "%" else unit
    if bounds.value is not None:
        return number(bounds.value) + unit
    lower = outward(bounds.lower, floor)
    if bounds.upper is None:
        if bounds.lower == -inf:
            return "unbounded"
        return "not disclosed" if bounds.lower == 0 else f"≥{number(lower)}{unit} (no upper bound)"
    upper = outward(bounds.upper, ceil)
    if bounds.lower == -inf:
        return f"≤{number(upper)}{unit} (no lower bound)"
    return f"{number(lower)}{' to ' if lower < 0 else _DASH}{number(upper)}{unit}"


def words(row: Any) -> str:
    """What a row says, bounds in words.

    >>> words({"lower": 100.0, "upper": 199.0, "unit": "名", "agrees": False})
    '100–199 名 (statements differ)'
    """
    said = bounds_words(bounds_of(row), row["unit"])
    return said if row.get("agrees", True) else f"{said} (statements differ)"


def compared(earlier: Any, later: Any) -> str:
    """Two figures of one series in a clause: both figures, the course, and the change with its bounds."""
    found = compare(bounds_of(earlier), bounds_of(later))
    by = found.change if found.course != "fell" else bounds_of(earlier).minus(bounds_of(later))
    unit = "points" if later["unit"] == "%" else later["unit"]
    told = f"{words(earlier)} in {earlier['period']}, {words(later)} in {later['period']}: {COURSES[found.course]}"
    return told + (f" (by {bounds_words(by, unit)})" if found.course in ("rose", "fell") else "")


def finding(figures: pd.DataFrame) -> str:
    """The one sentence that a chart of these figures shows, computed from their bounds."""
    if figures.empty:
        return f"{title_of(figures.attrs.get('indicator', 'indicator'))}: {NOT_STATED}"
    titles = dict.fromkeys(title_of(str(name)) for name in figures["indicator"])
    what = ", ".join(titles) if len(titles) <= 3 else f"{len(titles)} indicators"
    years = sorted(int(year) for year in figures["period"].unique())
    told = rows_of(figures.sort_values("period", kind="stable"))
    series = figures.groupby(["district", "category"]).ngroups
    if len(told) == 1:
        return f"{what}: {_name(told[0])} {words(told[0])} in {years[0]}"
    if series == 1:
        return f"{what}: {_name(told[0])} {compared(told[0], told[-1])}"
    if len(figures) == series:
        when = str(years[0]) if len(years) == 1 else "each district's last year"
        return f"{what} ({when}): {_greatest(figures)}"
    courses = changes(figures, ends=True)
    counts = [f"{count} {COURSES[name]}" for name in COURSES if (count := int((courses["course"] == name).sum()))]
    once = series - len(courses)
    counts += [f"{once} told for one year only"] if once else []
    return f"{what}, {years[0]} to {years[-1]}, {series} series: {', '.join(counts)}"


def _greatest(figures: pd.DataFrame) -> str:
    if figures["unit"].map(measure).nunique() > 1:
        return "units differ, so none is called the highest"
    one_by_one = figures["category"].nunique() > 1 and figures["district"].nunique() > 1
    groups = [own for _, own in figures.groupby("district")] if one_by_one else [figures]
    told = []
    for own in groups:
        first = ranking(own).iloc[0]
        if len(own) > 1 and first["worst"] == 1:
            told.append(f"{_name(first)} is highest ({words(dict(first))})")
    compared_in = sum(len(own) > 1 for own in groups)
    if not told:
        return "which is highest cannot be told"
    rest = compared_in - len(told)
    return "; ".join(told) + (f"; for {rest} more it cannot be told" if rest else "")


def _name(row: Any) -> str:
    return f"{row['district']}{'·' if row['category'] else ''}{row['category']}"
