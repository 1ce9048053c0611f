"""Tables in files: JSON Lines, CSV and Parquet, each read back exactly as it was written."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from dangjian.errors import TableError
from dangjian.metrics.columns import ADDED, COLUMNS
from dangjian.metrics.lines import Record, checked, line_of, read_lines, records_of
from dangjian.metrics.table import from_records, records

if TYPE_CHECKING:
    import pandas as pd

    from dangjian.indicators import Observation
    from dangjian.reports import Report

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take the text of a cell for a formula."""
SHOWN = "'"
"""Put before such a cell, and before one that begins with it already, so that reading can take it away."""
_AS_JSON = ("section", "dims", "corrected")


def write(metrics: pd.DataFrame | Iterable[Observation], path: str | Path, reports: Iterable[Report] = ()) -> Path:
    """Write a metrics table, or observations, in the format that the file's suffix names.

    The file is written beside its place and moved there whole, so that nobody ever reads half of it.

    Args:
        metrics: the table, or observations as `extract` gives them.
        path: a file ending in .jsonl, .csv (UTF-8 with a byte order mark) or .parquet.
        reports: where district, year and place of observations are taken from.
    Returns:
        The path.
    Raises:
        TableError: the suffix names no format, or a column is missing.
    """
    path = Path(path)
    if path.suffix not in _WRITERS:
        raise TableError(f"{path}: a table is written as {', '.join(_WRITERS)}; give the file one of these endings")
    data = dumps(metrics, path.suffix, reports)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    return path


def dumps(metrics: pd.DataFrame | Iterable[Observation], suffix: str, reports: Iterable[Report] = ()) -> bytes:
    """The bytes that `write` would put into a file of that suffix."""
    rows = records(cast("pd.DataFrame", metrics)) if hasattr(metrics, "columns") else records_of(metrics, reports)
    return _WRITERS[suffix](list(rows))


def load(place: str | Path) -> pd.DataFrame:
    """The metrics table stored in a file, or in all the tables of a folder, one after another by name.

    Where a folder holds one table in several formats (``metrics.parquet`` beside ``metrics.jsonl``) it is read once.

    Raises:
        TableError: nothing is there, or a file does not hold what a metrics table promises.
    """
    place = Path(place)
    if place.is_dir():
        tables: dict[str, Path] = {}
        for suffix in reversed(_READERS):
            tables |= {file.stem: file for file in place.glob(f"*{suffix}") if not file.name.startswith(".")}
        if not tables:
            raise TableError(f"{place}: the folder holds no table; a table ends in {', '.join(_READERS)}")
        files = [tables[stem] for stem in sorted(tables)]
    else:
        files = [place]
    rows: list[Record] = []
    for file in files:
        if file.suffix not in _READERS:
            raise TableError(f"{file}: a table ends in {', '.join(_READERS)}")
        try:
            rows += _READERS[file.suffix](file.read_bytes(), str(file))
        except FileNotFoundError:
            raise TableError(f"{file}: there is no such table; make one with `dangjian extract --out`") from None
        except UnicodeDecodeError as fault:
            raise TableError(f"{file}: not UTF-8 at byte {fault.start}; write the table anew") from None
    return from_records(rows)


def _to_jsonl(rows: list[Record]) -> bytes:
    return "".join(line_of(row) + "\n" for row in rows).encode("utf-8")


def _from_jsonl(data: bytes, name: str) -> list[Record]:
    return read_lines(data.decode("utf-8-sig"), name)


def _flat(row: Record) -> dict[str, Any]:
    """A record as the cells of one row: lists and dicts as JSON text, since a dict column would gain keys."""
    cells = {"corrected": {}} | row | {"number_start": row["number"][0], "number_end": row["number"][1]}
    cells |= {name: json.dumps(cells[name], ensure_ascii=False) for name in _AS_JSON}
    return {name: cells[name] for name in COLUMNS}


def _deep(cells: dict[str, Any], where: str) -> Record:
    """The record that the cells of one row hold."""
    found = {name: cells[name] for name in COLUMNS if name in cells and not name.startswith("number_")}
    try:
        found |= {name: json.loads(cells[name]) for name in _AS_JSON}
    except (TypeError, ValueError):
        raise TableError(f"{where}: section, dims and corrected are JSON text; write the table anew") from None
    found["number"] = [cells["number_start"], cells["number_end"]]
    return checked(found, where)


def _require(found: Iterable[str], name: str) -> None:
    missing = [column for column in COLUMNS if column not in {*found, *ADDED}]
    if missing:
        raise TableError(f"{name}: the table lacks {', '.join(missing)}; write it anew")


def _to_csv(rows: list[Record]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_cell(value) for value in _flat(row).values()])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return SHOWN + value if value.startswith((*FORMULA, SHOWN)) else value
    return repr(value)


def _from_csv(data: bytes, name: str) -> list[Record]:
    lines = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    try:
        _require(lines.fieldnames or (), name)
        known = [column for column in COLUMNS if column in (lines.fieldnames or ())]
        return [
            _deep({key: _uncell(row[key], key, f"{name}: row {number}") for key in known}, f"{name}: row {number}")
            for number, row in enumerate(lines, 1)
        ]
    except csv.Error as fault:
        raise TableError(f"{name}: not a CSV table ({fault}); write it anew") from None


def _uncell(cell: str | None, name: str, where: str) -> Any:
    column = COLUMNS[name]
    if cell is None:
        raise TableError(f"{where}: the row ends before {name}; write the table anew")
    if column.type in ("str", "object"):
        text = cell.removeprefix(SHOWN)
        return None if column.optional and cell == "" else text
    if cell == "":
        return None
    try:
        if column.type == "bool":
            return {"True": True, "False": False}[cell]
        return float(cell) if column.type == "float64" else int(cell)
    except (KeyError, ValueError):
        raise TableError(f"{where}: {name} is {cell!r}, which it cannot be") from None


def _to_parquet(rows: list[Record]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrow = {"str": pa.string(), "object": pa.string(), "Int64": pa.int64(), "int64": pa.int64()}
    arrow |= {"float64": pa.float64(), "bool": pa.bool_()}
    schema = pa.schema([(name, arrow[column.type]) for name, column in COLUMNS.items()])
    flat = [_flat(row) for row in rows]
    out = io.BytesIO()
    pq.write_table(pa.table({name: [row[name] for row in flat] for name in COLUMNS}, schema=schema), out)
    return out.getvalue()


def _from_parquet(data: bytes, name: str) -> list[Record]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        rows = pq.ParquetFile(io.BytesIO(data)).read()
    except (pa.ArrowException, OSError) as fault:
        raise TableError(f"{name}: not a Parquet table ({fault}); write it anew") from None
    _require(rows.column_names, name)
    return [_deep(row, f"{name}: row {number}") for number, row in enumerate(rows.to_pylist(), 1)]


_WRITERS: dict[str, Callable[[list[Record]], bytes]] = {
    ".jsonl": _to_jsonl,
    ".csv": _to_csv,
    ".parquet": _to_parquet,
}
_READERS: dict[str, Callable[[bytes, str], list[Record]]] = {
    ".parquet": _from_parquet,
    ".jsonl": _from_jsonl,
    ".csv": _from_csv,
}
