"""The metrics table: one row a quantity, its columns with type, unit and meaning, stored and read back exactly."""

from dangjian.metrics.columns import COLUMNS, Column
from dangjian.metrics.corrections import correct, corrected, find_corrections, read_corrections
from dangjian.metrics.lines import dumps_jsonl
from dangjian.metrics.opening import open_table
from dangjian.metrics.selection import select
from dangjian.metrics.sentences import Evidence, evidence
from dangjian.metrics.storage import dumps, load, write
from dangjian.metrics.table import frame, from_records, records

__all__ = [
    "COLUMNS",
    "Column",
    "Evidence",
    "correct",
    "corrected",
    "dumps",
    "dumps_jsonl",
    "evidence",
    "find_corrections",
    "frame",
    "from_records",
    "load",
    "open_table",
    "read_corrections",
    "records",
    "select",
    "write",
]
