"""The table of many reports as a folder of Parquet files: a folder a period, in each file the rows by their theme.

Files are written under names of their own, by as many writers as there are; none of them counts until the list of
files has been put in place, which is one step wherever the folder is. What is not listed is not there: a file that a
killed writer left, or one that a merge has replaced. Other readers of Parquet find the same columns in the folders'
files; ``period`` is in the folders' names.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any, NamedTuple

from dangjian.errors import TableError
from dangjian.metrics.columnar import REPEATED, schema, write_parquet
from dangjian.stores import Store

LIST = "_dataset.json"
"""Written last; names that begin with ``_`` are passed over by readers of Parquet."""
VERSION = 1
NO_PERIOD = "__HIVE_DEFAULT_PARTITION__"
"""What stands for a missing value in a folder's name, to every reader of such folders."""
MERGED = 1 << 15
"""Rows that a merge writes to one file: some 0.6 MB, and what a merge must hold."""
CLOSE = 24
"""Small tables that are laid together at once: as they are read they take several times the room of their rows."""
ORDER = ("report_id", "start", "end", "number_start", "number_end")
"""The order of the rows when they are read back: as they stand in the reports."""


class Piece(NamedTuple):
    """One file of a dataset: its path below the folder, and its rows."""

    path: str
    rows: int

    @property
    def folder(self) -> str:
        """The folder of its period."""
        return self.path.partition("/")[0]


def write_pieces(table: Any, store: Store, name: str) -> list[Piece]:
    """Write Arrow columns as one file a period, its rows by theme and, within one, in the order given.

    Args:
        name: what the files are called; no other writer into this dataset may use it.
    Returns:
        The files, which do not count until `commit` lists them.
    """
    return [_write(rows, store, f"{folder}/{name}.parquet") for folder, rows in _by_period(table)]


def commit(store: Store, pieces: Iterable[Piece], made: Mapping[str, Any] | None = None) -> None:
    """Make these files, and no others, the dataset.

    Args:
        made: what the dataset was made from, as JSON values, for `made_from`.
    """
    listed = sorted(pieces)
    content = {"version": VERSION, "rows": sum(piece.rows for piece in listed), "made": made or {}, "files": listed}
    store.write(LIST, (json.dumps(content, separators=(",", ":")) + "\n").encode())


def pieces_of(store: Store) -> list[Piece] | None:
    """The files of a dataset, None where there is none.

    Raises:
        TableError: its list cannot be read.
    """
    try:
        content = json.loads(store.read(LIST))
        if content["version"] != VERSION:
            raise TableError(f"{store}: written by another version ({content['version']}); write the dataset anew")
        return [Piece(str(path), int(rows)) for path, rows in content["files"]]
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as fault:
        raise TableError(f"{store}/{LIST}: not a list of files ({fault}); write the dataset anew") from None


def made_from(store: Store) -> dict[str, Any]:
    """What a dataset was made from, as its list tells; {} where it does not, or one of its files is gone."""
    try:
        content = json.loads(store.read(LIST))
        made = content.get("made")
        names = {
            folder: {*(store / folder).names()} for folder in {path.partition("/")[0] for path, _ in content["files"]}
        }
        here = all(path.partition("/")[2] in names[path.partition("/")[0]] for path, _ in content["files"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return made if here and isinstance(made, dict) else {}


def read_pieces(store: Store, pieces: Sequence[Piece], wanted: Mapping[str, Sequence[Any]]) -> Any:
    """The rows of some files as Arrow columns, ordered as they stand in the reports.

    Args:
        wanted: values of columns, any of which will do, None for a missing one; files and row groups that hold none
            of them are not read.
    Raises:
        TableError: a file is gone or broken.
    """
    import pyarrow as pa
    import pyarrow.dataset as ds

    if not pieces:
        return schema().empty_table()
    system, base = store.arrow()
    paths = [f"{base}/{piece.path}" for piece in pieces]
    folders = ds.partitioning(pa.schema([schema().field("period")]), flavor="hive")
    try:
        dataset = ds.dataset(
            paths, schema(), "parquet", filesystem=system, partitioning=folders, partition_base_dir=base
        )
        table = dataset.to_table(filter=_condition(wanted))
    except (pa.ArrowException, OSError) as fault:
        raise TableError(f"{store}: a file of the dataset cannot be read ({fault}); write the dataset anew") from None
    return table.sort_by([(name, "ascending") for name in ORDER])


def merge(store: Store, pieces: Sequence[Piece], name: str) -> list[Piece]:
    """Put the rows of one period's files into few, so that a reader opens fewer and passes over more of each.

    Args:
        pieces: all of one folder.
        name: what the new files are called, with a number behind it.
    Returns:
        The files that stand for the given ones; these stay where they are.
    """
    if len(pieces) < 2:
        return list(pieces)
    merged: list[Piece] = []
    held: list[Piece] = []
    with _returned():
        for piece in (*sorted(pieces), None):
            if piece is None or sum(one.rows for one in held) + piece.rows > MERGED:
                if held:
                    path = f"{held[0].folder}/{name}-{len(merged) + 1:05}.parquet"
                    merged.append(_write(_together(store, held), store, path))
                held = []
            if piece is not None:
                held.append(piece)
    return merged


@contextmanager
def _returned() -> Iterator[None]:
    """Take memory from the system, which gets it back: pyarrow's own pool keeps twice of what a merge holds."""
    import pyarrow as pa

    own = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(own)


def by_folder(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """The files of each period."""
    for _, group in groupby(sorted(pieces), key=lambda piece: piece.folder):
        yield list(group)


def sweep(store: Store, pieces: Iterable[Piece], before: Iterable[Piece] = ()) -> None:
    """Take away the Parquet files that are not listed, from the folders of these pieces and of those before."""
    kept = set(pieces)
    paths = {piece.path for piece in kept}
    for folder in sorted({piece.folder for piece in (*kept, *before)}):
        for name in (store / folder).names():
            if name.endswith(".parquet") and f"{folder}/{name}" not in paths:
                store.remove(f"{folder}/{name}")


def _together(store: Store, pieces: Sequence[Piece]) -> Any:
    """The rows of some files of one folder by theme; read one after another, so that no more than them is in memory.

    Raises:
        TableError: a file is gone or broken.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    kept_once = [name for name in REPEATED if name != "theme"]  # it is sorted by
    tables = []
    for piece in pieces:
        try:
            file = pq.ParquetFile(io.BytesIO(store.read(piece.path)), read_dictionary=kept_once)
            tables.append(file.read(use_threads=False))
            if len(tables) == CLOSE:
                tables = [pa.concat_tables(tables).unify_dictionaries().combine_chunks()]
        except (pa.ArrowException, OSError) as fault:
            raise TableError(f"{store.place(piece.path)}: cannot be read ({fault}); write the dataset anew") from None
    return pa.concat_tables(tables).unify_dictionaries().sort_by([(name, "ascending") for name in ("theme", *ORDER)])


def _write(table: Any, store: Store, path: str) -> Piece:
    out = io.BytesIO()
    write_parquet(table.drop_columns([name for name in ("period",) if name in table.column_names]), out)
    store.write(path, out.getvalue())
    return Piece(path, table.num_rows)


def _by_period(table: Any) -> Iterator[tuple[str, Any]]:
    """The rows of each period, those without one first, by theme."""
    import numpy as np

    ordered = _by_theme(table, "period")
    periods = ordered["period"].fill_null(-1).to_numpy()
    cuts = [*(np.flatnonzero(np.diff(periods)) + 1).tolist(), len(periods)]
    start = 0
    for end in cuts if len(periods) else ():
        period = ordered["period"][start].as_py()
        yield f"period={NO_PERIOD if period is None else period}", ordered.slice(start, end - start)
        start = end


def _by_theme(table: Any, first: str = "") -> Any:
    """The rows by theme, where ``first`` names a column of numbers by that before; else in the order that they have."""
    import numpy as np
    import pyarrow as pa

    table = table.unify_dictionaries().combine_chunks()
    themes = table["theme"].combine_chunks()
    coded = themes if pa.types.is_dictionary(themes.type) else themes.dictionary_encode()
    ranks = np.argsort(np.argsort(np.array(coded.dictionary.to_pylist(), dtype=object)))
    keys = ranks[coded.indices.to_numpy()] if len(table) else np.zeros(0, dtype=np.int64)
    if first:
        keys = keys + (table[first].fill_null(-1).to_numpy() + 1) * len(ranks)
    return table.take(pa.array(np.argsort(keys, kind="stable")))


def _condition(wanted: Mapping[str, Sequence[Any]]) -> Any:
    """The rows whose columns hold one of the values wanted, as pyarrow says it; None where all do."""
    import pyarrow.dataset as ds

    condition = None
    for name, values in wanted.items():
        found = ds.field(name).isin([value for value in values if value is not None])
        if None in values:
            found = found | ds.field(name).is_null()
        condition = found if condition is None else condition & found
    return condition
