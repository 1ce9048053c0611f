"""What a chart or a table carries with it: the figures that it shows, so that a page can list, prove and draw them."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import TYPE_CHECKING, Any

from dangjian.analysis import FIGURES, rows_of

if TYPE_CHECKING:
    import pandas as pd

MIME = "application/vnd.dangjian.figures+json"
"""The kind of output under which a notebook keeps it beside the picture or the table."""
ATTRIBUTE = "carried"
"""Where a table made for reading keeps it: ``table.attrs[ATTRIBUTE]``."""
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
    return {"form": "counts", "options": dict(options), "sorts": [str(sort) for sort in counted.columns], "rows": rows}


def carried_shifts(grown: pd.DataFrame, faded: pd.DataFrame, **options: str) -> dict[str, Any]:
    """Terms that grew and faded (`terms.shifts`) as JSON values, with what is needed to draw them again."""
    columns: dict[str, dict[str, list[Any]]] = {
        name: {"term": [str(term) for term in moved.index]}
        | {end: [float(value) for value in moved[end]] for end in ("first", "last")}
        for name, moved in (("grown", grown), ("faded", faded))
    }
    return {"form": "shifts", "options": dict(options)} | columns


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
