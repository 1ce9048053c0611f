"""Parquet parts to one table: the rows of chosen reports, report by report, without making records of them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dangjian.errors import TableError
from dangjian.metrics.columnar import write_parquet


def gather(parts: Mapping[str, Path], order: Sequence[str]) -> bytes:
    """A Parquet table of some reports' rows, in the order of the reports.

    Args:
        parts: where each report's rows are, by its id.
        order: ids of the reports.
    Raises:
        TableError: a part is gone or no Parquet table.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    equal: Any = pc.equal  # type: ignore[attr-defined,unused-ignore]
    opened: dict[Path, Any] = {}
    for path in sorted({parts[name] for name in order}):
        try:
            opened[path] = pq.ParquetFile(path).read()
        except (pa.ArrowException, OSError) as fault:
            raise TableError(f"{path}: not a Parquet table ({fault}); take it away and call again") from None
    tables = [opened[parts[name]] for name in order]
    rows = [table.filter(equal(table["report_id"], name)) for name, table in zip(order, tables, strict=True)]
    out = io.BytesIO()
    write_parquet(pa.concat_tables(rows).combine_chunks(), out)
    return out.getvalue()
