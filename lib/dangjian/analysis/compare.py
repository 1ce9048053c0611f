"""What can be said for certain of one figure against another: risen, fallen, equal, or not to be told."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, Literal, NamedTuple

import pandas as pd

from dangjian.analysis.figures import as_columns, bounds_of, measure, require_one_measure, rows_of
from dangjian.bounds import Bounds, exactly

Course = Literal["rose", "fell", "equal", "cannot tell"]


class Comparison(NamedTuple):
    """The course from an earlier to a later figure, and bounds of the change; a lower bound of -inf is none."""

    course: Course
    change: Bounds


def compare(earlier: Bounds, later: Bounds) -> Comparison:
    """Whether a figure rose: only where every value of the later one lies above every value of the earlier.

    >>> compare(Bounds(10, 99), Bounds(100, 199))
    Comparison(course='rose', change=Bounds(lower=1, upper=189))
    >>> compare(Bounds(100, 199), Bounds(150, 150)).course
    'cannot tell'
    """
    course: dict[str, Course] = {"higher": "rose", "lower": "fell", "equal": "equal", "cannot tell": "cannot tell"}
    return Comparison(course[later.against(earlier)], later.minus(earlier))


def changes(figures: pd.DataFrame, *, ends: bool = False) -> pd.DataFrame:
    """Each series of figures compared from year to year.

    Args:
        figures: a table of figures, one row a district, category and year.
        ends: compare the first year with the last alone.
    Returns:
        One row a comparison: ``district``, ``category``, ``since``, ``until`` (years), ``course``, bounds of the
        change in ``lower``, ``upper``, in ``unit``, the ``indicator``, and the two figures themselves, ``earlier`` and
        ``later``, as dicts. A series of one year gives none.
    Raises:
        UnitError: a series changes its measure.
    """
    rows = []
    for (district, category), series in figures.groupby(["district", "category"], sort=True):
        told = rows_of(series[series["period"].notna()].sort_values("period"))
        require_one_measure([row["unit"] for row in told], f"{district} {category}".strip())
        pairs = [(told[0], told[-1])] if ends and len(told) > 1 else list(pairwise(told))
        rows += [_compared(str(district), str(category), earlier, later) for earlier, later in pairs]
    kinds = {"district": "str", "category": "str", "since": "int64", "until": "int64", "course": "str"}
    kinds |= {"lower": "float64", "upper": "float64", "unit": "str", "indicator": "str"}
    kinds |= {"earlier": "object", "later": "object"}
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in kinds.items()})


def _compared(district: str, category: str, earlier: dict[str, Any], later: dict[str, Any]) -> dict[str, Any]:
    found = compare(bounds_of(earlier), bounds_of(later))
    row = {"district": district, "category": category, "since": earlier["period"], "until": later["period"]}
    row |= {"indicator": later["indicator"], "earlier": earlier, "later": later}
    return row | {"course": found.course, "unit": later["unit"]} | as_columns(found.change)


def total(bounds: Iterable[Bounds]) -> Bounds:
    """Bounds of a sum; of nothing it is 0.

    >>> total([Bounds(10, 99), Bounds(5, 5)])
    Bounds(lower=15, upper=104)
    """
    found = exactly(0)
    for each in bounds:
        found = found.plus(each)
    return found


def ranking(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures with the places that each may take, the greatest first: an order only as far as it is certain.

    Returns:
        The rows by lower bound, with ``best`` and ``worst``, the places between which each true value may stand;
        the place is certain where they are equal.
    Raises:
        UnitError: the figures count different things.
    """
    require_one_measure(list(figures["unit"]), "ranking")
    bounds = [bounds_of(row) for row in rows_of(figures)]
    lowers, tops = sorted(each.lower for each in bounds), sorted(each.top for each in bounds)
    best = [1 + len(bounds) - bisect_right(lowers, own.top) for own in bounds]  # behind all that are certainly higher
    worst = [len(bounds) - bisect_left(tops, own.lower) for own in bounds]
    ranked = figures.assign(best=best, worst=worst)
    return ranked.sort_values(["lower", "upper"], ascending=False, kind="stable")


def narrowest(*tables: pd.DataFrame) -> pd.DataFrame:
    """Several tables of figures as one: the narrowest of each place, year and category, of equals the first table's.

    A share that a report states and one computed from its counts may differ by a rounding, and the stated one is kept.
    """
    figures = pd.concat(tables, ignore_index=True)
    width = figures["upper"].fillna(float("inf")) - figures["lower"]
    order = figures.assign(width=width).sort_values("width", kind="stable").index
    kept = figures.loc[order].drop_duplicates(["district", "period", "category"])
    return kept.sort_values(["district", "period", "category"], kind="stable").reset_index(drop=True)


def beside(figures: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Figures with those of the reference for the same year and category, and nothing that only one of the two has.

    Returns:
        The figures, each with its ``course`` against the reference ("rose" is above it), then the reference's own rows.
    """
    known = {(row["period"], row["category"]): row for row in rows_of(reference)}
    keys = [(row["period"], row["category"]) for row in rows_of(figures)]
    own = figures.loc[figures.index[[key in known for key in keys]]] if keys else figures
    courses = [
        compare(bounds_of(known[(row["period"], row["category"])]), bounds_of(row)).course for row in rows_of(own)
    ]
    used = set(zip(own["period"], own["category"], strict=True))
    theirs = [key in used for key in zip(reference["period"], reference["category"], strict=True)]
    other = reference.loc[reference.index[theirs]] if theirs else reference
    both = [own.assign(course=pd.Series(courses, dtype="str", index=own.index)), other.assign(course="")]
    return pd.concat(both, ignore_index=True).astype({"course": "str"})


def met(figures: pd.DataFrame, required: pd.DataFrame) -> pd.DataFrame:
    """What was done set against what was required of the same place, year and category.

    "不少于32学时" requires 32; a requirement with hidden digits is at least its lower bound.

    Returns:
        The figures that a requirement exists for, with ``required_lower``, ``required_upper`` (missing where it is not
        known), ``required``, the requirement's own figure as a dict, and ``verdict``: "met", "missed" or "cannot tell".
    """
    keys = ["district", "period", "category"]
    known = {tuple(row[key] for key in keys): row for row in rows_of(required)}
    rows = [(at, row, known.get(tuple(row[key] for key in keys))) for at, row in enumerate(rows_of(figures))]
    pairs = [(at, row, asked) for at, row, asked in rows if asked and _comparable(row, asked)]
    told = [(at, bounds_of(row), _required(asked)) for at, row, asked in pairs]
    kept = figures.iloc[[at for at, _, _ in told]]
    columns = {
        "required_lower": pd.Series([asked.lower for _, _, asked in told], dtype="float64", index=kept.index),
        "required_upper": pd.Series([asked.upper for _, _, asked in told], dtype="float64", index=kept.index),
        "required": pd.Series([asked for _, _, asked in pairs], dtype="object", index=kept.index),
        "verdict": pd.Series([_verdict(done, asked) for _, done, asked in told], dtype="str", index=kept.index),
    }
    return kept.assign(**columns)


def _comparable(row: dict[str, Any], asked: dict[str, Any]) -> bool:
    return measure(row["unit"]) == measure(asked["unit"])


def _required(row: dict[str, Any]) -> Bounds:
    """Bounds of the threshold that a requirement names."""
    bounds = bounds_of(row)
    return exactly(bounds.lower) if row["modality"] == "at_least" and not row["masked"] else bounds


def _verdict(done: Bounds, asked: Bounds) -> str:
    if done.lower >= asked.top:
        return "met"
    return "missed" if done.top < asked.lower else "cannot tell"
