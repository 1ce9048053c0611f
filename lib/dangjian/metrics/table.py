"""The one tidy table: records to a pandas frame with stable types, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from dangjian.errors import TableError
from dangjian.metrics.columns import ADDED, COLUMNS, RECORD
from dangjian.metrics.lines import Record, records_of

if TYPE_CHECKING:
    import pandas as pd

    from dangjian.indicators import Observation
    from dangjian.reports import Report


def frame(observations: Iterable[Observation], reports: Iterable[Report] = ()) -> pd.DataFrame:
    """Observations as the metrics table.

    Args:
        observations: as `extract` gives them, of one report or of many.
        reports: where district, year and place are taken from; a report not among them leaves them empty.
    Returns:
        One row an observation, in the order given; exactly the columns of ``COLUMNS``, with the same types also
        where there is no row. Bounds in units of ``unit``; ``upper`` missing is unbounded.
    """
    return from_records(records_of(observations, reports))


def from_records(records: Iterable[Record]) -> pd.DataFrame:
    """Records of the contract as the metrics table."""
    import pandas as pd

    rows = list(records)
    columns: dict[str, Any] = {}
    for name, column in COLUMNS.items():
        if name in ("number_start", "number_end"):
            values: list[Any] = [row["number"][name == "number_end"] for row in rows]
        elif name == "corrected":
            values = [row.get(name) or {} for row in rows]
        else:
            values = [row[name] if name in row else ADDED[name] for row in rows]
        if column.type == "float64":
            values = [float("nan") if value is None else float(value) for value in values]
        columns[name] = pd.Series(values, dtype=column.type)
    return pd.DataFrame(columns)


def records(table: pd.DataFrame) -> Iterator[Record]:
    """The rows of a metrics table as records of the contract, in the order of the rows.

    Raises:
        TableError: a column is missing.
    """
    require_columns(table)
    columns = {name: [_plain(value) for value in table[name].tolist()] for name in COLUMNS}
    for row in range(len(table)):
        found = {name: values[row] for name, values in columns.items()}
        found["number"] = [found["number_start"], found["number_end"]]
        found["section"], found["dims"] = list(found["section"]), dict(found["dims"])
        record = {field: found[field] for field in RECORD}
        yield record | {"corrected": dict(found["corrected"])} if found["corrected"] else record


def require_columns(table: pd.DataFrame) -> None:
    """Refuse a table that is no metrics table.

    Raises:
        TableError: which columns are missing.
    """
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        raise TableError(f"the table lacks {', '.join(missing)}; a metrics table has {', '.join(COLUMNS)}")


def _plain(value: Any) -> Any:
    """A cell as JSON knows it: missing values of any kind as None."""
    if value is None or type(value).__name__ == "NAType":
        return None
    return None if isinstance(value, float) and value != value else value
