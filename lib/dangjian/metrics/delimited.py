"""The table as CSV, for spreadsheets: nothing in it runs as a formula, and all of it comes back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from dangjian.errors import TableError
from dangjian.metrics.columnar import AS_JSON, require
from dangjian.metrics.columns import COLUMNS
from dangjian.metrics.lines import Record, checked

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take the text of a cell for a formula."""
SHOWN = "'"
"""Put before such a cell, and before one that begins with it already, so that reading can take it away."""


def head() -> bytes:
    """What such a file begins with: the byte order mark that spreadsheets want, and the names of the columns."""
    return _row(COLUMNS).encode("utf-8-sig")


def row_of(record: Record) -> bytes:
    """One record as a row, with its line end."""
    return _row(map(_cell, _flat(record).values())).encode()


def read_rows(data: bytes, name: str) -> list[Record]:
    """The records of a CSV table.

    Raises:
        TableError: it is none; file, row and column are named.
    """
    return list(_records(data, name))


def _records(data: bytes, name: str) -> Iterator[Record]:
    lines = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    try:
        require(lines.fieldnames or (), name)
        known = [column for column in COLUMNS if column in (lines.fieldnames or ())]
        for number, row in enumerate(lines, 1):
            where = f"{name}: row {number}"
            yield _deep({key: _uncell(row[key], key, where) for key in known}, where)
    except csv.Error as fault:
        raise TableError(f"{name}: not a CSV table ({fault}); write it anew") from None


def _row(cells: Iterable[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def _flat(record: Record) -> dict[str, Any]:
    """A record as the cells of one row, lists and dicts as JSON text."""
    cells = {"corrected": {}} | record | {"number_start": record["number"][0], "number_end": record["number"][1]}
    cells |= {name: json.dumps(cells[name], ensure_ascii=False) for name in AS_JSON}
    return {name: cells[name] for name in COLUMNS}


def _deep(cells: dict[str, Any], where: str) -> Record:
    """The record that the cells of one row hold."""
    found = {name: cells[name] for name in COLUMNS if name in cells and not name.startswith("number_")}
    try:
        found |= {name: json.loads(cells[name]) for name in AS_JSON}
    except (TypeError, ValueError):
        raise TableError(f"{where}: section, dims and corrected are JSON text; write the table anew") from None
    found["number"] = [cells["number_start"], cells["number_end"]]
    return checked(found, where)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return SHOWN + value if value.startswith((*FORMULA, SHOWN)) else value
    return repr(value)


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
