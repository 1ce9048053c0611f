"""Rows of the table by what they say: theme, indicator, district, years and dimensions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from types import EllipsisType
from typing import TYPE_CHECKING, Any

from dangjian.errors import UnknownNameError
from dangjian.metrics.table import require_columns

if TYPE_CHECKING:
    import pandas as pd

Wanted = Any


def select(
    table: pd.DataFrame,
    *,
    theme: Wanted = ...,
    indicator: Wanted = ...,
    district: Wanted = ...,
    year: Wanted = ...,
    period: Wanted = ...,
    unit: Wanted = ...,
    target: bool | EllipsisType = ...,
    change: Wanted = ...,
    **dims: Wanted,
) -> pd.DataFrame:
    """The rows that meet every condition given; a condition not given lets all pass.

    Args:
        table: a metrics table.
        theme, indicator, district, year, period, unit, target, change: the value wanted, or a list of values
            any of which will do; None asks for rows where it is missing (``indicator=None``: bound to none).
        dims: dimensions by name, ``group="产业工人"``; None asks for rows without that dimension.
    Returns:
        The rows, in their order, with their index.
    Raises:
        UnknownNameError: the catalogue has no such theme, indicator or dimension.
        TableError: it is no metrics table.
    """
    from dangjian.indicators.catalogue import load_catalogue

    require_columns(table)
    entries = load_catalogue()
    if theme is not ...:
        _known("theme", theme, {entry.theme for entry in entries.values()} | set(table["theme"]))
    _known("indicator", indicator, set(entries))
    for name in dims:
        _known("dimension", name, {dim for entry in entries.values() for dim in entry.dims})
    columns = {"theme": theme, "indicator": indicator, "district": district, "year": year, "period": period}
    columns |= {"unit": unit, "target": target, "change": change}
    rows = table
    for column, wanted in columns.items():
        if wanted is not ...:
            rows = kept(rows, column, values_of(wanted))
    for name, wanted in dims.items():
        if wanted is not ...:
            values = values_of(wanted)
            rows = rows[
                rows["dims"].map(lambda found, name=name, values=values: found.get(name) in values).astype(bool)
            ]
    return rows


def kept(table: pd.DataFrame, column: str, values: Sequence[Any]) -> pd.DataFrame:
    """The rows whose column holds one of the values, None among them for a missing one."""
    found = table[column].isin([value for value in values if value is not None])
    return table[found | table[column].isna() if None in values else found]


def values_of(wanted: Wanted) -> list[Any]:
    """The values of a condition: one, or a list of them."""
    return list(wanted) if isinstance(wanted, Collection) and not isinstance(wanted, str) else [wanted]


def _known(kind: str, wanted: Wanted, known: set[str]) -> None:
    for value in [] if wanted is ... else values_of(wanted):
        if value is not None and value not in known:
            raise UnknownNameError(kind, str(value), known)
