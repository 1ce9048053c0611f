"""The table as Arrow columns: records to columns, columns to Parquet, and back to the frame, column by column.

Lists and dicts are kept as JSON text, since a column of dicts would gain keys. A value that few rows differ in is kept
once and referred to, as long as the columns are in memory; in the file Parquet sees to that itself.
"""

from __future__ import annotations

import io
import json
from collections.abc import Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from dangjian.errors import TableError
from dangjian.metrics.columns import ADDED, COLUMNS
from dangjian.metrics.lines import Record, check_field

if TYPE_CHECKING:
    import pandas as pd

AS_JSON = ("section", "dims", "corrected")
REPEATED = ("district", "unit", "modality", "change", "theme", "indicator", "dims", "rule", "corrected")
"""Columns of few values. One of many would have all its values in every row group that is cut from the table."""
GROUP = 1 << 15
"""Rows that are compressed together: what a reader can leave out, or must hold."""
_RISING = ("start", "end", "number_start", "number_end")
"""Columns whose values lie near the ones before them."""


def schema() -> Any:
    """The table's columns as Parquet has them."""
    import pyarrow as pa

    arrow = {"str": pa.string(), "object": pa.string(), "Int64": pa.int64(), "int64": pa.int64()}
    arrow |= {"float64": pa.float64(), "bool": pa.bool_()}
    return pa.schema([(name, arrow[column.type]) for name, column in COLUMNS.items()])


def to_arrow(rows: Iterable[Record]) -> Any:
    """Records as a `pyarrow.Table`, in the order given."""
    import pyarrow as pa

    rows = list(rows)
    columns = {}
    for field in schema():
        name = field.name
        if name in ("number_start", "number_end"):
            column = pa.array([row["number"][name == "number_end"] for row in rows], field.type)
        elif name == "corrected":
            column = _repeated([row.get(name) or {} for row in rows], _json)
        elif name in AS_JSON:
            column = _repeated([row[name] for row in rows], _json)
        elif name in REPEATED:
            column = _repeated([row[name] for row in rows], str)
        else:
            column = pa.array([row[name] for row in rows], field.type)
        columns[name] = column if name in REPEATED else column.cast(field.type)
    return pa.table(columns)


def write_parquet(table: Any, target: str | BinaryIO) -> None:
    """Write Arrow columns as one Parquet file."""
    with parquet_writer(target, table.schema) as writer:
        writer.write_table(table, row_group_size=GROUP)


def parquet_writer(target: str | BinaryIO, columns: Any) -> Any:
    """A `pyarrow.parquet.ParquetWriter` for tables of these columns."""
    import pyarrow.parquet as pq

    return pq.ParquetWriter(
        target,
        columns,
        compression="zstd",
        compression_level=1,
        use_dictionary=[name for name in columns.names if name not in _RISING],
        column_encoding={name: "DELTA_BINARY_PACKED" for name in columns.names if name in _RISING},
        store_schema=False,  # else what is kept once in memory would come back as a column of categories
    )


def from_parquet(data: bytes, name: str) -> pd.DataFrame:
    """The metrics table that a Parquet file holds.

    Args:
        name: what the file is called in errors.
    Raises:
        TableError: it is no Parquet file, or a column does not hold what it promises.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(io.BytesIO(data)).read()
    except (pa.ArrowException, OSError) as fault:
        raise TableError(f"{name}: not a Parquet table ({fault}); write it anew") from None
    return to_frame(table, name)


def to_frame(table: Any, name: str) -> pd.DataFrame:
    """Arrow columns as the metrics table.

    Raises:
        TableError: a column is missing, or holds what it cannot; table, row and column are named.
    """
    import pandas as pd

    require(table.column_names, name)
    columns = {column: _series(table, column, name) for column in COLUMNS}
    return pd.DataFrame(columns)


def require(found: Iterable[str], name: str) -> None:
    """Refuse columns among which one is missing that no default stands in for.

    Raises:
        TableError: which are missing.
    """
    missing = [column for column in COLUMNS if column not in {*found, *ADDED}]
    if missing:
        raise TableError(f"{name}: the table lacks {', '.join(missing)}; write it anew")


def _series(table: Any, name: str, where: str) -> pd.Series:
    import pandas as pd
    import pyarrow as pa

    kind, wanted = COLUMNS[name].type, schema().field(name).type
    if name not in table.column_names:
        values: Any = [ADDED[name]] * table.num_rows
        return pd.Series([float("nan")] * len(values) if kind == "float64" else values, dtype=kind)
    column = table[name].combine_chunks()
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if column.type != wanted:
        column = _as(column, wanted, name, where)
    if column.null_count and not COLUMNS[name].optional:
        row = column.is_null().index(True).as_py()
        raise TableError(f"{where}: row {row + 1}: {name} is missing; write the table anew")
    if name in AS_JSON:
        return pd.Series(_parsed(column, name, where), dtype=object)
    if kind == "str":
        return pd.Series(pd.array(column, dtype="str"))
    if kind == "Int64":
        whole: pd.Series = column.to_pandas(types_mapper={wanted: pd.Int64Dtype()}.get)
        return whole
    return pd.Series(column.to_numpy(zero_copy_only=False), dtype=kind)


def _as(column: Any, wanted: Any, name: str, where: str) -> Any:
    """A column of another width, or without one value, as the type that it should have."""
    import pyarrow as pa

    alike = (pa.types.is_integer, pa.types.is_floating, pa.types.is_boolean, _is_text)
    same = any(kind(column.type) and kind(wanted) for kind in alike)
    numbers = pa.types.is_floating(wanted) and pa.types.is_integer(column.type)
    if not (same or numbers or pa.types.is_null(column.type)):
        raise TableError(f"{where}: {name} holds {column.type}, which it cannot; write the table anew")
    try:
        return column.cast(wanted)
    except pa.ArrowInvalid as fault:
        raise TableError(f"{where}: {name}: {fault}; write the table anew") from None


def _is_text(kind: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _parsed(column: Any, name: str, where: str) -> list[Any]:
    """Each cell's list or dict, none of them shared between rows."""
    coded = column.dictionary_encode()
    values = []
    for text in coded.dictionary.to_pylist():
        try:
            value = json.loads(text)
        except ValueError:
            raise TableError(f"{where}: {name} is JSON text, not {text!r}; write the table anew") from None
        check_field(value, name, where)
        values.append(value)
    fresh = type(values[0]) if values else list
    return [fresh(values[code]) for code in coded.indices.to_pylist()]


def _repeated(values: Sequence[Any], text: Any) -> Any:
    """Values as text, each different one kept once."""
    import pyarrow as pa

    seen: dict[Hashable, int] = {}
    texts: list[str] = []
    codes: list[int | None] = []
    for value in values:
        if value is None:
            codes.append(None)
            continue
        key = _key(value)
        code = seen.get(key)
        if code is None:
            code = seen[key] = len(texts)
            texts.append(text(value))
        codes.append(code)
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(texts, pa.string()))


def _key(value: Any) -> Hashable:
    if type(value) is str:
        return value
    if isinstance(value, list):
        return tuple(value)
    # what a correction keeps may be a list itself
    return tuple(value.items()) if all(type(part) is str for part in value.values()) else _json(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
