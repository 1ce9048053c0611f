"""What a chart or a table carries with it: the figures that it shows, so that a page can list, prove and draw them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isnan
from typing import TYPE_CHECKING, Any

from dangjian.analysis import FIGURES, rows_of

if TYPE_CHECKING:
    import pandas as pd

MIME = "application/vnd.dangjian.figures+json"
"""The kind of output under which a notebook keeps it beside the picture or the table."""
ATTRIBUTE = "carried"
"""Where a table made for reading keeps it: ``table.attrs[ATTRIBUTE]``."""
PLACE = ("report_id", "start", "end", "number_start", "number_end", "text", "indicator", "period", "term")
Cell = tuple[int, int, Sequence[tuple[str, Mapping[str, Any]]]]
KEPT = ("indicator", "categories")
"""What of a table of figures' own ``attrs`` goes with it."""


def carried(figures: pd.DataFrame, form: str, **options: str) -> dict[str, Any]:
    """The figures as JSON values, with what is needed to draw or list them again.

    Args:
        figures: a table of figures; columns beyond ``FIGURES`` go with it.
        form: how they are shown: "years", "ranges", or "table".
        options: what else was given, such as ``title``, ``source`` and ``rows``.
    """
    records = [{str(name): _plain(value) for name, value in row.items()} for row in rows_of(figures)]
    attrs = {name: figures.attrs[name] for name in KEPT if name in figures.attrs}
    return {"form": form, "options": dict(options), "attrs": attrs, "figures": records}


def carried_counts(counted: pd.DataFrame, **options: str) -> dict[str, Any]:
    """Counts of numbers by sort (`analysis.counts`) as JSON values, with what is needed to draw them again."""
    rows = [[str(name), *(int(value) for value in row)] for name, *row in counted.itertuples()]
    sorts = [str(sort) for sort in counted.columns]
    return {"form": "counts", "options": dict(options), "sorts": sorts, "rows": rows, "members": members(counted)}


def carried_shifts(grown: pd.DataFrame, faded: pd.DataFrame, **options: str) -> dict[str, Any]:
    """Terms that grew and faded (`terms.shifts`) as JSON values, with what is needed to draw them again."""
    columns: dict[str, Any] = {
        name: {"term": [str(term) for term in moved.index], "members": members(moved)}
        | {end: [float(value) for value in moved[end]] for end in ("first", "last")}
        for name, moved in (("grown", grown), ("faded", faded))
    }
    years = [str(year) for year in grown.attrs.get("years", ())]
    return {"form": "shifts", "options": dict(options), "years": years} | columns


def carried_members(counted: pd.DataFrame, column: str) -> dict[str, Any]:
    """What each row of a table counts, as JSON values: the places, and the name of the column that tells how many.

    Args:
        counted: knows its members.
        column: as it is shown; "" where the row's own name is what is proven.
    """
    return {"form": "members", "column": column, "members": members(counted)}


def members(counted: pd.DataFrame) -> list[list[dict[str, Any]]]:
    """The places of what each row of a table counts, as JSON values; none where the table does not know them."""
    return [[_place(one) for one in own] for own in counted.attrs.get("members", ())]


def carried_cells(table: pd.DataFrame, cells: Iterable[Cell]) -> dict[str, Any]:
    """The figures that single cells of a table show or are computed from, as JSON values.

    Args:
        table: as it is shown, its columns named in the language that is spoken.
        cells: row and column, counted from 0, and the figures behind the cell, each with the words of a link of its
            own, "" for the cell's whole text.
    """
    told = [
        {"row": row, "column": str(table.columns[column]), "figures": [[words, _place(one)] for words, one in figures]}
        for row, column, figures in cells
    ]
    return {"form": "cells", "cells": told}


def carried_lines(lines: Iterable[Sequence[tuple[str, Mapping[str, Any]]]]) -> dict[str, Any]:
    """The figures that sentences tell, line by line in the order in which they are told, each with its words there."""
    return {"form": "lines", "lines": [[[words, _place(one)] for words, one in figures] for figures in lines]}


def restored(found: Mapping[str, Any]) -> pd.DataFrame:
    """The table of figures that `carried` was given.

    Raises:
        KeyError, TypeError, ValueError: it is none, or of another version.
    """
    import pandas as pd

    records = found["figures"]
    kinds = {name: FIGURES.get(name, "object") for name in ([*records[0]] if records else FIGURES)}
    columns = {name: [_value(record[name], kind) for record in records] for name, kind in kinds.items()}
    table = pd.DataFrame({name: pd.Series(columns[name], dtype=kind) for name, kind in kinds.items()})
    table.attrs |= found["attrs"]
    return table


def _place(row: Mapping[str, Any]) -> dict[str, Any]:
    """What a link to a figure's sentence needs of it."""
    names = [name for name in row if name in PLACE or name.startswith("whole_")]
    return {name: _plain(row[name]) for name in names}


def _plain(value: Any) -> Any:
    """A cell as JSON knows it: what is missing as None, what is unbounded by name."""
    if value is None or type(value).__name__ == "NAType" or (isinstance(value, float) and isnan(value)):
        return None
    if isinstance(value, float) and abs(value) == float("inf"):
        return repr(value)
    return value.item() if hasattr(value, "item") else value


def _value(value: Any, kind: str) -> Any:
    if kind == "float64":
        return float("nan") if value is None else float(value)
    return value
