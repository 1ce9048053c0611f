"""Tables in files: JSON Lines, CSV and Parquet, and datasets of many files; each read back exactly as written."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from pathlib import Path
from types import EllipsisType
from typing import TYPE_CHECKING, TypeVar, cast

from dangjian.errors import TableError
from dangjian.metrics.columnar import from_parquet, to_frame
from dangjian.metrics.dataset import LIST, pieces_of, read_pieces
from dangjian.metrics.delimited import read_rows
from dangjian.metrics.lines import read_lines, records_of
from dangjian.metrics.selection import Wanted, kept, values_of
from dangjian.metrics.table import from_records, records
from dangjian.metrics.writing import WRITERS
from dangjian.stores import Store, in_store, open_store

if TYPE_CHECKING:
    import pandas as pd

    from dangjian.indicators import Observation
    from dangjian.reports import Report

P = TypeVar("P", str, Path)


def write(
    metrics: pd.DataFrame | Iterable[Observation], path: str | Path, reports: Iterable[Report] = ()
) -> str | Path:
    """Write a metrics table, or observations, in the format that the file's suffix names.

    The file is written beside its place and moved there whole, so that nobody ever reads half of it.

    Args:
        metrics: the table, or observations as `extract` gives them.
        path: a file ending in .jsonl, .csv (UTF-8 with a byte order mark) or .parquet, or its URL.
        reports: where district, year and place of observations are taken from.
    Returns:
        The path.
    Raises:
        TableError: the suffix names no format, or a column is missing.
    """
    suffix = _suffix(path)
    if suffix not in WRITERS:
        raise TableError(f"{path}: a table is written as {', '.join(WRITERS)}; give the file one of these endings")
    store, name = in_store(path)
    store.write(name, dumps(metrics, suffix, reports))
    return path


def dumps(metrics: pd.DataFrame | Iterable[Observation], suffix: str, reports: Iterable[Report] = ()) -> bytes:
    """The bytes that `write` would put into a file of that suffix."""
    rows = records(cast("pd.DataFrame", metrics)) if hasattr(metrics, "columns") else records_of(metrics, reports)
    stream = io.BytesIO()
    with WRITERS[suffix](stream) as writer:
        writer.add(rows)
    return stream.getvalue()


def load(
    place: str | Path,
    *,
    theme: Wanted = ...,
    indicator: Wanted = ...,
    district: Wanted = ...,
    year: Wanted = ...,
    period: Wanted = ...,
) -> pd.DataFrame:
    """The metrics table stored in a file, in a dataset, or in all the tables of a folder, one after another by name.

    Where a folder holds one table in several formats (``metrics.parquet`` beside ``metrics.jsonl``) it is read once.

    Args:
        place: a file or folder, or its URL.
        theme, indicator, district, year, period: keep rows with this value, or with one of a list, None for a missing
            one. Of a dataset, what holds no such row is not even read.
    Raises:
        TableError: nothing is there, or a file does not hold what a metrics table promises.
    """
    import pandas as pd

    given = {"theme": theme, "indicator": indicator, "district": district, "year": year, "period": period}
    wanted = {column: values_of(value) for column, value in given.items() if not isinstance(value, EllipsisType)}
    store, names = _files(place)
    if not names:
        pieces = pieces_of(store)
        if pieces is None:
            raise TableError(f"{place}: the folder holds no table; a table ends in {', '.join(_READERS)}")
        return to_frame(read_pieces(store, pieces, wanted), str(place))
    tables = [_read(store, name) for name in names]
    table = tables[0] if len(tables) == 1 else pd.concat(tables, ignore_index=True)
    for column, values in wanted.items():
        table = kept(table, column, values)
    return table.reset_index(drop=True) if wanted else table


def _suffix(path: str | Path) -> str:
    return Path(str(path)).suffix


def _files(place: str | Path) -> tuple[Store, list[str]]:
    """Where the tables are, and their names: one, or those of a folder, each in one format; none of a dataset."""
    if _suffix(place) in _READERS:
        store, name = in_store(place)
        if not isinstance(place, Path) or not place.is_dir():
            return store, [name]
    store = open_store(place)
    found = store.names()
    if LIST in found:
        return store, []
    tables: dict[str, str] = {}
    for suffix in reversed(_READERS):
        tables |= {
            name.removesuffix(suffix): name for name in found if name.endswith(suffix) and not name.startswith(".")
        }
    return store, [tables[stem] for stem in sorted(tables)]


def _read(store: Store, name: str) -> pd.DataFrame:
    where = store.place(name)
    try:
        return _READERS[_suffix(name)](store.read(name), where)
    except FileNotFoundError:
        raise TableError(f"{where}: there is no such table; make one with `dangjian extract --out`") from None
    except UnicodeDecodeError as fault:
        raise TableError(f"{where}: not UTF-8 at byte {fault.start}; write the table anew") from None


def _from_lines(data: bytes, name: str) -> pd.DataFrame:
    return from_records(read_lines(data.decode("utf-8-sig"), name))


def _from_csv(data: bytes, name: str) -> pd.DataFrame:
    return from_records(read_rows(data, name))


_READERS: dict[str, Callable[[bytes, str], pd.DataFrame]] = {
    ".parquet": from_parquet,
    ".jsonl": _from_lines,
    ".csv": _from_csv,
}
